#include "match/verdict.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::match;

namespace {

Finding finding(Severity severity, bool blocks, Box box = {0, 0, 10, 10}) {
    Finding out;
    out.rule = "r";
    out.severity = severity;
    out.blocks = blocks;
    out.page = 0;
    out.quads = {quad_of(box)};
    out.confidence = blocks ? 0.9F : 0.3F;
    return out;
}

Verdict verdict_of(std::vector<Finding> findings, std::vector<UnreadRegion> unread = {}) {
    ScanResult result;
    result.findings = std::move(findings);
    result.pages.emplace_back();
    result.pages[0].unread = std::move(unread);
    judge(result, Language::english);
    return result.verdict;
}

Line line_of(std::initializer_list<const char*> words, float left, float top) {
    Line line;
    for (const char* text : words) {
        Word word;
        word.text = text;
        const auto width = static_cast<float>(10 * word.text.size());
        word.quad = quad_of({left, top, left + width, top + 20});
        word.confidence = 0.9F;
        left += width + 10;
        line.text += (line.text.empty() ? "" : " ") + word.text;
        line.words.push_back(word);
    }
    return line;
}

} // namespace

TEST_CASE("a sure grave finding blocks, an unsure or medium one asks for review, a low one leaves safe") {
    CHECK(verdict_of({}) == Verdict::safe);
    CHECK(verdict_of({finding(Severity::low, false)}) == Verdict::safe);
    CHECK(verdict_of({finding(Severity::medium, false)}) == Verdict::review);
    CHECK(verdict_of({finding(Severity::high, false)}) == Verdict::review);
    CHECK(verdict_of({finding(Severity::high, true)}) == Verdict::block);
    CHECK(verdict_of({finding(Severity::low, false), finding(Severity::critical, true)}) == Verdict::block);
}

TEST_CASE("anything unread makes the verdict at least review, with a reason") {
    CHECK(verdict_of({}, {{{}, UnreadReason::low_confidence, {}}}) == Verdict::review);
    CHECK(verdict_of({}, {{{}, UnreadReason::not_rendered, {}}}) == Verdict::review);
    ScanResult result;
    result.pages.resize(2);
    result.pages[1].error = Error(ErrorCode::corrupt, "load").at_page(1);
    judge(result, Language::english);
    CHECK(result.verdict == Verdict::review);
    REQUIRE(result.reasons.size() == 1);
    CHECK(result.reasons[0] == "the file is damaged");
}

TEST_CASE("a finding points with the words of its match, not with the whole line") {
    const std::vector<Line> lines{line_of({"Nomor", "5", "SANGAT", "RAHASIA", "lagi"}, 100, 50)};
    static const Matcher matcher(load_rules({test::models() / "rules"}));
    const std::vector<Match> found = matcher.find(lines);
    REQUIRE(found.size() == 1);
    const Finding out = FindingMaker(lines, 0, true, Language::english).make(found[0]);
    REQUIRE(out.quads.size() == 1);
    const Box box = bounding_box(out.quads[0]);
    CHECK(box.left == Approx(180));
    CHECK(box.right == Approx(320));
    CHECK(out.match == "SANGAT RAHASIA");
    CHECK(out.context == "Nomor 5 SANGAT RAHASIA lagi");
    CHECK(out.blocks);
}

TEST_CASE("several readings of one place give one finding, the surest") {
    std::vector<Finding> findings{finding(Severity::high, false), finding(Severity::high, true, {1, 1, 11, 11}),
                                  finding(Severity::high, true, {500, 0, 510, 10})};
    drop_repeated(findings);
    REQUIRE(findings.size() == 2);
    CHECK(findings[0].blocks);
}

TEST_CASE("the fingerprint changes with rule, file, page, place and key, and with nothing else") {
    const auto print = [](const std::string& rule, const std::string& file, int page, float left,
                          const std::string& key) {
        std::vector<Finding> one{finding(Severity::high, true, {left, 0, left + 10, 10})};
        one[0].rule = rule;
        one[0].page = page;
        sign(one, file, key);
        return one[0].fingerprint;
    };
    const std::string base = print("r", "f", 0, 0, "k");
    CHECK(base.size() == 32);
    CHECK(base == print("r", "f", 0, 0, "k"));
    CHECK(base != print("s", "f", 0, 0, "k"));
    CHECK(base != print("r", "g", 0, 0, "k"));
    CHECK(base != print("r", "f", 1, 0, "k"));
    CHECK(base != print("r", "f", 0, 40, "k"));
    CHECK(base != print("r", "f", 0, 0, "l"));
}
