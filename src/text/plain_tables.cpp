// Rows with more than one run of words, under each other, are a table where white gaps go down through all of them and
// the runs between the gaps are flush on one side. Two columns alone may as well be two blocks of text, so they must
// also look like names with values: numbers, colons, or short names evenly spaced. Lines that stand in later columns
// only go on with the row above. What it cannot do: tables of two rows, and cells that flow around each other.
#include "text/plain_tables.hpp"

#include "text/boxes.hpp"
#include "text/list_markers.hpp"
#include "text/table_cells.hpp"

#include <unicode/uchar.h>

namespace saring::text {
namespace {

// In font sizes, but for those that are shares or counts.
constexpr float same_row = 0.45F;     // between baselines of one row
constexpr float next_row = 3.2F;      // between baselines of two rows, at most
constexpr float next_line = 1.65F;    // between baselines of two lines in one cell
constexpr float narrowest_gap = 0.4F; // that goes down through all rows
constexpr float wide_gap = 0.9F;      // that parts two runs in at least some of them
constexpr float flush = 0.6F;         // between the sides of a column's cells
constexpr std::size_t least_rows = 3;
constexpr float least_filled = 0.5F;     // of the places of the grid
constexpr float sparse_column = 0.35F;   // of the rows: less is something else that stands beside
constexpr std::size_t long_text = 38;    // letters, from which a cell is running text
constexpr std::size_t short_name = 20;   // letters
constexpr std::size_t most_items = 3000; // beyond that no page is; bounds the work

struct Piece {
    TextLine line;
    std::size_t item = 0;
    std::size_t first = 0; // columns, both included
    std::size_t last = 0;
};

struct Row {
    std::vector<Piece> pieces; // from left to right
    float baseline = 0;
    float size = 0;
};

struct Span {
    float left = 0;
    float right = 0;
};

std::size_t letters(const TextLine& line) {
    std::size_t out = line.line.words.size() - 1;
    for (const DocumentWord& word : line.line.words) {
        out += word.text.size();
    }
    return out;
}

std::vector<Row> rows_of_items(const std::vector<Item>& items) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].is_block) {
            pieces.push_back({items[i].line, i, 0, 0});
        }
    }
    std::sort(pieces.begin(), pieces.end(),
              [](const Piece& a, const Piece& b) { return a.line.line.baseline < b.line.line.baseline; });
    std::vector<Row> rows;
    for (Piece& piece : pieces) {
        const DocumentLine& line = piece.line.line;
        if (rows.empty() ||
            line.baseline - rows.back().baseline > same_row * std::max(line.font_size, rows.back().size)) {
            rows.push_back({{}, line.baseline, line.font_size});
        }
        rows.back().pieces.push_back(std::move(piece));
    }
    for (Row& row : rows) {
        std::sort(row.pieces.begin(), row.pieces.end(),
                  [](const Piece& a, const Piece& b) { return a.line.line.box.left < b.line.line.box.left; });
    }
    return rows;
}

TextLine part_of(const TextLine& line, std::size_t begin, std::size_t end) {
    TextLine out = line;
    out.line.words.assign(line.line.words.begin() + static_cast<std::ptrdiff_t>(begin),
                          line.line.words.begin() + static_cast<std::ptrdiff_t>(end));
    out.line.box = out.line.words.front().box;
    for (const DocumentWord& word : out.line.words) {
        out.line.box = united(out.line.box, word.box);
    }
    return out;
}

// A name and its value run together where the name is long ("Lampiran : 1 berkas"): cut before a colon that stands
// under or over another one.
void cut_at_colons(std::vector<Row>& rows) {
    const auto is_colon = [](const DocumentWord& word) { return word.text.front() == ':'; };
    const auto aligned = [&](std::size_t which, float left) {
        constexpr std::size_t near = 4; // rows
        for (std::size_t i = which > near ? which - near : 0; i < std::min(rows.size(), which + near + 1); ++i) {
            for (const Piece& piece : rows[i].pieces) {
                for (const DocumentWord& word : piece.line.line.words) {
                    if (i != which && is_colon(word) && std::abs(word.box.left - left) < 0.4F * rows[i].size) {
                        return true;
                    }
                }
            }
        }
        return false;
    };
    for (std::size_t row = 0; row < rows.size(); ++row) {
        std::vector<Piece> pieces;
        for (const Piece& piece : rows[row].pieces) {
            const auto& words = piece.line.line.words;
            const auto colon = std::find_if(words.begin() + 1, words.end(), is_colon);
            if (colon == words.end() || !aligned(row, colon->box.left)) {
                pieces.push_back(piece);
                continue;
            }
            const auto at = static_cast<std::size_t>(colon - words.begin());
            pieces.push_back({part_of(piece.line, 0, at), piece.item, 0, 0});
            pieces.push_back({part_of(piece.line, at, words.size()), piece.item, 0, 0});
        }
        rows[row].pieces = std::move(pieces);
    }
}

