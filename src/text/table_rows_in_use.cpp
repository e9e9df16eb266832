#include "text/table_rows_in_use.hpp"

#include <cstddef>
#include <vector>

namespace saring::text {
namespace {

// Along one direction: `at` and `span` are the members of a cell that count in it. Returns how many are left.
int drop_unused(std::vector<TableCell>& cells, int count, int TableCell::*at, int TableCell::*span) {
    std::vector<int> used(static_cast<std::size_t>(count) + 1); // how many of those before each are in use
    for (const TableCell& cell : cells) {
        used[static_cast<std::size_t>(cell.*at) + 1] = 1;
    }
    for (std::size_t i = 1; i < used.size(); ++i) {
        used[i] += used[i - 1];
    }
    for (TableCell& cell : cells) {
        const auto begin = static_cast<std::size_t>(cell.*at);
        const std::size_t end = begin + static_cast<std::size_t>(cell.*span);
        cell.*span = used[end] - used[begin];
        cell.*at = used[begin];
    }
    return used.back();
}

} // namespace

void drop_unused_rows_and_columns(Block& table) {
    table.rows = drop_unused(table.cells, table.rows, &TableCell::row, &TableCell::row_span);
    table.columns = drop_unused(table.cells, table.columns, &TableCell::column, &TableCell::column_span);
}

} // namespace saring::text
