#include "match/matcher.hpp"
#include "match/plain_text.hpp"
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
        (void)load_rules({folder.write("try.toml", content)});
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
    const RuleSet set = load_rules({test::models() / "rules"});
    for (const RulePack& pack : set.packs) {
        CHECK(pack.sha256.size() == 64);
    }
    for (const Rule& rule : set.rules) {
        CAPTURE(rule.id);
        CHECK(ids.insert(rule.id).second);
        CHECK(rule.title.indonesian != rule.title.english);
        CHECK_FALSE(rule.source.empty());
    }
    CHECK(ids.size() > 80);
}

TEST_CASE("a well-formed pack loads") {
    const test::TemporaryFolder folder;
    const RuleSet set = load_rules({folder.write("try.toml", good)});
    REQUIRE(set.packs.size() == 1);
    CHECK(set.packs[0].name == "try");
    REQUIRE(set.rules.size() == 1);
    CHECK(set.rules[0].pack == "try");
    CHECK(set.rules[0].severity == Severity::high);
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
    CHECK(complaint(replaced(good, "terms", "tail = '('\nterms")).find("RE2 refuses") != std::string::npos);
    CHECK(
        complaint(replaced(good, "source", "places = [\"upstairs\"]\nsource")).find("no place is called 'upstairs'") !=
        std::string::npos);
    CHECK(complaint("name = \"try\"\n[[rule]\n").find("try.toml:2") != std::string::npos);
    CHECK(complaint("name = \"try\"\n").find("a pack needs rules") != std::string::npos);
}

TEST_CASE("a rule id that comes twice, a folder without packs and a missing folder are errors") {
    const test::TemporaryFolder folder;
    CHECK(test::code_of([&] { (void)load_rules({folder.path()}); }) == ErrorCode::bad_rules);
    CHECK(test::code_of([&] { (void)load_rules({folder.path() / "none"}); }) == ErrorCode::bad_rules);
    folder.write("a.toml", good);
    CHECK(load_rules({folder.path()}).rules.size() == 1);
    folder.write("b.toml", good);
    CHECK(test::code_of([&] { (void)load_rules({folder.path()}); }) == ErrorCode::bad_rules);
}

namespace {

bool fires(const RuleSet& set, std::string_view text) { return !Matcher(set).find(lines_of_text(text)).empty(); }

// Loads one pack beside `good`, under the name b.toml.
RuleSet with_pack(const std::string& content, const LoadOptions& options = {}) {
    const test::TemporaryFolder folder;
    folder.write("a.toml", good);
    folder.write("b.toml", content);
    return load_rules({folder.path()}, options);
}

} // namespace

TEST_CASE("a pack of one's own may replace, disable and excuse rules of others") {
    CHECK(fires(with_pack("name = \"b\"\n[[cue]]\nname = \"c\"\nwords = [\"word\"]\n"), "PROYEK MERAPI"));
    const RuleSet replaced_rule =
        with_pack(replaced(replaced(good, "severity", "override = true\nseverity"), "\"high\"", "\"low\""));
    REQUIRE(replaced_rule.rules.size() == 1);
    CHECK(replaced_rule.rules[0].severity == Severity::low);
    CHECK(test::code_of([&] { (void)with_pack("name = \"b\"\ndisable = [\"try.two\"]\n"); }) == ErrorCode::bad_rules);
    CHECK_FALSE(fires(with_pack("name = \"b\"\nallow = [\"wisata proyek merapi\"]\n"), "Wisata Proyek Merapi"));
    CHECK(fires(with_pack("name = \"b\"\nallow = [\"wisata proyek merapi\"]\n"), "Proyek Merapi tahap dua"));
}

TEST_CASE("a reported false alarm becomes a tested clean example") {
    const std::string report = "name = \"b\"\n[[clean]]\nrule = \"try.one\"\ntext = \"kaos proyek merapi\"\n";
    CHECK_FALSE(fires(with_pack(report), "Kaos Proyek Merapi, ukuran L"));
    CHECK(fires(with_pack(report), "Proyek Merapi"));
    CHECK(test::code_of([&] { (void)with_pack(replaced(report, "try.one", "try.two")); }) == ErrorCode::bad_rules);
    // One that says nothing about the rule would be believed in vain.
    const std::string contrary = "name = \"b\"\n[[clean]]\nrule = \"try.one\"\ntext = \"proyek merapi\"\n";
    CHECK(test::code_of([&] { (void)with_pack(contrary); }) == ErrorCode::bad_rules);
}

