// The page without its main ink: the soft layer under the sharp one.
#pragma once

#include "image/ink_mask.hpp"
#include "image/opencv_bridge.hpp"

namespace saring::image {

// Paper, and on it in detail what is neither paper nor main ink; the whole page, perhaps at a half or a third of its
// size. Empty where all of it is white. `photographs` (CV_8UC1) stay as they are.
cv::Mat background_of(const cv::Mat& bgr, const InkMasks& ink, const cv::Mat& photographs);

} // namespace saring::image
