// A page's boundary moved outwards where it would cut through text.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/page.hpp"

namespace saring::image {

// The quad with its sides moved, each parallel to itself, so that it holds every surely read line that touches or
// nearly touches it. Corners must run clockwise. Text far away is left where it is.
Quad grown_for_text(const Page& facts, const Quad& quad);

} // namespace saring::image
