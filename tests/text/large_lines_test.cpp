#include "support.hpp"
#include "text/large_lines.hpp"

using namespace saring;
using namespace saring::text;

namespace {

// A level line whose quad is two and a quarter x-heights high, as the locator makes them.
TextRegion line_at(float left, float middle, float width, float x_height, float confidence) {
    TextRegion out;
    const float half = 1.125F * x_height;
    out.quad = quad_of({left, middle - half, left + width, middle + half});
    out.x_height = x_height;
    out.confidence = confidence;
    for (float x = left + x_height; x < left + width; x += x_height) {
        out.marks.push_back({x, middle});
    }
    return out;
}

std::vector<float> x_heights_after(std::vector<TextRegion> large, std::vector<TextRegion> fine) {
    add_large(std::move(large), fine);
    std::vector<float> out;
    for (const TextRegion& region : fine) {
        out.push_back(region.x_height);
    }
    return out;
}

using Heights = std::vector<float>;

} // namespace

TEST_CASE("a line of large letters takes the place of the pieces that were seen of its strokes") {
    CHECK(x_heights_after({line_at(100, 200, 900, 80, 0.8F)},
                          {line_at(150, 180, 40, 20, 0.6F), line_at(300, 220, 50, 25, 0.55F)}) == Heights{80});
}

TEST_CASE("lines of ordinary size that run together on a smaller copy stay what they are") {
    CHECK(x_heights_after({line_at(100, 200, 900, 80, 0.8F)},
                          {line_at(100, 160, 880, 20, 0.8F), line_at(100, 240, 880, 20, 0.8F)}) == Heights{20, 20});
}

TEST_CASE("large letters beside lines of ordinary size with which they run together are kept, without those lines") {
    std::vector<TextRegion> regions{line_at(100, 180, 400, 20, 0.8F), line_at(100, 220, 400, 20, 0.8F)};
    add_large({line_at(100, 200, 900, 60, 0.8F)}, regions);
    REQUIRE(regions.size() == 3);
    CHECK(bounding_box(regions[2].quad).left == Approx(500).margin(1));
    CHECK(bounding_box(regions[2].quad).right == Approx(1000).margin(1));
    REQUIRE(regions[2].uncut.has_value()); // a word may have begun among them
    CHECK(bounding_box(*regions[2].uncut).left == Approx(100).margin(1));
    CHECK_FALSE(regions[0].uncut.has_value());
}

TEST_CASE("a line that is surer than the clutter with which it runs together stays") {
    CHECK(x_heights_after({line_at(50, 200, 1400, 90, 0.6F)}, {line_at(300, 210, 300, 30, 0.72F)}) == Heights{30, 90});
    CHECK(x_heights_after({line_at(50, 200, 1400, 90, 0.7F)}, {line_at(300, 210, 300, 30, 0.69F)}) == Heights{90});
}

TEST_CASE("a short word that is much surer than the clutter around it stays, however short it is") {
    const TextRegion clutter = line_at(0, 275, 520, 97, 0.59F);
    CHECK(x_heights_after({clutter}, {line_at(96, 267, 116, 18, 0.82F)}) == Heights{18, 97});
    CHECK(x_heights_after({clutter}, {line_at(96, 267, 116, 18, 0.77F)}) == Heights{97});
}

TEST_CASE("a line wider than two of the large letters is no stroke of one, and stays where it is as sure") {
    CHECK(x_heights_after({line_at(50, 200, 1400, 90, 0.66F)}, {line_at(300, 210, 300, 30, 0.69F)}) == Heights{30, 90});
    CHECK(x_heights_after({line_at(50, 200, 1400, 90, 0.66F)}, {line_at(300, 210, 180, 30, 0.69F)}) == Heights{90});
}

TEST_CASE("strokes of a few large letters that look like an unsure line do not cost the line of large letters") {
    const TextRegion strokes = line_at(115, 114, 339, 33, 0.54F);
    CHECK(x_heights_after({line_at(57, 101, 670, 87, 0.8F)}, {strokes}) == Heights{87});
    CHECK(x_heights_after({line_at(57, 101, 670, 87, 0.7F)}, {strokes}) == Heights{33});
    CHECK(x_heights_after({line_at(57, 101, 1450, 87, 0.8F)}, {line_at(115, 114, 1200, 33, 0.54F)}) == Heights{33});
    std::vector<TextRegion> lines;
    for (int i = 0; i < 3; ++i) {
        lines.push_back(line_at(115 + 200.0F * static_cast<float>(i), 114, 190, 20, 0.55F));
    }
    CHECK(x_heights_after({line_at(57, 101, 670, 87, 0.8F)}, lines) == Heights{20, 20, 20});
}

TEST_CASE("a line is not lost to a block of which nothing else is known than that lines run together in it") {
    const TextRegion line = line_at(156, 300, 442, 38, 0.6F);
    CHECK(x_heights_after({line_at(100, 354, 644, 205, 0.87F)}, {line}) == Heights{38, 205}); // no room for a term
    CHECK(x_heights_after({line_at(100, 354, 1000, 205, 0.87F)}, {line}) == Heights{205});
}
