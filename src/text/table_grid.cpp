// Neighbouring places of the grid are one cell where no rule is drawn between them; a cell that is no rectangle then
// takes what it needs to be one.
#include "text/table_grid.hpp"

#include "text/boxes.hpp"

#include <numeric>

namespace saring::text {
namespace {

constexpr float closed = 1e9F; // end of a line that stands for an open side

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

} // namespace

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
        out.back().drawn.emplace_back(begin_of(rule), end_of(rule));
    }
    return out;
}

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

std::vector<TableCell> cells_of(const std::vector<GridLine>& across, const std::vector<GridLine>& down) {
    return Grid(across, down).cells();
}

std::vector<float> edges(const std::vector<GridLine>& lines) {
    std::vector<float> out;
    for (const GridLine& line : lines) {
        out.push_back(line.at);
    }
    return out;
}

} // namespace saring::text
