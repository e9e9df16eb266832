// Lines of large letters, which the locator sees better on a smaller copy of the picture, beside those of ordinary
// size.
#pragma once

#include "text/locate.hpp"

#include <vector>

namespace saring::text {

// Adds to the regions found so far what a smaller copy showed, both in the pixels of one picture. Several lines of
// ordinary size, seen small, run together, and large letters run into them; one line of large letters, seen large,
// falls apart.
void add_large(std::vector<TextRegion> large, std::vector<TextRegion>& regions);

} // namespace saring::text
