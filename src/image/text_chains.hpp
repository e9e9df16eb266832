// Lines of writing as chains of points along their middle.
#pragma once

#include "image/opencv_bridge.hpp"

#include <vector>

namespace saring::image {

// One line of writing, or a part of it, from left to right: points in the middle of its small letters. Or a printed
// rule.
using TextChain = std::vector<Point>;

struct TextChains {
    std::vector<TextChain> chains;
    std::vector<TextChain> uprights; // printed rules that run down the page, as tables have them, from the top
    double x_height = 0;             // pixels, as the median letter suggests; 0 where there is no writing
};

// On an upright grey picture of one to two thousand pixels height, dark on light or the reverse. Lines may be bent
// and rise by about fifteen degrees.
TextChains find_text_chains(const cv::Mat& gray);

} // namespace saring::image