// `second` is where the second column begins.
bool is_continuation(const Row& row, const Row& above, float second) {
    const float pitch = row.baseline - above.baseline;
    const bool numbers = std::any_of(row.pieces.begin(), row.pieces.end(),
                                     [](const Piece& piece) { return is_numeric(piece.line.line); });
    return pitch < next_line * row.size && !numbers && row.pieces.front().line.line.box.left > second - row.size;
}

// Rows from `first` on that may belong to one table, as the end of the range.
std::size_t run_end(const std::vector<Row>& rows, std::size_t first) {
    std::vector<float> seconds{rows[first].pieces[1].line.line.box.left};
    std::size_t end = first + 1;
    while (end < rows.size() && rows[end].baseline - rows[end - 1].baseline < next_row * rows[end].size) {
        const Row& row = rows[end];
        if (row.pieces.size() < 2 && !is_continuation(row, rows[end - 1], median(seconds))) {
            break;
        }
        if (row.pieces.size() > 1) {
            seconds.push_back(row.pieces[1].line.line.box.left);
        }
        ++end;
    }
    return end;
}

// White gaps that go down through the rows, from left to right.
std::vector<Span> gaps_of(const std::vector<Row>& rows, float size) {
    struct Edge {
        float x = 0;
        int step = 0;
    };
    std::vector<Edge> edges;
    for (const Row& row : rows) {
        for (const Piece& piece : row.pieces) {
            for (const DocumentWord& word : piece.line.line.words) {
                edges.push_back({word.box.left, 1});
                edges.push_back({word.box.right, -1});
            }
        }
    }
    std::sort(edges.begin(), edges.end(), [](const Edge& a, const Edge& b) { return a.x < b.x; });
    const int tolerated = static_cast<int>(rows.size() / 8); // rows with a cell that spans columns
    std::vector<Span> out;
    int depth = 0;
    float open = edges.empty() ? 0 : edges.front().x;
    bool white = false;
    for (const Edge& edge : edges) {
        if (white && depth + edge.step > tolerated) {
            if (edge.x - open > narrowest_gap * size) {
                out.push_back({open, edge.x});
            }
            white = false;
        } else if (!white && depth > tolerated && depth + edge.step <= tolerated) {
            open = edge.x;
            white = true;
        }
        depth += edge.step;
    }
    return out;
}

// Gaps that really part runs, in enough of the rows.
std::vector<Span> parting_gaps(const std::vector<Row>& rows, float size) {
    std::vector<Span> out;
    for (const Span& gap : gaps_of(rows, size)) {
        std::size_t wide = 0;
        std::size_t both = 0;
        for (const Row& row : rows) {
            const Box* before = nullptr;
            const Box* after = nullptr;
            const float middle = (gap.left + gap.right) / 2;
            for (const Piece& piece : row.pieces) {
                const Box& box = piece.line.line.box;
                before = box.right <= middle ? &box : before;
                after = after == nullptr && box.left >= middle ? &box : after;
            }
            const bool colon =
                after != nullptr && std::any_of(row.pieces.begin(), row.pieces.end(), [&](const Piece& p) {
                    return p.line.line.box.left == after->left && p.line.line.words.front().text.front() == ':';
                });
            both += before != nullptr && after != nullptr ? 1 : 0;
            wide += before != nullptr && after != nullptr && (colon || after->left - before->right > wide_gap * size)
                        ? 1
                        : 0;
        }
        if (wide >= 2 && 2 * wide >= both) {
            out.push_back(gap);
        }
    }
    return out;
}

