// Tells ink from paper on a clean page.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/geometry.hpp"

#include <vector>

namespace saring::image {

struct InkMasks {
    cv::Mat main;   // CV_8UC1, 255: strokes of the ink that most of the text is written in, as a rule black
    cv::Mat colour; // strokes and rims of ink of other colours: stamps, signatures, markers, logos
    cv::Mat areas;  // where little paper is to be seen: title bars, filled cells, photographs, with what stands in them
    cv::Vec3b ink;  // BGR of the main strokes
};

// `bgr` is CV_8UC3 on paper near white, `text` the places of lines that were read.
InkMasks find_ink(const cv::Mat& bgr, const std::vector<Box>& text);

} // namespace saring::image
