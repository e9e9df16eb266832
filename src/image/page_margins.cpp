// Things at a page's rim that are not on the page: they touch the rim, are wider than a stroke, and hardly reach in.
// What spans much of a side and goes on inwards is a picture that was printed to the edge, and stays.
#include "image/clean_page.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace saring::image {
namespace {

constexpr int search_side = 800;      // pixels, longer side of the picture on which rims are searched
constexpr int dark = 205;             // darkest channel below which something stands there
constexpr int stroke = 5;             // pixels at search_side; thinner is writing or a rule
constexpr double band = 0.05;         // of the shorter side, how far slivers reach in
constexpr double finger = 0.16;       // of the shorter side, how far a finger does
constexpr double most_finger = 0.04;  // of the page's area
constexpr double picture_side = 0.25; // of a side's length on which a thing crosses the band: a picture
constexpr int soft_edge = 5;          // pixels around what is painted: its blurred edge

cv::Mat darkest_channel(const cv::Mat& bgr) {
    std::vector<cv::Mat> planes;
    cv::split(bgr, planes);
    return cv::min(cv::min(planes[0], planes[1]), planes[2]);
}

cv::Mat mask_of(const std::vector<Quad>& quads, cv::Size size, double scale) {
    cv::Mat out = cv::Mat::zeros(size, CV_8U);
    for (const Quad& quad : quads) {
        std::vector<cv::Point> outline;
        for (const Point p : quad.corners) {
            outline.emplace_back(static_cast<int>(std::lround(p.x * scale)),
                                 static_cast<int>(std::lround(p.y * scale)));
        }
        cv::fillConvexPoly(out, outline, 255);
    }
    return out;
}

// How far from the rim a component reaches, and whether it touches it.
struct Reach {
    bool touches = false;
    int depth = 0;    // pixels
    int crossing = 0; // pixels of it that lie at the band's inner end
    int area = 0;
    bool holds_content = false;
};

std::vector<Reach> reaches(const cv::Mat& labels, int count, const cv::Mat& content, int band_width) {
    std::vector<Reach> out(static_cast<std::size_t>(count));
    for (int y = 0; y < labels.rows; ++y) {
        for (int x = 0; x < labels.cols; ++x) {
            Reach& reach = out[static_cast<std::size_t>(labels.at<int>(y, x))];
            const int depth = std::min({x, y, labels.cols - 1 - x, labels.rows - 1 - y});
            reach.touches = reach.touches || depth == 0;
            reach.depth = std::max(reach.depth, depth);
            reach.crossing += depth == band_width ? 1 : 0;
            reach.area += 1;
            reach.holds_content = reach.holds_content || content.at<std::uint8_t>(y, x) != 0;
        }
    }
    return out;
}

// 255 where a component that reaches in from the rim is no part of the page.
cv::Mat strangers(const cv::Mat& small, const cv::Mat& content) {
    cv::Mat solid = darkest_channel(small) < dark;
    const cv::Mat brush = cv::Mat::ones(stroke, stroke, CV_8U);
    // Eroding treats what is beyond the rim as solid, so that a sliver is not thin for being cut.
    cv::erode(solid, solid, brush, {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar::all(255));
    cv::dilate(solid, solid, brush);
    cv::Mat labels;
    const int count = cv::connectedComponents(solid, labels, 8, CV_32S);
    const int shorter = std::min(small.cols, small.rows);
    const int band_width = std::max(2, static_cast<int>(band * shorter));
    const std::vector<Reach> all = reaches(labels, count, content, band_width);
    std::vector<std::uint8_t> paint(all.size(), 0);
    for (std::size_t i = 1; i < all.size(); ++i) {
        const Reach& reach = all[i];
        const bool sliver = reach.depth <= band_width;
        const bool is_finger = reach.depth <= finger * shorter &&
                               reach.area <= most_finger * static_cast<double>(small.total()) &&
                               reach.crossing < picture_side * shorter;
        paint[i] = reach.touches && !reach.holds_content && (sliver || is_finger) ? 255 : 0;
    }
    cv::Mat out(labels.size(), CV_8U);
    for (int y = 0; y < labels.rows; ++y) {
        for (int x = 0; x < labels.cols; ++x) {
            out.at<std::uint8_t>(y, x) = paint[static_cast<std::size_t>(labels.at<int>(y, x))];
        }
    }
    cv::dilate(out, out, cv::Mat::ones(soft_edge, soft_edge, CV_8U));
    return out;
}

} // namespace

void clear_margins(cv::Mat& clean, const cv::Mat& outside, const std::vector<Quad>& content) {
    const double scale = std::min(1.0, static_cast<double>(search_side) / std::max(clean.cols, clean.rows));
    cv::Mat small;
    cv::resize(clean, small, {}, scale, scale, cv::INTER_AREA);
    cv::Mat beyond;
    cv::resize(outside, beyond, small.size(), 0, 0, cv::INTER_NEAREST);
    small.setTo(cv::Scalar::all(clean_paper), beyond);
    const cv::Mat writing = mask_of(content, small.size(), scale);
    cv::Mat paint = strangers(small, writing) | beyond;
    paint.setTo(0, writing);
    cv::resize(paint, paint, clean.size(), 0, 0, cv::INTER_NEAREST);
    clean.setTo(cv::Scalar::all(clean_paper), paint);
}

} // namespace saring::image
