// Outlines: Canny edges and Otsu masks of closed colour channels, their convex hulls simplified to four corners.
// Segments: LSD (Grompone von Gioi et al., 2012) on the same channels; two roughly level and two roughly upright lines
// are crossed. The picture's own border takes part as four lines, since surfaces are cut off by it. What neither sees:
// a white sheet on a white table.
#include "image/quad_candidates.hpp"

#include "image/quad_score.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace saring::image {
namespace {

constexpr int closing = 9;           // pixels: text strokes vanish, the outline stays
constexpr double least_share = 0.02; // of the picture's area: a slide far back in the room
constexpr double most_share = 0.985; // more is the picture itself

// Corners clockwise, from the one nearest to the top left.
Quad ordered(std::array<cv::Point2f, 4> corners) {
    cv::Point2f mid;
    for (const cv::Point2f& p : corners) {
        mid += p * 0.25F;
    }
    std::sort(corners.begin(), corners.end(), [&](const cv::Point2f& a, const cv::Point2f& b) {
        return std::atan2(a.y - mid.y, a.x - mid.x) < std::atan2(b.y - mid.y, b.x - mid.x);
    });
    const auto first = std::min_element(corners.begin(), corners.end(), [](const cv::Point2f& a, const cv::Point2f& b) {
        return a.x + a.y < b.x + b.y;
    });
    std::rotate(corners.begin(), first, corners.end());
    Quad quad;
    std::transform(corners.begin(), corners.end(), quad.corners.begin(), point_of);
    return quad;
}

void add_outline_quads(const cv::Mat& edges, std::vector<Quad>& out) {
    std::vector<std::vector<cv::Point>> outlines;
    cv::findContours(edges, outlines, cv::RETR_LIST, cv::CHAIN_APPROX_SIMPLE);
    const double all = static_cast<double>(edges.total());
    for (const auto& outline : outlines) {
        std::vector<cv::Point> hull;
        cv::convexHull(outline, hull);
        const double hull_area = cv::contourArea(hull);
        if (hull_area < least_share * all || hull_area > most_share * all) {
            continue;
        }
        const double length = cv::arcLength(hull, true);
        for (const double tolerance : {0.015, 0.03, 0.05, 0.08}) {
            std::vector<cv::Point> simple;
            cv::approxPolyDP(hull, simple, tolerance * length, true);
            if (simple.size() == 4) {
                std::array<cv::Point2f, 4> corners;
                std::copy(simple.begin(), simple.end(), corners.begin());
                if (const Quad quad = ordered(corners); is_plausible(quad, edges.size(), 0)) {
                    out.push_back(quad);
                }
                break;
            }
        }
    }
}

// A line a x + b y + c = 0 with a unit normal, and the length of the segments that support it.
struct SupportedLine {
    cv::Vec3d line;
    double length = 0;
    cv::Point2d middle;
};

SupportedLine line_of(const cv::Vec4f& segment) {
    const cv::Point2d from(segment[0], segment[1]);
    const cv::Point2d to(segment[2], segment[3]);
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const cv::Point2d normal((from.y - to.y) / length, (to.x - from.x) / length);
    return {{normal.x, normal.y, -(normal.x * from.x + normal.y * from.y)}, length, (from + to) * 0.5};
}

bool is_level(const SupportedLine& line) { return std::abs(line.line[1]) >= std::abs(line.line[0]); }

// Segments of one edge are cut into pieces by clutter: pieces that lie on one line count together.
std::vector<SupportedLine> merged(std::vector<SupportedLine> lines, std::size_t most_lines) {
    constexpr double same_place = 4;    // pixels between a piece's middle and the line
    constexpr double same_turn = 0.035; // radians
    std::sort(lines.begin(), lines.end(), [](const auto& a, const auto& b) { return a.length > b.length; });
    std::vector<SupportedLine> kept;
    for (const SupportedLine& line : lines) {
        const auto same = std::find_if(kept.begin(), kept.end(), [&](const SupportedLine& other) {
            const double off = std::abs(other.line[0] * line.middle.x + other.line[1] * line.middle.y + other.line[2]);
            const double turn = std::abs(other.line[0] * line.line[1] - other.line[1] * line.line[0]);
            return off < same_place && turn < same_turn;
        });
        if (same == kept.end()) {
            kept.push_back(line);
        } else {
            same->length += line.length;
        }
    }
    std::sort(kept.begin(), kept.end(), [](const auto& a, const auto& b) { return a.length > b.length; });
    kept.resize(std::min(kept.size(), most_lines));
    return kept;
}

std::optional<cv::Point2f> crossing(const SupportedLine& a, const SupportedLine& b) {
    const cv::Vec3d p = a.line.cross(b.line);
    if (std::abs(p[2]) < 1e-6) {
        return std::nullopt;
    }
    return cv::Point2f(static_cast<float>(p[0] / p[2]), static_cast<float>(p[1] / p[2]));
}

cv::Mat nearness_of(const cv::Mat& edges) {
    constexpr double softness = 2.0; // pixels
    cv::Mat distance;
    cv::distanceTransform(255 - edges, distance, cv::DIST_L2, 3);
    cv::Mat out(edges.size(), CV_64F);
    std::transform(distance.begin<float>(), distance.end<float>(), out.begin<double>(), [](float pixels) {
        constexpr float far = 16; // pixels: e to the power of -64
        const double off = pixels / softness;
        return pixels < far ? std::exp(-off * off) : 0;
    });
    return out;
}

} // namespace

