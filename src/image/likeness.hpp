// Perceptual hash of a page.
#pragma once

#include "image/opencv_bridge.hpp"

#include <cstdint>

namespace saring::image {

// 63 bits; compare with unlikeness() of flat_page.hpp.
std::uint64_t likeness_of(const cv::Mat& bgr);

} // namespace saring::image
