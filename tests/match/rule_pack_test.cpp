#include "match/rule_pack.hpp"
#include "support.hpp"

#include <set>

using namespace saring;
using namespace saring::match;

namespace {

const std::string good = R"(name = "try"
[[rule]]
id = "try.one"
category = "marker"
severity = "high"
title = { id = "Judul", en = "Title" }
advice = { id = "Saran", en = "Advice" }
source = "none"
terms = ["proyek merapi"]
flag = ["proyek merapi"]
clean = ["gunung merapi"]
)";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    return text.replace(at, what.size(), with);
}

std::string complaint(const std::string& content) {
    const test::TemporaryFolder folder;
    try {
        (void)load_pack(folder.write("try.toml", content));
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::bad_rules);
        return error.detail();
    }
    FAIL("the pack was accepted");
    return {};
}

} // namespace

TEST_CASE("the packs that Saring ships load, prove their examples, and name every rule once in both languages") {
    std::set<std::string> ids;
    for (const RulePack& pack : load_packs({test::models() / "rules"})) {
        CHECK(pack.sha256.size() == 64);
        for (const Rule& rule : pack.rules) {
            CAPTURE(rule.id);
            CHECK(ids.insert(rule.id).second);
            CHECK(rule.title.indonesian != rule.title.english);
            CHECK_FALSE(rule.source.empty());
        }
    }
    CHECK(ids.size() > 20);
}

TEST_CASE("a well-formed pack loads") {
    const test::TemporaryFolder folder;
    const RulePack pack = load_pack(folder.write("try.toml", good));
    CHECK(pack.name == "try");
    REQUIRE(pack.rules.size() == 1);
    CHECK(pack.rules[0].severity == Severity::high);
}

TEST_CASE("whatever is wrong with a pack is told with file, line and what to change") {
    CHECK(complaint(replaced(good, "\"try.one\"", "7")).find("try.toml:3: 'id' must be a text") != std::string::npos);
    CHECK(complaint(replaced(good, "marker", "gossip")).find("try.toml:4: no category is called 'gossip'") !=
          std::string::npos);
    CHECK(complaint(replaced(good, "high", "huge")).find("try.toml:5: no severity is called 'huge'") !=
          std::string::npos);
    CHECK(complaint(replaced(good, ", en = \"Title\"", "")).find("try.toml:6: 'en' must be a text") !=
          std::string::npos);
    CHECK(complaint(replaced(good, "terms", "turms")).find("'turms' is not known here") != std::string::npos);
    CHECK(complaint(replaced(good, "[\"proyek merapi\"]\nflag", "[\"ab\"]\nflag")).find("too short") !=
          std::string::npos);
    CHECK(complaint(replaced(good, "flag = [\"proyek merapi\"]", "flag = [\"proyek lain\"]"))
              .find("misses its own example: proyek lain") != std::string::npos);
    CHECK(complaint(replaced(good, "gunung merapi", "rapat proyek merapi")).find("fires on its own clean example") !=
          std::string::npos);
    CHECK(complaint(replaced(good, "terms = [\"proyek merapi\"]", "patterns = ['(']")).find("RE2 refuses") !=
          std::string::npos);
    CHECK(
        complaint(replaced(good, "terms = [\"proyek merapi\"]", "patterns = ['a*']")).find("matches nothing at all") !=
        std::string::npos);
    CHECK(
        complaint(replaced(good, "source", "places = [\"upstairs\"]\nsource")).find("no place is called 'upstairs'") !=
        std::string::npos);
    CHECK(complaint("name = \"try\"\n[[rule]\n").find("try.toml:2") != std::string::npos);
    CHECK(complaint("name = \"try\"\n").find("a pack needs rules") != std::string::npos);
}

TEST_CASE("a rule id that comes twice, a folder without packs and a missing folder are errors") {
    const test::TemporaryFolder folder;
    CHECK(test::code_of([&] { (void)load_packs({folder.path()}); }) == ErrorCode::bad_rules);
    CHECK(test::code_of([&] { (void)load_packs({folder.path() / "none"}); }) == ErrorCode::bad_rules);
    folder.write("a.toml", good);
    CHECK(load_packs({folder.path()}).size() == 1);
    folder.write("b.toml", good);
    CHECK(test::code_of([&] { (void)load_packs({folder.path()}); }) == ErrorCode::bad_rules);
}
