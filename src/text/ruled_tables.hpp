// Tables whose cells are drawn.
#pragma once

#include "text/page_parts.hpp"

#include <vector>

namespace saring::text {

// Tables of horizontal and vertical rules. Words in their cells are taken out of `words`.
std::vector<Block> ruled_tables(const std::vector<Rule>& rules, std::vector<PageWord>& words, const PageInk& ink);

} // namespace saring::text
