// What the loaders share: limits, turns, and alpha laid on a background.
#pragma once

#include "image/load.hpp"

#include <string>

namespace saring::image {

// Throws too_many_pixels when width x height exceeds the limit, corrupt when one of them is not positive.
void check_size(std::int64_t width, std::int64_t height, const Limits& limits);

// Throws too_many_pages.
void check_pages(std::int64_t pages, const Limits& limits);

// Sets a picture upright by its EXIF orientation (1 to 8; anything else counts as 1).
cv::Mat turned(const cv::Mat& mat, int exif_orientation);
cv::Size turned(cv::Size size, int exif_orientation);

// The EXIF orientation of a file, 1 where there is none. Reads the file's metadata only.
int exif_orientation(Bytes bytes);

// BGRA to BGR, on white or on black, whichever the visible pixels stand out against: a drawing with white strokes on a
// transparent ground would vanish on white.
cv::Mat without_alpha(const cv::Mat& bgra);

// Shrinks by area averaging so that the longer side is `longer_side` pixels; a smaller picture is left alone.
Pixels shrunk(const cv::Mat& mat, int longer_side);

// A document of one picture whose pixels cost the same at any size: decodes once and keeps the result.
class DecodedPicture : public Document {
public:
    explicit DecodedPicture(cv::Mat mat) : mat_(std::move(mat)) {}

    [[nodiscard]] int page_count() const override { return 1; }
    [[nodiscard]] cv::Size page_size(int) override { return mat_.size(); }
    [[nodiscard]] Pixels load(int, int enough) override;

private:
    cv::Mat mat_;
};

} // namespace saring::image
