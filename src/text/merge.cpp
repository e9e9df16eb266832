#include "text/merge.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace saring::text {
namespace {

constexpr float same_place = 0.4F; // share of the smaller box that must be covered for two words to compete
constexpr float margin = 1.15F;    // ratio of the odds of being right, by which a later reading must be better

bool compete(const Box& a, const Box& b) {
    const float smaller = std::min(a.area(), b.area());
    return smaller > 0 && intersection_area(a, b) > same_place * smaller;
}

struct Group {
    std::vector<std::size_t> old_words;
    std::vector<std::size_t> new_words;
};

// The probability that a word is right. Tesseract thinks too well of its middling words: logistic regression on the
// lines of scripts/train/measure_confidence.py.
float chance(const Word& word, std::string_view engine) {
    if (engine != "tesseract" || word.confidence <= 0) {
        return trust(word);
    }
    constexpr float constant = -4.478F;
    constexpr float of_confidence = 7.244F;
    const float right = 1 / (1 + std::exp(-constant - of_confidence * word.confidence));
    return right * trust(word) / word.confidence;
}

float odds(float probability) {
    constexpr float certain = 0.999F;
    return probability / (1 - std::min(probability, certain));
}

// Weighted by the words' lengths.
float mean_of(const std::vector<float>& chances, const std::vector<Word>& words,
              const std::vector<std::size_t>& which) {
    float sum = 0;
    float weight = 0;
    for (const std::size_t i : which) {
        const auto length = static_cast<float>(length_of(words[i].text));
        sum += chances[i] * length;
        weight += length;
    }
    return weight > 0 ? sum / weight : 0;
}

// Letters and digits read in all; of two equally sure readings the longer one saw more.
float letters(const std::vector<float>& chances, const std::vector<Word>& words,
              const std::vector<std::size_t>& which) {
    float sum = 0;
    for (const std::size_t i : which) {
        sum += static_cast<float>(length_of(words[i].text)) * chances[i];
    }
    return sum;
}

} // namespace

std::size_t length_of(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

float trust(const Word& word) {
    int letter_count = 0;
    int sign_count = 0;
    const auto length = static_cast<std::int32_t>(word.text.size());
    for (std::int32_t at = 0; at < length; ++sign_count) {
        UChar32 c = 0;
        U8_NEXT(reinterpret_cast<const std::uint8_t*>(word.text.data()), at, length, c);
        letter_count += c > 0 && u_isalnum(c) != 0 ? 1 : 0;
    }
    if (letter_count == 0) {
        return 0.3F * word.confidence;
    }
    if (letter_count == 1) {
        return 0.7F * word.confidence;
    }
    const float share = static_cast<float>(letter_count) / static_cast<float>(sign_count);
    return word.confidence * std::min(1.0F, 0.5F + 0.6F * share);
}

void WordPool::add(const std::vector<Line>& lines) {
    std::vector<Word> fresh;
    std::vector<float> fresh_chances;
    for (const Line& line : lines) {
        for (const Word& word : line.words) {
            fresh.push_back(word);
            fresh_chances.push_back(chance(word, line.engine));
        }
    }
    const std::size_t old_count = words_.size();
    const std::size_t count = old_count + fresh.size();
    std::vector<Box> boxes;
    boxes.reserve(count);
    for (const auto* words : {&words_, &fresh}) {
        for (const Word& word : *words) {
            boxes.push_back(bounding_box(word.quad));
        }
    }
    // Groups of old and new words that compete, directly or through one another.
    std::vector<std::size_t> parent(count);
    std::iota(parent.begin(), parent.end(), 0);
    const auto find = [&](std::size_t i) {
        while (parent[i] != i) {
            i = parent[i] = parent[parent[i]];
        }
        return i;
    };
    for (std::size_t i = 0; i < old_count; ++i) {
        for (std::size_t j = old_count; j < count; ++j) {
            if (compete(boxes[i], boxes[j])) {
                parent[find(i)] = find(j);
            }
        }
    }
    std::vector<Group> groups(count);
    for (std::size_t i = 0; i < count; ++i) {
        Group& group = groups[find(i)];
        if (i < old_count) {
            group.old_words.push_back(i);
        } else {
            group.new_words.push_back(i - old_count);
        }
    }
    std::vector<Word> kept;
    std::vector<float> kept_chances;
    for (const Group& group : groups) {
        const bool contested = !group.old_words.empty() && !group.new_words.empty();
        bool new_wins = group.old_words.empty();
        if (contested) {
            const float old_odds = odds(mean_of(chances_, words_, group.old_words));
            const float new_odds = odds(mean_of(fresh_chances, fresh, group.new_words));
            const bool much_more =
                letters(fresh_chances, fresh, group.new_words) > 1.5F * letters(chances_, words_, group.old_words);
            new_wins = new_odds > old_odds * margin || (much_more && new_odds > old_odds / margin);
        }
        for (const std::size_t i : new_wins ? group.new_words : group.old_words) {
            kept.push_back(new_wins ? fresh[i] : words_[i]);
            kept_chances.push_back(new_wins ? fresh_chances[i] : chances_[i]);
        }
    }
    words_ = std::move(kept);
    chances_ = std::move(kept_chances);
}

} // namespace saring::text
