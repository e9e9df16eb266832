// A page's likeness is the sign of its lowest 63 cosine coefficients against their median, on 32 by 32 grey pixels (the
// hash known as pHash). Shots of one page differ in few bits; two pages of text in about half of them.
#include "image/likeness.hpp"

#include "image/area_average.hpp"
#include "image/enhance.hpp"
#include "image/flat_page.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <bit>
#include <vector>

namespace saring::image {

std::uint64_t likeness_of(const cv::Mat& bgr) {
    constexpr int side = 32;
    constexpr int low = 8;
    cv::Mat small = area_averaged(gray(bgr), cv::Size(side, side));
    small.convertTo(small, CV_32F);
    cv::Mat waves;
    cv::dct(small, waves);
    std::vector<float> values;
    for (int y = 0; y < low; ++y) {
        for (int x = 0; x < low; ++x) {
            if (x != 0 || y != 0) {
                values.push_back(waves.at<float>(y, x));
            }
        }
    }
    std::vector<float> sorted = values;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    std::uint64_t out = 0;
    for (const float value : values) {
        out = out << 1U | (value > *middle ? 1U : 0U);
    }
    return out;
}

int unlikeness(std::uint64_t a, std::uint64_t b) { return std::popcount(a ^ b); }

} // namespace saring::image
