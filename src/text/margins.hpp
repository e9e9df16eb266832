// What stands in the margins: letterheads, running heads, footers, page numbers.
#pragma once

#include "text/page_parts.hpp"

#include <vector>

namespace saring::text {

struct Margins {
    std::vector<Block> headers;
    std::vector<Block> footers; // page numbers last
};

// Takes them out of `items`, which are in no order.
Margins take_margins(std::vector<Item>& items, const std::vector<Rule>& rules, const PageInk& ink, float usual);

// "3", "- 3 -", "iv", "3/10", "Halaman 3 dari 10", "Page 3 of 10".
bool is_page_number(const DocumentLine& line);

} // namespace saring::text