// Cuts pieces at the gaps and tells the columns that each stands in.
void place_pieces(std::vector<Row>& rows, const std::vector<Span>& gaps) {
    const auto column_of = [&](float x) {
        std::size_t column = 0;
        while (column < gaps.size() && x > (gaps[column].left + gaps[column].right) / 2) {
            ++column;
        }
        return column;
    };
    for (Row& row : rows) {
        std::vector<Piece> pieces;
        for (const Piece& piece : row.pieces) {
            const auto& words = piece.line.line.words;
            std::size_t begin = 0;
            for (std::size_t i = 1; i <= words.size(); ++i) {
                const bool cut =
                    i == words.size() || (column_of(words[i].box.left) != column_of(words[i - 1].box.right) &&
                                          column_of(words[i - 1].box.right) == column_of(words[i - 1].box.left) &&
                                          words[i].box.left - words[i - 1].box.right > narrowest_gap * row.size);
                if (cut) {
                    Piece part{part_of(piece.line, begin, i), piece.item, 0, 0};
                    part.first = column_of(part.line.line.box.left);
                    part.last = std::max(part.first, column_of(part.line.line.box.right));
                    pieces.push_back(std::move(part));
                    begin = i;
                }
            }
        }
        row.pieces = std::move(pieces);
    }
}

// What the cells of one column have in common.
struct Column {
    std::vector<float> lefts, middles, rights;
    std::size_t letters = 0, cells = 0, numbers = 0, colons = 0, markers = 0;

    [[nodiscard]] std::size_t mean_letters() const { return cells == 0 ? 0 : letters / cells; }
    // Cells that stand on the column's usual line.
    [[nodiscard]] static std::size_t on_line(const std::vector<float>& values, float tolerance) {
        const float middle = median(values);
        return static_cast<std::size_t>(std::count_if(
            values.begin(), values.end(), [&](float value) { return std::abs(value - middle) < tolerance; }));
    }
    [[nodiscard]] bool is_flush(const std::vector<float>& side, float size) const {
        constexpr float most = 0.65F;
        return static_cast<float>(on_line(side, flush * size)) >= most * static_cast<float>(cells);
    }
};

std::vector<Column> columns_of(const std::vector<Row>& rows, std::size_t count) {
    std::vector<Column> out(count);
    for (const Row& row : rows) {
        for (const Piece& piece : row.pieces) {
            if (piece.first != piece.last) {
                continue;
            }
            Column& column = out[piece.first];
            const DocumentLine& line = piece.line.line;
            column.lefts.push_back(line.box.left);
            column.middles.push_back(middle_x(line.box));
            column.rights.push_back(line.box.right);
            column.letters += letters(piece.line);
            column.numbers += is_numeric(line) ? 1 : 0;
            column.colons += line.words.front().text.front() == ':' || line.words.back().text.back() == ':' ? 1 : 0;
            column.markers +=
                line.words.size() == 1 && marker_of(line.words.front().text).kind != ListMarker::Kind::none ? 1 : 0;
            ++column.cells;
        }
    }
    return out;
}

bool evenly_spaced(const std::vector<Row>& rows) {
    std::vector<float> pitches;
    for (std::size_t i = 1; i < rows.size(); ++i) {
        pitches.push_back(rows[i].baseline - rows[i - 1].baseline);
    }
    const float usual = median(pitches);
    return std::all_of(pitches.begin(), pitches.end(), [&](float pitch) { return pitch < 1.6F * usual; });
}

bool names_and_values(const std::vector<Row>& rows, const std::vector<Column>& columns, float size) {
    const Column& names = columns[0];
    const Column& values = columns[1];
    constexpr float longest_name = 11; // font sizes to the values; further away is another block
    const bool colons = 2 * std::max(names.colons, values.colons) > rows.size();
    const bool numbers = 5 * values.numbers >= 3 * values.cells && values.is_flush(values.rights, size);
    const bool near = median(values.lefts) - median(names.lefts) < longest_name * size;
    const bool even = near && evenly_spaced(rows) && names.mean_letters() <= short_name &&
                      names.is_flush(names.lefts, size) && values.is_flush(values.lefts, size);
    return colons || numbers || even;
}

