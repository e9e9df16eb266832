// A plain text as lines of words.
#pragma once

#include "saring/page.hpp"

#include <string_view>
#include <vector>

namespace saring::match {

// Words carry their spans in code points of `text`, instead of quads; their confidence is 1.
std::vector<Line> lines_of_text(std::string_view text);

} // namespace saring::match
