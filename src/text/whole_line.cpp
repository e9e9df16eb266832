// The band of small letters is followed in both directions, in steps of two x-heights, as long as it holds about as
// much ink as within the region; a blank between words makes a step paler, not empty.
#include "text/whole_line.hpp"

#include "text/target.hpp"

#include <algorithm>
#include <cmath>

namespace saring::text {
namespace {

constexpr int inked = 170;     // grey level below which a pixel is ink
constexpr float step = 2;      // x-heights
constexpr float reach = 24;    // x-heights beyond either end: room for the longest of markers
constexpr float palest = 0.3F; // of the region's share of ink
constexpr float fullest = 2.5F;
constexpr float least_ink = 0.04F; // share of the band that letters cover
constexpr float most_ink = 0.75F;

// A line's own axes: places along it and across it, in pixels.
struct Axes {
    Point begin; // in the middle of its height
    Point along; // of length 1
    float length = 0;

    explicit Axes(const Quad& quad) {
        const auto [start, end] = ends_of(quad);
        begin = start;
        length = std::max(1e-3F, std::hypot(end.x - begin.x, end.y - begin.y));
        along = {(end.x - begin.x) / length, (end.y - begin.y) / length};
    }

    [[nodiscard]] Point at(float x, float y) const {
        return {begin.x + along.x * x - along.y * y, begin.y + along.y * x + along.x * y};
    }
};

// The share of ink between two places along the line.
float ink_between(const Axes& axes, float from, float to, float half_height, const cv::Mat& strokes) {
    int ink = 0;
    int all = 0;
    for (float x = from; x < to; x += 1) {
        for (float y = -half_height; y <= half_height; y += 1) {
            const Point p = axes.at(x, y);
            const int column = static_cast<int>(std::floor(p.x));
            const int row = static_cast<int>(std::floor(p.y));
            const bool inside = column >= 0 && row >= 0 && column < strokes.cols && row < strokes.rows;
            ink += inside && strokes.at<std::uint8_t>(row, column) < inked ? 1 : 0;
            ++all;
        }
    }
    return all > 0 ? static_cast<float>(ink) / static_cast<float>(all) : 0;
}

} // namespace

std::optional<TextRegion> whole_line(const TextRegion& region, const cv::Mat& strokes) {
    constexpr float half_height = 0.5F; // x-heights: the frame of a stamp lies farther out
    constexpr float least_growth = 1.25F;
    const Axes axes(region.quad);
    const float half = half_height * region.x_height;
    const float size = step * region.x_height;
    const float own = ink_between(axes, 0, axes.length, half, strokes);
    if (own < least_ink || !(size >= 1)) {
        return std::nullopt;
    }
    const auto goes_on = [&](float from) {
        const float share = ink_between(axes, from, from + size, half, strokes);
        return share >= palest * own && share <= std::min(fullest * own, most_ink);
    };
    float before = 0;
    while (before < reach * region.x_height && goes_on(-before - size)) {
        before += size;
    }
    float after = 0;
    while (after < reach * region.x_height && goes_on(axes.length + after)) {
        after += size;
    }
    const float length = before + axes.length + after;
    if (length < least_growth * axes.length) {
        return std::nullopt;
    }
    TextRegion out = region;
    const auto longer = [&](Point p, float by) { return Point{p.x + axes.along.x * by, p.y + axes.along.y * by}; };
    auto& corners = out.quad.corners;
    corners = {longer(corners[0], -before), longer(corners[1], after), longer(corners[2], after),
               longer(corners[3], -before)};
    out.marks.clear();
    for (float x = -before; x < axes.length + after; x += region.x_height) {
        out.marks.push_back(axes.at(x, 0));
    }
    return out;
}

} // namespace saring::text
