// Narrow rows of ink on pictures of strokes: what print leaves of stamps and watermarks whose letters it tears.
#pragma once

#include "image/mapping.hpp"
#include "image/opencv_bridge.hpp"
#include "saring/geometry.hpp"

#include <optional>

namespace saring::image {

// The narrow row in which most of the strong ink of a picture stands, with at least six pieces that are not farther
// apart than `gap` pixels; nothing where it is spread or as high as long. `strokes`: CV_8UC1, dark on white. The quad
// runs from left to right and holds nine tenths of the row's ink across.
std::optional<Quad> row_of_ink(const cv::Mat& strokes, int gap);

// A part of a row along a diagonal, 24 to 60 degrees to lines that run downwards by `turn` degrees, that holds many
// times as much ink as the picture does elsewhere and as the rows beside it do; nothing where there is none, or too
// much ink all over. `strokes`: CV_8UC1, dark on white. The quad, in their pixels, is a fourth of the picture's
// diagonal long.
std::optional<Quad> diagonal_row(const cv::Mat& strokes, double turn);

} // namespace saring::image
