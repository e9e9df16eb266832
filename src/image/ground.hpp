// What lies under strokes, for the pictures that stage "enhance" makes. All functions are pure.
#pragma once

#include "image/opencv_bridge.hpp"

namespace saring::image {

constexpr int background_side = 400; // longer side, in pixels, of the picture in which the background is estimated
constexpr double paper_level = 245;  // grey level that flat paper gets

// The picture reduced until its longer side has at most so many pixels.
cv::Mat shrunk_to(const cv::Mat& mat, int side);

// The grey level below which `share` of the pixels lie.
int percentile(const cv::Mat& gray, double share);

// A disc of so many pixels, for morphology.
cv::Mat ellipse(int size);

// The brightness of the paper under the strokes of one channel, in a picture reduced to `side`: strokes up to 15 pixels
// broad there are gone, and so is what is less than half of a place as large.
cv::Mat paper_of(const cv::Mat& gray, int side = background_side);

// The mean of the values (CV_32F) around each pixel, by a Gaussian of so many pixels, to which those under the mask
// count nothing.
cv::Mat mean_around(const cv::Mat& values, const cv::Mat& mask, double sigma);

} // namespace saring::image
