// Points and quads, the only geometry that crosses module borders.
//
// All coordinates are pixels of the original page after its EXIF turn, origin top left, y down, continuous: the pixel
// in column i covers [i, i + 1). Angles are degrees clockwise.
#pragma once

#include "saring/export.hpp"

#include <array>

namespace saring {

struct Point {
    float x = 0;
    float y = 0;

    bool operator==(const Point&) const = default;
};

// Four corners: top-left, top-right, bottom-right, bottom-left in the reading direction of what the quad holds. A quad
// around upside-down text therefore begins at the lower right corner of the picture.
struct Quad {
    std::array<Point, 4> corners{};

    bool operator==(const Quad&) const = default;
};

// An upright rectangle; width and height are never negative.
struct Box {
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;

    [[nodiscard]] float width() const { return right - left; }
    [[nodiscard]] float height() const { return bottom - top; }
    [[nodiscard]] float area() const { return width() * height(); }

    bool operator==(const Box&) const = default;
};

// Area in square pixels, by the shoelace formula; 0 for a degenerate quad.
SARING_API float area(const Quad& quad);

// The smallest upright box around the quad.
SARING_API Box bounding_box(const Quad& quad);

// Reading direction of the quad: 0 reads to the right, 90 downwards; in (-180, 180].
SARING_API float angle(const Quad& quad);

// Mean length of the top and bottom edge (width) and of the left and right edge (height), in pixels.
SARING_API float reading_width(const Quad& quad);
SARING_API float reading_height(const Quad& quad);

SARING_API Point centre(const Quad& quad);
SARING_API Quad quad_of(const Box& box);

// True when the point lies inside the quad or on its edge; the quad must be convex, of either winding.
SARING_API bool contains(const Quad& quad, Point point);

// Overlap of two boxes in square pixels.
SARING_API float intersection_area(const Box& a, const Box& b);

// Intersection over union of two convex quads, 0 to 1.
SARING_API float jaccard(const Quad& a, const Quad& b);

// Share of `inner` that lies within `outer`, 0 to 1; both convex.
SARING_API float share_within(const Quad& inner, const Quad& outer);

} // namespace saring
