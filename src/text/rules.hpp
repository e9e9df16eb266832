// Drawn lines: of tables, under letterheads, above footers.
#pragma once

#include "text/page_parts.hpp"

#include <vector>

namespace saring::text {

// Straight horizontal and vertical lines, from the longest side of a letter on; pieces of one line are one. What lies
// in the middle of `words` is a part of their letters.
std::vector<Rule> rules_of(const PageInk& ink, const std::vector<PageWord>& words);

} // namespace saring::text
