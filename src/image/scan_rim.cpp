#include "image/scan_rim.hpp"

#include "image/area_average.hpp"
#include "image/enhance.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace saring::image {
namespace {

// The grey level that the picture's rim has all around, or -1 where it varies by more than `most` levels.
int level_of_rim(const cv::Mat& photo, int most) {
    constexpr int side = 256;
    constexpr double of_rim = 0.93; // share of the rim that has the level
    constexpr int broad = 2;        // pixels of the reduced picture
    const double factor = std::min(1.0, static_cast<double>(side) / std::max(photo.cols, photo.rows));
    const int strip = std::min({static_cast<int>(std::lround(broad / factor)), photo.cols, photo.rows});
    const int width = std::max(1, static_cast<int>(std::lround(photo.cols * factor)));
    const int height = std::max(1, static_cast<int>(std::lround(photo.rows * factor)));
    std::vector<int> rim;
    const auto look_at = [&](const cv::Mat& part, cv::Size size) { // only the rim is reduced
        const cv::Mat g = gray(area_averaged(part, size));
        rim.insert(rim.end(), g.begin<std::uint8_t>(), g.end<std::uint8_t>());
    };
    look_at(photo.rowRange(0, strip), {width, broad});
    look_at(photo.rowRange(photo.rows - strip, photo.rows), {width, broad});
    look_at(photo.colRange(0, strip), {broad, height});
    look_at(photo.colRange(photo.cols - strip, photo.cols), {broad, height});
    const auto middle = rim.begin() + static_cast<std::ptrdiff_t>(rim.size() / 2);
    std::nth_element(rim.begin(), middle, rim.end());
    const int level = *middle;
    const auto same = std::count_if(rim.begin(), rim.end(), [&](int v) { return std::abs(v - level) <= most; });
    return static_cast<double>(same) >= of_rim * static_cast<double>(rim.size()) ? level : -1;
}

} // namespace

bool is_scanned(const cv::Mat& photo) {
    constexpr int white = 215; // grey level from which a rim may be a scanner's paper
    constexpr int even = 10;   // grey levels that it varies
    return level_of_rim(photo, even) >= white;
}

bool is_drawn(const cv::Mat& photo) {
    constexpr int even = 1;
    constexpr int black = 20;         // grey level below which a camera's noise is cut off
    constexpr double of_pairs = 0.95; // share of neighbours on the rim that are alike
    if (level_of_rim(photo, even) < black) {
        return false;
    }
    const cv::Mat upper = gray(photo.row(0));
    const cv::Mat lower = gray(photo.row(photo.rows - 1));
    int alike = 0;
    int all = 0;
    for (const cv::Mat& row : {upper, lower}) {
        for (int x = 1; x < row.cols; ++x) {
            alike += std::abs(row.at<std::uint8_t>(0, x) - row.at<std::uint8_t>(0, x - 1)) <= even ? 1 : 0;
            ++all;
        }
    }
    return alike >= of_pairs * all;
}

} // namespace saring::image
