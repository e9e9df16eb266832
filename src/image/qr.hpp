// QR codes on a page, by ZXing: what they hold and where they stand.
#pragma once

#include "saring/geometry.hpp"
#include "saring/image.hpp"

#include <string>
#include <vector>

namespace saring::image {

struct QrCode {
    std::string text; // UTF-8
    Quad quad;        // pixels of the picture, in the code's own reading direction
};

// Every code that could be decoded, also turned and small ones; empty when ZXing gives up. A code that is too blurred
// to decode is not told.
std::vector<QrCode> qr_codes(ImageView picture);

} // namespace saring::image
