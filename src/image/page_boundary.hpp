// Which parts of a photo become pages: among the surfaces that a scan saw, those that hold the text.
#pragma once

#include "image/flat_page.hpp"

#include <vector>

namespace saring::image {

struct PageRegion {
    Quad quad; // photo pixels; corners run from the top left in reading direction
    SurfaceKind kind = SurfaceKind::paper;
    bool found = true;    // false: the whole photo
    bool whole = true;    // all of the sheet's edges are in view, so its aspect is the paper's
    bool is_scan = false; // the photo itself is a flat page: a scan, a screenshot
};

// At least one region; several sheets that lie beside one another come in reading order.
std::vector<PageRegion> page_regions(const cv::Mat& photo, const Page& facts, const FlatOptions& options);

// Whether a read line is surely writing: sure enough, and more than a stray letter.
bool is_content(const Line& line);

} // namespace saring::image
