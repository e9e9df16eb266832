#include "output/text_report.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::output;

namespace {

ScanResult result_of(Verdict verdict) {
    ScanResult result;
    result.path = "rapat.jpg";
    result.verdict = verdict;
    result.pages.emplace_back();
    result.pages[0].width = 300;
    result.pages[0].height = 300;
    if (verdict != Verdict::safe) {
        Finding finding;
        finding.match = "SANGAT RAHASIA";
        finding.title = "Penanda";
        finding.advice = "Jangan dibagikan.";
        finding.page = 0;
        finding.quads = {quad_of({210, 10, 290, 40})};
        finding.confidence = 0.97F;
        finding.severity = Severity::critical;
        finding.blocks = verdict == Verdict::block;
        result.findings = {finding};
    }
    return result;
}

} // namespace

TEST_CASE("the text report says the verdict first, then what, where and what to do") {
    CHECK(text_of(result_of(Verdict::block), {Language::indonesian, false}) ==
          "JANGAN DIBAGIKAN  rapat.jpg\n    SANGAT RAHASIA  Penanda (kanan atas, 97 %)\n      → Jangan dibagikan.\n");
    CHECK(text_of(result_of(Verdict::review), {Language::english, false}).find("LOOK AGAIN  rapat.jpg\n") == 0);
}

TEST_CASE("a finding in a film is told by the second at which it shows") {
    ScanResult film = result_of(Verdict::block);
    film.pages[0].seconds = 6.24;
    CHECK(text_of(film, {Language::english, false}).find("(second 6, top right, 97 %)") != std::string::npos);
}

TEST_CASE("safe is worded as no sign found, with what was not judged, and never as harmless") {
    const std::string text = text_of(result_of(Verdict::safe), {Language::english, false});
    CHECK(text == "NO SIGN FOUND  rapat.jpg\n    0 words read. Faces, places and context were not judged.\n");
}

TEST_CASE("colours are used only where they are asked for") {
    CHECK(text_of(result_of(Verdict::block), {Language::english, false}).find('\033') == std::string::npos);
    CHECK(text_of(result_of(Verdict::block), {Language::english, true}).find("\033[1;31mDO NOT SHARE") == 0);
}

TEST_CASE("an error is told with its file and advice") {
    const std::string text = text_of(Error(ErrorCode::not_found, "load").at_path("x.jpg"), {Language::english, false});
    CHECK(text ==
          "NOT CHECKED  x.jpg\n    the file does not exist\n      → Check the spelling of the name and its folder.\n");
}

TEST_CASE("what could not be written is not called unchecked") {
    const Error error = Error(ErrorCode::output_exists, "write").at_path("surat.pdf");
    CHECK(text_of(error, {Language::english, false}).starts_with("NOT WRITTEN  surat.pdf\n"));
    CHECK(text_of(error, {Language::indonesian, false}).starts_with("TIDAK DITULIS  surat.pdf\n"));
}

TEST_CASE("totals are told for more than one file") {
    CHECK(summary(1, 0, 0, 0, {Language::english, false}).empty());
    CHECK(summary(3, 2, 1, 1, {Language::english, false}) ==
          "7 files: 1 do not share, 2 look again, 3 no sign found, 1 not checked\n");
}

TEST_CASE("a file's name cannot move the cursor of a terminal") {
    const std::string text =
        text_of(Error(ErrorCode::not_found, "load").at_path("\x1b[2J\xE2\x80\xAEx.jpg"), {Language::english, false});
    CHECK(text.starts_with("NOT CHECKED  \\x1B[2J\\u202Ex.jpg\n"));
    ScanResult result = result_of(Verdict::block);
    result.findings[0].match = "A\x1b[2J";
    CHECK(text_of(result, {Language::english, false}).find('\x1b') == std::string::npos);
}
