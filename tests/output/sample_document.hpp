// A document of two pages made by hand, with one of everything that a page can hold, for tests of the writers.
#pragma once

#include "text/document.hpp"

namespace saring::test {

// Page 1: letterhead, heading, a paragraph whose line breaks a word, a nested list, a table with spans, page number.
// Page 2: heading of a lower level, words of other scripts, a stamp, handwriting. Its pictures show what the blocks
// say, as far as OpenCV's letters can.
text::Document sample_document();

// A line of words with equal letter widths, beginning at `x`, standing on `baseline`.
text::DocumentLine sample_line(const std::string& text, float x, float baseline, float size = 40);

// A page without pictures that holds the blocks.
text::Document document_of(std::vector<text::Block> blocks);

} // namespace saring::test