bool is_table(const std::vector<Row>& rows, const std::vector<Column>& columns, float size) {
    std::size_t full_rows = 0;
    std::size_t cells = 0;
    for (const Row& row : rows) {
        full_rows += row.pieces.size() > 1 ? 1 : 0;
        cells += row.pieces.size();
    }
    std::size_t flush_columns = 0;
    std::size_t long_columns = 0;
    for (const Column& column : columns) {
        const bool centred = columns.size() > 2 && column.is_flush(column.middles, size);
        flush_columns += centred || column.is_flush(column.lefts, size) || column.is_flush(column.rights, size) ? 1 : 0;
        long_columns += column.mean_letters() > long_text ? 1 : 0;
    }
    // An enumeration: its numbers are no column.
    const bool list = columns.size() == 2 && 10 * columns[0].markers > 7 * columns[0].cells;
    const bool filled = static_cast<float>(cells) > least_filled * static_cast<float>(full_rows * columns.size());
    return full_rows >= least_rows && filled && flush_columns + (columns.size() > 2 ? 1 : 0) >= columns.size() &&
           long_columns <= 1 && !list && (columns.size() > 2 || names_and_values(rows, columns, size));
}

// Columns with something in few rows only are no columns of the table: what stands there leaves it.
bool detach_sparse(std::vector<Row>& rows, std::size_t columns) {
    const std::vector<Column> counted = columns_of(rows, columns);
    std::size_t last = columns;
    while (last > 1 && static_cast<float>(counted[last - 1].cells) <= sparse_column * static_cast<float>(rows.size()) &&
           counted[last - 1].numbers == 0) {
        --last;
    }
    if (last == columns) {
        return false;
    }
    for (Row& row : rows) {
        row.pieces.erase(std::remove_if(row.pieces.begin(), row.pieces.end(),
                                        [&](const Piece& piece) { return piece.last >= last; }),
                         row.pieces.end());
    }
    rows.erase(std::remove_if(rows.begin(), rows.end(), [](const Row& row) { return row.pieces.empty(); }), rows.end());
    return true;
}

