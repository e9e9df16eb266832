// Words that were broken at the end of a line.
#pragma once

#include "text/document.hpp"

#include <vector>

namespace saring::text {

// Sets joins_next where a line ends with a hyphen that only broke the word. The hyphen between the halves of a
// reduplication ("undang-undang", "sayur-mayur") belongs to the word and stays.
void set_joins(std::vector<DocumentLine>& lines);

} // namespace saring::text
