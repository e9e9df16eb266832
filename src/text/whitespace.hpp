// Large white rectangles of a page.
#pragma once

#include "saring/geometry.hpp"

#include <vector>

namespace saring::text {

// White rectangles between the boxes, tallest first, that do not overlap each other.
std::vector<Box> white_columns(const std::vector<Box>& boxes, float least_width, float least_height);

} // namespace saring::text
