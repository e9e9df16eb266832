// From pixels to layers and back.
#pragma once

#include "image/layers.hpp"
#include "image/opencv_bridge.hpp"
#include "saring/geometry.hpp"

#include <vector>

namespace saring::image {

// Separates a clean page (BGR, paper near white). `text` are the places of lines that were read: only there, and in
// what looks like ink of the same colour, does the mask take over. Coloured ink stays in the background, at full
// resolution where it stands. `figures` are kept in the background at full colour.
Layers separate(const cv::Mat& bgr, const std::vector<Box>& text, const std::vector<Box>& figures);

// The picture that the layers show, BGR.
cv::Mat compose(const Layers& layers);

} // namespace saring::image
