// Print that runs across the page's own direction is a stamp or a watermark: pale, laid over other print, therefore
// located with less confidence, and of all lines the one that matters most. What was not read of it is told as unread
// from a lower confidence on.
//
// What it cannot do: handwriting slants as it likes and is left out; a quarter turn is print in a margin or a table's
// head; stamps that stand straight are like any other line.
#include "text/aslant.hpp"

#include "saring/geometry.hpp"
#include "text/layout.hpp"
#include "text/target.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace saring::text {
namespace {

constexpr float quarter = 90; // degrees

} // namespace

Aslant::Aslant(const std::vector<TextRegion>& regions) {
    constexpr std::size_t few = 4; // regions that tell a direction
    std::vector<float> angles;
    for (const TextRegion& region : regions) {
        angles.push_back(angle(region.quad));
    }
    if (angles.size() >= few) {
        const auto middle = angles.begin() + static_cast<std::ptrdiff_t>(angles.size() / 2);
        std::nth_element(angles.begin(), middle, angles.end());
        usual_ = *middle;
        known_ = true;
    }
}

bool Aslant::lies_across(const TextRegion& region) const {
    constexpr float steep = 8; // degrees
    return known_ && std::abs(std::remainder(angle(region.quad) - usual_, quarter)) > steep;
}

bool Aslant::stands_on_end(const Quad& quad) const {
    constexpr float nearly = 15; // degrees
    return known_ && std::abs(std::remainder(angle(quad) - usual_ - quarter, 2 * quarter)) < nearly;
}

bool Aslant::is_text(const TextRegion& region) const {
    constexpr float least_confidence = 0.55F; // of the locator; without handwriting, it cost no photo of 71
    return lies_across(region) && region.confidence >= least_confidence && region.handwriting < perhaps_hand &&
           has_room_for_term(region);
}

} // namespace saring::text
