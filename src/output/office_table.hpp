// The grid of a table, made sound: every place belongs to one cell, whatever the cells say.
#pragma once

#include "text/document.hpp"

#include <vector>

namespace saring::output {

struct GridCell {
    const text::TableCell* cell = nullptr; // null for a place that no cell claims
    int row = 0;                           // where its upper left corner is
    int column = 0;
    int row_span = 1;
    int column_span = 1;
};

class TableGrid {
public:
    explicit TableGrid(const text::Block& table);

    [[nodiscard]] int rows() const { return rows_; }
    [[nodiscard]] int columns() const { return columns_; }

    // The cell that covers this place.
    [[nodiscard]] const GridCell& at(int row, int column) const;
    [[nodiscard]] bool is_origin(int row, int column) const {
        return at(row, column).row == row && at(row, column).column == column;
    }

    // How many rows at the top are headings.
    [[nodiscard]] int heading_rows() const;

    // Pixels; columns from left to right, rows from top to bottom. They add up to the table's box.
    [[nodiscard]] const std::vector<float>& widths() const { return widths_; }
    [[nodiscard]] const std::vector<float>& heights() const { return heights_; }

    // How the text of a cell stands in it: by the cell's own text, or that of most of its column.
    [[nodiscard]] text::Alignment alignment(const GridCell& cell) const;

    // Whether the text stands halfway between the rules above and below it.
    [[nodiscard]] static bool is_middle(const GridCell& cell);

private:
    void claim(const text::TableCell& cell);
    void measure(const text::Block& table);
    [[nodiscard]] std::size_t index(int row, int column) const {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(column);
    }

    int rows_ = 0;
    int columns_ = 0;
    std::vector<std::size_t> owner_; // index into cells_
    std::vector<GridCell> cells_;
    std::vector<float> widths_;
    std::vector<float> heights_;
    std::vector<text::Alignment> column_alignment_;
};

} // namespace saring::output
