// The grid that drawn rules make, and the cells in it.
#pragma once

#include "text/page_parts.hpp"

#include <utility>
#include <vector>

namespace saring::text {

inline float begin_of(const Rule& rule) { return rule.horizontal ? rule.box.left : rule.box.top; }
inline float end_of(const Rule& rule) { return rule.horizontal ? rule.box.right : rule.box.bottom; }

// One line of the grid: where it lies, and what of it is drawn.
struct GridLine {
    float at = 0;
    std::vector<std::pair<float, float>> drawn;

    [[nodiscard]] bool parts(float begin, float end) const {
        float length = 0;
        for (const auto& [a, b] : drawn) {
            length += std::max(0.0F, std::min(b, end) - std::max(a, begin));
        }
        constexpr float least = 0.6F; // of an edge, from which it parts two cells
        return length > least * (end - begin);
    }
};

// The horizontal or vertical lines of the grid, in order; rules within `tolerance` are one.
std::vector<GridLine> grid_lines(std::vector<Rule> rules, bool horizontal, float tolerance);

// Closes the sides that `lines` leave open but rules across them reach for, by more than `reach`.
void close_sides(std::vector<GridLine>& lines, const std::vector<GridLine>& crossing, float reach);

// The cells between the lines: spans are set, boxes and texts not yet.
std::vector<TableCell> cells_of(const std::vector<GridLine>& across, const std::vector<GridLine>& down);

// Where the lines lie.
std::vector<float> edges(const std::vector<GridLine>& lines);

} // namespace saring::text
