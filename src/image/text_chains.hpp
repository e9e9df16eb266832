// Lines of writing as chains of points along their middle, and how straight they are.
#pragma once

#include "image/opencv_bridge.hpp"

#include <vector>

namespace saring::image {

// One line of writing, or a part of it, from left to right: points in the middle of its small letters. Or a printed
// rule.
using TextChain = std::vector<Point>;

struct TextChains {
    std::vector<TextChain> chains;
    double x_height = 0; // pixels, as the median letter suggests; 0 where there is no writing
};

// On an upright grey picture of one to two thousand pixels height, dark on light or the reverse. Lines may be bent
// and rise by about fifteen degrees.
TextChains find_text_chains(const cv::Mat& gray);

// Of the lines, weighted by their length.
struct Straightness {
    int lines = 0;       // chains that are long enough to tell
    double bend = 0;     // pixels: root mean square by which a line's smooth course leaves a straight line; upper third
    double skew = 0;     // degrees clockwise, median
    double fan = 0;      // degrees, median difference of a line from that
    double residual = 0; // pixels: root mean square by which a line's smooth course leaves the horizontal; upper third
};

Straightness straightness(const TextChains& text, int picture_width);

} // namespace saring::image
