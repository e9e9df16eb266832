// Stage "load": bytes to pages of pixels. The content decides, not the file's name.
//
// A Document borrows the bytes that it was opened from and decodes pages on demand, so that a long document needs the
// memory of one page. All functions throw saring::Error with stage "load".
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/page.hpp"
#include "saring/scan.hpp"

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace saring::image {

using Bytes = std::span<const std::byte>;

// Pixels of a page (BGR, 8 bit, after the EXIF turn), perhaps reduced: one pixel of the original is `scale` pixels
// here.
struct Pixels {
    cv::Mat mat;
    double scale = 1; // 0 < scale <= 1
};

class Document {
public:
    virtual ~Document() = default;

    [[nodiscard]] virtual int page_count() const = 0;

    // Pixels of the page as every quad counts them: after the EXIF turn, at full size.
    [[nodiscard]] virtual cv::Size page_size(int page) = 0;

    // Decodes a page. With `enough` > 0 the decoder may reduce the picture while its longer side stays at or above
    // `enough` pixels, which costs less where the format allows it; 0 asks for all pixels.
    [[nodiscard]] virtual Pixels load(int page, int enough = 0) = 0;

    // Words that the file itself states as text, placed on the page (PDF only).
    [[nodiscard]] virtual std::vector<Line> text_layer(int page);

    // Of a film: when the frame is shown, in seconds from its begin.
    [[nodiscard]] virtual std::optional<double> seconds(int page) const;

    // Regions of the page that cannot be turned into pixels at all, for example later frames of an animation.
    [[nodiscard]] virtual std::vector<UnreadRegion> not_rendered(int page);
};

// The media type by magic numbers: "image/jpeg", "application/pdf" …; empty when the content is not known.
std::string_view sniff(Bytes bytes);

// Reads a file whole. Errors: not_found, is_folder, no_permission, not_a_file, read_failed, empty_file, file_too_large.
std::vector<std::byte> read_file(const std::filesystem::path& path, const Limits& limits);

// Opens what was read. Errors: empty_file, unknown_format, corrupt, truncated, too_many_pixels, too_many_pages,
// password_needed. `limits` is copied.
std::unique_ptr<Document> open_document(Bytes bytes, const Limits& limits);

// Formats, one function each; open_document() picks among them by sniff().
std::unique_ptr<Document> open_jpeg(Bytes bytes, const Limits& limits);
std::unique_ptr<Document> open_png(Bytes bytes, const Limits& limits);
std::unique_ptr<Document> open_webp(Bytes bytes, const Limits& limits);
std::unique_ptr<Document> open_bmp(Bytes bytes, const Limits& limits);
std::unique_ptr<Document> open_gif(Bytes bytes, const Limits& limits);
std::unique_ptr<Document> open_tiff(Bytes bytes, const Limits& limits);
std::unique_ptr<Document> open_heif(Bytes bytes, const Limits& limits);
std::unique_ptr<Document> open_pdf(Bytes bytes, const Limits& limits);
std::unique_ptr<Document> open_video(Bytes bytes, const Limits& limits);

// Silences the libraries that would print to stderr. Called once before the first document is opened.
void silence_libraries();

} // namespace saring::image
