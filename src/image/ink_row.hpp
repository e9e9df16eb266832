// A narrow row of ink on a picture of strokes: what print leaves of a small stamp.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/geometry.hpp"

#include <optional>

namespace saring::image {

// The narrow row in which most of the strong ink of a picture stands, with at least six pieces that are not farther
// apart than `gap` pixels; nothing where it is spread or as high as long. `strokes`: CV_8UC1, dark on white. The quad
// runs from left to right and holds nine tenths of the row's ink across.
std::optional<Quad> row_of_ink(const cv::Mat& strokes, int gap);

} // namespace saring::image
