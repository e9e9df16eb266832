// PNG by libpng's simplified interface, which keeps quiet and turns every kind of PNG into 8 bits. Of an animated PNG
// only the first picture is decoded; the rest is told as not rendered.
#include "image/load_common.hpp"

#include <cstring>
#include <png.h>

namespace saring::image {
namespace {

struct Reader {
    png_image image{};
    Reader() { image.version = PNG_IMAGE_VERSION; }
    ~Reader() { png_image_free(&image); }
    Reader(const Reader&) = delete;
    Reader& operator=(const Reader&) = delete;
};

[[noreturn]] void fail(const png_image& image) {
    const std::string reason = image.message;
    const bool cut_off = reason.find("beyond end of data") != std::string::npos;
    throw Error(cut_off ? ErrorCode::truncated : ErrorCode::corrupt, "load", reason);
}

// The size stands at a fixed place, so a bomb is refused before libpng sees it.
void check_header(Bytes bytes, const Limits& limits) {
    constexpr std::size_t name_at = 12;
    constexpr std::size_t width_at = 16;
    if (bytes.size() < width_at + 8) {
        throw Error(ErrorCode::truncated, "load");
    }
    if (std::memcmp(bytes.data() + name_at, "IHDR", 4) != 0) {
        throw Error(ErrorCode::corrupt, "load", "no IHDR chunk");
    }
    const auto number = [&](std::size_t at) {
        std::int64_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            value = value * 256 + std::to_integer<int>(bytes[at + i]);
        }
        return value;
    };
    check_size(number(width_at), number(width_at + 4), limits);
}

// A chunk "acTL" before the first "IDAT" announces an animation.
bool is_animated(Bytes bytes) {
    const std::string_view all(reinterpret_cast<const char*>(bytes.data()),
                               std::min<std::size_t>(bytes.size(), 1 << 16));
    const auto animation = all.find("acTL");
    return animation != std::string_view::npos && animation < all.find("IDAT");
}

class PngDocument : public DecodedPicture {
public:
    PngDocument(cv::Mat mat, bool animated) : DecodedPicture(std::move(mat)), animated_(animated) {}

    [[nodiscard]] std::vector<UnreadRegion> not_rendered(int page) override {
        if (!animated_) {
            return {};
        }
        const cv::Size size = page_size(page);
        return {{quad_of({0, 0, static_cast<float>(size.width), static_cast<float>(size.height)}),
                 UnreadReason::not_rendered,
                 {}}};
    }

private:
    bool animated_;
};

} // namespace

std::unique_ptr<Document> open_png(Bytes bytes, const Limits& limits) {
    check_header(bytes, limits);
    Reader reader;
    png_image& image = reader.image;
    if (png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) == 0) {
        fail(image);
    }
    check_size(image.width, image.height, limits);
    const bool alpha = (image.format & PNG_FORMAT_FLAG_ALPHA) != 0;
    image.format = alpha ? PNG_FORMAT_BGRA : PNG_FORMAT_BGR;
    cv::Mat mat(static_cast<int>(image.height), static_cast<int>(image.width), alpha ? CV_8UC4 : CV_8UC3);
    if (png_image_finish_read(&image, nullptr, mat.data, static_cast<png_int_32>(mat.step), nullptr) == 0 ||
        image.warning_or_error > 1) {
        fail(image);
    }
    cv::Mat upright = turned(alpha ? without_alpha(mat) : mat, exif_orientation(bytes));
    return std::make_unique<PngDocument>(std::move(upright), is_animated(bytes));
}

} // namespace saring::image
