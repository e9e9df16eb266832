// Text as rules see it: folded, cut into tokens, with the way back to words and lines.
#pragma once

#include "saring/page.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace saring::match {

// A run of letters and digits. `folded` is case-folded, without diacritics, in compatibility form (full-width letters
// are plain), look-alikes of other scripts replaced in words that also hold Latin letters or consist of look-alikes
// only.
struct Token {
    std::string folded;      // ASCII where the source is Latin, else UTF-8
    int line = 0;            // index into the lines that the text was made of
    int word = 0;            // index into that line's words
    std::uint32_t begin = 0; // bytes within Line::text
    std::uint32_t end = 0;
    float confidence = 1;
    bool capitals = false;       // every cased letter is a capital
    bool in_full = false;        // a short form ("utk"), written out in `folded`
    bool lookalikes = false;     // letters of several scripts mixed: an evasion, or a strange reading
    bool joined_to_next = false; // nothing but a hyphen at the line's end, or nothing at all, before the next token
    char before = ' ';           // the sign before the token, ' ' at the start of a line
    char after = ' ';            // the sign behind it
};

// The folded text of one line with offsets, for patterns.
struct FoldedLine {
    std::string text;                  // UTF-8; signs are kept
    std::vector<std::uint32_t> source; // for each byte of `text`, its byte in Line::text; one more for the end
};

struct NormalText {
    std::vector<Token> tokens; // in reading order
    std::vector<FoldedLine> lines;
    std::vector<std::size_t> first_token; // for each line, the index of its first token; one more for the end
};

NormalText normalise(std::span<const Line> lines);

// Folds a term of a rule in the same way; its letters and digits without anything between them.
std::string packed(std::string_view term);

// The folded form with signs kept and runs of blanks made one.
std::string folded(std::string_view text);

// The text in compatibility form ("３" is 3), without invisible signs; its case is kept. For values.
std::string compatible(std::string_view text);

// Signs that readers mix up become one: 0 O, 1 I l ! |, 5 S, 8 B, m rn, w vv, and so on. For comparing only. Letter by
// letter, so that the skeleton of a text is that of its parts.
std::string skeleton(std::string_view packed_text);

} // namespace saring::match
