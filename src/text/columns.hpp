// Columns and reading order.
#pragma once

#include "text/page_parts.hpp"

#include <vector>

namespace saring::text {

enum class Columns : std::uint8_t {
    of_text, // only where running text stands on both sides: cells of a table are none
    any,     // whatever stands beside each other for some lines: addresses, signatures
};

// Puts items into reading order: columns from left to right where a white gap parts them, within a column from top to
// bottom. Lines that run across a gap are cut there. Sets zones, counted on from `zones`, and, for columns of text, the
// columns. `usual` is the page's usual font size.
std::vector<Item> in_reading_order(std::vector<Item> items, Columns columns, float usual, int& zones);

} // namespace saring::text
