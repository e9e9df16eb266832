// Stage "locate": where a line of text stands, at any angle, dark or light, in any script, whether or not it can be
// read.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/page.hpp"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace saring::text {

// Probability of handwriting from which a region may be, and rather is, written by hand.
inline constexpr float perhaps_hand = 0.3F;
inline constexpr float rather_hand = 0.5F;

// A line of text, or a piece of one. Corners run in reading direction, so a quad around upside-down text begins at the
// lower right; the quad holds ascenders and descenders.
struct TextRegion {
    Quad quad;            // pixels of the picture given to locate()
    float confidence = 0; // mean probability of text within it
    float x_height = 0;   // estimated, pixels of that picture
    float foreign = 0;    // probability of a script that Indonesian and English are not written in
    float handwriting = 0;
    std::optional<Quad> uncut; // of a large line, before lines that lie in it were cut off: its letters may be in them
    std::vector<Point> marks;  // places on the strokes, spread over the region: what a reading must cover
};

// The region moved by a function of points; x_height is scaled by `factor`.
template <typename Move> TextRegion moved(TextRegion region, Move move, float factor) {
    const auto move_all = [&](auto& points) { std::transform(points.begin(), points.end(), points.begin(), move); };
    move_all(region.quad.corners);
    move_all(region.marks);
    if (region.uncut) {
        move_all(region.uncut->corners);
    }
    region.x_height *= factor;
    return region;
}

// From the pixels of a picture at `scale` of another to that one's own.
inline void scale_up(std::vector<TextRegion>& regions, double scale) {
    const auto grow = static_cast<float>(1 / scale);
    for (TextRegion& region : regions) {
        region = moved(
            std::move(region),
            [&](Point p) {
                return Point{p.x * grow, p.y * grow};
            },
            grow);
    }
}

// Whether lines that stand so close that they are located as one block are parted. Bricks and leaves fall apart, too.
enum class Blocks : std::uint8_t { whole, parted };

// The networks of models/text-locator.onnx and models/mark-locator.onnx. Not safe for use from two threads at the same
// time.
class TextLocator {
public:
    // The model is loaded with the first picture.
    explicit TextLocator(const std::filesystem::path& model);
    ~TextLocator();
    TextLocator(TextLocator&&) noexcept;
    TextLocator& operator=(TextLocator&&) noexcept;

    // Regions in a colour picture, in no order. Letters whose x-height is below about 3 pixels are not seen; letters
    // above about 38 pixels are found on a smaller copy of the picture.
    [[nodiscard]] std::vector<TextRegion> locate(const cv::Mat& bgr, Blocks blocks = Blocks::whole);

    // Loads the model now. Throws Error(missing_model), as the first picture does otherwise.
    void prepare();

private:
    class Network; // keeps the network's library out of this header
    std::filesystem::path model_;
    std::unique_ptr<Network> network_; // null until it is needed
};

} // namespace saring::text
