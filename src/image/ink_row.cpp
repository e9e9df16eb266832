// Pieces of ink that are near each other grow together where they are made thicker; of what has grown together the
// largest is measured. Print tears letters to spots, so the row is asked for its shape alone.
#include "image/ink_row.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

namespace saring::image {
namespace {

constexpr int strong = 170;            // grey level below which a pixel is ink
constexpr int speck = 2;               // pixels: noise
constexpr std::size_t pieces = 6;      // at least, in a row: a signature is fewer strokes
constexpr double least_share = 0.4;    // of all ink of the picture
constexpr float least_aspect = 5;      // a short marker in capitals has about as much
constexpr double outliers = 0.05;      // of the ink on either side: pieces of a frame
constexpr std::size_t enough_ink = 40; // pixels

// 255 where pieces of ink larger than specks are, and the number of each piece from 1 on.
struct Pieces {
    cv::Mat ink;
    cv::Mat numbers; // CV_32SC1
};

Pieces pieces_of(const cv::Mat& strokes) {
    Pieces out;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(strokes < strong, out.numbers, stats, centroids);
    std::vector<std::uint8_t> is_ink(static_cast<std::size_t>(count), 0);
    for (int i = 1; i < count; ++i) {
        is_ink[static_cast<std::size_t>(i)] = stats.at<int>(i, cv::CC_STAT_AREA) > speck ? 255 : 0;
    }
    out.ink.create(strokes.size(), CV_8UC1);
    for (int y = 0; y < strokes.rows; ++y) {
        for (int x = 0; x < strokes.cols; ++x) {
            out.ink.at<std::uint8_t>(y, x) = is_ink[static_cast<std::size_t>(out.numbers.at<int>(y, x))];
        }
    }
    return out;
}

// The ink, and how many pieces it is, of what grows together most.
struct Cluster {
    std::vector<cv::Point> ink;
    std::size_t pieces = 0;
};

Cluster largest_cluster(const Pieces& all, int gap) {
    cv::Mat grown;
    cv::dilate(all.ink, grown, cv::getStructuringElement(cv::MORPH_ELLIPSE, {gap + 1, gap + 1}));
    cv::Mat clusters;
    const int count = cv::connectedComponents(grown, clusters);
    std::vector<Cluster> found(static_cast<std::size_t>(count));
    std::vector<std::set<int>> numbers(static_cast<std::size_t>(count));
    for (int y = 0; y < all.ink.rows; ++y) {
        for (int x = 0; x < all.ink.cols; ++x) {
            if (all.ink.at<std::uint8_t>(y, x) != 0) {
                const auto which = static_cast<std::size_t>(clusters.at<int>(y, x));
                found[which].ink.emplace_back(x, y);
                numbers[which].insert(all.numbers.at<int>(y, x));
            }
        }
    }
    for (std::size_t i = 0; i < found.size(); ++i) {
        found[i].pieces = numbers[i].size();
    }
    return *std::max_element(found.begin(), found.end(),
                             [](const Cluster& a, const Cluster& b) { return a.ink.size() < b.ink.size(); });
}

// The box about the points along the direction in which they are spread most, without what lies farthest across.
Quad box_about(const std::vector<cv::Point>& points) {
    cv::Vec4f line;
    cv::fitLine(points, line, cv::DIST_HUBER, 0, 0.01, 0.01);
    cv::Point2f along(line[0], line[1]);
    along *= along.x < 0 ? -1 : 1;
    const cv::Point2f across(-along.y, along.x);
    std::vector<float> places;
    std::vector<float> heights;
    for (const cv::Point& p : points) {
        const cv::Point2f there(static_cast<float>(p.x), static_cast<float>(p.y));
        places.push_back(along.dot(there));
        heights.push_back(across.dot(there));
    }
    std::sort(heights.begin(), heights.end());
    const auto [left, right] = std::minmax_element(places.begin(), places.end());
    const auto cut = static_cast<std::size_t>(outliers * static_cast<double>(heights.size()));
    const float top = heights[cut];
    const float bottom = heights[heights.size() - 1 - cut];
    const auto at = [&](float x, float y) { return point_of(along * x + across * y); };
    return {{at(*left, top), at(*right, top), at(*right, bottom), at(*left, bottom)}};
}

} // namespace

std::optional<Quad> row_of_ink(const cv::Mat& strokes, int gap) {
    const Pieces all = pieces_of(strokes);
    const auto ink = static_cast<double>(cv::countNonZero(all.ink));
    const Cluster cluster = largest_cluster(all, gap);
    if (cluster.ink.size() < enough_ink || cluster.pieces < pieces ||
        static_cast<double>(cluster.ink.size()) < least_share * ink) {
        return std::nullopt;
    }
    const Quad row = box_about(cluster.ink);
    if (reading_width(row) < least_aspect * std::max(1.0F, reading_height(row))) {
        return std::nullopt;
    }
    return row;
}

} // namespace saring::image
