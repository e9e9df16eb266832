// How large a sheet is in truth, and how many pixels its page gets.
#pragma once

#include "image/flat_page.hpp"

namespace saring::image {

struct PaperSize {
    cv::Size pixels;
    double dpi = 300;
};

// Width over height of the rectangle that the camera saw as `quad`, from perspective geometry; the principal point is
// taken to be the photo's centre.
double aspect_of(const Quad& quad, cv::Size photo);

// The paper nearest to the aspect (width over height), or Paper::automatic when none is near.
Paper paper_near(double aspect, SurfaceKind kind);

// `detail` is the page's size in pixels of the photo, in the true aspect. With a known paper the aspect becomes that
// paper's and the dpi lead to its physical size; else the page is taken to be as wide as A4, or as a receipt when it
// is long and narrow. Never above `most_dpi`, never enlarged.
PaperSize paper_size(cv::Size2d detail, Paper paper, SurfaceKind kind, double most_dpi);

} // namespace saring::image
