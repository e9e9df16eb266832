// Where the edge of a sheet, board or screen could run: several generators, because each fails on another background.
#pragma once

#include "image/opencv_bridge.hpp"

#include <cstddef>
#include <vector>

namespace saring::image {

// 8UC1: L, a and b of Lab, and saturation, with everything thinner than a stroke closed away.
std::vector<cv::Mat> closed_channels(const cv::Mat& bgr);

// Edges of one reduced picture, shared by the generators and by the scoring of their quads.
struct EdgeMaps {
    cv::Mat lab;                   // 8UC3, lightly blurred
    std::vector<cv::Mat> channels; // as of closed_channels()
    cv::Mat nearness;              // 64FC1: of the nearest edge of any channel, 1 on it, exp(-1) two pixels away
    cv::Mat direction;             // 32FC2: unit normal of that edge
};

EdgeMaps edge_maps(const cv::Mat& bgr);

// Convex outlines of blobs in each of some closed channels, cut down to four corners. Good where the surface differs in
// colour.
std::vector<Quad> quads_from_outlines(const std::vector<cv::Mat>& channels);

// Pairs of long straight segments in them. Good where the outline is broken by hands, heads or clutter. Of the longest
// lines of each direction so many take part: the number of quads grows with its fourth power.
std::vector<Quad> quads_from_segments(const std::vector<cv::Mat>& channels, std::size_t most_lines);

} // namespace saring::image
