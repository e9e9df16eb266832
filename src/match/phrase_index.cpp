#include "match/phrase_index.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <stdexcept>

namespace saring::match {
namespace {

constexpr std::size_t most_long_tokens = 9; // words of the longest phrase and a few pieces more
constexpr std::size_t one_edit_from = 7;    // letters
constexpr std::size_t two_edits_from = 12;
constexpr std::size_t batch = 1U << 16U; // candidates that are compared at a time

bool is_paragraph_break(const Token& a, const Token& b) { return b.line > a.line + 1; }

// Levenshtein distances of `phrase` to every beginning of `text`, within a band of `most`; beyond it, most + 1.
// ends(length, distance) is called for each beginning.
template <typename Ends> void distances(std::string_view phrase, std::string_view text, int most, Ends ends) {
    constexpr std::size_t widest = 17;
    std::array<int, widest> row{}; // row[d]: distance of phrase[0, i) to text[0, i + d - most)
    const int width = 2 * most + 1;
    const auto far = most + 1;
    for (int d = 0; d < width; ++d) {
        row[static_cast<std::size_t>(d)] = d < most ? far : d - most;
    }
    const auto n = static_cast<int>(phrase.size());
    const auto m = static_cast<int>(text.size());
    for (int i = 1; i <= n; ++i) {
        std::array<int, widest> next{};
        int best = far;
        for (int d = 0; d < width; ++d) {
            const int j = i + d - most;
            int value = far;
            if (j >= 0 && j <= m) {
                if (d + 1 < width) { // a letter of the phrase is missing
                    value = std::min(value, row[static_cast<std::size_t>(d) + 1] + 1);
                }
                if (d > 0) { // a letter of the text is in excess
                    value = std::min(value, next[static_cast<std::size_t>(d) - 1] + 1);
                }
                if (j > 0) {
                    const bool same = phrase[static_cast<std::size_t>(i) - 1] == text[static_cast<std::size_t>(j) - 1];
                    value = std::min(value, row[static_cast<std::size_t>(d)] + (same ? 0 : 1));
                }
            }
            next[static_cast<std::size_t>(d)] = value;
            best = std::min(best, value);
        }
        row = next;
        if (best > most) {
            return;
        }
    }
    for (int d = 0; d < width; ++d) {
        const int j = n + d - most;
        if (j > 0 && j <= m && row[static_cast<std::size_t>(d)] <= most) {
            ends(static_cast<std::size_t>(j), row[static_cast<std::size_t>(d)]);
        }
    }
}

// Words as blanks part them: a sign that was read within one does not.
std::size_t words_of(const NormalText& text, const Hit& hit) {
    std::size_t words = 1;
    for (std::size_t i = hit.first + 1; i < hit.last; ++i) {
        words += text.tokens[i].before == ' ' && !text.tokens[i - 1].joined_to_next ? 1 : 0;
    }
    return words;
}

// A longer or shorter word is another word, and so are two: "operasi" is no "koperasi", "confidential to" no
// "confidentially". A misread one keeps its length, nearly always; from twelve letters on, a stroke may be lost or
// parted.
bool is_misread(const Phrase& phrase, const NormalText& text, const Hit& hit, std::size_t length) {
    const std::size_t wanted = phrase.skeleton.size();
    const std::size_t slack = phrase.packed.size() >= two_edits_from ? 1 : 0;
    return length <= wanted + slack && length + slack >= wanted && words_of(text, hit) == phrase.words.size();
}

// Whether each token differs from its word by no more than a word of its length may, where a phrase differs by more
// than one edit. A phrase that was also cut into words otherwise has a word too few or too many: "confidential" is no
// "EU confidential".
bool words_agree(const Phrase& phrase, const NormalText& text, const Hit& hit) {
    if (phrase.words.size() == 1) {
        return true;
    }
    if (hit.last - hit.first != phrase.words.size()) {
        return false;
    }
    for (std::size_t i = 0; i < phrase.words.size(); ++i) {
        const std::string& word = phrase.words[i];
        const std::string token = skeleton(text.tokens[hit.first + i].folded);
        const int most = word.size() < one_edit_from ? 1 : 2;
        if (!within_edits(word, token, most)) {
            return false;
        }
    }
    return true;
}

} // namespace

// The letters of a run of tokens without blanks, with the tokens' borders.
struct PhraseIndex::Letters {
    std::string text;                   // skeletons, one behind the other
    std::vector<std::uint32_t> begins;  // for each token, where it begins; one more for the end
    std::vector<std::int32_t> token_at; // for each letter and the end, the token that begins there or -1
    std::size_t first_token = 0;

