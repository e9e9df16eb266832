// Stage "clean": the page as people like to see it. Light and shadow are taken out, paper becomes nearly white, and
// ink, stamps, markers and pictures keep their colours.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/page.hpp"

#include <vector>

namespace saring::image {

// Grey level of clean paper: white to the eye, and not blown.
constexpr int clean_paper = 250;

// The page cleaned as its kind asks for: slides and screens only get a mild white balance, notes keep the colour of
// their paper. A picture that is hardly paper (scenery, a poster) is treated like a slide.
cv::Mat clean_page(const cv::Mat& page, SurfaceKind kind);

// Paints what is no part of the page with its paper: cells that lie outside of the photo (255 in `outside`, any size,
// stretched over the page), and dark edges, slivers of the desk and fingers that reach in from the rim. Never within
// `content`, page pixels.
void clear_margins(cv::Mat& clean, const cv::Mat& outside, const std::vector<Quad>& content);

} // namespace saring::image
