#include "output/html_data.hpp"

#include "output/cipher.hpp"
#include "output/json.hpp"
#include "output/report_facts.hpp"
#include "output/shown_text.hpp"
#include "output/wording.hpp"

#include <array>
#include <cmath>
#include <tuple>
#include <unordered_map>

namespace saring::output {
namespace {

struct Label {
    const char* key;
    Bilingual text; // {0} {1} stand for values
};

constexpr std::array<Label, 19> labels{{
    {"picture_of", {"Potongan gambar: {0}", "Part of the picture: {0}"}},
    {"copy", {"Salin", "Copy"}},
    {"copied", {"Tersalin", "Copied"}},
    {"accepted_by", {"Diterima oleh {0} pada {1}", "Accepted by {0} on {1}"}},
    {"accepted_expired",
     {"Penerimaan sudah habis masanya: oleh {0} pada {1}", "Acceptance has run out: by {0} on {1}"}},
    {"until", {"sampai {0}", "until {0}"}},
    {"for_good", {"seterusnya", "for good"}},
    {"more_findings", {"Temuan lain: {0}", "More findings: {0}"}},
    {"hidden_findings", {"Tidak ditampilkan saringan: {0}", "Not shown by the filter: {0}"}},
    {"copies", {"Salinan serupa: {0}", "Copies that look alike: {0}"}},
    {"owner", {"Penanggung jawab: {0}", "Owner: {0}"}},
    {"pages", {"{0} halaman", "{0} pages"}},
    {"stale", {"dinilai dengan aturan lama", "judged by older rules"}},
    {"removed", {"berkas sudah tidak ada", "file is gone"}},
    {"incomplete", {"pembacaan berhenti di tengah", "reading stopped half-way"}},
    {"unread", {"Tidak terbaca", "Not read"}},
    {"nothing", {"Tidak ada yang cocok dengan saringan.", "Nothing fits the filter."}},
    {"count", {"{0} temuan dalam {1} dari {2} berkas", "{0} findings in {1} of {2} files"}},
    {"page", {"{0} dari {1}", "{0} of {1}"}},
}};

// What many findings share and is told once.
using Kind = std::tuple<std::string, std::string, std::string, Category, Severity, bool>;

class Data {
public:
    Data(const AuditReport& report, Language language) : language_(language) {
        for (const AuditEntry& entry : report.entries) {
            if (!entry.error) {
                entries_.push_back(json_of(entry));
            }
        }
    }

    [[nodiscard]] Json take() { return {{"kinds", std::move(kinds_)}, {"entries", std::move(entries_)}}; }
    [[nodiscard]] std::string take_pictures() { return std::move(pictures_); }

private:
    std::size_t kind_of(const Finding& finding) {
        const Kind kind{finding.rule,     finding.title,    finding.advice,
                        finding.category, finding.severity, finding.blocks};
        const auto [place, is_new] = kind_indices_.emplace(kind, kinds_.size());
        if (is_new) {
            kinds_.push_back({{"rule", finding.rule},
                              {"title", shown_words(finding.title)},
                              {"advice", shown_words(finding.advice)},
                              {"category", name_of(finding.category)},
                              {"severity", name_of(finding.severity)},
                              {"blocks", finding.blocks}});
        }
        return place->second;
    }

    // The same picture of several copies is kept once.
    std::size_t picture_of(const std::string& jpeg) {
        const auto [place, is_new] = picture_indices_.emplace(jpeg, picture_indices_.size());
        if (is_new) {
            const auto* data = reinterpret_cast<const std::uint8_t*>(jpeg.data());
            pictures_ += "<script type=\"text/plain\" id=\"p" + std::to_string(place->second) + "\">" +
                         base64({data, jpeg.size()}) + "</script>\n";
        }
        return place->second;
    }

    Json json_of(const AuditFinding& found, int pages) {
        const Finding& finding = found.finding;
        Json out{{"kind", kind_of(finding)},
                 {"match", shown_words(finding.match)},
                 {"context", shown_words(finding.context)},
                 {"page", page_of(finding.page, pages, language_)},
                 {"confidence", std::lround(finding.confidence * 100)},
                 {"fingerprint", finding.fingerprint},
                 {"decision", name_of(found.decision)}};
        if (found.acceptance) {
            const Acceptance& a = *found.acceptance;
            out["acceptance"] = {{"who", shown_words(a.who)},
                                 {"why", shown_words(a.why)},
                                 {"when", a.when},
                                 {"until", a.until},
                                 {"expired", found.decision == Decision::open}};
        }
        if (!found.thumbnail.empty()) {
            out["picture"] = picture_of(found.thumbnail);
        }
        return out;
    }

    Json json_of(const AuditEntry& entry) {
        Json out{{"path", shown_name(entry.path)}, {"owner", shown_words(entry.owner)},
                 {"group", entry.group},           {"verdict", name_of(entry.verdict)},
                 {"day", day_of(entry)},           {"pages", entry.pages},
                 {"complete", entry.complete},     {"stale", entry.stale},
                 {"removed", entry.removed}};
        Json& reasons = out["reasons"] = Json::array();
        for (const std::string& reason : entry.reasons) {
            reasons.push_back(shown_words(reason));
        }
        Json& unread = out["unread"] = Json::array();
        for (const std::string& text : unread_texts(entry, language_)) {
            unread.push_back(text);
        }
        Json& findings = out["findings"] = Json::array();
        for (const AuditFinding& found : entry.findings) {
            findings.push_back(json_of(found, entry.pages));
        }
        return out;
    }

    Language language_;
    Json kinds_ = Json::array();
    Json entries_ = Json::array();
    std::string pictures_;
    std::map<Kind, std::size_t> kind_indices_;
    std::unordered_map<std::string, std::size_t> picture_indices_;
};

template <typename Enum, std::size_t count> Json names(const std::array<Enum, count>& values, Language language) {
    Json out = Json::object();
    for (const Enum value : values) {
        out[std::string(name_of(value))] = words_of(value).in(language);
    }
    return out;
}

Json words_in(Language language) {
    Json out = Json::object();
    for (const Label& label : labels) {
        out[label.key] = label.text.in(language);
    }
    out["verdict"] = names(std::array{Verdict::safe, Verdict::review, Verdict::block}, language);
    out["severity"] = names(std::array{Severity::low, Severity::medium, Severity::high, Severity::critical}, language);
    out["category"] = names(std::array{Category::marker, Category::policy, Category::meeting, Category::identifier,
                                       Category::secret, Category::location},
                            language);
    out["decision"] = names(std::array{Decision::open, Decision::accepted, Decision::removed}, language);
    return out;
}

// Within a script element "<" could begin its end or a comment (HTML, section 4.12.1.3); within JSON it only stands in
// strings, where it may be written as an escape.
std::string for_script(const std::string& json) {
    std::string out;
    out.reserve(json.size());
    for (const char c : json) {
        out += c == '<' ? std::string("\\u003c") : std::string(1, c);
    }
    return out;
}

} // namespace

HtmlData html_data(const AuditReport& report, bool commands, Language language) {
    Data data(report, language);
    Json out = data.take();
    out["words"] = words_in(language);
    out["commands"] = commands;
    Json& folders = out["folders"] = Json::array();
    for (const auto& [folder, counts] : report.folders) {
        if (!folder.empty() && counts.block + counts.review > 0) {
            folders.push_back(shown_name(folder));
        }
    }
    return {for_script(dumped(out)), data.take_pictures()};
}

} // namespace saring::output
