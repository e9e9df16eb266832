#include "support.hpp"
#include "text/aslant.hpp"

#include <cmath>
#include <numbers>

using namespace saring;
using namespace saring::text;

namespace {

// A region 300 pixels long that runs at so many degrees.
TextRegion region_at(float degrees, float confidence = 0.6F, float handwriting = 0) {
    const float a = degrees * std::numbers::pi_v<float> / 180;
    const auto at = [&](float along, float across) {
        return Point{400 + along * std::cos(a) - across * std::sin(a),
                     400 + along * std::sin(a) + across * std::cos(a)};
    };
    TextRegion out;
    out.quad.corners = {at(0, 0), at(300, 0), at(300, 40), at(0, 40)};
    out.x_height = 20;
    out.confidence = confidence;
    out.handwriting = handwriting;
    return out;
}

const Aslant& page() {
    static const Aslant known(
        std::vector<TextRegion>{region_at(1), region_at(2), region_at(2), region_at(3), region_at(30)});
    return known;
}

} // namespace

TEST_CASE("a half-sure line across the page's direction counts as text, along it it does not") {
    CHECK(page().is_text(region_at(30)));
    CHECK(page().is_text(region_at(-12)));
    CHECK_FALSE(page().is_text(region_at(4)));
    CHECK_FALSE(page().is_text(region_at(30, 0.5F)));
}

TEST_CASE("columns run up or down the page's lines, and nothing else does") {
    CHECK(page().stands_on_end(region_at(92).quad));
    CHECK(page().stands_on_end(region_at(-80).quad));
    CHECK_FALSE(page().stands_on_end(region_at(60).quad));
    CHECK_FALSE(page().stands_on_end(region_at(182).quad));
    CHECK_FALSE(Aslant({region_at(0), region_at(0)}).stands_on_end(region_at(90).quad));
}

TEST_CASE("handwriting, quarter turns and scraps tell no stamp, and few lines tell no direction") {
    CHECK_FALSE(page().is_text(region_at(30, 0.6F, 0.5F)));
    CHECK_FALSE(page().is_text(region_at(92)));
    CHECK_FALSE(page().is_text(region_at(182)));
    TextRegion scrap = region_at(30);
    scrap.x_height = 80;
    CHECK_FALSE(page().is_text(scrap));
    CHECK_FALSE(Aslant({region_at(0), region_at(0)}).is_text(region_at(30)));
}
