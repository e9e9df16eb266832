// Reports must not spread what they warn of: secrets are masked wholly, identifiers to their first four and last two
// signs.
#pragma once

#include "saring/scan.hpp"

#include <string>
#include <string_view>

namespace saring::output {

// The value as a report may show it. Markers, policy words and meetings are not masked: they are no secrets themselves.
std::string masked(std::string_view text, Category category);

// Whether values of this kind are masked.
bool is_masked(Category category);

// A copy of the result with `match`, `context` and every line that shows a found secret or identifier masked.
ScanResult masked(const ScanResult& result);

} // namespace saring::output
