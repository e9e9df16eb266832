// Where a page shows too little paper for a mask of ink to make sense.
#pragma once

#include "image/opencv_bridge.hpp"

namespace saring::image {

// CV_8UC1, 255: title bars, filled cells, photographs, with what stands in them. `text_height` is that of a line of the
// page's text in pixels.
cv::Mat areas_without_paper(const cv::Mat& gray, int text_height);

} // namespace saring::image
