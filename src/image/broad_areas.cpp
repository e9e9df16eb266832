// Two kinds: dark areas broader than any stroke, found by a morphological opening, and photographs, in whose
// surroundings paper is rare. Letters close an area around them, whatever their colour.
//
// A pale photograph on white paper is not noticed; the figures of the page's structure are.
#include "image/broad_areas.hpp"

#include "image/area_average.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace saring::image {
namespace {

cv::Mat square(int size) { return cv::Mat::ones(size, size, CV_8U); }

// Dark areas broader than any stroke, closed over the letters in them.
cv::Mat broad_areas(const cv::Mat& gray, int height) {
    constexpr int dark = 150;                       // grey level; shading that black print stands on is lighter
    const int stroke = std::max(9, height * 4 / 5); // no letter of the text is so bold
    cv::Mat areas = gray < dark;
    cv::morphologyEx(areas, areas, cv::MORPH_OPEN, square(stroke));
    if (cv::countNonZero(areas) > 0) {
        cv::morphologyEx(areas, areas, cv::MORPH_CLOSE, square(2 * height), {-1, -1}, 1, cv::BORDER_CONSTANT, {0});
    }
    return areas;
}

// Where the surroundings hold less paper than between the closest lines of bold print: photographs.
cv::Mat crowded_areas(const cv::Mat& gray, int height) {
    constexpr int light = 170;
    constexpr double least_paper = 0.4;
    const int window = 4 * height + 1;
    cv::Mat share;
    cv::boxFilter(gray > light, share, CV_8U, {window, window}, {-1, -1}, true, cv::BORDER_REPLICATE);
    cv::Mat areas = share < least_paper * 255;
    cv::dilate(areas, areas, cv::Mat::ones(window / 2, window / 2, CV_8U)); // back to the edge, where half is paper
    return areas;
}

} // namespace

cv::Mat areas_without_paper(const cv::Mat& gray, int text_height) {
    text_height = std::clamp(text_height, 2, std::max(2, std::min(gray.cols, gray.rows))); // boxes may be absurd
    const cv::Mat half = area_averaged(gray, half_of(gray.size())); // is enough, and many times as fast
    cv::Mat areas = broad_areas(half, text_height / 2) | crowded_areas(half, text_height / 2);
    cv::dilate(areas, areas, square(5));
    cv::resize(areas, areas, gray.size(), 0, 0, cv::INTER_NEAREST);
    return areas;
}

} // namespace saring::image
