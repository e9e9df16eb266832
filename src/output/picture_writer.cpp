// The page as a flat picture that knows its size on paper.
#include "image/load.hpp"
#include "output/office_pictures.hpp"
#include "output/verify_plain.hpp"
#include "saring/error.hpp"

namespace saring::output {
namespace {

constexpr int jpeg_quality = 90; // what it takes for small print to stay sharp

const text::DocumentPage& only_page(const text::Document& document, const std::optional<Protection>& protection) {
    if (protection) {
        throw Error(ErrorCode::bad_password, "write", "a picture cannot be locked");
    }
    if (document.pages.empty()) {
        throw Error(ErrorCode::write_failed, "write", "a document without pages makes no picture");
    }
    return document.pages.front();
}

} // namespace

FileBytes write_png(const text::Document& document, const std::optional<Protection>& protection) {
    return page_png(only_page(document, protection));
}

FileBytes write_jpeg(const text::Document& document, const std::optional<Protection>& protection) {
    return page_jpeg(only_page(document, protection), jpeg_quality);
}

void verify_picture(const FileBytes& file, const text::Document& document,
                    const std::optional<Protection>& protection) {
    const text::DocumentPage& page = only_page(document, protection);
    cv::Size size;
    try {
        size = image::open_document(std::as_bytes(std::span(file)), Limits())->load(0).mat.size();
    } catch (const Error&) {
        size = {};
    }
    if (size != cv::Size(page.picture.width, page.picture.height)) {
        throw Error(ErrorCode::write_failed, "verify", "the picture cannot be read back at its size");
    }
}

} // namespace saring::output
