// The page as ink on paper, and what the ink tells about letters.
#pragma once

#include "text/page_parts.hpp"

namespace saring::text {

PageInk ink_of(const cv::Mat& page, float dpi);

// Sets size and baseline of a word from the ink in its box and the letters it is made of.
void measure(PageWord& word, const PageInk& ink);

// Takes drawn lines out of the strokes, so that what stands on them is measured alone.
void wipe_rules(PageInk& ink, const std::vector<Rule>& rules);

// Sets thickness and colour of the strokes of a line.
void measure_strokes(TextLine& line, const PageInk& ink);

// 0 to 1: how much of the box is inked.
float inked_share(const PageInk& ink, const Box& box);

} // namespace saring::text
