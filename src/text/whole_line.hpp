// From the middle of a line that was located to all of it.
#pragma once

#include "image/opencv_bridge.hpp"
#include "text/locate.hpp"

#include <optional>

namespace saring::text {

// The region as far as the ink of its line goes on, where that is well beyond its ends: stamps and watermarks are often
// located in their middle only. `strokes`, in the region's pixels: 8 bit, dark on white, with nothing else of the
// line's height on it.
std::optional<TextRegion> whole_line(const TextRegion& region, const cv::Mat& strokes);

} // namespace saring::text
