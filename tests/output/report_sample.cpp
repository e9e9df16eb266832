#include "output/report_sample.hpp"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <iterator>

namespace saring::test {
namespace {

struct Kind {
    const char* rule;
    Category category;
    Severity severity;
    const char* title;
    const char* match;
};

constexpr std::array<Kind, 6> kinds{{
    {"id.marker.sangat-rahasia", Category::marker, Severity::critical, "Marked top secret", "SANGAT RAHASIA"},
    {"id.policy.draft", Category::policy, Severity::high, "A draft regulation", "RANCANGAN PERATURAN"},
    {"identifier.nik", Category::identifier, Severity::medium, "Identity number", "3201••••••••••12"},
    {"secret.password", Category::secret, Severity::critical, "A password", "••••••••"},
    {"meeting.closed", Category::meeting, Severity::medium, "A closed meeting", "rapat tertutup"},
    {"location.gps", Category::location, Severity::low, "GPS position", "GPS"},
}};

AuditFinding finding_of(const Kind& kind, int number) {
    AuditFinding out;
    out.finding.rule = kind.rule;
    out.finding.category = kind.category;
    out.finding.severity = kind.severity;
    out.finding.title = kind.title;
    out.finding.match = kind.match;
    out.finding.context = std::string("Nomor 12: ") + kind.match;
    out.finding.advice = "Ask before you share it.";
    out.finding.page = 0;
    out.finding.quads = {quad_of({100, 120, 500, 160})};
    out.finding.confidence = 0.97F;
    out.finding.blocks = kind.severity >= Severity::high;
    out.finding.fingerprint = std::to_string(10'000'000 + number) + "0123456789abcdef01234567";
    out.first_seen = "2026-08-01T01:00:00Z";
    return out;
}

AuditEntry entry_of(const std::string& path, Verdict verdict) {
    AuditEntry out;
    out.path = path;
    out.owner = "Biro Humas";
    out.sha256 = std::string(64, 'a');
    out.media_type = "image/jpeg";
    out.bytes = 2'345'678;
    out.modified = 1'786'957'200; // 2026-08-17
    out.pages = 1;
    out.verdict = verdict;
    return out;
}

AuditEntry failed(const std::string& path, ErrorCode code) {
    AuditEntry out;
    out.path = path;
    out.error = Error(code, "load").at_path(path);
    return out;
}

std::string picture(int number) {
    constexpr int width = 320;
    constexpr int height = 200;
    cv::Mat mat(height, width, CV_8UC3, cv::Scalar(215, 225, 232));
    cv::putText(mat, std::to_string(number), {40, 110}, cv::FONT_HERSHEY_SIMPLEX, 1.5, cv::Scalar(20, 20, 20), 2);
    std::vector<std::uint8_t> jpeg;
    cv::imencode(".jpg", mat, jpeg, {cv::IMWRITE_JPEG_QUALITY, 70});
    return {jpeg.begin(), jpeg.end()};
}

// Signs of HTML, of spreadsheets, of terminals, of SARIF's messages, and bytes that are no text.
constexpr std::array<const char*, 8> hostile_names{{
    "</script><script>alert(1)</script>.jpg",
    "\"><img src=x onerror=alert(2)>.jpg",
    "=HYPERLINK(\"x\").jpg",
    "\x1b[31mred\x07.jpg",
    "two\nlines.jpg",
    "\xE2\x80\xAEgpj.exe",
    "\xFF\xFE.jpg",
    "{0}[link](x) 100%#?:.jpg",
}};

} // namespace

AuditReport sample_report() {
    AuditReport out;
    out.tool.version = "1.2.3";
    out.tool.rules = {{"id-classification", std::string(64, 'b')}};
    out.tool.as_of = "2026-08-17";
    out.roots = {"/srv/galeri"};
    out.began = "2026-08-17T01:30:00Z";
    out.ended = "2026-08-17T05:02:11Z";
    AuditEntry letter = entry_of("/srv/galeri/2026/surat.zip!/lampiran/1.pdf", Verdict::block);
    letter.pages = 3;
    letter.taken = "2026:08:16 09:30:00";
    letter.stale = true;
    letter.findings = {finding_of(kinds[0], 1), finding_of(kinds[2], 2), finding_of(kinds[3], 3)};
    letter.findings[0].finding.page = 2;
    letter.findings[0].thumbnail = "\xFF\xD8 picture";
    letter.findings[1].decision = Decision::accepted;
    letter.findings[1].acceptance = Acceptance{letter.findings[1].finding.fingerprint, "siti", "Sudah diumumkan",
                                               "2026-08-02T01:00:00Z", "2026-12-31"};
    letter.findings[2].decision = Decision::removed;
    out.entries.push_back(letter);
    for (const char* name : hostile_names) {
        AuditEntry entry = entry_of(std::string("/srv/galeri/") + name, Verdict::block);
        entry.findings = {finding_of(kinds[1], 10 + static_cast<int>(out.entries.size()))};
        entry.findings[0].finding.match = name;
        entry.findings[0].finding.context = name;
        entry.findings[0].first_seen = "2026-08-17T02:00:00Z";
        out.entries.push_back(entry);
    }
    AuditEntry copied = entry_of("/srv/galeri/2026/a.jpg", Verdict::review);
    copied.group = "g1";
    copied.findings = {finding_of(kinds[4], 30)};
    copied.findings[0].acceptance =
        Acceptance{copied.findings[0].finding.fingerprint, "budi", "Contoh", "2026-01-02T01:00:00Z", "2026-06-30"};
    out.entries.push_back(copied);
    copied.path = "/srv/galeri/2026/b.jpg";
    out.entries.push_back(copied);
    AuditEntry unread = entry_of("/srv/galeri/papan.jpg", Verdict::review);
    unread.unread = {{0, {quad_of({1, 2, 300, 400}), UnreadReason::unsupported_script, "Arabic"}}};
    unread.reasons = {"Ada tulisan dalam aksara yang tidak dapat dibaca."};
    out.entries.push_back(unread);
    AuditEntry text = entry_of("catatan:rapat.txt", Verdict::block);
    text.media_type = "text/plain";
    text.pages = 0;
    text.findings = {finding_of(kinds[0], 40)};
    text.findings[0].finding.page.reset();
    text.findings[0].finding.quads.clear();
    text.findings[0].finding.span = TextSpan{7, 21};
    out.entries.push_back(text);
    out.entries.push_back(failed("/srv/galeri/rusak.jpg", ErrorCode::truncated));
    out.entries.push_back(failed("/srv/galeri/<b>berat.tif", ErrorCode::worker_failed));
    out.counts = {1234, 1219, 3, 10, 2, 7, 13, 1, 1};
    out.folders = {{"/srv/galeri", {1000, 989, 1, 9, 1, 0, 0, 0, 0}},
                   {"/srv/galeri/2026", {234, 230, 2, 1, 1, 0, 0, 0, 0}}};
    out.months = {{"2026-07", {34, 34, 0, 0, 0, 0, 0, 0, 0}}, {"2026-08", {1200, 1185, 3, 10, 2, 0, 0, 0, 0}}};
    return out;
}

AuditReport large_report(int findings) {
    AuditReport out = sample_report();
    const std::size_t own = out.entries.size();
    for (int i = 0; i < findings; ++i) {
        const std::string folder =
            "/srv/galeri/20" + std::to_string(10 + i % 17) + "/kegiatan " + std::to_string(i % 5);
        const Kind& kind = kinds.at(static_cast<std::size_t>(i) % kinds.size());
        AuditEntry entry = entry_of(folder + "/IMG_" + std::to_string(i) + ".jpg",
                                    kind.severity >= Severity::high ? Verdict::block : Verdict::review);
        constexpr std::int64_t day = 86'400;
        entry.modified -= day * (i % 900);
        entry.owner = i % 3 == 0 ? "Biro Hukum" : "Biro Humas";
        entry.group = i % 10 < 2 ? "pair " + std::to_string(i / 10) : "";
        entry.findings = {finding_of(kind, 1000 + i)};
        entry.findings[0].thumbnail = picture(i);
        out.folders[folder].files += 20;
        ++(entry.verdict == Verdict::block ? out.folders[folder].block : out.folders[folder].review);
        out.entries.push_back(std::move(entry));
    }
    std::rotate(out.entries.begin(), out.entries.begin() + static_cast<std::ptrdiff_t>(own), out.entries.end());
    return out;
}

AuditDifference sample_difference() {
    const AuditReport report = sample_report();
    return {{report.entries[0]}, {report.entries[9]}, {"/srv/galeri/rusak.jpg", "\x1b[2Jx"}};
}

} // namespace saring::test