    // The token that ends at a letter, as one behind it; nullopt within a token.
    [[nodiscard]] std::optional<std::size_t> end_at(std::size_t letter) const {
        return token_at[letter] < 0 || letter == 0 ? std::nullopt
                                                   : std::optional(static_cast<std::size_t>(token_at[letter]));
    }
};

int usual_edits(std::string_view packed) {
    return packed.size() >= two_edits_from ? 2 : packed.size() >= one_edit_from ? 1 : 0;
}

bool within_edits(std::string_view a, std::string_view b, int most) {
    bool near = false;
    distances(a, b, most, [&](std::size_t length, int) { near |= length == b.size(); });
    return near;
}

Phrase phrase_of(std::string_view text, int edits) {
    Phrase out;
    out.text = text;
    out.packed = packed(text);
    out.skeleton = skeleton(out.packed);
    std::istringstream words{folded(text)};
    for (std::string word; words >> word;) {
        if (std::string letters = packed(word); !letters.empty()) {
            out.words.push_back(skeleton(letters));
        }
    }
    out.edits = edits < 0 ? usual_edits(out.packed) : edits;
    return out;
}

std::uint32_t PhraseIndex::add(Phrase phrase) {
    const auto parts = static_cast<std::size_t>(phrase.edits) + 1;
    constexpr int most_edits = 8;
    if (phrase.edits > most_edits || phrase.skeleton.size() < parts * LiteralIndex::least) {
        throw std::invalid_argument("too short for its edits");
    }
    const auto [known, is_new] =
        numbers_.try_emplace(phrase.packed + (phrase.misread_only ? '~' : ' ') + std::to_string(phrase.edits),
                             static_cast<std::uint32_t>(phrases_.size()));
    if (!is_new) {
        return known->second;
    }
    for (std::size_t part = 0; part < parts; ++part) {
        const std::size_t begin = part * phrase.skeleton.size() / parts;
        const std::size_t end = (part + 1) * phrase.skeleton.size() / parts;
        const std::uint32_t literal = literals_.add(std::string_view(phrase.skeleton).substr(begin, end - begin));
        if (literal >= pieces_.size()) {
            pieces_.resize(literal + 1);
        }
        pieces_[literal].push_back({known->second, static_cast<std::uint32_t>(begin)});
    }
    phrases_.push_back(std::move(phrase));
    return known->second;
}

std::vector<Hit> PhraseIndex::find(const NormalText& text) const {
    std::vector<Hit> out;
    for (std::size_t first = 0; first < text.tokens.size();) {
        std::size_t last = first + 1;
        while (last < text.tokens.size() && !is_paragraph_break(text.tokens[last - 1], text.tokens[last])) {
            ++last;
        }
        find_in(text, first, last, out);
        first = last;
    }
    std::sort(out.begin(), out.end(),
              [](const Hit& a, const Hit& b) { return std::pair(a.first, a.phrase) < std::pair(b.first, b.phrase); });
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

void PhraseIndex::find_in(const NormalText& text, std::size_t first, std::size_t last, std::vector<Hit>& out) const {
    Letters letters;
    letters.first_token = first;
    for (std::size_t i = first; i < last; ++i) {
        letters.begins.push_back(static_cast<std::uint32_t>(letters.text.size()));
        letters.text += skeleton(text.tokens[i].folded);
    }
    letters.begins.push_back(static_cast<std::uint32_t>(letters.text.size()));
    letters.token_at.assign(letters.text.size() + 1, -1);
    for (std::size_t i = 0; i < letters.begins.size(); ++i) {
        letters.token_at[letters.begins[i]] = static_cast<std::int32_t>(i);
    }
    std::vector<std::uint64_t> candidates; // phrase and first token
    literals_.scan(letters.text, [&](std::uint32_t literal, std::size_t at) {
        for (const Piece& piece : pieces_[literal]) {
            const auto edits = static_cast<std::size_t>(phrases_[piece.phrase].edits);
            const std::size_t from = at >= piece.offset + edits ? at - piece.offset - edits : 0;
            const std::size_t to = std::min(at + edits >= piece.offset ? at + edits - piece.offset : 0, at);
            for (std::size_t begin = from; begin <= to; ++begin) {
                if (letters.token_at[begin] >= 0) {
                    candidates.push_back(std::uint64_t{piece.phrase} << 32U |
                                         static_cast<std::uint64_t>(letters.token_at[begin]));
                }
            }
        }
        if (candidates.size() > batch) {
            verify(text, letters, candidates, out);
        }
    });
    verify(text, letters, candidates, out);
}

void PhraseIndex::verify(const NormalText& text, const Letters& letters, std::vector<std::uint64_t>& candidates,
                         std::vector<Hit>& out) const {
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    for (const std::uint64_t candidate : candidates) {
        const auto number = static_cast<std::uint32_t>(candidate >> 32U);
        const auto token = static_cast<std::size_t>(candidate & 0xFFFFFFFFU);
        const Phrase& phrase = phrases_[number];
        const std::size_t begin = letters.begins[token];
        const std::string_view behind =
            std::string_view(letters.text)
                .substr(begin, phrase.skeleton.size() + static_cast<std::size_t>(phrase.edits));
        std::optional<Hit> best;
        distances(phrase.skeleton, behind, phrase.edits, [&](std::size_t length, int distance) {
            const auto end = letters.end_at(begin + length);
            if (!end || *end - token > most_tokens) {
                return;
            }
            const Hit hit{number, letters.first_token + token, letters.first_token + *end, distance, false};
            if (distance > 1 && !words_agree(phrase, text, hit)) {
                return;
            }
            if (distance > 0 && phrase.misread_only && !is_misread(phrase, text, hit, length)) {
                return;
            }
            if (!best || hit.edits < best->edits || (hit.edits == best->edits && hit.last > best->last)) {
                best = hit;
            }
        });
        if (!best) {
            continue;
        }
        std::string packed_text;
        std::size_t long_tokens = 0;
        for (std::size_t i = best->first; i < best->last; ++i) {
            constexpr std::size_t spaced = 2; // letters of the pieces of a spaced-out phrase
            long_tokens += text.tokens[i].folded.size() > spaced ? 1 : 0;
            packed_text += text.tokens[i].folded;
        }
        best->exact = packed_text == phrase.packed;
        // A short word may only match by skeleton where a sign really stands for a letter: "5ecret", not a like word.
        const bool has_sign =
            std::any_of(packed_text.begin(), packed_text.end(), [](char c) { return c < 'a' || c > 'z'; });
        const bool by_skeleton_alone = !best->exact && best->edits == 0;
        if (long_tokens <= most_long_tokens &&
            (!by_skeleton_alone || has_sign || phrase.packed.size() >= one_edit_from)) {
            out.push_back(*best);
        }
    }
    candidates.clear();
}

} // namespace saring::match
