// Between two items stand at most four words: words that join, each misread by a letter or not, and items so badly
// misread that they are found nowhere else ("SECRFI" in "OFFICIAL, SECRFI and TOP SECRET"). A comma or a joining word
// must be there: "CONFIDENTIAL, for internal use" names one level and its handling. Whatever joins is compared with the
// distance of the phrase index.
#include "match/enumeration.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace saring::match {
namespace {

constexpr std::size_t most_between = 4; // words: ", <misread item> and when"

// "ancl" is read for "and" and "wlien" for "when": two signs for one letter, as rn for m, but too frequent in words to
// be one everywhere.
std::string joined_strokes(std::string text) {
    for (const auto& [pair, letter] : {std::pair("ci", "d"), std::pair("ii", "h")}) { // a skeleton has i for l
        for (std::size_t at = text.find(pair); at != std::string::npos; at = text.find(pair, at + 1)) {
            text.replace(at, 2, letter);
        }
    }
    return text;
}

// One of a few words; from three letters on, one of them may be another: "ahd", but "for" is no "or".
bool is_one_of(const std::string& token, const std::vector<std::string>& words) {
    constexpr std::size_t misread_from = 3;
    const std::string strokes = skeleton(token);
    const std::string joined = joined_strokes(strokes);
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
        const std::string plain = skeleton(word);
        const bool misread = word.size() >= misread_from && token.size() == word.size() && within_edits(word, token, 1);
        return strokes == plain || joined == plain || misread;
    });
}

bool is_poor_item(std::string_view token, const Enumeration& enumeration) {
    constexpr std::size_t shortest = 6; // letters
    constexpr int edits = 2;
    return std::any_of(enumeration.items.begin(), enumeration.items.end(), [&](const Phrase& item) {
        return item.packed.size() >= shortest && within_edits(item.skeleton, token, edits);
    });
}

bool are_joined(Window a, Window b, const NormalText& text, const Enumeration& enumeration) {
    if (b.first < a.last || b.first - a.last > most_between ||
        text.tokens[a.first].line != text.tokens[b.last - 1].line) {
        return false;
    }
    bool linked = text.tokens[a.last - 1].after == ',';
    for (std::size_t i = a.last; i < b.first; ++i) {
        const std::string& token = text.tokens[i].folded;
        const bool link = is_one_of(token, enumeration.joints);
        if (!link && !is_one_of(token, enumeration.fillers) && !is_poor_item(skeleton(token), enumeration)) {
            return false;
        }
        linked |= link;
    }
    return linked;
}

} // namespace

std::vector<Item> joined_items(std::span<const Item> items, const NormalText& text) {
    std::vector<Item> out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const Item& one = items[i];
        for (std::size_t k = i + 1; k < items.size() && items[k].window.first <= one.window.last + most_between; ++k) {
            const Item& other = items[k];
            if (other.enumeration == one.enumeration && other.phrase != one.phrase &&
                are_joined(one.window, other.window, text, *one.enumeration)) {
                out.push_back(one);
                out.back().window.last = other.window.last;
                break;
            }
        }
    }
    return out;
}

Phrase item_of(Phrase phrase) {
    constexpr std::size_t misread_from = 6;
    phrase.edits = std::max(usual_edits(phrase.packed), phrase.packed.size() >= misread_from ? 1 : 0);
    phrase.misread_only = true;
    return phrase;
}

} // namespace saring::match
