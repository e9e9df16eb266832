// Lines to headings, paragraphs and list items.
#pragma once

#include "text/page_parts.hpp"

#include <vector>

namespace saring::text {

// What the page's running text looks like.
struct PageStyle {
    float size = 0;       // font size
    float stroke = 0;     // thickness as a share of the font size; 0 where unknown
    float leading = 1.2F; // font sizes from one line to the next
};

PageStyle style_of(const std::vector<Item>& items, float usual);

// Sets `bold` on every line, also in tables' cells.
void set_bold(std::vector<Item>& items, const PageStyle& style, const PageInk& ink);

// Blocks of items in reading order. Lines of one zone are joined to paragraphs; blocks stay as they are.
std::vector<Block> blocks_of(const std::vector<Item>& items, const std::vector<Rule>& rules, const PageStyle& style,
                             const PageInk& ink);

} // namespace saring::text
