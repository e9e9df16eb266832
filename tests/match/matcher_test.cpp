#include "match/matcher.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::match;

namespace {

const Matcher& matcher() {
    static const Matcher all(load_packs({test::models() / "rules"}));
    return all;
}

std::vector<std::string> rules_in(std::string_view text) {
    std::vector<std::string> out;
    for (const Match& match : matcher().find(lines_of_text(text))) {
        out.push_back(match.rule->id);
    }
    return out;
}

using Ids = std::vector<std::string>;

} // namespace

TEST_CASE("a marker is found however it is spaced, split, or misread by a letter") {
    for (const char* text :
         {"SANGAT RAHASIA", "S A N G A T   R A H A S I A", "SANGAT\nRAHASIA", "SANGATRAHASIA", "5ANGAT RAHA5lA",
          "SANGAT RAHAS!A", "SANGAT-\nRAHASIA", "SANGAT RAHASlA", "SANGAT RAHASTA"}) {
        CAPTURE(text);
        CHECK(rules_in(text) == Ids{"id.marker.sangat-rahasia"});
    }
}

TEST_CASE("short words match only as whole words") {
    CHECK(rules_in("Ask the Secretary or the Secretariat").empty());
    CHECK(rules_in("RAHASIANYA").empty());
    CHECK(rules_in("PT JASA RAHARJA").empty());
}

TEST_CASE("the same word is a marker or an everyday word by its place") {
    CHECK(rules_in("RAHASIA") == Ids{"id.marker.rahasia"});
    CHECK(rules_in("Nomor 12\nRahasia\nHal: pemeriksaan") == Ids{"id.marker.rahasia"});
    CHECK(rules_in("ada rahasia di antara kita").empty());
    CHECK(rules_in("RAHASIA SUKSES TIM").empty());
    CHECK(rules_in("TERBATAS") == Ids{"id.marker.terbatas"});
    CHECK(rules_in("KUOTA TERBATAS").empty());
}

TEST_CASE("a match tells where it stands, over two lines where it is split") {
    const std::vector<Line> lines = lines_of_text("Lampiran\nTIDAK UNTUK\nDISEBARLUASKAN");
    const std::vector<Match> found = matcher().find(lines);
    REQUIRE(found.size() == 1);
    REQUIRE(found[0].spans.size() == 2);
    CHECK(found[0].spans[0].line == 1);
    CHECK(found[0].spans[1].line == 2);
    CHECK(found[0].text == "TIDAK UNTUK DISEBARLUASKAN");
}

TEST_CASE("words that an empty line parts are not joined to a marker") {
    CHECK(rules_in("tidak untuk\n\ndisebarluaskan").empty());
}

TEST_CASE("doubt of the reader lowers the confidence of the match, and so do edits") {
    std::vector<Line> lines = lines_of_text("CONFIDENTIAL");
    const float sure = matcher().find(lines)[0].confidence;
    lines[0].words[0].confidence = 0.4F;
    CHECK(matcher().find(lines)[0].confidence == Approx(0.4F));
    CHECK(matcher().find(lines_of_text("CONFIDEMTIAL"))[0].confidence < sure - 0.1F);
}

TEST_CASE("of matches on the same words, the gravest and longest is told") {
    CHECK(rules_in("TOP SECRET") == Ids{"en.marker.top-secret"});
    CHECK(rules_in("STRICTLY CONFIDENTIAL") == Ids{"en.marker.confidential"});
}

TEST_CASE("plain text keeps its places in code points") {
    const std::vector<Line> lines = lines_of_text("é ü\n  RAHASIA ");
    REQUIRE(lines.size() == 2);
    REQUIRE(lines[1].words.size() == 1);
    CHECK(lines[1].words[0].span == TextSpan{6, 13});
    CHECK(lines[0].words[1].span == TextSpan{2, 3});
    CHECK(lines_of_text("").size() == 1);
}
