// How much a quad looks like the outline of a surface, and how its sides are moved onto the true edge.
#pragma once

#include "image/quad_candidates.hpp"

namespace saring::image {

// 0 to about 1. Counts how much of each side lies on an edge that runs along it, how the two sides of that edge differ,
// how large and how regular the quad is. The weakest side counts twice: three good sides are a table's corner, not a
// page.
double score(const EdgeMaps& maps, const Quad& quad);

// Fits each side to the strongest edge within a few pixels beside it, and intersects the fitted lines again.
Quad refined(const EdgeMaps& maps, const Quad& quad, double reach);

// True when the quad is convex, its corners are not sharper than a steep view makes them and it fills `least_share` of
// the picture.
bool is_plausible(const Quad& quad, cv::Size picture, double least_share);

} // namespace saring::image
