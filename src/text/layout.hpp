// Stage "layout": words to lines, lines to reading order.
#pragma once

#include "saring/page.hpp"

#include <string_view>
#include <vector>

namespace saring::text {

// Joins words that stand beside each other on one height. The words come from an upright picture, in no order.
std::vector<Line> lines_of_words(const std::vector<Word>& words, std::string_view engine);

// Sets text, quad and confidence of a line from its words, which must be in reading order.
void complete(Line& line);

// Sorts lines as a person reads them: columns from left to right where a gap runs down between them, within them from
// top to bottom. Numbers the blocks, and tells lines that stand alone on their height.
void order(std::vector<Line>& lines);

} // namespace saring::text
