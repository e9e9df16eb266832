#include "text/text_area.hpp"

#include "text/boxes.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

namespace saring::text {
namespace {

// Degrees that half of the text runs less steeply downwards, by length: what is short tells little. Lines may stand on
// their heads.
float usual_turn(const std::vector<TextRegion>& regions) {
    constexpr float half_turn = 180;
    std::vector<std::pair<float, float>> turns_and_lengths;
    float left = 0;
    for (const TextRegion& region : regions) {
        turns_and_lengths.emplace_back(std::remainder(angle(region.quad), half_turn), reading_width(region.quad));
        left += turns_and_lengths.back().second / 2;
    }
    std::sort(turns_and_lengths.begin(), turns_and_lengths.end());
    for (const auto& [turn, length] : turns_and_lengths) {
        left -= length;
        if (left <= 0) {
            return turn;
        }
    }
    return 0;
}

} // namespace

TextArea::TextArea(const std::vector<TextRegion>& regions) {
    turn_ = usual_turn(regions);
    const float radians = turn_ * std::numbers::pi_v<float> / 180;
    cosine_ = std::cos(radians);
    sine_ = std::sin(radians);
    const Point first = level(regions.front().quad.corners.front());
    box_ = {first.x, first.y, first.x, first.y};
    for (const TextRegion& region : regions) {
        for (const Point corner : region.quad.corners) {
            const Point p = level(corner);
            box_ = united(box_, {p.x, p.y, p.x, p.y});
        }
    }
}

Point TextArea::level(Point p) const { return {cosine_ * p.x + sine_ * p.y, cosine_ * p.y - sine_ * p.x}; }

Point TextArea::place_of(Point p) const {
    const Point there = level(p);
    return {(there.x - box_.left) / std::max(1e-3F, box_.width()),
            (there.y - box_.top) / std::max(1e-3F, box_.height())};
}

bool TextArea::holds(Point p, float about) const {
    const Point place = place_of(p);
    return std::min(place.x, place.y) >= -about && std::max(place.x, place.y) < 1 + about;
}

} // namespace saring::text
