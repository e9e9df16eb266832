// Stage "clean": the page as people like to see it. Light and shadow are taken out, paper becomes nearly white, and
// ink, stamps, markers and pictures keep their colours.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/page.hpp"

namespace saring::image {

// Grey level of clean paper: white to the eye, and not blown.
constexpr int clean_paper = 250;

// The page cleaned as its kind asks for: slides and screens only get a mild white balance, notes keep the colour of
// their paper. A picture that is hardly paper (scenery, a poster) is treated like a slide; where no sheet's boundary
// was `found` it must be more of it.
cv::Mat clean_page(const cv::Mat& page, SurfaceKind kind, bool found);

} // namespace saring::image
