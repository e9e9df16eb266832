#include "saring/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace saring {
namespace {

float distance(Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

double cross(Point origin, Point a, Point b) {
    return static_cast<double>(a.x - origin.x) * (b.y - origin.y) -
           static_cast<double>(a.y - origin.y) * (b.x - origin.x);
}

double signed_area(const std::vector<Point>& polygon) {
    double sum = 0;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const Point a = polygon[i];
        const Point b = polygon[(i + 1) % polygon.size()];
        sum += static_cast<double>(a.x) * b.y - static_cast<double>(b.x) * a.y;
    }
    return sum / 2;
}

// The corners with positive (clockwise on the screen) winding.
std::vector<Point> wound(const Quad& quad) {
    std::vector<Point> polygon(quad.corners.begin(), quad.corners.end());
    if (signed_area(polygon) < 0) {
        std::reverse(polygon.begin(), polygon.end());
    }
    return polygon;
}

// Sutherland and Hodgman: what of `subject` lies within the convex `clip`.
std::vector<Point> clipped(std::vector<Point> subject, const std::vector<Point>& clip) {
    for (std::size_t i = 0; i < clip.size() && !subject.empty(); ++i) {
        const Point from = clip[i];
        const Point to = clip[(i + 1) % clip.size()];
        std::vector<Point> kept;
        for (std::size_t j = 0; j < subject.size(); ++j) {
            const Point a = subject[j];
            const Point b = subject[(j + 1) % subject.size()];
            const double side_a = cross(from, to, a);
            const double side_b = cross(from, to, b);
            if (side_a >= 0) {
                kept.push_back(a);
            }
            if ((side_a >= 0) != (side_b >= 0)) {
                const auto t = static_cast<float>(side_a / (side_a - side_b));
                kept.push_back({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
            }
        }
        subject = std::move(kept);
    }
    return subject;
}

double overlap(const Quad& a, const Quad& b) { return signed_area(clipped(wound(a), wound(b))); }

} // namespace

float area(const Quad& quad) {
    return static_cast<float>(std::abs(signed_area({quad.corners.begin(), quad.corners.end()})));
}

Box bounding_box(const Quad& quad) {
    Box box{quad.corners[0].x, quad.corners[0].y, quad.corners[0].x, quad.corners[0].y};
    for (const Point corner : quad.corners) {
        box.left = std::min(box.left, corner.x);
        box.top = std::min(box.top, corner.y);
        box.right = std::max(box.right, corner.x);
        box.bottom = std::max(box.bottom, corner.y);
    }
    return box;
}

float angle(const Quad& quad) {
    const auto& c = quad.corners;
    const float dx = (c[1].x - c[0].x) + (c[2].x - c[3].x);
    const float dy = (c[1].y - c[0].y) + (c[2].y - c[3].y);
    return std::atan2(dy, dx) * 180.0F / std::numbers::pi_v<float>;
}

float reading_width(const Quad& quad) {
    const auto& c = quad.corners;
    return (distance(c[0], c[1]) + distance(c[3], c[2])) / 2;
}

float reading_height(const Quad& quad) {
    const auto& c = quad.corners;
    return (distance(c[0], c[3]) + distance(c[1], c[2])) / 2;
}

Point centre(const Quad& quad) {
    Point sum;
    for (const Point corner : quad.corners) {
        sum.x += corner.x / 4;
        sum.y += corner.y / 4;
    }
    return sum;
}

Quad quad_of(const Box& box) {
    return {{{{box.left, box.top}, {box.right, box.top}, {box.right, box.bottom}, {box.left, box.bottom}}}};
}

bool contains(const Quad& quad, Point point) {
    const std::vector<Point> polygon = wound(quad);
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        if (cross(polygon[i], polygon[(i + 1) % polygon.size()], point) < 0) {
            return false;
        }
    }
    return true;
}

float intersection_area(const Box& a, const Box& b) {
    const float width = std::min(a.right, b.right) - std::max(a.left, b.left);
    const float height = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
    return width > 0 && height > 0 ? width * height : 0.0F;
}

float jaccard(const Quad& a, const Quad& b) {
    const double shared = overlap(a, b);
    const double together = static_cast<double>(area(a)) + area(b) - shared;
    return together > 0 ? static_cast<float>(shared / together) : 0.0F;
}

float share_within(const Quad& inner, const Quad& outer) {
    const float whole = area(inner);
    return whole > 0 ? static_cast<float>(overlap(inner, outer) / whole) : 0.0F;
}

} // namespace saring
