// What ruled and plain tables share.
#pragma once

#include "text/page_parts.hpp"

#include <vector>

namespace saring::text {

// Whether a text is an amount, a number or a date: most of its letters are digits.
bool is_numeric(const DocumentLine& line);

// Adds empty cells where the grid has none, and sorts the cells by row and column. `columns` and `rows` are the edges
// of the grid, one more than there are of each.
void complete_grid(Block& table, const std::vector<float>& columns, const std::vector<float>& rows);

// Marks the first row as heading where it is set in bold, or has words above a column of numbers.
void mark_heading_row(Block& table);

} // namespace saring::text
