#include "output/document_samples.hpp"
#include "output/office_table.hpp"
#include "support.hpp"

#include <numeric>

using namespace saring;
using namespace saring::output;

TEST_CASE("every place of a grid belongs to one cell") {
    const text::Block table = test::table(300, 300);
    const TableGrid grid(table);
    CHECK(grid.at(0, 2).column == 1);
    CHECK(grid.at(0, 2).column_span == 2);
    CHECK(grid.at(2, 0).row == 1);
    CHECK_FALSE(grid.is_origin(2, 0));
    CHECK(grid.heading_rows() == 1);
    CHECK(std::accumulate(grid.widths().begin(), grid.widths().end(), 0.0F) == Approx(1800));
}

TEST_CASE("a table whose cells are missing, overlap or reach beyond it still makes a grid") {
    text::Block table = test::table(300, 300);
    table.cells.erase(table.cells.begin() + 4); // a hole
    table.cells[2].row_span = 100;              // beyond the last row
    table.cells[1].column_span = -3;
    table.cells.push_back({5, 1, 1, 1, {}, false, {test::line("jauh", 300, 900)}}); // below the last row
    const TableGrid grid(table);
    CHECK(grid.rows() == 6);
    CHECK(grid.at(1, 2).cell == nullptr);
    CHECK(grid.at(5, 1).cell == &table.cells.back());
    CHECK(grid.at(5, 0).row == 1);
    CHECK(grid.at(0, 1).column_span == 1);
}

TEST_CASE("numbers that stand at the right of their column are flush right in the whole column") {
    text::Block table = test::table(300, 300);
    for (text::TableCell& cell : table.cells) {
        if (cell.column == 2 && cell.row > 0) {
            cell.lines = {test::line("135", cell.box.right - 75, cell.box.bottom - 25)};
        }
    }
    const TableGrid grid(table);
    CHECK(grid.alignment(grid.at(1, 2)) == text::Alignment::right);
    CHECK(grid.alignment(grid.at(1, 1)) == text::Alignment::left);
}
