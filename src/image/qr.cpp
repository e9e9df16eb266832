#include "image/qr.hpp"

#define ZX_USE_UTF8 1 // Result::text() as std::string
#include <ZXing/ReadBarcode.h>

#include <exception>

namespace saring::image {
namespace {

// ZXing names the pixel, we its corner: half a pixel lies between them, which no caller of this notices.
Point point_of(ZXing::PointI point) { return {static_cast<float>(point.x), static_cast<float>(point.y)}; }

Quad quad_of(const ZXing::Position& place) {
    return {{point_of(place.topLeft()), point_of(place.topRight()), point_of(place.bottomRight()),
             point_of(place.bottomLeft())}};
}

} // namespace

std::vector<QrCode> qr_codes(ImageView picture) {
    if (picture.empty()) {
        return {};
    }
    const auto format = picture.format == PixelFormat::gray8 ? ZXing::ImageFormat::Lum : ZXing::ImageFormat::BGR;
    const ZXing::ImageView view(picture.pixels, picture.width, picture.height, format,
                                static_cast<int>(picture.row_bytes));
    std::vector<QrCode> codes;
    try {
        for (const ZXing::Result& result :
             ZXing::ReadBarcodes(view, ZXing::DecodeHints().setFormats(ZXing::BarcodeFormat::QRCode))) {
            if (result.isValid()) {
                codes.push_back({result.text(), quad_of(result.position())});
            }
        }
    } catch (const std::exception&) { // a page is none the worse for a code that breaks the decoder
    }
    return codes;
}

} // namespace saring::image
