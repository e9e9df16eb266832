// What the page's running text looks like, and what differs from it.
#pragma once

#include "text/page_parts.hpp"

#include <vector>

namespace saring::text {

struct PageStyle {
    float size = 0;       // font size
    float stroke = 0;     // thickness as a share of the font size; 0 where unknown
    float leading = 1.2F; // font sizes from one line to the next
};

constexpr float more_space = 1.3F; // of the usual leading, from which a new paragraph begins

PageStyle style_of(const std::vector<Item>& items, float usual);

// Sets `bold` on every line, also in tables' cells, and finds the heading rows of tables that show by it.
void set_bold(std::vector<Item>& items, const PageStyle& style, const PageInk& ink);

} // namespace saring::text
