// The photo with everything drawn on it that the verdict rests on.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/scan.hpp"

#include <filesystem>

namespace saring::output {

// Draws surfaces (blue), lines (green), unread regions (yellow) and findings (red) on a copy of the page. `page` is at
// `scale` of the original's size.
cv::Mat preview(const cv::Mat& page, double scale, const Page& facts, const ScanResult& result);

// Writes a picture aside, then renames it; created readable by its owner only. Throws Error(write_failed).
void write_picture(const cv::Mat& picture, const std::filesystem::path& file);

} // namespace saring::output
