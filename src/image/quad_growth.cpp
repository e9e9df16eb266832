#include "image/quad_growth.hpp"

#include "image/page_boundary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace saring::image {
namespace {

constexpr double most_growth = 0.2;  // of a quad's side
constexpr double text_margin = 0.01; // of a quad's side, kept around text that it was grown for

// How far points lie outside the side from corner i to corner i + 1, in pixels.
double overhang(const Quad& quad, std::size_t side, const std::vector<Point>& points) {
    const Point a = quad.corners.at(side);
    const Point b = quad.corners.at((side + 1) % 4);
    const double length = std::max(1.0F, std::hypot(b.x - a.x, b.y - a.y));
    double most = 0;
    for (const Point p : points) {
        const double outside =
            (static_cast<double>(b.y - a.y) * (p.x - a.x) - static_cast<double>(b.x - a.x) * (p.y - a.y)) / length;
        most = std::max(most, outside);
    }
    return most;
}

Point crossing(Point a, Point along_a, Point b, Point along_b) {
    const double d = static_cast<double>(along_a.x) * along_b.y - static_cast<double>(along_a.y) * along_b.x;
    if (std::abs(d) < 1e-6) {
        return a;
    }
    const double t = (static_cast<double>(b.x - a.x) * along_b.y - static_cast<double>(b.y - a.y) * along_b.x) / d;
    return {static_cast<float>(a.x + t * along_a.x), static_cast<float>(a.y + t * along_a.y)};
}

// Every side moved outwards by so many pixels.
Quad grown(const Quad& quad, const std::array<double, 4>& by) {
    std::array<Point, 4> start;
    std::array<Point, 4> along;
    for (std::size_t i = 0; i < 4; ++i) {
        const Point a = quad.corners.at(i);
        const Point b = quad.corners.at((i + 1) % 4);
        along.at(i) = {b.x - a.x, b.y - a.y};
        const double length = std::max(1.0F, std::hypot(along.at(i).x, along.at(i).y));
        start.at(i) = {static_cast<float>(a.x + along.at(i).y / length * by.at(i)),
                       static_cast<float>(a.y - along.at(i).x / length * by.at(i))};
    }
    Quad out;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::size_t before = (i + 3) % 4;
        out.corners.at(i) = crossing(start.at(i), along.at(i), start.at(before), along.at(before));
    }
    return out;
}

} // namespace

Quad grown_for_text(const Page& facts, const Quad& quad) {
    const double width = reading_width(quad);
    const double height = reading_height(quad);
    std::array<double, 4> by{};
    const auto reach = [&](std::size_t side) { return side % 2 == 0 ? height : width; };
    for (const Line& line : facts.lines) {
        if (!is_content(line)) {
            continue;
        }
        const std::vector<Point> points(line.quad.corners.begin(), line.quad.corners.end());
        std::array<double, 4> wanted{};
        bool near = true;
        for (std::size_t side = 0; side < 4; ++side) {
            wanted.at(side) = overhang(quad, side, points);
            near = near && wanted.at(side) < most_growth * reach(side);
        }
        for (std::size_t side = 0; near && side < 4; ++side) {
            if (wanted.at(side) > 0) {
                by.at(side) = std::max(by.at(side), wanted.at(side) + text_margin * reach(side));
            }
        }
    }
    return by == std::array<double, 4>{} ? quad : grown(quad, by);
}

} // namespace saring::image
