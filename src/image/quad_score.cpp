#include "image/quad_score.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>

namespace saring::image {
namespace {

constexpr double along = 0.85;          // cosine between the side's normal and the edge's
constexpr double border_support = 0.45; // of a side that lies on the picture's border: nothing speaks for or against it
constexpr double border_reach = 2.5;    // pixels
constexpr int samples = 48;             // along a side

struct Side {
    cv::Point2f from;
    cv::Point2f to;

    [[nodiscard]] cv::Point2f at(double t) const { return from + (to - from) * static_cast<float>(t); }
    [[nodiscard]] float length() const { return std::hypot(to.x - from.x, to.y - from.y); }
    // Unit normal; points into a quad whose corners run clockwise.
    [[nodiscard]] cv::Point2f inwards() const {
        const cv::Point2f d = (to - from) / std::max(1e-3F, length());
        return {-d.y, d.x};
    }
};

std::array<Side, 4> sides_of(const Quad& quad) {
    std::array<Side, 4> sides;
    for (std::size_t i = 0; i < 4; ++i) {
        sides[i] = {cv_point(quad.corners[i]), cv_point(quad.corners[(i + 1) % 4])};
    }
    return sides;
}

bool on_border(const Side& side, cv::Size size) {
    const auto near = [&](auto distance) {
        return distance(side.from) < border_reach && distance(side.to) < border_reach;
    };
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    return near([](cv::Point2f p) { return p.x; }) || near([](cv::Point2f p) { return p.y; }) ||
           near([&](cv::Point2f p) { return width - p.x; }) || near([&](cv::Point2f p) { return height - p.y; });
}

cv::Point clamped(cv::Point2f p, cv::Size size) {
    return {std::clamp(static_cast<int>(p.x), 0, size.width - 1),
            std::clamp(static_cast<int>(p.y), 0, size.height - 1)};
}

double edge_support(const EdgeMaps& maps, const Side& side) {
    const cv::Point2f normal = side.inwards();
    double sum = 0;
    for (int i = 0; i < samples; ++i) {
        const cv::Point at = clamped(side.at((i + 0.5) / samples), maps.nearness.size());
        const cv::Vec2f direction = maps.direction.at<cv::Vec2f>(at);
        const double agreement = std::abs(direction[0] * normal.x + direction[1] * normal.y);
        sum += maps.nearness.at<double>(at) * (agreement >= along ? 1.0 : 0.35);
    }
    return sum / samples;
}

// Difference of the mean colours just inside and just outside, as a share of what counts as plain (0 to 1), and whether
// the inside is the brighter one.
struct Contrast {
    double strength = 0;
    double brightness = 0; // inside minus outside, grey levels
};

Contrast contrast(const EdgeMaps& maps, const Side& side) {
    constexpr double plain = 18; // distance in Lab (8-bit scale) at which the difference counts 1 - exp(-1)
    const cv::Point2f normal = side.inwards();
    cv::Vec3i inside;
    cv::Vec3i outside;
    for (int i = 0; i < samples; ++i) {
        const cv::Point2f p = side.at(0.05 + 0.9 * (i + 0.5) / samples);
        for (const float depth : {4.0F, 7.0F}) {
            inside += maps.lab.at<cv::Vec3b>(clamped(p + normal * depth, maps.lab.size()));
            outside += maps.lab.at<cv::Vec3b>(clamped(p - normal * depth, maps.lab.size()));
        }
    }
    const cv::Vec3d difference = cv::Vec3d(inside - outside) * (0.5 / samples);
    return {1 - std::exp(-cv::norm(difference) / plain), difference[0]};
}

double largest_cosine(const Quad& quad) {
    double worst = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Point2f p = cv_point(quad.corners[i]);
        const cv::Point2f a = cv_point(quad.corners[(i + 1) % 4]) - p;
        const cv::Point2f b = cv_point(quad.corners[(i + 3) % 4]) - p;
        worst = std::max(worst, std::abs(static_cast<double>(a.dot(b))) / (cv::norm(a) * cv::norm(b) + 1e-6));
    }
    return worst;
}

} // namespace

bool is_plausible(const Quad& quad, cv::Size picture, double least_share) {
    std::array<cv::Point2f, 4> corners;
    std::transform(quad.corners.begin(), quad.corners.end(), corners.begin(), cv_point);
    constexpr double sharpest = 0.71; // cosine: 45 degrees
    return cv::isContourConvex(corners) && area(quad) >= least_share * static_cast<double>(picture.area()) &&
           largest_cosine(quad) <= sharpest;
}

