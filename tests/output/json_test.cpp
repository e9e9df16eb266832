#include "output/json.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::output;

namespace {

ScanResult example() {
    ScanResult result;
    result.path = "rapat.jpg";
    result.sha256 = "ab";
    result.media_type = "image/jpeg";
    result.verdict = Verdict::block;
    result.reasons = {"why"};
    Page page;
    page.width = 400;
    page.height = 300;
    page.rotation = 90;
    page.surfaces = {{SurfaceKind::whiteboard, quad_of({1, 2, 3, 4}), 0.931F}};
    page.lines = {
        {"SANGAT RAHASIA", quad_of({0, 0, 10, 5}), 0.91F, "tesseract", {}, Polarity::dark_on_light, 0, false, 0, 0}};
    page.unread = {{quad_of({0, 0, 1, 1}), UnreadReason::unsupported_script, "Arabic"}};
    result.pages = {page};
    Finding finding;
    finding.rule = "id.marker.sangat-rahasia";
    finding.severity = Severity::critical;
    finding.title = "t";
    finding.match = "SANGAT RAHASIA";
    finding.page = 0;
    finding.quads = {quad_of({0, 0, 10, 5})};
    finding.confidence = 0.97F;
    finding.context = "SANGAT RAHASIA";
    finding.advice = "a";
    finding.fingerprint = "f";
    result.findings = {finding};
    result.metadata.gps = true;
    result.metadata.camera = "c";
    result.timings_ms = {{"load", 30.6}};
    result.tool.version = "1";
    result.tool.rules = {{"p", "h"}};
    result.tool.reader = "tesseract 5.3.0 ind+eng";
    return result;
}

} // namespace

TEST_CASE("a result has exactly the form that other programs rely on") {
    const std::string expected =
        R"({"path":"rapat.jpg","sha256":"ab","media_type":"image/jpeg","verdict":"block","complete":true,"reasons":["why"],)"
        R"("pages":[{"index":0,"width":400,"height":300,"rotation":90,)"
        R"("surfaces":[{"kind":"whiteboard","quad":[[1.0,2.0],[3.0,2.0],[3.0,4.0],[1.0,4.0]],"confidence":0.93}],)"
        R"("lines":[{"text":"SANGAT RAHASIA","quad":[[0.0,0.0],[10.0,0.0],[10.0,5.0],[0.0,5.0]],"confidence":0.91,"engine":"tesseract"}],)"
        R"("unread":[{"quad":[[0.0,0.0],[1.0,0.0],[1.0,1.0],[0.0,1.0]],"reason":"unsupported_script","script":"Arabic"}]}],)"
        R"("findings":[{"rule":"id.marker.sangat-rahasia","category":"marker","severity":"critical","title":"t","match":"SANGAT RAHASIA",)"
        R"("page":0,"quads":[[[0.0,0.0],[10.0,0.0],[10.0,5.0],[0.0,5.0]]],"confidence":0.97,"blocks":false,"context":"SANGAT RAHASIA","advice":"a","fingerprint":"f"}],)"
        R"("metadata":{"gps":true,"camera":"c"},"timings_ms":{"load":31},)"
        R"("tool":{"name":"saring","version":"1","rules":{"p":"h"},"models":{},"profile":"public","enabled":[],"reader":"tesseract 5.3.0 ind+eng"}})";
    CHECK(dumped(json_of(example(), Masking::none, Language::english)) == expected);
}

TEST_CASE("findings of plain text carry a span and no page, findings in metadata neither") {
    ScanResult result = example();
    result.pages.clear();
    result.findings[0].page.reset();
    result.findings[0].quads.clear();
    result.findings[0].span = TextSpan{3, 17};
    const Json json = json_of(result, Masking::none, Language::english);
    CHECK(json["pages"].empty());
    CHECK(json["findings"][0]["page"].is_null());
    CHECK(json["findings"][0]["quads"].empty());
    CHECK(json["findings"][0]["span"] == Json{3, 17});
    result.findings[0].span.reset();
    CHECK_FALSE(json_of(result, Masking::none, Language::english)["findings"][0].contains("span"));
}

TEST_CASE("pages of a film tell when they are shown") {
    ScanResult result = example();
    result.pages[0].seconds = 6.2404;
    CHECK(json_of(result, Masking::none, Language::english)["pages"][0]["seconds"] == 6.24);
}

TEST_CASE("an error has code, stage, path, page, message and advice in the language asked for") {
    const Error error = Error(ErrorCode::truncated, "load").at_path("a\xFF.jpg").at_page(2);
    const Json json = json_of(error, Language::indonesian);
    CHECK(json["code"] == "truncated");
    CHECK(json["stage"] == "load");
    CHECK(json["path"] == "a\\xFF.jpg");
    CHECK(json["page"] == 2);
    CHECK(json["message"] == "berkas terpotong: bagian akhirnya hilang");
    CHECK_FALSE(json["advice"].get<std::string>().empty());
    CHECK(json_of(Error(ErrorCode::truncated, "load"), Language::english)["page"].is_null());
}

TEST_CASE("a report names schema and tool, and is valid UTF-8 whatever was read") {
    ScanResult result = example();
    result.pages[0].lines[0].text = "broken \xC3 text";
    const std::string report =
        output::report(std::vector{result}, std::vector{Error(ErrorCode::not_found, "load").at_path("b.jpg")},
                       result.tool, Language::english);
    const Json json = Json::parse(report);
    CHECK(json["schema"] == "saring/1");
    CHECK(json["tool"]["version"] == "1");
    CHECK(json["results"].size() == 1);
    CHECK(json["errors"][0]["code"] == "not_found");
}

TEST_CASE("paths that are not UTF-8 are shown with their bytes") {
    CHECK(shown_path("foto é.jpg") == "foto é.jpg");
    CHECK(shown_path("f\xFFoto") == "f\\xFFoto");
    CHECK(shown_path("\xC3") == "\\xC3");
    CHECK(shown_path("\xED\xA0\x80") == "\\xED\\xA0\\x80");
    CHECK(shown_path("\xF0\x9F\x98\x80") == "\xF0\x9F\x98\x80");
}
