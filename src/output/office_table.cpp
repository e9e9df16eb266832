#include "output/office_table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace saring::output {
namespace {

using text::Alignment;
using text::TableCell;

constexpr int most_places = 250'000; // rows times columns; more is no table on a photo
constexpr std::size_t unclaimed = std::numeric_limits<std::size_t>::max();
constexpr float least_share = 0.02F; // of the table: a column that nobody measured still shows

// Edges between columns or rows: as measured where a cell begins there, spread evenly between where none does.
std::vector<float> sizes_from(std::vector<float> edges) {
    for (std::size_t i = 1; i + 1 < edges.size(); ++i) {
        if (std::isnan(edges[i])) {
            std::size_t next = i + 1;
            while (std::isnan(edges[next])) {
                ++next;
            }
            edges[i] = edges[i - 1] + (edges[next] - edges[i - 1]) / static_cast<float>(next - i + 1);
        }
    }
    const float least = std::max(1.0F, (edges.back() - edges.front()) * least_share);
    std::vector<float> sizes;
    for (std::size_t i = 1; i < edges.size(); ++i) {
        sizes.push_back(std::max(least, edges[i] - edges[i - 1]));
    }
    return sizes;
}

Box text_box(const TableCell& cell) {
    Box box = cell.lines.front().box;
    for (const text::DocumentLine& line : cell.lines) {
        box = {std::min(box.left, line.box.left), std::min(box.top, line.box.top), std::max(box.right, line.box.right),
               std::max(box.bottom, line.box.bottom)};
    }
    return box;
}

Alignment own_alignment(const TableCell& cell) {
    constexpr float much = 3;         // times wider on one side than on the other
    constexpr float little = 0.3F;    // sides that differ by less are the same
    constexpr float least_gap = 0.1F; // of the cell's width: text that fills its cell is not centred
    if (cell.lines.empty() || cell.box.width() <= 0) {
        return Alignment::left;
    }
    const Box text = text_box(cell);
    const float left = std::max(0.0F, text.left - cell.box.left);
    const float right = std::max(0.0F, cell.box.right - text.right);
    if (left > much * right && left > least_gap * cell.box.width()) {
        return Alignment::right;
    }
    const bool even = std::abs(left - right) < little * std::max(left, right);
    return even && std::min(left, right) > least_gap * cell.box.width() ? Alignment::centre : Alignment::left;
}

} // namespace

TableGrid::TableGrid(const text::Block& table) : rows_(std::max(1, table.rows)), columns_(std::max(1, table.columns)) {
    // What cells claim beyond the given size is believed too: no text may be lost.
    for (const TableCell& cell : table.cells) {
        rows_ = std::max(rows_, cell.row + 1);
        columns_ = std::max(columns_, cell.column + 1);
    }
    columns_ = std::min(columns_, 63); // as many as Word knows
    rows_ = std::min(rows_, most_places / columns_);
    owner_.assign(index(rows_, 0), unclaimed);
    for (const TableCell& cell : table.cells) {
        claim(cell);
    }
    for (int row = 0; row < rows_; ++row) {
        for (int column = 0; column < columns_; ++column) {
            if (owner_[index(row, column)] == unclaimed) {
                owner_[index(row, column)] = cells_.size();
                cells_.push_back({nullptr, row, column, 1, 1});
            }
        }
    }
    measure(table);
}

