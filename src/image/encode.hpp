// Pixels to the bytes of a picture file, by libjpeg and libpng.
#pragma once

#include "image/opencv_bridge.hpp"

#include <cstdint>
#include <vector>

namespace saring::image {

struct JpegOptions {
    int quality = 90; // 1 to 100
    bool progressive = false;
    bool small = false; // Huffman tables made for this picture: a few per cent smaller, for twice the time
    double dpi = 0;     // 0: not stated
};

// `mat` has one channel or three (BGR) of 8 bits and is not empty. All throw Error(write_failed).
std::vector<std::uint8_t> encode_jpeg(const cv::Mat& mat, const JpegOptions& options);
std::vector<std::uint8_t> encode_png(const cv::Mat& mat, double dpi = 0);

} // namespace saring::image
