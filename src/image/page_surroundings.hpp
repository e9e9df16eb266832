// Where a page looks like what lies around it on the photo.
#pragma once

#include "image/flat_page.hpp"

namespace saring::image {

// The side of the reduced page on which surroundings are looked at; lengths there are in its pixels.
constexpr int search_side = 800; // pixels, longer side

// 255 where it is so, in the size of the reduced page.
struct Alike {
    cv::Mat beyond;  // like what lies beyond the nearest place on its rim, and goes on into it
    cv::Mat desk;    // like what lies beyond elsewhere, and the photo ends at the nearest place
    cv::Mat paper;   // like the page's own paper, in whatever shade; where it was asked for
    cv::Mat letters; // like writing; where it was asked for
};

// Of the page of `size` whose pixels are `scale` of those that `mapping` leads back to `photo` from.
Alike like_surroundings(const cv::Mat& photo, const DenseMapping& mapping, cv::Size size, double scale,
                        bool with_writing);

} // namespace saring::image
