// What is drawn like a line of text and is none: rules, rings of a binding, stitches, rows of dots.
#pragma once

#include "image/opencv_bridge.hpp"

namespace saring::text {

// Whether hardly a pixel differs from the ground around it by `least_contrast` of its brightness, a straight rule along
// the line left out: stains, dotted rules and ruled paper, where nobody could read anything.
bool is_faint(const cv::Mat& line, double least_contrast = 0.05);

// Whether one shape is repeated in equal steps from end to end. A row of one letter is such a pattern too; a line with
// a word in it is none.
bool is_periodic(const cv::Mat& line);

} // namespace saring::text
