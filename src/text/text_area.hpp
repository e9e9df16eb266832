// Where the text of a page stands: a box that is turned as its lines are.
#pragma once

#include "text/locate.hpp"

#include <vector>

namespace saring::text {

class TextArea {
public:
    // `regions`: at least one.
    explicit TextArea(const std::vector<TextRegion>& regions);

    // Degrees that its lines run downwards, -90 to 90.
    [[nodiscard]] float turn() const { return turn_; }

    // The place along and across the lines, in shares of the area's width and height: 0 to 1 within it, 0.5 its middle.
    [[nodiscard]] Point place_of(Point p) const;

    // Whether the point lies within, or so near; `about` is in the same shares.
    [[nodiscard]] bool holds(Point p, float about = 0) const;

private:
    [[nodiscard]] Point level(Point p) const;

    float turn_;
    float cosine_;
    float sine_;
    Box box_; // of levelled points
};

} // namespace saring::text
