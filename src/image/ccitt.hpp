// One-bit pictures as CCITT G4 (ITU-T T.6), without loss: what PDF calls CCITTFaxDecode with K -1.
#pragma once

#include "image/opencv_bridge.hpp"

#include <cstdint>
#include <vector>

namespace saring::image {

// `mask` is CV_8UC1; what is not 0 becomes a black run. The whole picture is one strip, first bit leftmost, ended by
// EOFB.
std::vector<std::uint8_t> encode_g4(const cv::Mat& mask);

// Back to 0 and 255. Throws Error(corrupt) for bytes that are no such picture.
cv::Mat decode_g4(const std::vector<std::uint8_t>& bytes, int width, int height);

} // namespace saring::image
