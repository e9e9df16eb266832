#include "audit/answers.hpp"

#include "output/json.hpp"
#include "output/reading.hpp"

#include <catch2/catch.hpp>

using namespace saring;
using namespace saring::audit;

namespace {

ScanResult result_with_finding() {
    ScanResult result;
    result.path = "rapat.jpg";
    result.sha256 = std::string(64, 'a');
    result.media_type = "image/jpeg";
    result.verdict = Verdict::block;
    result.reasons = {"writing that could not be read"};
    result.metadata.taken = "2026-08-17 09:30:00";
    Page page;
    page.unread = {{{}, UnreadReason::time_limit, {}}};
    result.pages = {page};
    Finding finding;
    finding.rule = "id.marker.rahasia";
    finding.severity = Severity::critical;
    finding.match = "RAHASIA";
    finding.page = 0;
    finding.quads = {Quad{{Point{1, 2}, {3, 2}, {3, 4}, {1, 4}}}};
    finding.confidence = 0.9F;
    finding.blocks = true;
    finding.fingerprint = "f00d";
    result.findings = {finding};
    result.tool = {"0.1.0", {{"id-marking", "11"}}, {{"line.onnx", "22"}},    Profile::agency, {"travel"},
                   "",      "2026-12-31",           "tesseract 5.3.0 ind+eng"};
    return result;
}

std::string answer_with(const ScanResult& result) {
    return output::dumped({{"id", 1}, {"result", output::json_of(result, output::Masking::masked, Language::english)}});
}

} // namespace

TEST_CASE("An answer is what the worker found") {
    const Answer answer = answer_from(answer_with(result_with_finding()));
    REQUIRE(answer.content);
    CHECK(answer.content->sha256 == std::string(64, 'a'));
    CHECK(answer.content->verdict == Verdict::block);
    CHECK(answer.content->taken == "2026-08-17 09:30:00");
    CHECK(answer.content->judged_until == "2026-12-31");
    CHECK(answer.content->unread.at(0).region.reason == UnreadReason::time_limit);
    const Finding& finding = answer.content->findings.at(0);
    CHECK(finding.blocks);
    CHECK(finding.severity == Severity::critical);
    CHECK(finding.quads.at(0).corners[2].x == 3);
    CHECK(finding.fingerprint == "f00d");
}

TEST_CASE("Rules, profile and opt-ins make the key of verdicts, networks and readers that of readings") {
    const ScanResult result = result_with_finding();
    const Currency base = currency_of(result.tool);
    Provenance other = result.tool;
    other.rules["own"] = "33";
    CHECK(currency_of(other).rules_key != base.rules_key);
    CHECK(currency_of(other).models_key == base.models_key);
    other = result.tool;
    other.profile = Profile::strict;
    CHECK(currency_of(other).rules_key != base.rules_key);
    other = result.tool;
    other.reader = "tesseract 5.4.0 ind+eng";
    CHECK(currency_of(other).models_key != base.models_key);
    CHECK(currency_of(other).rules_key == base.rules_key);
}

TEST_CASE("An error of a worker is the error that it was") {
    const Error was = Error(ErrorCode::corrupt, "load", "no end of image").at_path("a.jpg").at_page(3);
    for (const Language language : {Language::indonesian, Language::english}) {
        const Answer answer = answer_from(output::dumped({{"id", 1}, {"error", output::json_of(was, language)}}));
        REQUIRE(answer.error);
        CHECK(answer.error->code() == was.code());
        CHECK(answer.error->detail() == was.detail());
        CHECK(answer.error->path() == "a.jpg");
        CHECK(answer.error->page() == 3);
    }
}

TEST_CASE("Nonsense instead of an answer is the worker's failure, and is not quoted") {
    for (const char* line : {"", "rahasia", "{}", R"({"id": 1, "result": {"sha256": "rahasia"}})", "[1]"}) {
        try {
            (void)answer_from(line);
            FAIL("accepted");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::worker_failed);
            CHECK(error.message(Language::english).find("rahasia") == std::string::npos);
        }
    }
}
