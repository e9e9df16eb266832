#include "match/normalise.hpp"
#include "match/plain_text.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::match;

namespace {

NormalText normal(std::string_view text) { return normalise(lines_of_text(text)); }

std::vector<std::string> folded_tokens(std::string_view text) {
    std::vector<std::string> out;
    for (const Token& token : normal(text).tokens) {
        out.push_back(token.folded);
    }
    return out;
}

} // namespace

TEST_CASE("case, diacritics, full-width letters and invisible signs fold away") {
    CHECK(folded_tokens("RAHASIA") == std::vector<std::string>{"rahasia"});
    CHECK(folded_tokens("RÀHÁSÌA") == std::vector<std::string>{"rahasia"});
    CHECK(folded_tokens("ＲＡＨＡＳＩＡ") == std::vector<std::string>{"rahasia"});
    CHECK(folded_tokens("RA\u200BHA\u200BSIA") == std::vector<std::string>{"rahasia"});
    CHECK(packed("Private & Confidential") == "privateconfidential");
    CHECK(folded("  TLP :\tRED ") == "tlp : red ");
}

TEST_CASE("look-alike letters become Latin in mixed words and in words of look-alikes only") {
    CHECK(folded_tokens("RАНАSІА") == std::vector<std::string>{"rahasia"});
    CHECK(normal("RАНАSІА").tokens[0].lookalikes);
    // A single Cyrillic letter is a placeholder of signed regulations, a Russian word is Russian.
    CHECK_FALSE(normal("\u0414").tokens[0].lookalikes);
    CHECK(folded_tokens("\u0416") == std::vector<std::string>{"\u0436"});
    CHECK(folded_tokens("скале") == std::vector<std::string>{"скале"});
}

TEST_CASE("tokens know their line, word and bytes, and whether they are capitals") {
    const NormalText text = normal("Sifat: RAHASIA\nNo. 5");
    REQUIRE(text.tokens.size() == 4);
    CHECK(text.tokens[1].folded == "rahasia");
    CHECK(text.tokens[1].capitals);
    CHECK_FALSE(text.tokens[0].capitals);
    CHECK(text.tokens[1].begin == 7);
    CHECK(text.tokens[1].end == 14);
    CHECK(text.tokens[1].word == 1);
    CHECK(text.tokens[0].after == ':');
    CHECK(text.tokens[3].line == 1);
    CHECK(text.first_token == std::vector<std::size_t>{0, 2, 4});
}

TEST_CASE("a mark in capitals is told from the small letters that it was set across") {
    const NormalText text = normal("PeaceCONFIDENTIAL");
    REQUIRE(text.tokens.size() == 2);
    CHECK(text.tokens[1].folded == "confidential");
    CHECK(text.tokens[1].capitals);
    CHECK(text.tokens[1].begin == 5);
    CHECK(text.tokens[1].word == 0);
    CHECK(text.lines[0].text == "peaceconfidential");
    CHECK(folded_tokens("eRAHASIA nikKTP TERBATASnya ID5RAHASIA") ==
          std::vector<std::string>{"erahasia", "nikktp", "terbatasnya", "id5rahasia"});
}

TEST_CASE("short forms of chats are read in full, and their places kept") {
    CHECK(folded_tokens("Tdk utk umum") == std::vector<std::string>{"tidak", "untuk", "umum"});
    const NormalText text = normal("blm final");
    CHECK(text.lines[0].text == "belum final");
    CHECK(text.lines[0].source[4] == 0);
    CHECK(text.lines[0].source[6] == 4);
    CHECK(packed("jgn bocor") == "janganbocor");
}

TEST_CASE("values are read in compatibility form, their case kept") {
    CHECK(compatible("３１７１ Ab\u200Bc") == "3171 Abc");
    CHECK(compatible("plain") == "plain");
}

TEST_CASE("the skeleton of a text is that of its parts, so that cutting it into tokens changes nothing") {
    const std::string text = "modern women turn wormwood";
    std::string parts;
    for (const char c : text) {
        parts += skeleton(std::string(1, c));
    }
    CHECK(skeleton(text) == parts);
}

TEST_CASE("a hyphen at the end of a line joins its token to the next") {
    const NormalText text = normal("RAHA-\nSIA");
    CHECK(text.tokens[0].joined_to_next);
    CHECK_FALSE(normal("a - b").tokens[0].joined_to_next);
}

TEST_CASE("the skeleton makes readers' confusions equal") {
    CHECK(skeleton("rahas1a") == skeleton("rahasia"));
    CHECK(skeleton("raha5ia") == skeleton("rahasia"));
    CHECK(skeleton("c0nfidentiai") == skeleton("confidential"));
    CHECK(skeleton("intemai") == skeleton("internal"));
    CHECK(skeleton("rahasia") != skeleton("raharja"));
}

TEST_CASE("text that is not UTF-8 is folded without losing its place") {
    const NormalText text = normal("a\xFF\xFE"
                                   "b RAHASIA");
    REQUIRE(text.tokens.size() == 3);
    CHECK(text.tokens[2].folded == "rahasia");
    CHECK(text.tokens[2].begin == 5);
}
