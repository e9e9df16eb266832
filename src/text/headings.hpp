// Which paragraphs are headings, and of which level.
#pragma once

#include "text/paragraphs.hpp"

#include <vector>

namespace saring::text {

// Turns paragraphs and numbered lines that look like headings into headings, and joins the lines of one title.
// `blocks` follow each other in one column.
void find_headings(std::vector<Block>& blocks, const PageStyle& style);

// Levels by size, then by style and numbering, over a whole page.
void set_heading_levels(std::vector<Block>& blocks, const PageStyle& style);

} // namespace saring::text
