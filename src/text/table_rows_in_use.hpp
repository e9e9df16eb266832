// Rows and columns of a table that carry nothing of their own.
#pragma once

#include "text/document.hpp"

namespace saring::text {

// Takes out rows and columns in which no cell begins: every program counts the grid by the cells that begin in it.
void drop_unused_rows_and_columns(Block& table);

} // namespace saring::text
