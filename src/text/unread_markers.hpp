// List markers that the reader left out.
#pragma once

#include "text/page_parts.hpp"

#include <vector>

namespace saring::text {

// Readers often pass over bullets, and single digits at the left of a list. Where ink stands alone before several lines
// at one place, or before one that the next line hangs on, it becomes the first word of its line. `lines` stand in one
// column from top to bottom.
void add_unread_markers(std::vector<TextLine>& lines, const PageInk& ink);

} // namespace saring::text
