// Simhash (Charikar, "Similarity Estimation Techniques from Rounding Algorithms", STOC 2002): each word casts one vote
// on each of 64 bits, by its own hash; the majority decides. A word counts once however often it stands, so that a
// letterhead on every page does not outvote the letter.
//
// Words are runs of letters, at least four of them, in lower case: shorter ones are the same in all texts, and digits
// are what differs between two copies of one form. Limits: a hash of few words turns with each of them; two filled-in
// copies of one form read alike.
#include "match/wording.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <set>
#include <string>
#include <string_view>

namespace saring::match {
namespace {

constexpr std::size_t shortest_word = 4; // letters
constexpr std::size_t fewest_words = 3;  // different ones
constexpr std::size_t bits = 64;

// FNV-1a, its bits mixed as splitmix64 does, since words of few letters leave FNV's high bits alike.
std::uint64_t hash_of(const std::u32string& word) {
    std::uint64_t hash = 0xCBF29CE484222325;
    for (const char32_t letter : word) {
        hash = (hash ^ letter) * 0x100000001B3;
    }
    hash = (hash ^ hash >> 30U) * 0xBF58476D1CE4E5B9;
    hash = (hash ^ hash >> 27U) * 0x94D049BB133111EB;
    return hash ^ hash >> 31U;
}

void add_words(std::string_view text, std::set<std::u32string>& words) {
    std::u32string word;
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at <= length;) {
        UChar32 letter = U' ';
        if (at < length) {
            U8_NEXT_OR_FFFD(reinterpret_cast<const std::uint8_t*>(text.data()), at, length, letter);
        } else {
            ++at; // a blank behind the last word
        }
        if (u_isalpha(letter) != 0) {
            word += static_cast<char32_t>(u_tolower(letter));
        } else if (!word.empty()) {
            if (word.size() >= shortest_word) {
                words.insert(word);
            }
            word.clear();
        }
    }
}

} // namespace

std::uint64_t wording_of(std::span<const Page> pages) {
    std::set<std::u32string> words;
    for (const Page& page : pages) {
        for (const Line& line : page.lines) {
            add_words(line.text, words);
        }
    }
    if (words.size() < fewest_words) {
        return 0;
    }
    std::array<int, bits> votes{};
    for (const std::u32string& word : words) {
        const std::uint64_t hash = hash_of(word);
        for (std::size_t bit = 0; bit < bits; ++bit) {
            votes[bit] += (hash >> bit & 1U) != 0 ? 1 : -1;
        }
    }
    std::uint64_t out = 0;
    for (std::size_t bit = 0; bit < bits; ++bit) {
        out |= std::uint64_t{votes[bit] > 0} << bit;
    }
    return out == 0 ? 1 : out; // 0 says that there are no words
}

} // namespace saring::match
