// Words as they were read to lines as they stand on the page.
#pragma once

#include "text/page_parts.hpp"

#include <vector>

namespace saring::text {

// The words of all lines that can stand on the page, without those that two lines share or that were read where no ink
// is. What the reader put into stamps is
// marked. Not measured yet.
std::vector<PageWord> words_of(const std::vector<Line>& lines, const PageInk& ink);

// The font size of most of the words; a guess from the resolution where there are none.
float usual_size(const std::vector<PageWord>& words, float dpi);

// Runs of words with nothing but word gaps between them: what the reader cut is joined, and what it joined over a wide
// gap is cut.
std::vector<TextLine> runs_of(const std::vector<PageWord>& words, const PageInk& ink);

// One line for each height on which words stand, whatever the gaps: what is in one cell of a table or one column.
std::vector<TextLine> rows_of(const std::vector<PageWord>& words, const PageInk& ink);

// A line of these words, measured.
TextLine line_of(const std::vector<PageWord>& words, const PageInk& ink);

// Two lines on one height as one.
TextLine joined(const TextLine& left, const TextLine& right);

// Removes what a reader makes of texture and specks: lines of a few odd signs or of words that nobody is sure of.
void drop_junk(std::vector<TextLine>& lines);

} // namespace saring::text
