// Pictures that are flat pages already: what their rim tells.
#pragma once

#include "image/opencv_bridge.hpp"

namespace saring::image {

// A scanner's page: white paper all around.
bool is_scanned(const cv::Mat& photo);

// A picture that was drawn rather than taken: one colour all around, with less noise than any camera's.
bool is_drawn(const cv::Mat& photo);

} // namespace saring::image
