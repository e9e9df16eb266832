// The page as a flat picture that knows its size on paper.
#include "output/office_pictures.hpp"
#include "output/verify_plain.hpp"
#include "saring/error.hpp"

#include <opencv2/imgcodecs.hpp>
#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace saring::output {
namespace {

constexpr int jpeg_quality = 90; // what it takes for small print to stay sharp
constexpr double metres_per_inch = 0.0254;

const text::DocumentPage& only_page(const text::Document& document, const std::optional<Protection>& protection) {
    if (protection) {
        throw Error(ErrorCode::bad_password, "write", "a picture cannot be locked");
    }
    if (document.pages.empty()) {
        throw Error(ErrorCode::write_failed, "write", "a document without pages makes no picture");
    }
    return document.pages.front();
}

void append_number(FileBytes& out, std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) {
        out.push_back(static_cast<std::uint8_t>(number >> static_cast<unsigned>(shift)));
    }
}

// A chunk "pHYs" (PNG specification 11.3.5.3) behind the header, which always takes the first 33 bytes.
void set_png_resolution(FileBytes& png, double dpi) {
    constexpr std::ptrdiff_t header_end = 33;
    const auto per_metre = static_cast<std::uint32_t>(std::lround(dpi / metres_per_inch));
    FileBytes chunk{'p', 'H', 'Y', 's'};
    append_number(chunk, per_metre);
    append_number(chunk, per_metre);
    chunk.push_back(1); // the unit is the metre
    const auto check = static_cast<std::uint32_t>(crc32(0, chunk.data(), static_cast<uInt>(chunk.size())));
    FileBytes whole;
    append_number(whole, static_cast<std::uint32_t>(chunk.size() - 4));
    whole.insert(whole.end(), chunk.begin(), chunk.end());
    append_number(whole, check);
    png.insert(png.begin() + header_end, whole.begin(), whole.end());
}

// The density in the JFIF header (JFIF 1.02, page 5), which libjpeg writes first.
void set_jpeg_resolution(FileBytes& jpeg, double dpi) {
    constexpr std::string_view name = "JFIF";
    constexpr std::size_t name_at = 6;
    constexpr std::size_t density_at = 13;
    if (jpeg.size() < 20 || !std::equal(name.begin(), name.end(), jpeg.begin() + name_at)) {
        throw Error(ErrorCode::write_failed, "write", "the JPEG has no JFIF header");
    }
    const auto density = static_cast<std::uint16_t>(std::clamp(std::lround(dpi), 1L, 65535L));
    jpeg[density_at] = 1; // dots per inch
    for (const std::size_t at : {density_at + 1, density_at + 3}) {
        jpeg[at] = static_cast<std::uint8_t>(density >> 8U);
        jpeg[at + 1] = static_cast<std::uint8_t>(density & 0xFFU);
    }
}

} // namespace

FileBytes write_png(const text::Document& document, const std::optional<Protection>& protection) {
    const text::DocumentPage& page = only_page(document, protection);
    FileBytes png = page_png(page);
    set_png_resolution(png, page.dpi);
    return png;
}

FileBytes write_jpeg(const text::Document& document, const std::optional<Protection>& protection) {
    const text::DocumentPage& page = only_page(document, protection);
    FileBytes jpeg = page_jpeg(page, jpeg_quality);
    set_jpeg_resolution(jpeg, page.dpi);
    return jpeg;
}

void verify_picture(const FileBytes& file, const text::Document& document,
                    const std::optional<Protection>& protection) {
    const text::DocumentPage& page = only_page(document, protection);
    const cv::Mat picture = file.empty() ? cv::Mat() : cv::imdecode(file, cv::IMREAD_UNCHANGED);
    if (picture.cols != page.picture.width || picture.rows != page.picture.height) {
        throw Error(ErrorCode::write_failed, "verify", "the picture cannot be read back at its size");
    }
}

} // namespace saring::output
