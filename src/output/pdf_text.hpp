// What of a document's text goes into a PDF: which characters, in which order, where, and under which glyph numbers.
// The writer and its verifier share it, so that both mean the same words.
#pragma once

#include "text/document.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saring::output {

// A word as it is written. The box is the word's from left to right and its line's from top to bottom, so that
// selecting text lights up even bands.
struct PdfWord {
    std::u32string characters; // as they are spoken; never empty
    Box box;                   // pixels of the page
    bool blank_after = true;   // false: a soft hyphen ends it and the next word continues it
};

// `utf8` without what no PDF/A may show: broken bytes and characters
// of private use become U+FFFD; control characters, marks of
// writing direction and noncharacters vanish (ISO 19005-2, 6.2.11.7.2 forbids U+0000, U+FEFF and U+FFFE). Blanks become
// plain ones, or vanish too.
std::u32string pdf_characters(std::string_view utf8, bool keep_blanks);

// The same as UTF-8, blanks kept: for titles and descriptions.
std::string pdf_string(std::string_view utf8);

std::string utf8_of(std::u32string_view characters);

// In the order of writing. A hyphen that only broke its word becomes U+00AD (ISO 32000-1, 14.8.2.2.3).
std::vector<PdfWord> pdf_words(const std::vector<text::DocumentLine>& lines);

// The marker of a list item; none or one word, or several where blanks stand in it.
std::vector<PdfWord> pdf_marker(const text::Block& block);

// Everything that is written for the block: marker, lines, cells.
std::vector<PdfWord> pdf_words(const text::Block& block);

// True where letters of a right-to-left script stand in it.
bool reads_from_right(std::u32string_view characters);

// From left to right, as glyphs stand on paper: letters of right-to-left scripts are turned around.
std::u32string visual_order(const std::u32string& characters);

// Numbers the characters of a document from 1, in the order of their code points; 0 stays for "no glyph", which PDF/A
// forbids to show (ISO 19005-2, 6.2.11.8).
class GlyphTable {
public:
    explicit GlyphTable(const text::Document& document);

    [[nodiscard]] std::uint16_t glyph_of(char32_t character) const;
    [[nodiscard]] const std::vector<char32_t>& characters() const { return characters_; } // of glyphs 1, 2, …

private:
    std::vector<char32_t> characters_; // sorted
};

} // namespace saring::output
