// Rules that cross or touch form a network; the places of its rules are the lines of a grid. Neighbouring places of the
// grid are one cell where no rule is drawn between them, grown until every cell is a rectangle. An open side, which
// many typists leave without a rule, is closed at the ends of the rules that reach for it. What it cannot do: tables
// within a cell of another table (they become part of its grid), and slanted heads.
#include "text/ruled_tables.hpp"

#include "text/boxes.hpp"
#include "text/table_cells.hpp"
#include "text/table_grid.hpp"
#include "text/text_lines.hpp"

#include <numeric>

namespace saring::text {
namespace {

constexpr float touching = 0.08F;       // inches between the end of a rule and one that it meets
constexpr float same_line = 0.06F;      // inches between two rules on one line of the grid, also of a double rule
constexpr float open_side = 0.25F;      // inches that rules reach beyond the last one across
constexpr std::size_t most_lines = 100; // of a grid in one direction; more are hatchings

bool meet(const Rule& a, const Rule& b, float tolerance) {
    return a.horizontal != b.horizontal && a.at() > begin_of(b) - tolerance && a.at() < end_of(b) + tolerance &&
           b.at() > begin_of(a) - tolerance && b.at() < end_of(a) + tolerance;
}

std::vector<std::vector<Rule>> networks(const std::vector<Rule>& rules, float tolerance) {
    std::vector<std::size_t> root(rules.size());
    std::iota(root.begin(), root.end(), 0);
    const auto find = [&](std::size_t i) {
        while (root[i] != i) {
            i = root[i] = root[root[i]];
        }
        return i;
    };
    for (std::size_t i = 0; i < rules.size(); ++i) {
        for (std::size_t j = i + 1; j < rules.size(); ++j) {
            if (meet(rules[i], rules[j], tolerance)) {
                root[find(i)] = find(j);
            }
        }
    }
    std::vector<std::vector<Rule>> out(rules.size());
    for (std::size_t i = 0; i < rules.size(); ++i) {
        out[find(i)].push_back(rules[i]);
    }
    out.erase(std::remove_if(out.begin(), out.end(), [](const auto& network) { return network.size() < 3; }),
              out.end());
    return out;
}

struct Filled {
    Block table;
    std::vector<std::vector<std::size_t>> words; // of each cell, as numbers into all words
    std::size_t count = 0;
};

// A rule that was read as a sign.
bool is_rule(const DocumentWord& word, const std::vector<GridLine>& down) {
    const bool sign = word.text.find_first_not_of("|!I[]lJ_—-") == word.text.npos && word.text.size() < 3;
    return sign && std::any_of(down.begin(), down.end(), [&](const GridLine& line) {
               return std::abs(middle_x(word.box) - line.at) < 0.35F * word.box.height();
           });
}

Filled fill(const std::vector<GridLine>& across, const std::vector<GridLine>& down,
            const std::vector<PageWord>& words) {
    Filled out;
    out.table.ruled = true;
    out.table.cells = cells_of(across, down);
    complete_grid(out.table, edges(down), edges(across));
    out.words.resize(out.table.cells.size());
    const std::size_t columns = down.size() - 1;
    std::vector<std::size_t> cell_at((across.size() - 1) * columns);
    for (std::size_t i = 0; i < out.table.cells.size(); ++i) {
        const TableCell& cell = out.table.cells[i];
        for (int row = cell.row; row < cell.row + cell.row_span; ++row) {
            for (int column = cell.column; column < cell.column + cell.column_span; ++column) {
                cell_at[static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column)] = i;
            }
        }
    }
    const auto place = [](const std::vector<GridLine>& lines, float at) {
        const auto next = std::upper_bound(lines.begin(), lines.end(), at,
                                           [](float value, const GridLine& line) { return value < line.at; });
        return static_cast<std::size_t>(next - lines.begin()) - 1;
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Box& box = words[i].word.box;
        if (holds(out.table.box, middle_x(box), middle_y(box))) {
            ++out.count;
            if (is_rule(words[i].word, down)) {
                continue;
            }
            out.words[cell_at[place(across, middle_y(box)) * columns + place(down, middle_x(box))]].push_back(i);
        }
    }
    return out;
}

// Frames around a page or a box around a paragraph are no tables.
bool is_table(const Filled& filled, const Box& page, std::size_t all_words) {
    constexpr float most_of_page = 0.5F;
    constexpr std::size_t many = 60; // words: running text, not a cell
    if (filled.table.cells.size() < 2 || filled.count == 0) {
        return false;
    }
    std::size_t fullest = 0;
    for (const auto& words : filled.words) {
        fullest = std::max(fullest, words.size());
    }
    const bool frame = filled.table.box.area() > most_of_page * page.area();
    return !(frame && fullest > many && 10 * fullest > 6 * all_words);
}

// Rows without a rule between them, told by a column that has a number in each: where the items of a bill stand under
// each other between vertical rules only.
std::vector<float> rows_within(const std::vector<const TableCell*>& band) {
    constexpr std::size_t least_rows = 3;
    std::vector<float> best;
    std::size_t tall_columns = 0;
    for (const TableCell* cell : band) {
        tall_columns += cell->lines.size() >= least_rows ? 1 : 0;
        const bool numbers = std::all_of(cell->lines.begin(), cell->lines.end(), is_numeric);
        if (numbers && cell->lines.size() >= least_rows && (best.empty() || cell->lines.size() < best.size())) {
            best.clear();
            for (const DocumentLine& line : cell->lines) {
                best.push_back(line.baseline);
            }
        }
    }
    return tall_columns > 1 ? best : std::vector<float>{};
}

// Parts the row `row` into one row for each of `baselines`.
void part_row(Block& table, int row, const std::vector<float>& baselines, std::vector<float>& row_edges) {
    const int more = static_cast<int>(baselines.size()) - 1;
    std::vector<TableCell> cells;
    for (TableCell& cell : table.cells) {
        if (cell.row != row) {
            cell.row += cell.row > row ? more : 0;
            cells.push_back(std::move(cell));
            continue;
        }
        std::vector<TableCell> parts(baselines.size(), cell);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            parts[i].row = row + static_cast<int>(i);
            parts[i].lines.clear();
        }
        for (DocumentLine& line : cell.lines) {
            std::size_t place = 0;
            while (place + 1 < baselines.size() && line.baseline > baselines[place + 1] - 0.5F * line.font_size) {
                ++place;
            }
            parts[place].lines.push_back(std::move(line));
        }
        std::move(parts.begin(), parts.end(), std::back_inserter(cells));
    }
    std::vector<float> between;
    for (std::size_t i = 1; i < baselines.size(); ++i) {
        between.push_back((baselines[i - 1] + 2 * baselines[i]) / 3 - 0.3F * (baselines[i] - baselines[i - 1]));
    }
    row_edges.insert(row_edges.begin() + row + 1, between.begin(), between.end());
    table.cells = std::move(cells);
}

