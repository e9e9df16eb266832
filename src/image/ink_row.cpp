// Print tears letters to spots, so rows are asked for their shape alone. Where nearly all ink is the row's, pieces that
// are near each other grow together where they are made thicker, and of what has grown together the largest is
// measured. Where there is other ink, too, each direction of a row is summed up over boxes as long and narrow as part
// of it (a Radon transform over pieces of lines), and the best box is compared with those beside it.
#include "image/ink_row.hpp"

#include "image/area_average.hpp"

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

// How a box of ink stands out, in grey levels, and where, in the pixels of the picture that was turned.
struct RowPart {
    double excess = 0;
    Quad place;
};

// Of each box the ink of that fourth of its length that has least.
cv::Mat least_of_quarters(const cv::Mat& ink, cv::Size box) {
    const int length = std::max(1, box.width / 4);
    cv::Mat sums;
    cv::boxFilter(ink, sums, CV_32F, {length, box.height});
    cv::Mat middles = cv::Mat::zeros(1, 3 * length + 1, CV_8UC1);
    for (int i = 0; i < middles.cols; i += length) {
        middles.at<std::uint8_t>(0, i) = 1;
    }
    cv::erode(sums, sums, middles);
    return sums;
}

// The best box of one direction. `ink`: bright on black; `inside`: 255 where there is a picture.
RowPart best_box(const View& ink, const cv::Mat& inside, cv::Size box) {
    constexpr double whole = 250;
    constexpr double least_quarter = 0.5; // of the box's ink: writing is spread evenly, what a box cuts off is not
    cv::Mat sums;
    cv::Mat there;
    cv::boxFilter(ink.mat, sums, CV_32F, box);
    cv::boxFilter(inside, there, CV_32F, box);
    const int apart = 2 * box.height;
    if (sums.rows <= 2 * apart) {
        return {};
    }
    const cv::Range middle(apart, sums.rows - apart);
    const cv::Range above(0, sums.rows - 2 * apart);
    const cv::Range below(2 * apart, sums.rows);
    const cv::Mat excess = sums.rowRange(middle) - cv::max(sums.rowRange(above), sums.rowRange(below));
    const cv::Mat is_even = least_of_quarters(ink.mat, box) > least_quarter * sums;
    const cv::Mat is_inside = there > whole;
    const cv::Mat may_be =
        is_even.rowRange(middle) & is_inside.rowRange(middle) & is_inside.rowRange(above) & is_inside.rowRange(below);
    RowPart out;
    cv::Point at;
    cv::minMaxLoc(excess, nullptr, &out.excess, nullptr, &at, may_be);
    if (at.x < 0) { // nowhere is there room
        return {};
    }
    const auto left = static_cast<float>(at.x - box.width / 2);
    const auto top = static_cast<float>(at.y + apart - box.height / 2);
    const auto right = left + static_cast<float>(box.width);
    const auto bottom = top + static_cast<float>(box.height);
    out.place = ink.mapping.to_original(Quad{{{{left, top}, {right, top}, {right, bottom}, {left, bottom}}}});
    return out;
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

std::optional<Quad> diagonal_row(const cv::Mat& strokes, double turn) {
    constexpr double row_pixels = 6e4;  // of the picture on which they are looked for
    constexpr double most_ink = 12;     // grey levels on average: such pictures show more than a mark
    constexpr double least_excess = 22; // grey levels
    constexpr double least_times = 7;   // the ink of the whole picture
    constexpr double height = 0.016;    // of the picture's diagonal: small letters of a watermark
    constexpr double length = 0.28;     // of the same
    constexpr int flattest = 24;        // degrees
    constexpr int steepest = 60;
    constexpr int step = 3;
    const double scale = std::min(1.0, std::sqrt(row_pixels / static_cast<double>(strokes.total())));
    const cv::Mat ink = area_averaged(cv::Mat(255 - strokes), scale);
    const double usual = cv::mean(ink)[0];
    if (usual > most_ink) {
        return std::nullopt;
    }
    const double diagonal = std::hypot(ink.cols, ink.rows);
    const cv::Size box(std::max(1, static_cast<int>(length * diagonal)), static_cast<int>(height * diagonal) | 1);
    const View picture{ink, Mapping::scaled(scale)};
    const cv::Mat whole(ink.size(), CV_8UC1, cv::Scalar(255));
    RowPart best;
    for (int degrees = -steepest; degrees <= steepest; degrees += step) {
        if (std::abs(degrees) >= flattest) {
            const cv::Mat inside = rotated({whole, {}}, degrees - turn, cv::Scalar(0)).mat;
            const RowPart found = best_box(rotated(picture, degrees - turn, cv::Scalar(0)), inside, box);
            best = found.excess > best.excess ? found : best;
        }
    }
    if (best.excess < std::max(least_excess, least_times * usual)) {
        return std::nullopt;
    }
    return best.place;
}

} // namespace saring::image
