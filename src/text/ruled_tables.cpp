// Rules that cross or touch form a network; the places of its rules are the lines of a grid. Neighbouring places of the
// grid are one cell where no rule is drawn between them, grown until every cell is a rectangle. An open side, which
// many typists leave without a rule, is closed at the ends of the rules that reach for it. What it cannot do: tables
// within a cell of another table (they become part of its grid), and slanted heads.
#include "text/ruled_tables.hpp"

#include "text/boxes.hpp"
#include "text/table_cells.hpp"
#include "text/text_lines.hpp"

#include <numeric>

namespace saring::text {
namespace {

constexpr float touching = 0.08F;       // inches between the end of a rule and one that it meets
constexpr float same_line = 0.06F;      // inches between two rules on one line of the grid, also of a double rule
constexpr float open_side = 0.25F;      // inches that rules reach beyond the last one across
constexpr float drawn = 0.6F;           // of an edge, from which it parts two cells
constexpr std::size_t most_lines = 100; // of a grid in one direction; more are hatchings

float from(const Rule& rule) { return rule.horizontal ? rule.box.left : rule.box.top; }
float to(const Rule& rule) { return rule.horizontal ? rule.box.right : rule.box.bottom; }

bool meet(const Rule& a, const Rule& b, float tolerance) {
    return a.horizontal != b.horizontal && a.at() > from(b) - tolerance && a.at() < to(b) + tolerance &&
           b.at() > from(a) - tolerance && b.at() < to(a) + tolerance;
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

// One line of the grid: where it lies, and what of it is drawn.
struct GridLine {
    float at = 0;
    std::vector<std::pair<float, float>> drawn;

    [[nodiscard]] bool parts(float begin, float end) const {
        float length = 0;
        for (const auto& [a, b] : drawn) {
            length += std::max(0.0F, std::min(b, end) - std::max(a, begin));
        }
        return length > text::drawn * (end - begin);
    }
};

std::vector<GridLine> grid_lines(std::vector<Rule> rules, bool horizontal, float tolerance) {
    std::sort(rules.begin(), rules.end(), [](const Rule& a, const Rule& b) { return a.at() < b.at(); });
    std::vector<GridLine> out;
    for (const Rule& rule : rules) {
        if (rule.horizontal != horizontal) {
            continue;
        }
        if (out.empty() || rule.at() - out.back().at > tolerance) {
            out.push_back({rule.at(), {}});
        }
        out.back().drawn.emplace_back(from(rule), to(rule));
    }
    return out;
}

constexpr float closed = 1e9F; // end of a line that stands for an open side

// Closes the sides that `lines` leave open but `crossing` rules reach for.
void close_sides(std::vector<GridLine>& lines, const std::vector<GridLine>& crossing, float reach) {
    constexpr float all = closed;
    std::vector<float> begins;
    std::vector<float> ends;
    for (const GridLine& line : crossing) {
        if (line.drawn.front().second == closed) {
            continue;
        }
        float begin = all;
        float end = -all;
        for (const auto& [a, b] : line.drawn) {
            begin = std::min(begin, a);
            end = std::max(end, b);
        }
        begins.push_back(begin);
        ends.push_back(end);
    }
    const float begin = median(begins);
    const float end = median(ends);
    if (lines.empty() || begin < lines.front().at - reach) {
        lines.insert(lines.begin(), {begin, {{-all, all}}});
    }
    if (end > lines.back().at + reach) {
        lines.push_back({end, {{-all, all}}});
    }
}

// Which cell each place of the grid belongs to.
class Grid {
public:
    Grid(const std::vector<GridLine>& across, const std::vector<GridLine>& down)
        : across_(across), down_(down), cell_(rows() * columns()) {
        std::iota(cell_.begin(), cell_.end(), 0);
        for (std::size_t row = 0; row < rows(); ++row) {
            for (std::size_t column = 0; column < columns(); ++column) {
                const float left = down[column].at;
                const float right = down[column + 1].at;
                const float top = across[row].at;
                const float bottom = across[row + 1].at;
                if (column + 1 < columns() && !down[column + 1].parts(top, bottom)) {
                    unite(place(row, column), place(row, column + 1));
                }
                if (row + 1 < rows() && !across[row + 1].parts(left, right)) {
                    unite(place(row, column), place(row + 1, column));
                }
            }
        }
        while (square_up()) {
        }
    }

    [[nodiscard]] std::vector<TableCell> cells() const {
        std::vector<TableCell> out;
        for (const auto& [label, span] : spans()) {
            TableCell cell;
            cell.row = static_cast<int>(span.top);
            cell.column = static_cast<int>(span.left);
            cell.row_span = static_cast<int>(span.bottom - span.top + 1);
            cell.column_span = static_cast<int>(span.right - span.left + 1);
            out.push_back(cell);
        }
        return out;
    }

private:
    struct Span {
        std::size_t left = 0, top = 0, right = 0, bottom = 0;
    };

    [[nodiscard]] std::size_t rows() const { return across_.size() - 1; }
    [[nodiscard]] std::size_t columns() const { return down_.size() - 1; }
    [[nodiscard]] std::size_t place(std::size_t row, std::size_t column) const { return row * columns() + column; }

    void unite(std::size_t a, std::size_t b) {
        const std::size_t gone = cell_[b];
        const std::size_t kept = cell_[a];
        if (gone != kept) {
            std::replace(cell_.begin(), cell_.end(), gone, kept);
        }
    }

    [[nodiscard]] std::vector<std::pair<std::size_t, Span>> spans() const {
        std::vector<std::pair<std::size_t, Span>> out;
        std::vector<std::size_t> index(cell_.size(), cell_.size());
        for (std::size_t row = 0; row < rows(); ++row) {
            for (std::size_t column = 0; column < columns(); ++column) {
                const std::size_t label = cell_[place(row, column)];
                if (index[label] == cell_.size()) {
                    index[label] = out.size();
                    out.push_back({label, {column, row, column, row}});
                }
                Span& span = out[index[label]].second;
                span = {std::min(span.left, column), span.top, std::max(span.right, column), row};
            }
        }
        return out;
    }

    // Fills the rectangle around each cell; true when that changed something.
    bool square_up() {
        bool changed = false;
        for (const auto& [label, span] : spans()) {
            for (std::size_t row = span.top; row <= span.bottom; ++row) {
                for (std::size_t column = span.left; column <= span.right; ++column) {
                    if (cell_[place(row, column)] != cell_[place(span.top, span.left)]) {
                        unite(place(span.top, span.left), place(row, column));
                        changed = true;
                    }
                }
            }
            if (changed) {
                return true;
            }
        }
        return false;
    }

    const std::vector<GridLine>& across_;
    const std::vector<GridLine>& down_;
    std::vector<std::size_t> cell_;
};

std::vector<float> edges(const std::vector<GridLine>& lines) {
    std::vector<float> out;
    for (const GridLine& line : lines) {
        out.push_back(line.at);
    }
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
    out.table.cells = Grid(across, down).cells();
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
