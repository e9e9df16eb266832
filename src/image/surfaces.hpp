// Stage "surfaces": the quads of sheets, boards, slides and screens on a photo, with what each seems to be.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/page.hpp"

#include <vector>

namespace saring::image {

enum class Search { thorough, hasty }; // hasty: fewer candidates are tried, and fewer colours

// At most three quads that do not overlap much as alternatives of one another, most confident first, in the pixels of
// `bgr`. Corners run from the top left in the picture's own direction: whether the text stands upright is not known
// yet. No surface is a fine result: the picture is then read whole.
std::vector<Surface> find_surfaces(const cv::Mat& bgr, Search search = Search::thorough);

} // namespace saring::image