void TableGrid::claim(const TableCell& cell) {
    if (cell.row < 0 || cell.column < 0 || cell.row >= rows_ || cell.column >= columns_ ||
        owner_[index(cell.row, cell.column)] != unclaimed) {
        return;
    }
    const auto is_free = [&](int row, int from, int to) {
        return std::all_of(owner_.begin() + static_cast<std::ptrdiff_t>(index(row, from)),
                           owner_.begin() + static_cast<std::ptrdiff_t>(index(row, to)),
                           [](std::size_t owner) { return owner == unclaimed; });
    };
    const int columns = std::clamp(cell.column_span, 1, columns_ - cell.column);
    const int rows = std::clamp(cell.row_span, 1, rows_ - cell.row);
    GridCell placed{&cell, cell.row, cell.column, 1, 1};
    while (placed.column_span < columns && is_free(cell.row, cell.column, cell.column + placed.column_span + 1)) {
        ++placed.column_span;
    }
    while (placed.row_span < rows &&
           is_free(cell.row + placed.row_span, cell.column, cell.column + placed.column_span)) {
        ++placed.row_span;
    }
    for (int row = cell.row; row < cell.row + placed.row_span; ++row) {
        for (int column = cell.column; column < cell.column + placed.column_span; ++column) {
            owner_[index(row, column)] = cells_.size();
        }
    }
    cells_.push_back(placed);
}

void TableGrid::measure(const text::Block& table) {
    constexpr float unknown = std::numeric_limits<float>::quiet_NaN();
    std::vector<float> across(static_cast<std::size_t>(columns_) + 1, unknown);
    std::vector<float> down(static_cast<std::size_t>(rows_) + 1, unknown);
    std::vector<std::array<int, 3>> votes(static_cast<std::size_t>(columns_));
    for (const GridCell& place : cells_) {
        if (place.cell == nullptr || place.cell->box.area() <= 0) {
            continue;
        }
        float& left = across[static_cast<std::size_t>(place.column)];
        float& top = down[static_cast<std::size_t>(place.row)];
        left = std::isnan(left) ? place.cell->box.left : std::min(left, place.cell->box.left);
        top = std::isnan(top) ? place.cell->box.top : std::min(top, place.cell->box.top);
        if (!place.cell->heading && !place.cell->lines.empty() && place.column_span == 1) {
            ++votes[static_cast<std::size_t>(place.column)][static_cast<std::size_t>(own_alignment(*place.cell))];
        }
    }
    across.front() = table.box.left;
    across.back() = std::max(table.box.right, table.box.left + 1);
    down.front() = table.box.top;
    down.back() = std::max(table.box.bottom, table.box.top + 1);
    widths_ = sizes_from(std::move(across));
    heights_ = sizes_from(std::move(down));
    for (const std::array<int, 3>& vote : votes) {
        const auto most = std::max_element(vote.begin(), vote.end()) - vote.begin();
        column_alignment_.push_back(static_cast<Alignment>(most));
    }
}

const GridCell& TableGrid::at(int row, int column) const { return cells_[owner_[index(row, column)]]; }

int TableGrid::heading_rows() const {
    for (int row = 0; row < rows_; ++row) {
        for (int column = 0; column < columns_; ++column) {
            const GridCell& place = at(row, column);
            if (place.cell == nullptr || !place.cell->heading) {
                return row;
            }
        }
    }
    return rows_ > 1 ? 1 : 0; // a table of headings alone has none
}

bool TableGrid::is_middle(const GridCell& place) {
    constexpr float low_row = 2.5F; // sizes: a line in it has no other place
    constexpr float little = 0.35F; // gaps that differ by less are the same
    if (place.cell == nullptr || place.cell->lines.empty()) {
        return false;
    }
    const Box text = text_box(*place.cell);
    if (place.cell->heading && place.row_span > 1) {
        return true; // where it is not so, it should be
    }
    if (place.cell->lines.size() == 1 && place.cell->box.height() < low_row * place.cell->lines.front().font_size) {
        return true;
    }
    const float above = text.top - place.cell->box.top;
    const float below = place.cell->box.bottom - text.bottom;
    return std::abs(above - below) <= little * std::max(above, below);
}

text::Alignment TableGrid::alignment(const GridCell& place) const {
    if (place.cell == nullptr) {
        return Alignment::left;
    }
    const bool alone = place.cell->heading || place.column_span > 1;
    return alone ? own_alignment(*place.cell) : column_alignment_[static_cast<std::size_t>(place.column)];
}

} // namespace saring::output
