// Lines to paragraphs and list items.
#pragma once

#include "text/page_style.hpp"

#include <vector>

namespace saring::text {

// The lines that runs of one column make: what stands on one height is joined, unless a wide gap is between.
std::vector<TextLine> lines_of(std::vector<TextLine> runs);

// Blocks of lines that follow each other in one column, from top to bottom. `frame` is the column's left and right
// edge. `lone`: they are no column of text, so that the longest line need not be a full one.
std::vector<Block> paragraphs_of(std::vector<TextLine> lines, const Box& frame, bool lone, const PageStyle& style,
                                 const std::vector<Rule>& rules);

} // namespace saring::text
