// Pictures made smaller by averaging.
#pragma once

#include "image/opencv_bridge.hpp"

namespace saring::image {

// Each pixel is the mean of what it covers, as of cv::resize with INTER_AREA up to rounding (which an axis that grows
// is left to). `mat`: 8 bits or 32-bit floats, any number of channels.
cv::Mat area_averaged(const cv::Mat& mat, cv::Size size);

// The same to `factor` of the width and the height, at least one pixel.
cv::Mat area_averaged(const cv::Mat& mat, double factor);

// Half of a size, rounded up.
inline cv::Size half_of(cv::Size size) { return {(size.width + 1) / 2, (size.height + 1) / 2}; }

} // namespace saring::image
