#include "image/load_common.hpp"

#include "image/area_average.hpp"
#include "image/metadata.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <string>

namespace saring::image {

void check_size(std::int64_t width, std::int64_t height, const Limits& limits) {
    if (width <= 0 || height <= 0) {
        throw Error(ErrorCode::corrupt, "load", "the picture has no width or height");
    }
    constexpr std::int64_t longest_side = 1'000'000; // keeps width x height within 64 bits
    if (width > longest_side || height > longest_side || static_cast<std::uint64_t>(width * height) > limits.pixels) {
        throw Error(ErrorCode::too_many_pixels, "load",
                    std::to_string(width) + " x " + std::to_string(height) + " > " + std::to_string(limits.pixels));
    }
}

void check_pages(std::int64_t pages, const Limits& limits) {
    if (pages <= 0) {
        throw Error(ErrorCode::corrupt, "load", "the document has no pages");
    }
    if (pages > limits.pages) {
        throw Error(ErrorCode::too_many_pages, "load", std::to_string(pages) + " > " + std::to_string(limits.pages));
    }
}

cv::Mat turned(const cv::Mat& mat, int exif_orientation) {
    cv::Mat out;
    switch (exif_orientation) {
    case 2: cv::flip(mat, out, 1); break;
    case 3: cv::rotate(mat, out, cv::ROTATE_180); break;
    case 4: cv::flip(mat, out, 0); break;
    case 5: cv::transpose(mat, out); break;
    case 6: cv::rotate(mat, out, cv::ROTATE_90_CLOCKWISE); break;
    case 7:
        cv::transpose(mat, out);
        cv::rotate(out, out, cv::ROTATE_180);
        break;
    case 8: cv::rotate(mat, out, cv::ROTATE_90_COUNTERCLOCKWISE); break;
    default: return mat;
    }
    return out;
}

cv::Size turned(cv::Size size, int exif_orientation) {
    return exif_orientation >= 5 && exif_orientation <= 8 ? cv::Size(size.height, size.width) : size;
}

int exif_orientation(Bytes bytes) { return read_metadata(bytes).orientation; }

cv::Mat without_alpha(const cv::Mat& bgra) {
    double light = 0;
    double weight = 0;
    for (int y = 0; y < bgra.rows; ++y) {
        const auto* row = bgra.ptr<cv::Vec4b>(y);
        for (int x = 0; x < bgra.cols; ++x) {
            const double alpha = row[x][3];
            light += alpha * (row[x][0] + row[x][1] + row[x][2]) / 3;
            weight += alpha;
        }
    }
    constexpr double light_strokes = 170; // mean grey level from which visible pixels would fade on white
    const double opaque_share = weight / (255.0 * static_cast<double>(bgra.total()));
    const bool on_black = weight > 0 && light / weight > light_strokes && opaque_share < 0.5;
    const int ground = on_black ? 0 : 255;

    cv::Mat bgr(bgra.size(), CV_8UC3);
    for (int y = 0; y < bgra.rows; ++y) {
        const auto* from = bgra.ptr<cv::Vec4b>(y);
        auto* to = bgr.ptr<cv::Vec3b>(y);
        for (int x = 0; x < bgra.cols; ++x) {
            const int alpha = from[x][3];
            for (int c = 0; c < 3; ++c) {
                to[x][c] = static_cast<std::uint8_t>((from[x][c] * alpha + ground * (255 - alpha) + 127) / 255);
            }
        }
    }
    return bgr;
}

Pixels shrunk(const cv::Mat& mat, int longer_side) {
    const int longest = std::max(mat.cols, mat.rows);
    if (longer_side <= 0 || longest <= longer_side) {
        return {mat, 1.0};
    }
    const double scale = static_cast<double>(longer_side) / longest;
    return {area_averaged(mat, scale), scale};
}

Pixels DecodedPicture::load(int, int enough) { return shrunk(mat_, enough); }

} // namespace saring::image
