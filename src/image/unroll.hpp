// Stage "unroll": a page whose lines of writing run aslant or bent gets a way back to the photo on which they are
// straight.
#pragma once

#include "image/page_boundary.hpp"
#include "image/page_grid.hpp"
#include "image/paper_size.hpp"

namespace saring::image {

struct FlatWay {
    WayBack way;     // from page points, in units of one photo pixel's detail
    cv::Size2d size; // of the page in the same units
    bool curled = false;
    bool exact_aspect = true; // the page's edges are the sheet's, so its aspect may be a paper's
};

// The region's way as a plane, and better ones where its text asks for it: turned upright to the degree, or unrolled
// from a bent sheet. What is kept is what makes the lines of writing straightest.
FlatWay flat_way(const cv::Mat& photo, const PageRegion& region, const Page& facts);

} // namespace saring::image
