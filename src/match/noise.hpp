// Simulated misreading, to try rules with what readers make of their examples.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace saring::match {

// Replaces about `share` (0 to 1) of the letters and digits by what readers take them for (0 for O, rn for m, c for e …; the
// table stands in noise.cpp). The same seed gives the same errors. Signs, blanks and what is not ASCII stay.
std::string with_noise(std::string_view text, double share, std::uint32_t seed);

} // namespace saring::match
