// Pictures in memory: Image owns its pixels, ImageView borrows them. Rows run from top to bottom.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace saring {

enum class PixelFormat : std::uint8_t {
    gray8, // one byte a pixel, 0 is black
    bgr8,  // three bytes a pixel: blue, green, red
};

constexpr int bytes_per_pixel(PixelFormat format) { return format == PixelFormat::gray8 ? 1 : 3; }

// Borrows pixels; the owner must outlive the view. Safe to read from several threads.
struct ImageView {
    const std::uint8_t* pixels = nullptr;
    int width = 0;                // pixels
    int height = 0;               // pixels
    std::ptrdiff_t row_bytes = 0; // distance between the starts of two rows
    PixelFormat format = PixelFormat::bgr8;

    [[nodiscard]] bool empty() const { return pixels == nullptr || width <= 0 || height <= 0; }
};

// Owns pixels without padding between rows.
struct Image {
    std::vector<std::uint8_t> pixels;
    int width = 0;
    int height = 0;
    PixelFormat format = PixelFormat::bgr8;

    [[nodiscard]] ImageView view() const {
        return {pixels.data(), width, height, static_cast<std::ptrdiff_t>(width) * bytes_per_pixel(format), format};
    }
};

} // namespace saring
