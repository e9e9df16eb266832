#include "text/table_rows_in_use.hpp"

#include <catch2/catch.hpp>

using namespace saring::text;

namespace {

TableCell cell(int row, int column, int row_span, int column_span) {
    TableCell out;
    out.row = row;
    out.column = column;
    out.row_span = row_span;
    out.column_span = column_span;
    return out;
}

} // namespace

TEST_CASE("table: a row and a column in which no cell begins go, and spans shrink") {
    Block table;
    table.rows = 3;
    table.columns = 3;
    table.cells = {cell(0, 0, 1, 2), cell(0, 2, 1, 1), cell(1, 0, 2, 2), cell(1, 2, 2, 1)};
    drop_unused_rows_and_columns(table);
    REQUIRE(table.rows == 2);
    REQUIRE(table.columns == 2);
    REQUIRE(table.cells[0].column_span == 1);
    REQUIRE(table.cells[1].column == 1);
    REQUIRE(table.cells[3].row_span == 1);
}

TEST_CASE("table: a grid in full use stays as it is") {
    Block table;
    table.rows = 2;
    table.columns = 2;
    table.cells = {cell(0, 0, 1, 2), cell(1, 0, 1, 1), cell(1, 1, 1, 1)};
    drop_unused_rows_and_columns(table);
    REQUIRE(table.rows == 2);
    REQUIRE(table.columns == 2);
    REQUIRE(table.cells[0].column_span == 2);
}