TEST_CASE("a rule lapses after its day, and counts until then") {
    const std::string lapsing = replaced(good, "terms", "until = 2026-08-17\nask = \"Biro Umum\"\nterms");
    const test::TemporaryFolder folder;
    const auto file = folder.write("try.toml", lapsing);
    LoadOptions options;
    options.as_of = day_of("2026-08-17");
    CHECK(load_rules({file}, options).rules.size() == 1);
    options.as_of = day_of("2026-08-18");
    CHECK(load_rules({file}, options).rules.empty());
    CHECK(test::code_of([] { (void)day_of("17.8.2026"); }) == ErrorCode::bad_option);
    CHECK(test::code_of([] { (void)day_of("2026-02-30"); }) == ErrorCode::bad_option);
    CHECK(complaint(replaced(good, "terms", "until = \"soon\"\nterms")).find("'until' must be a date") !=
          std::string::npos);
}

TEST_CASE("a rule that must be opted in is silent until it is") {
    const test::TemporaryFolder folder;
    const auto file = folder.write("try.toml", replaced(good, "terms", "opt_in = \"travel\"\nterms"));
    LoadOptions options;
    CHECK(load_rules({file}, options).rules.empty());
    options.enable = {"travel"};
    CHECK(load_rules({file}, options).rules.size() == 1);
    options.enable = {"try.one"};
    CHECK(load_rules({file}, options).rules.size() == 1);
    options.enable = {"travle"}; // a slip must not make the check thinner in silence
    CHECK(test::code_of([&] { (void)load_rules({file}, options); }) == ErrorCode::bad_option);
}

TEST_CASE("cues that are not known, weights out of range and validators without a pattern are told") {
    CHECK(complaint(replaced(good, "terms", "with = [\"@nowhere\"]\nterms")).find("no cue is called '@nowhere'") !=
          std::string::npos);
    CHECK(complaint(replaced(good, "terms", "lower = {\"@nowhere\" = 0.5}\nterms")).find("no cue is called") !=
          std::string::npos);
    CHECK(complaint(replaced(good, "terms", "validator = \"nik\"\nterms")).find("a validator needs 'patterns'") !=
          std::string::npos);
    CHECK(complaint(replaced(good, "terms", "validator = \"nix\"\nterms"))
              .find("no validator is called 'nix'; there are") != std::string::npos);
    CHECK(complaint(replaced(good, "terms", "block_confidence = 2\nterms")).find("must lie between 0 and 1") !=
          std::string::npos);
    CHECK(complaint(replaced(good, "terms", "edits = 9\nterms")).find("from 0 to 4") != std::string::npos);
    CHECK(complaint(replaced(good, "terms", "spot = 1\nterms")).find("must be true or false") != std::string::npos);
}

TEST_CASE("a list of words makes a cue where two of them are joined, and nowhere else") {
    const std::string lists = replaced(good, "[[rule]]", R"([[cue]]
name = "stages"
joints = ["dan"]
lists = { stages = ["tahap awal", "tahap akhir"] }
[[rule]]
lower = { "@stages" = 1.0 })");
    const test::TemporaryFolder folder;
    const Matcher matcher(load_rules({folder.write("try.toml", lists)}));
    CHECK(matcher.find(lines_of_text("proyek merapi tahap awal dan tahap akhir")).empty());
    CHECK(matcher.find(lines_of_text("proyek merapi tahap awal, tahap akhlr")).empty());
    CHECK(matcher.find(lines_of_text("proyek merapi tahap awal tahap akhir")).size() == 1);
    CHECK(matcher.find(lines_of_text("proyek merapi tahap awal dan lanjut")).size() == 1);
    CHECK(complaint(replaced(lists, "{ stages = [\"tahap awal\", \"tahap akhir\"] }", "[\"tahap awal\"]"))
              .find("'lists' must give each list a name") != std::string::npos);
}

TEST_CASE("a pack of fifty thousand terms loads and finds its own") {
    std::string terms;
    for (int i = 0; i < 50'000; ++i) {
        terms += "\"kode sandi " + std::to_string(100'000 + i * 7) + "\", ";
    }
    const test::TemporaryFolder folder;
    const RuleSet set = load_rules({folder.write(
        "try.toml", replaced(replaced(good, "[\"proyek merapi\"]\nflag", "[" + terms + "]\nedits = 0\nflag"),
                             "flag = [\"proyek merapi\"]", "flag = [\"kode sandi 100007\"]"))});
    CHECK(set.rules[0].terms.size() == 50'000);
    CHECK(fires(set, "kode sandi 449993"));
    CHECK_FALSE(fires(set, "kode sandi 449994"));
}
