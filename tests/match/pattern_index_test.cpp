#include "match/normalise.hpp"
#include "match/pattern_index.hpp"
#include "match/plain_text.hpp"
#include "support.hpp"

#include <re2/re2.h>

#include <set>

using namespace saring;
using namespace saring::match;

namespace {

Rule rule_of(const std::string& pattern, bool raw, bool two_lines, std::int64_t memory = 4 << 20) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(memory);
    Rule rule;
    rule.patterns.push_back({std::make_shared<const re2::RE2>(pattern, options), raw});
    rule.two_lines = two_lines;
    return rule;
}

// Rule and line of every hit.
std::set<std::pair<std::uint32_t, int>> hits(const std::vector<Rule>& rules, std::string_view text) {
    const std::vector<Line> lines = lines_of_text(text);
    std::set<std::pair<std::uint32_t, int>> out;
    for (const PatternHit& hit : PatternIndex(rules, {}).find(normalise(lines), lines)) {
        out.emplace(hit.owner, hit.spans.front().line);
    }
    return out;
}

} // namespace

TEST_CASE("patterns are found with and without a literal, on folded lines, raw ones and two together") {
    const std::vector<Rule> rules{
        rule_of(R"(\bnomor \d+)", false, false), // a literal
        rule_of(R"(\b\d{4}\b)", false, false),   // none, as those that follow
        rule_of(R"([A-Z]{3}\d)", true, false),
        rule_of(R"(\d{6}\n\d{2}\b)", false, true),
        rule_of(R"([A-Z]\n[a-z]$)", true, true),
        rule_of(R"([A-Z]{3}\d)", false, false), // never: folded lines have no capitals
    };
    CHECK(hits(rules, "NOMOR 17\nABC1 in 2026\nA\nb") ==
          std::set<std::pair<std::uint32_t, int>>{{0, 0}, {1, 1}, {2, 1}, {4, 2}});
    CHECK(hits(rules, "kode 123456\n78 dan 123456 x\n78") == std::set<std::pair<std::uint32_t, int>>{{3, 0}});
    CHECK(hits(rules, "").empty());
}

TEST_CASE("patterns without a literal that outgrow their common automaton are found one by one") {
    std::vector<Rule> rules;
    for (int i = 0; i < 40; ++i) {
        constexpr std::int64_t memory = 256 << 10; // enough for one of them
        rules.push_back(rule_of("[0-9a-f][^z]{" + std::to_string(300 + i) + "}[0-9]", false, false, memory));
        REQUIRE(rules.back().patterns.front().expression->ok());
    }
    std::string text;
    for (int i = 0; i < 2000; ++i) {
        text += "0123456789abcdef"[i * i * 7 % 1601 % 16];
    }
    CHECK(hits(rules, text + "\nzz").size() == rules.size());
}
