// Where the edge of a sheet, board or screen could run: several generators, because each fails on another background.
#pragma once

#include "image/opencv_bridge.hpp"

#include <vector>

namespace saring::image {

// Edges of one reduced picture, shared by the generators and by the scoring of their quads.
struct EdgeMaps {
    cv::Mat lab;                   // 8UC3, lightly blurred
    std::vector<cv::Mat> channels; // 8UC1: Lab and saturation with everything thinner than a stroke closed away
    cv::Mat distance;              // 32FC1: pixels to the nearest edge of any channel
    cv::Mat direction;             // 32FC2: unit normal of that edge
};

EdgeMaps edge_maps(const cv::Mat& bgr);

// Convex outlines of blobs in every channel, cut down to four corners. Good where the surface differs in colour.
std::vector<Quad> quads_from_outlines(const EdgeMaps& maps);

// Pairs of long straight segments. Good where the outline is broken by hands, heads or clutter.
std::vector<Quad> quads_from_segments(const EdgeMaps& maps);

} // namespace saring::image
