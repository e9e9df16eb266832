// Much smaller pictures at little cost.
#pragma once

#include "image/opencv_bridge.hpp"

namespace saring::image {

// The picture at `size` (no larger than it is), each pixel the mean of those that it stands for. Halved as often as may
// be first, which OpenCV does many times faster than any other step; a last odd row or column is left out of that.
cv::Mat shrunk(const cv::Mat& picture, cv::Size size);

// The same at `factor` (0 to 1) of its size.
cv::Mat shrunk(const cv::Mat& picture, double factor);

} // namespace saring::image
