// Two pages of an open book, seen as one surface.
#pragma once

#include "image/page_boundary.hpp"

#include <vector>

namespace saring::image {

// The region itself, or its two halves from left to right when a gutter runs down its middle.
std::vector<PageRegion> split_spread(const cv::Mat& photo, const PageRegion& region, const Page& facts);

} // namespace saring::image
