// Tells ink from paper on a clean page.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/geometry.hpp"

#include <vector>

namespace saring::image {

struct InkMasks {
    cv::Mat main;  // CV_8UC1, 255: strokes of the ink that most of the text is written in, as a rule black
    cv::Mat other; // strokes of other colours and paler ones: stamps, signatures, markers, pencil, and rims of logos
    cv::Mat areas; // where little paper is to be seen: title bars, filled cells, photographs, with what stands in them
    cv::Vec3b ink; // BGR of the main strokes
};

// `bgr` is CV_8UC3 on paper near white, `text` the places of lines that were read.
InkMasks find_ink(const cv::Mat& bgr, const std::vector<Box>& text);

// Removes connected pieces of at most `largest` pixels from a CV_8UC1.
void drop_specks(cv::Mat& mask, int largest);

// The pixels that the box touches, within a picture of that size; may be empty.
cv::Rect pixels_of(const Box& box, cv::Size size);

} // namespace saring::image
