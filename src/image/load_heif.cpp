// HEIC and AVIF by libheif. Only the primary picture is read: bursts, motion clips, depth and gain maps hang beside it
// in the same file. libheif applies the file's own rotation, so the EXIF turn is not applied a second time.
#include "image/heif_exif.hpp"
#include "image/load_common.hpp"

#include <libheif/heif.h>
#include <opencv2/imgproc.hpp>

#include <memory>

namespace saring::image {
namespace {

struct FreeContext {
    void operator()(heif_context* context) const { heif_context_free(context); }
};
struct FreeHandle {
    void operator()(heif_image_handle* handle) const { heif_image_handle_release(handle); }
};
struct FreeImage {
    void operator()(heif_image* image) const { heif_image_release(image); }
};
using Context = std::unique_ptr<heif_context, FreeContext>;
using Handle = std::unique_ptr<heif_image_handle, FreeHandle>;
using Picture = std::unique_ptr<heif_image, FreeImage>;

void check(const heif_error& error) {
    if (error.code == heif_error_Ok) {
        return;
    }
    const bool cut_off = error.subcode == heif_suberror_End_of_data;
    const bool no_memory = error.code == heif_error_Memory_allocation_error;
    throw Error(no_memory ? ErrorCode::out_of_memory
                : cut_off ? ErrorCode::truncated
                          : ErrorCode::corrupt,
                "load", error.message != nullptr ? error.message : "");
}

Context opened(Bytes bytes) {
    Context context(heif_context_alloc());
    check(heif_context_read_from_memory_without_copy(context.get(), bytes.data(), bytes.size(), nullptr));
    return context;
}

Handle primary(const Context& context) {
    heif_image_handle* handle = nullptr;
    check(heif_context_get_primary_image_handle(context.get(), &handle));
    return Handle(handle);
}

} // namespace

std::unique_ptr<Document> open_heif(Bytes bytes, const Limits& limits) {
    const Context context = opened(bytes);
    const Handle handle = primary(context);
    check_size(heif_image_handle_get_width(handle.get()), heif_image_handle_get_height(handle.get()), limits);
    const bool alpha = heif_image_handle_has_alpha_channel(handle.get()) != 0;
    heif_image* decoded = nullptr;
    check(heif_decode_image(handle.get(), &decoded, heif_colorspace_RGB,
                            alpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB, nullptr));
    const Picture picture(decoded);
    int row_bytes = 0;
    auto* plane = heif_image_get_plane(picture.get(), heif_channel_interleaved, &row_bytes);
    const int width = heif_image_get_width(picture.get(), heif_channel_interleaved);
    const int height = heif_image_get_height(picture.get(), heif_channel_interleaved);
    if (plane == nullptr || width <= 0 || height <= 0) {
        throw Error(ErrorCode::corrupt, "load", "no pixels");
    }
    const cv::Mat rgb(height, width, alpha ? CV_8UC4 : CV_8UC3, plane, static_cast<std::size_t>(row_bytes));
    cv::Mat bgr;
    cv::cvtColor(rgb, bgr, alpha ? cv::COLOR_RGBA2BGRA : cv::COLOR_RGB2BGR);
    return std::make_unique<DecodedPicture>(alpha ? without_alpha(bgr) : bgr);
}

std::vector<std::uint8_t> heif_exif(Bytes bytes) {
    const Context context = opened(bytes);
    const Handle handle = primary(context);
    heif_item_id id = 0;
    if (heif_image_handle_get_list_of_metadata_block_IDs(handle.get(), "Exif", &id, 1) != 1) {
        return {};
    }
    std::vector<std::uint8_t> block(heif_image_handle_get_metadata_size(handle.get(), id));
    check(heif_image_handle_get_metadata(handle.get(), id, block.data()));
    // The block begins with the offset of the TIFF header, counted from behind the offset.
    constexpr std::size_t offset_bytes = 4;
    if (block.size() < offset_bytes) {
        return {};
    }
    const std::size_t skip =
        offset_bytes + (static_cast<std::size_t>(block[0]) << 24 | static_cast<std::size_t>(block[1]) << 16 |
                        static_cast<std::size_t>(block[2]) << 8 | block[3]);
    if (skip >= block.size()) {
        return {};
    }
    block.erase(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(skip));
    return block;
}

} // namespace saring::image
