// Stamps and watermarks: what is laid over or under a page, each kind on a picture of its strokes alone.
#pragma once

#include "image/mapping.hpp"
#include "pipeline/page_scan.hpp"

#include <vector>

namespace saring::pipeline {

// `known`: the page's own lines, in its pixels, at least one; `read`: those that were surely read, in pixels of the
// original. Adds lines of style `stamp` and unread regions to `out`,
// in pixels of the original.
void read_overlays(const image::View& page, const std::vector<text::TextRegion>& known, const std::vector<Quad>& read,
                   const Tools& tools, text::Deadline deadline, Page& out);

} // namespace saring::pipeline
