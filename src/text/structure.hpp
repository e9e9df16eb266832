// Stage "structure": lines of a flat page to headings, paragraphs, lists, tables and figures in reading order.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/page.hpp"
#include "text/document.hpp"

#include <vector>

namespace saring::text {

// `page` is the clean picture (BGR), `lines` what was read on it and `unread` where writing stands that nothing could
// read, both in its pixels. What is inked but neither read nor drawn as a table's rules becomes a figure.
std::vector<Block> structure(const cv::Mat& page, const std::vector<Line>& lines, const std::vector<Quad>& unread,
                             float dpi);

} // namespace saring::text
