// Stage "rectify" for showing: the sheets, boards or slides of a photo as flat, clean, upright pages of their true
// size.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/convert.hpp"
#include "saring/page.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace saring::image {

using saring::PageMode;
using saring::Paper;

struct FlatOptions {
    PageMode mode = PageMode::automatic;
    Paper paper = Paper::automatic;
    double most_dpi = 300;
    bool crop = true; // false: keep the whole photo as the page
};

// The way from a flat page back to the photo: a grid of photo points, `step` pixels of the page apart, bilinear
// between.
struct DenseMapping {
    int step = 16;
    cv::Mat grid; // CV_32FC2; grid(r, c) is where page point (c * step, r * step) lies on the photo

    [[nodiscard]] Point to_original(Point p) const;
    [[nodiscard]] Quad to_original(const Quad& quad) const;
};

struct FlatPage {
    cv::Mat reading; // BGR, flat and upright, light as it fell: for reading
    cv::Mat shown;   // BGR, same size, clean: light and shadow gone, paper near white, colours kept
    double dpi = 300;
    SurfaceKind kind = SurfaceKind::paper;
    bool found = true;          // false: no boundary was found and the whole photo is the page
    bool curled = false;        // the sheet was bent and has been unrolled
    bool blank = false;         // nothing stands on it
    std::uint64_t likeness = 0; // perceptual hash of `shown`: pages that differ in few bits look alike
    DenseMapping mapping;
};

// One page as a rule; two for a spread, left before right; several for several sheets that lie beside one another.
// `photo` is BGR at full size, `facts` what a scan read on it (surfaces, rotation, lines; in its pixels).
std::vector<FlatPage> flatten_pages(const cv::Mat& photo, const Page& facts, const FlatOptions& options);

// Bits in which two likenesses differ, 0 to 64.
int unlikeness(std::uint64_t a, std::uint64_t b);

} // namespace saring::image
