// Phrases of all rules in one pass over normalised text, a bounded number of edits allowed.
#pragma once

#include "match/literal_index.hpp"
#include "match/normalise.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saring::match {

// A phrase as it is compared: letters and digits without anything between them.
struct Phrase {
    std::string text;               // as the pack has it
    std::string packed;             // folded letters and digits
    std::string skeleton;           // see match::skeleton()
    int edits = 0;                  // that it may differ by
    std::vector<std::string> words; // skeletons of its words
    bool misread_only = false;      // no letter lost or in excess (one from 12 letters), no word more or less
};

// Where a phrase stands: whole tokens.
struct Hit {
    std::uint32_t phrase = 0;
    std::size_t first = 0; // tokens
    std::size_t last = 0;  // one behind
    int edits = 0;
    bool exact = false; // letter for letter, no sign taken for a letter

    bool operator==(const Hit&) const = default;
};

// Pieces of a phrase are looked up in the text's letters, and whole tokens around them compared: of k edits, one of k +
// 1 pieces is untouched (Wu and Manber, 1992, "Fast text searching allowing errors"). A hit begins and ends with a
// token, so "secret" is not in "secretary"; between its letters, blanks, dots, hyphens and line ends cost nothing.
class PhraseIndex {
public:
    static constexpr std::size_t most_tokens = 48; // of a hit: the letters of a spaced-out phrase

    // The phrase's number. Throws std::invalid_argument where its letters are too few for its edits.
    std::uint32_t add(Phrase phrase);

    [[nodiscard]] const Phrase& phrase(std::uint32_t number) const { return phrases_[number]; }
    [[nodiscard]] std::size_t size() const { return phrases_.size(); }

    // The best hit of each phrase for each first token, by first token.
    [[nodiscard]] std::vector<Hit> find(const NormalText& text) const;

private:
    struct Piece {
        std::uint32_t phrase = 0;
        std::uint32_t offset = 0; // letters of the skeleton before it
    };
    struct Letters;

    void find_in(const NormalText& text, std::size_t first, std::size_t last, std::vector<Hit>& out) const;
    void verify(const NormalText& text, const Letters& letters, std::vector<std::uint64_t>& candidates,
                std::vector<Hit>& out) const;

    std::vector<Phrase> phrases_;
    std::unordered_map<std::string, std::uint32_t> numbers_; // by letters and edits
    LiteralIndex literals_;
    std::vector<std::vector<Piece>> pieces_; // for each literal
};

// Edits of a whole phrase by its length; within one, a word of fewer than 7 letters may differ by one only: none up to
// 6 letters, 1 from 7, 2 from 12. Two edits would join RAHASIA and a state insurer's RAHARJA.
int usual_edits(std::string_view packed);

// Whether two skeletons of one length or another differ by so many edits at most (8 or fewer).
bool within_edits(std::string_view a, std::string_view b, int most);

// A phrase of a rule or a cue, folded; edits below 0 mean the usual ones.
Phrase phrase_of(std::string_view text, int edits = -1);

} // namespace saring::match
