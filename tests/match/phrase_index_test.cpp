#include "match/literal_index.hpp"
#include "match/phrase_index.hpp"
#include "match/plain_text.hpp"
#include "support.hpp"

#include <random>

using namespace saring;
using namespace saring::match;

namespace {

int plain_distance(std::string_view a, std::string_view b) {
    std::vector<int> row(b.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) {
        row[j] = static_cast<int>(j);
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
        int diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const int value = std::min({row[j + 1] + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0 : 1)});
            diagonal = std::exchange(row[j + 1], value);
        }
    }
    return row.back();
}

} // namespace

TEST_CASE("the literal index finds every place of every literal, as a plain search does") {
    std::mt19937 random(3);
    const auto word = [&](std::size_t length) {
        std::string out;
        for (std::size_t i = 0; i < length; ++i) {
            out += static_cast<char>('a' + random() % 3);
        }
        return out;
    };
    LiteralIndex index;
    std::vector<std::string> literals;
    for (int i = 0; i < 60; ++i) {
        const std::string literal = word(2 + random() % 6);
        if (index.add(literal) == literals.size()) {
            literals.push_back(literal);
        }
    }
    const std::string text = word(3000);
    std::size_t expected = 0;
    for (const std::string& literal : literals) {
        for (std::size_t at = text.find(literal); at != std::string::npos; at = text.find(literal, at + 1)) {
            ++expected;
        }
    }
    std::size_t found = 0;
    index.scan(text, [&](std::uint32_t number, std::size_t at) {
        CHECK(text.compare(at, literals[number].size(), literals[number]) == 0);
        ++found;
    });
    CHECK(found == expected);
    CHECK_THROWS_AS(index.add("x"), std::invalid_argument);
}

TEST_CASE("single words within their edits are found, all of them and no others") {
    std::mt19937 random(9);
    const std::string term = "disebarluaskan";
    PhraseIndex index;
    index.add(phrase_of(term));
    for (int i = 0; i < 2000; ++i) {
        std::string word = term;
        for (std::uint32_t k = random() % 4; k > 0; --k) {
            const std::size_t at = random() % word.size();
            const char letter = static_cast<char>('a' + random() % 26);
            switch (random() % 3) {
            case 0: word[at] = letter; break;
            case 1: word.insert(at, 1, letter); break;
            default: word.erase(at, 1);
            }
        }
        const int edits = plain_distance(skeleton(term), skeleton(word));
        const std::vector<Hit> hits = index.find(normalise(lines_of_text("kata " + word + " lagi")));
        CAPTURE(word, edits);
        CHECK(hits.size() == (edits <= 2 ? 1U : 0U));
        if (!hits.empty()) {
            CHECK(hits[0].edits == edits);
            CHECK(hits[0].first == 1);
            CHECK(hits[0].last == 2);
        }
    }
}

TEST_CASE("a phrase that may only be misread keeps its words and their length, or nearly, when it is long") {
    const auto is_found = [](const char* term, const char* text) {
        Phrase phrase = phrase_of(term);
        phrase.misread_only = true;
        PhraseIndex index;
        index.add(std::move(phrase));
        return !index.find(normalise(lines_of_text(text))).empty();
    };
    CHECK(is_found("koperasi", "rapat koperasi warga"));
    CHECK(is_found("koperasi", "rapat kopcrasi warga"));
    CHECK_FALSE(is_found("koperasi", "rapat operasi warga"));
    CHECK_FALSE(is_found("koperasi", "rapat koperasii warga"));
    CHECK_FALSE(is_found("confidentially", "CONFIDENTIAL"));
    CHECK_FALSE(is_found("confidentially", "CONFIDENTIAL to"));
    CHECK(is_found("telah diumumkan", "sudah telah diumumkn"));
}

TEST_CASE("a phrase too short for its edits is refused") {
    PhraseIndex index;
    CHECK_THROWS_AS(index.add(phrase_of("abc", 2)), std::invalid_argument);
    CHECK(index.add(phrase_of("abc")) == index.add(phrase_of("A B C")));
}
