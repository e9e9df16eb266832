// Tells ink from paper on a clean page.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/geometry.hpp"

#include <vector>

namespace saring::image {

struct InkMasks {
    cv::Mat neutral; // CV_8UC1, 255: strokes of black or grey ink, as text is printed and written
    cv::Mat colour;  // strokes and areas of coloured ink: stamps, signatures, markers, logos
    cv::Mat solid;   // dark areas too broad for strokes, and what stands in them: title bars, filled cells
    cv::Vec3b ink;   // BGR of the neutral strokes
};

// `bgr` is CV_8UC3 on paper near white, `text` the places of lines that were read.
InkMasks find_ink(const cv::Mat& bgr, const std::vector<Box>& text);

} // namespace saring::image