// Where rules lie between the first and the last row of a table, across most of it.
std::vector<float> rules_through(const std::vector<Rule>& rules, const Box& table, float size) {
    std::vector<float> out;
    for (const Rule& rule : rules) {
        if (rule.horizontal && shared_width(rule.box, table) > 0.7F * table.width() &&
            rule.at() > table.top - 1.5F * size && rule.at() < table.bottom + 1.5F * size) {
            out.push_back(rule.at());
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

// The number of the table's row that each of `rows` belongs to.
std::vector<int> numbers_of_rows(const std::vector<Row>& rows, const std::vector<float>& rules, float second) {
    std::vector<float> inner; // rules with a row on both sides
    for (const float rule : rules) {
        if (rule > rows.front().baseline && rule < rows.back().baseline) {
            inner.push_back(rule);
        }
    }
    constexpr std::size_t drawn_rows = 3; // inner rules, from which every row has one
    std::vector<int> out{0};
    for (std::size_t i = 1; i < rows.size(); ++i) {
        const bool ruled_off = std::any_of(inner.begin(), inner.end(), [&](float rule) {
            return rule > rows[i - 1].baseline && rule < rows[i].baseline;
        });
        const bool goes_on =
            inner.size() >= drawn_rows ? !ruled_off : !ruled_off && is_continuation(rows[i], rows[i - 1], second);
        out.push_back(out.back() + (goes_on ? 0 : 1));
    }
    return out;
}

Block table_of(const std::vector<Row>& rows, const std::vector<Span>& gaps, const std::vector<Rule>& rules,
               float size) {
    Box box = rows.front().pieces.front().line.line.box;
    for (const Row& row : rows) {
        for (const Piece& piece : row.pieces) {
            box = united(box, piece.line.line.box);
        }
    }
    const std::vector<float> through = rules_through(rules, box, size);
    const std::vector<int> numbers = numbers_of_rows(rows, through, gaps.front().right);
    Block table;
    table.ruled = through.size() > 1;
    std::vector<float> column_edges{box.left};
    for (const Span& gap : gaps) {
        column_edges.push_back((gap.left + gap.right) / 2);
    }
    column_edges.push_back(box.right);
    std::vector<float> row_edges{box.top};
    for (std::size_t i = 1; i < rows.size(); ++i) {
        if (numbers[i] != numbers[i - 1]) {
            // Between the descenders of one row and the ascenders of the next.
            row_edges.push_back((rows[i - 1].baseline + rows[i].baseline - 0.5F * rows[i].size) / 2);
        }
    }
    row_edges.push_back(std::max(box.bottom, row_edges.back() + 1));
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (const Piece& piece : rows[i].pieces) {
            const auto home = std::find_if(table.cells.begin(), table.cells.end(), [&](const TableCell& cell) {
                const int column = static_cast<int>(piece.first);
                return cell.row == numbers[i] && cell.column <= static_cast<int>(piece.last) &&
                       column < cell.column + cell.column_span;
            });
            if (home != table.cells.end()) {
                home->lines.push_back(piece.line.line);
                continue;
            }
            TableCell& cell = table.cells.emplace_back();
            cell.row = numbers[i];
            cell.column = static_cast<int>(piece.first);
            cell.column_span = static_cast<int>(piece.last - piece.first + 1);
            cell.lines.push_back(piece.line.line);
        }
    }
    complete_grid(table, column_edges, row_edges);
    const bool ruled_head = std::any_of(through.begin(), through.end(), [&](float rule) {
        return table.rows > 1 && rule > rows.front().baseline && rule < row_edges[1] + size;
    });
    for (TableCell& cell : table.cells) {
        cell.heading = ruled_head && cell.row == 0;
    }
    return table;
}

// The table that these rows are, if they are one. Pieces that do not belong to it are gone from `rows` then.
bool try_table(std::vector<Row>& rows, const std::vector<Rule>& rules, Block& table) {
    std::vector<float> sizes;
    for (const Row& row : rows) {
        sizes.push_back(row.size);
    }
    const float size = median(sizes);
    for (int attempt = 0; attempt < 2; ++attempt) {
        const std::vector<Span> gaps = parting_gaps(rows, size);
        if (gaps.empty()) {
            return false;
        }
        place_pieces(rows, gaps);
        if (attempt == 0 && detach_sparse(rows, gaps.size() + 1)) {
            continue;
        }
        if (!is_table(rows, columns_of(rows, gaps.size() + 1), size)) {
            return false;
        }
        table = table_of(rows, gaps, rules, size);
        return true;
    }
    return false;
}

// Puts a table in the place of the items whose words it took.
void replace_items(std::vector<Item>& items, const std::vector<Row>& rows, Block table, std::vector<bool>& gone) {
    for (const Row& row : rows) {
        for (const Piece& piece : row.pieces) {
            Item& item = items[piece.item];
            auto& words = item.line.line.words;
            words.erase(std::remove_if(words.begin(), words.end(),
                                       [&](const DocumentWord& word) {
                                           return holds(piece.line.line.box, middle_x(word.box), middle_y(word.box));
                                       }),
                        words.end());
            if (words.empty()) {
                gone[piece.item] = true;
                continue;
            }
            item.line = part_of(item.line, 0, words.size());
            item.box = item.line.line.box;
        }
    }
    Item item;
    item.box = table.box;
    item.column = items[rows.front().pieces.front().item].column;
    item.zone = items[rows.front().pieces.front().item].zone;
    item.is_block = true;
    item.block = std::move(table);
    items.push_back(std::move(item));
    gone.push_back(false);
}

} // namespace

void find_plain_tables(std::vector<Item>& items, const std::vector<Rule>& rules, float usual) {
    if (items.size() > most_items) {
        return;
    }
    std::vector<Row> rows = rows_of_items(items);
    cut_at_colons(rows);
    for (Row& row : rows) {
        row.size = std::max(row.size, 0.6F * usual);
    }
    std::vector<bool> gone(items.size());
    for (std::size_t first = 0; first < rows.size();) {
        if (rows[first].pieces.size() < 2) {
            ++first;
            continue;
        }
        const std::size_t end = run_end(rows, first);
        std::vector<Row> candidate(rows.begin() + static_cast<std::ptrdiff_t>(first),
                                   rows.begin() + static_cast<std::ptrdiff_t>(end));
        Block table;
        if (candidate.size() >= least_rows && try_table(candidate, rules, table)) {
            replace_items(items, candidate, std::move(table), gone);
        }
        first = end;
    }
    std::vector<Item> kept;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!gone[i]) {
            kept.push_back(std::move(items[i]));
        }
    }
    items = std::move(kept);
}

} // namespace saring::text
