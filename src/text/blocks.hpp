// Items in reading order to blocks.
#pragma once

#include "text/page_style.hpp"

#include <vector>

namespace saring::text {

// Lines of one zone are joined to headings, paragraphs and list items; tables and figures stay as they are.
std::vector<Block> blocks_of(const std::vector<Item>& items, const std::vector<Rule>& rules, const PageStyle& style,
                             const PageInk& ink);

} // namespace saring::text
