#include "image/sheet.hpp"

#include "image/sheet_model.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace saring::image {
namespace {

// x over which lengths are tabulated; a sheet reaches beyond its text by a margin.
constexpr double table_from = -2;
constexpr double table_to = 3;
constexpr int table_steps = 1000;
constexpr double table_step = (table_to - table_from) / table_steps;

// The polynomial holds for the text alone; beyond it the sheet goes on straight.
double height_at(const std::array<double, 4>& bend, double x) {
    constexpr double small = 1e-4;
    const double inside = std::clamp(x, 0.0, 1.0);
    const double here = bend_at(bend.data(), inside);
    if (inside == x) {
        return here;
    }
    const double ahead = bend_at(bend.data(), inside + small);
    return here + (ahead - here) / small * (x - inside);
}

} // namespace

Sheet::Sheet(const Frame& frame, const Shape& shape) : frame_(frame), shape_(shape), lengths_(table_steps + 1) {
    double length = 0;
    double before = height_at(shape_.bend, table_from);
    for (int i = 1; i <= table_steps; ++i) {
        const double here = height_at(shape_.bend, table_from + i * table_step);
        length += std::hypot(table_step, here - before);
        before = here;
        lengths_[static_cast<std::size_t>(i)] = length;
    }
    const double origin = lengths_[static_cast<std::size_t>(std::lround(-table_from / table_step))];
    for (double& value : lengths_) {
        value -= origin;
    }
}

Point Sheet::to_photo(double x, double y) const {
    double seen[2];
    project(shape_.turn.data(), shape_.place.data(), shape_.log_focal, x, y, height_at(shape_.bend, x), seen);
    const double radians = frame_.reading * std::numbers::pi / 180;
    const double c = std::cos(radians) * frame_.unit;
    const double s = std::sin(radians) * frame_.unit;
    return {static_cast<float>(frame_.centre.x + c * seen[0] - s * seen[1]),
            static_cast<float>(frame_.centre.y + s * seen[0] + c * seen[1])};
}

cv::Point2d Sheet::from_photo(Point p) const {
    constexpr int most_steps = 30;
    constexpr double small = 1e-3;
    constexpr double longest_step = 0.2; // a sharply bent sheet throws longer ones off
    cv::Point2d here(0.5, 0);
    for (int i = 0; i < most_steps; ++i) {
        const Point seen = to_photo(here.x, here.y);
        const Point right = to_photo(here.x + small, here.y);
        const Point below = to_photo(here.x, here.y + small);
        const double a = (right.x - seen.x) / small;
        const double b = (below.x - seen.x) / small;
        const double c = (right.y - seen.y) / small;
        const double d = (below.y - seen.y) / small;
        const double determinant = a * d - b * c;
        if (std::abs(determinant) < 1e-9) {
            break;
        }
        const double dx = p.x - seen.x;
        const double dy = p.y - seen.y;
        const cv::Point2d step((d * dx - b * dy) / determinant, (a * dy - c * dx) / determinant);
        const double length = std::hypot(step.x, step.y);
        here += step * std::min(1.0, longest_step / std::max(length, 1e-12));
        if (length < 1e-5) {
            break;
        }
    }
    return {std::clamp(here.x, table_from, table_to), here.y};
}

double Sheet::along(double x) const {
    const double place = std::clamp((x - table_from) / table_step, 0.0, table_steps - 1e-6);
    const auto cell = static_cast<std::size_t>(place);
    return lengths_[cell] + (lengths_[cell + 1] - lengths_[cell]) * (place - static_cast<double>(cell));
}

double Sheet::across_at(double length) const {
    const auto above = std::upper_bound(lengths_.begin() + 1, lengths_.end() - 1, length);
    const auto cell = static_cast<double>(above - lengths_.begin() - 1);
    const double from = *(above - 1);
    return table_from + (cell + (length - from) / (*above - from)) * table_step;
}

} // namespace saring::image
