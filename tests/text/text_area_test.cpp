#include "support.hpp"
#include "text/text_area.hpp"

#include <cmath>
#include <numbers>

using namespace saring;
using namespace saring::text;

namespace {

constexpr float turn = 25; // degrees

// A point of a sheet that lies turned on the picture, its upper left corner at 500, 100.
Point on_sheet(float along, float across) {
    const float a = turn * std::numbers::pi_v<float> / 180;
    return {500 + along * std::cos(a) - across * std::sin(a), 100 + along * std::sin(a) + across * std::cos(a)};
}

TextRegion line_at(float along, float across, float width) {
    constexpr float height = 20;
    TextRegion out;
    out.quad.corners = {on_sheet(along, across), on_sheet(along + width, across),
                        on_sheet(along + width, across + height), on_sheet(along, across + height)};
    out.x_height = height / 2;
    return out;
}

const TextArea& area() {
    static const TextArea known({line_at(0, 0, 600), line_at(0, 400, 500), line_at(100, 780, 200)});
    return known;
}

} // namespace

TEST_CASE("the area of a page's text is turned as its lines are") {
    CHECK(area().turn() == Approx(turn));
    const Point middle = area().place_of(on_sheet(300, 400));
    CHECK(middle.x == Approx(0.5));
    CHECK(middle.y == Approx(0.5));
}

TEST_CASE("words that are located as if they lay level do not tell the turn of longer lines") {
    TextRegion word;
    word.quad = quad_of({700, 300, 740, 320});
    CHECK(TextArea({word, word, word, line_at(0, 100, 500)}).turn() == Approx(turn));
}

TEST_CASE("what lies beside turned text is not within its area, though an upright box around it holds that") {
    CHECK(area().holds(on_sheet(300, 700)));
    CHECK_FALSE(area().holds(on_sheet(300, -60)));
    CHECK_FALSE(area().holds(on_sheet(-60, 400)));
    CHECK(area().holds(on_sheet(300, -60), 0.1F));
    CHECK_FALSE(area().holds(on_sheet(300, -100), 0.1F));
}

TEST_CASE("lines that stand on their heads tell the same area") {
    TextRegion over = line_at(0, 0, 600);
    std::swap(over.quad.corners[0], over.quad.corners[2]);
    std::swap(over.quad.corners[1], over.quad.corners[3]);
    CHECK(TextArea({over}).turn() == Approx(turn));
    CHECK(TextArea({over}).holds(on_sheet(300, 10)));
    CHECK_FALSE(TextArea({over}).holds(on_sheet(300, 30)));
}