std::vector<cv::Mat> closed_channels(const cv::Mat& bgr) {
    cv::Mat lab;
    cv::cvtColor(bgr, lab, cv::COLOR_BGR2Lab);
    std::vector<cv::Mat> channels;
    cv::split(lab, channels);
    cv::Mat hsv;
    cv::cvtColor(bgr, hsv, cv::COLOR_BGR2HSV);
    cv::extractChannel(hsv, channels.emplace_back(), 1);
    const cv::Mat element = cv::getStructuringElement(cv::MORPH_RECT, {closing, closing});
    for (cv::Mat& channel : channels) {
        cv::GaussianBlur(channel, channel, {5, 5}, 0);
        cv::morphologyEx(channel, channel, cv::MORPH_CLOSE, element);
    }
    return channels;
}

EdgeMaps edge_maps(const cv::Mat& bgr) {
    EdgeMaps maps;
    cv::cvtColor(bgr, maps.lab, cv::COLOR_BGR2Lab);
    cv::GaussianBlur(maps.lab, maps.lab, {}, 1.5);
    maps.channels = closed_channels(bgr);
    cv::Mat edges = cv::Mat::zeros(bgr.size(), CV_8U);
    cv::Mat strongest = cv::Mat::zeros(bgr.size(), CV_32F);
    maps.direction = cv::Mat(bgr.size(), CV_32FC2, cv::Scalar::all(0));
    for (const cv::Mat& channel : maps.channels) {
        cv::Mat found;
        cv::Canny(channel, found, 15, 45);
        edges |= found;
        cv::Mat dx;
        cv::Mat dy;
        cv::Sobel(channel, dx, CV_32F, 1, 0);
        cv::Sobel(channel, dy, CV_32F, 0, 1);
        for (int y = 0; y < bgr.rows; ++y) {
            const auto* gx = dx.ptr<float>(y);
            const auto* gy = dy.ptr<float>(y);
            auto* most = strongest.ptr<float>(y);
            auto* direction = maps.direction.ptr<cv::Vec2f>(y);
            for (int x = 0; x < bgr.cols; ++x) {
                const float strength = gx[x] * gx[x] + gy[x] * gy[x];
                if (strength > most[x]) {
                    most[x] = strength;
                    direction[x] = {gx[x], gy[x]};
                }
            }
        }
    }
    for (auto& direction : cv::Mat_<cv::Vec2f>(maps.direction)) {
        const float length = std::hypot(direction[0], direction[1]);
        direction /= length > 0 ? length : 1;
    }
    maps.nearness = nearness_of(edges);
    return maps;
}

std::vector<Quad> quads_from_outlines(const std::vector<cv::Mat>& channels) {
    std::vector<Quad> out;
    const cv::Mat thick = cv::getStructuringElement(cv::MORPH_RECT, {3, 3});
    for (const cv::Mat& channel : channels) {
        for (const auto& [low, high] : {std::pair{20, 60}, std::pair{50, 120}}) {
            cv::Mat edges;
            cv::Canny(channel, edges, low, high);
            cv::dilate(edges, edges, thick);
            add_outline_quads(edges, out);
        }
        cv::Mat mask;
        cv::threshold(channel, mask, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
        add_outline_quads(mask, out);
        add_outline_quads(255 - mask, out);
    }
    return out;
}

std::vector<Quad> quads_from_segments(const std::vector<cv::Mat>& channels, std::size_t most_lines) {
    const cv::Size size = channels.front().size();
    const double shortest = 0.06 * std::max(size.width, size.height);
    const auto detector = cv::createLineSegmentDetector();
    std::vector<SupportedLine> level;
    std::vector<SupportedLine> upright;
    const auto add = [&](const cv::Vec4f& segment) {
        const SupportedLine line = line_of(segment);
        (is_level(line) ? level : upright).push_back(line);
    };
    for (const cv::Mat& channel : channels) {
        std::vector<cv::Vec4f> segments;
        detector->detect(channel, segments);
        for (const cv::Vec4f& segment : segments) {
            if (std::hypot(segment[2] - segment[0], segment[3] - segment[1]) >= shortest) {
                add(segment);
            }
        }
    }
    level = merged(std::move(level), most_lines);
    upright = merged(std::move(upright), most_lines);
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    add({0, 0.5F, width, 0.5F});
    add({0, height - 0.5F, width, height - 0.5F});
    add({0.5F, 0, 0.5F, height});
    add({width - 0.5F, 0, width - 0.5F, height});

    std::vector<Quad> out;
    for (std::size_t a = 0; a < level.size(); ++a) {
        for (std::size_t b = a + 1; b < level.size(); ++b) {
            for (std::size_t c = 0; c < upright.size(); ++c) {
                for (std::size_t d = c + 1; d < upright.size(); ++d) {
                    const std::array found{crossing(level[a], upright[c]), crossing(level[a], upright[d]),
                                           crossing(level[b], upright[d]), crossing(level[b], upright[c])};
                    std::array<cv::Point2f, 4> corners;
                    bool inside = true;
                    const float margin = 0.04F * std::max(width, height);
                    for (std::size_t i = 0; i < 4 && inside; ++i) {
                        inside = found[i] && found[i]->x > -margin && found[i]->y > -margin &&
                                 found[i]->x < width + margin && found[i]->y < height + margin;
                        if (inside) {
                            corners[i] = *found[i];
                        }
                    }
                    if (!inside) {
                        continue;
                    }
                    const Quad quad = ordered(corners);
                    if (is_plausible(quad, size, least_share)) {
                        out.push_back(quad);
                    }
                }
            }
        }
    }
    return out;
}

} // namespace saring::image
