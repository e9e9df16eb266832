// Stage "margins": what reaches over a page's rim without being on the page.
#pragma once

#include "image/flat_page.hpp"

#include <vector>

namespace saring::image {

// Paints with paper what lies outside of the photo, and dark edges, slivers of the desk and fingers that reach in from
// the rim of `clean`, the cleaned page that `mapping` leads back to `photo` from. Never within `content`, page pixels.
// `may_go_on`: the page has no edge that is sure, and what nobody has read beyond it may be its own.
void clear_margins(cv::Mat& clean, const cv::Mat& photo, const DenseMapping& mapping, const std::vector<Quad>& content,
                   bool may_go_on = false);

} // namespace saring::image