void part_rows(Block& table, const std::vector<float>& columns, std::vector<float> row_edges) {
    for (int row = table.rows - 1; row >= 0; --row) {
        std::vector<const TableCell*> band;
        bool spanned = false;
        for (const TableCell& cell : table.cells) {
            if (cell.row <= row && row < cell.row + cell.row_span) {
                band.push_back(&cell);
                spanned = spanned || cell.row_span > 1;
            }
        }
        const std::vector<float> baselines = spanned ? std::vector<float>{} : rows_within(band);
        if (!baselines.empty()) {
            part_row(table, row, baselines, row_edges);
            complete_grid(table, columns, row_edges);
        }
    }
}

} // namespace

std::vector<Block> ruled_tables(const std::vector<Rule>& rules, std::vector<PageWord>& words, const PageInk& ink) {
    std::vector<Block> out;
    std::vector<bool> taken(words.size());
    for (const std::vector<Rule>& network : networks(rules, ink.inches(touching))) {
        std::vector<GridLine> across = grid_lines(network, true, ink.inches(same_line));
        std::vector<GridLine> down = grid_lines(network, false, ink.inches(same_line));
        close_sides(down, across, ink.inches(open_side));
        close_sides(across, down, ink.inches(open_side));
        if (across.size() < 2 || down.size() < 2 || across.size() > most_lines || down.size() > most_lines) {
            continue;
        }
        Filled filled = fill(across, down, words);
        if (!is_table(filled, ink.box(), words.size())) {
            continue;
        }
        for (std::size_t i = 0; i < words.size(); ++i) {
            taken[i] = taken[i] || (is_rule(words[i].word, down) &&
                                    holds(filled.table.box, middle_x(words[i].word.box), middle_y(words[i].word.box)));
        }
        for (std::size_t cell = 0; cell < filled.words.size(); ++cell) {
            std::vector<PageWord> inside;
            for (const std::size_t i : filled.words[cell]) {
                if (!taken[i]) {
                    inside.push_back(words[i]);
                    taken[i] = true;
                }
            }
            for (TextLine& line : inside.empty() ? std::vector<TextLine>{} : rows_of(inside, ink)) {
                filled.table.cells[cell].lines.push_back(std::move(line.line));
            }
        }
        part_rows(filled.table, edges(down), edges(across));
        out.push_back(std::move(filled.table));
    }
    std::vector<PageWord> left;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (!taken[i]) {
            left.push_back(std::move(words[i]));
        }
    }
    words = std::move(left);
    return out;
}

} // namespace saring::text
