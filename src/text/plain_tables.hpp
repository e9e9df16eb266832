// Tables without drawn cells.
#pragma once

#include "text/page_parts.hpp"

#include <vector>

namespace saring::text {

// Replaces lines that stand as rows of aligned columns by tables. `items` share one column of the page; `rules` tell
// heads and rows where some are drawn. `usual` is the page's usual font size.
void find_plain_tables(std::vector<Item>& items, const std::vector<Rule>& rules, float usual);

} // namespace saring::text