std::size_t QuadScorer::Hash::operator()(const Ends& ends) const {
    constexpr std::size_t mixer = 0x9E3779B97F4A7C15; // 2^64 divided by the golden ratio
    std::size_t out = 0;
    for (const float part : {ends.from.x, ends.from.y, ends.to.x, ends.to.y}) {
        out = (out ^ std::hash<float>{}(part)) * mixer;
        out ^= out >> 32U;
    }
    return out;
}

const QuadScorer::Evidence& QuadScorer::evidence_of(const Ends& ends) {
    const auto [place, is_new] = known_.try_emplace(ends);
    if (is_new) {
        const Side side{cv_point(ends.from), cv_point(ends.to)};
        if (on_border(side, maps_.lab.size())) {
            place->second = {true, border_support, border_support, 0};
        } else {
            const Contrast c = contrast(maps_, side);
            place->second = {false, edge_support(maps_, side), c.strength, c.brightness};
        }
    }
    return place->second;
}

double QuadScorer::score(const Quad& quad) {
    std::array<double, 4> support{};
    std::array<double, 4> difference{};
    int brighter = 0;
    int inner_sides = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const Evidence& side = evidence_of({quad.corners[i], quad.corners[(i + 1) % 4]});
        support[i] = side.support;
        difference[i] = side.difference;
        if (!side.on_border) {
            brighter += side.brightness > 0 ? 1 : -1;
            ++inner_sides;
        }
    }
    if (inner_sides == 0) {
        return 0;
    }
    const auto mean = [](const std::array<double, 4>& values) {
        return std::accumulate(values.begin(), values.end(), 0.0) / 4;
    };
    const double share = std::min(1.0, area(quad) / static_cast<double>(maps_.lab.total()));
    const double agreement = std::abs(brighter) / static_cast<double>(inner_sides);
    return 0.36 * mean(support) + 0.22 * *std::min_element(support.begin(), support.end()) + 0.14 * mean(difference) +
           0.06 * *std::min_element(difference.begin(), difference.end()) + 0.15 * std::sqrt(share) + 0.05 * agreement -
           0.08 * largest_cosine(quad);
}

Quad refined(const std::vector<cv::Mat>& channels, const Quad& quad, double reach) {
    const cv::Size size = channels.front().size();
    std::array<cv::Vec3d, 4> lines;
    const std::array<Side, 4> sides = sides_of(quad);
    for (std::size_t i = 0; i < 4; ++i) {
        const Side& side = sides[i];
        const cv::Point2f normal = side.inwards();
        std::vector<cv::Point2f> on_edge;
        for (int k = 0; k < samples && !on_border(side, size); ++k) {
            const cv::Point2f p = side.at(0.04 + 0.92 * (k + 0.5) / samples);
            double best = 0;
            cv::Point2f place;
            for (double step = -reach; step <= reach; step += 0.5) {
                const cv::Point2f q = p + normal * static_cast<float>(step);
                const cv::Point a = clamped(q + normal * 2.0F, size);
                const cv::Point b = clamped(q - normal * 2.0F, size);
                double jump = 0;
                for (const cv::Mat& channel : channels) {
                    jump = std::max(
                        jump, std::abs(static_cast<double>(channel.at<std::uint8_t>(a)) - channel.at<std::uint8_t>(b)));
                }
                jump *= 1 - 0.3 * std::abs(step) / reach; // of two like edges, the nearer one
                if (jump > best) {
                    best = jump;
                    place = q;
                }
            }
            constexpr double visible = 8; // grey levels
            if (best > visible) {
                on_edge.push_back(place);
            }
        }
        if (on_edge.size() >= samples / 3) {
            cv::Vec4f fitted;
            cv::fitLine(on_edge, fitted, cv::DIST_WELSCH, 0, 0.01, 0.01);
            lines[i] = {-fitted[1], fitted[0],
                        static_cast<double>(fitted[1]) * fitted[2] - static_cast<double>(fitted[0]) * fitted[3]};
        } else {
            lines[i] = cv::Vec3d(side.from.x, side.from.y, 1).cross(cv::Vec3d(side.to.x, side.to.y, 1));
        }
    }
    Quad out;
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Vec3d p = lines[(i + 3) % 4].cross(lines[i]);
        if (std::abs(p[2]) < 1e-9) {
            return quad;
        }
        out.corners[i] = {static_cast<float>(p[0] / p[2]), static_cast<float>(p[1] / p[2])};
        const double moved = std::hypot(out.corners[i].x - quad.corners[i].x, out.corners[i].y - quad.corners[i].y);
        if (moved > 3 * reach) {
            return quad; // the fit ran away
        }
    }
    return out;
}

} // namespace saring::image
