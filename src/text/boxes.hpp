// Small helpers for upright boxes, used by stage "structure" and by writers.
#pragma once

#include "saring/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace saring::text {

inline Box united(const Box& a, const Box& b) {
    return {std::min(a.left, b.left), std::min(a.top, b.top), std::max(a.right, b.right), std::max(a.bottom, b.bottom)};
}

inline Box scaled(const Box& box, float factor) {
    return {box.left * factor, box.top * factor, box.right * factor, box.bottom * factor};
}

inline Box grown(const Box& box, float across, float down) {
    return {box.left - across, box.top - down, box.right + across, box.bottom + down};
}

// How much of their width or height two boxes share; negative is the gap between them.
inline float shared_width(const Box& a, const Box& b) { return std::min(a.right, b.right) - std::max(a.left, b.left); }
inline float shared_height(const Box& a, const Box& b) { return std::min(a.bottom, b.bottom) - std::max(a.top, b.top); }

inline float middle_x(const Box& box) { return (box.left + box.right) / 2; }
inline float middle_y(const Box& box) { return (box.top + box.bottom) / 2; }

inline bool holds(const Box& box, float x, float y) {
    return x >= box.left && x < box.right && y >= box.top && y < box.bottom;
}

// 0 to 1: the share of `inner` that lies within `outer`.
inline float covered(const Box& inner, const Box& outer) {
    const float area = inner.area();
    return area > 0 ? intersection_area(inner, outer) / area : 0;
}

// The value below which `share` (0 to 1) of the values lie; 0 for none.
inline float quantile(std::vector<float> values, float share) {
    if (values.empty()) {
        return 0;
    }
    const auto last = static_cast<float>(values.size() - 1);
    const auto place = static_cast<std::ptrdiff_t>(std::lround(share * last));
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return values[static_cast<std::size_t>(place)];
}

inline float median(std::vector<float> values) { return quantile(std::move(values), 0.5F); }

} // namespace saring::text
