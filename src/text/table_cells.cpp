#include "text/table_cells.hpp"

#include "text/boxes.hpp"

namespace saring::text {
namespace {

bool has_text(const TableCell& cell) { return !cell.lines.empty(); }

bool is_bold(const TableCell& cell) {
    return std::all_of(cell.lines.begin(), cell.lines.end(), [](const DocumentLine& line) { return line.bold; });
}

bool is_number(const TableCell& cell) { return cell.lines.size() == 1 && is_numeric(cell.lines.front()); }

// Words in the first row above nothing but numbers.
bool heads_numbers(const Block& table) {
    for (const TableCell& head : table.cells) {
        if (head.row != 0 || !has_text(head) || is_number(head)) {
            continue;
        }
        int numbers = 0;
        int others = 0;
        for (const TableCell& cell : table.cells) {
            if (cell.row > 0 && cell.column == head.column && has_text(cell)) {
                ++(is_number(cell) ? numbers : others);
            }
        }
        if (numbers > 1 && numbers > 2 * others) {
            return true;
        }
    }
    return false;
}

} // namespace

bool is_numeric(const DocumentLine& line) {
    int digits = 0;
    int letters = 0;
    for (const DocumentWord& word : line.words) {
        for (const char c : word.text) {
            digits += c >= '0' && c <= '9' ? 1 : 0;
            letters += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 1 : 0;
        }
    }
    return digits > 0 && digits >= letters;
}

void complete_grid(Block& table, const std::vector<float>& columns, const std::vector<float>& rows) {
    table.columns = static_cast<int>(columns.size()) - 1;
    table.rows = static_cast<int>(rows.size()) - 1;
    std::vector<bool> taken(static_cast<std::size_t>(table.columns) * static_cast<std::size_t>(table.rows));
    const auto place = [&](int row, int column) {
        return static_cast<std::size_t>(row) * static_cast<std::size_t>(table.columns) +
               static_cast<std::size_t>(column);
    };
    const auto box_of = [&](const TableCell& cell) {
        const auto edge = [](const std::vector<float>& edges, int i) { return edges[static_cast<std::size_t>(i)]; };
        return Box{edge(columns, cell.column), edge(rows, cell.row), edge(columns, cell.column + cell.column_span),
                   edge(rows, cell.row + cell.row_span)};
    };
    for (TableCell& cell : table.cells) {
        cell.box = box_of(cell);
        for (int row = cell.row; row < cell.row + cell.row_span; ++row) {
            for (int column = cell.column; column < cell.column + cell.column_span; ++column) {
                taken[place(row, column)] = true;
            }
        }
    }
    for (int row = 0; row < table.rows; ++row) {
        for (int column = 0; column < table.columns; ++column) {
            if (!taken[place(row, column)]) {
                TableCell& cell = table.cells.emplace_back();
                cell.row = row;
                cell.column = column;
                cell.box = box_of(cell);
            }
        }
    }
    std::sort(table.cells.begin(), table.cells.end(), [](const TableCell& a, const TableCell& b) {
        return a.row != b.row ? a.row < b.row : a.column < b.column;
    });
    table.kind = BlockKind::table;
    table.box = {columns.front(), rows.front(), columns.back(), rows.back()};
}

void mark_heading_row(Block& table) {
    bool bold = true;
    int texts = 0;
    bool plain_below = false; // where all is bold, nothing is a heading
    for (const TableCell& cell : table.cells) {
        if (!has_text(cell)) {
            continue;
        }
        texts += cell.row == 0 ? 1 : 0;
        bold = bold && (cell.row > 0 || is_bold(cell));
        plain_below = plain_below || (cell.row > 0 && !is_bold(cell));
    }
    constexpr int least_texts = 2;
    if (table.rows < 2 || texts < least_texts || !((bold && plain_below) || heads_numbers(table))) {
        return;
    }
    // A head of two rows: beside cells that span both.
    int rows = 1;
    for (const TableCell& cell : table.cells) {
        rows = cell.row == 0 && has_text(cell) ? std::max(rows, cell.row_span) : rows;
    }
    for (TableCell& cell : table.cells) {
        cell.heading = cell.row < rows && cell.row + cell.row_span <= rows && rows < table.rows;
    }
}

} // namespace saring::text
