#include "support.hpp"
#include "text/target.hpp"

using namespace saring;
using namespace saring::text;

namespace {

TextRegion region(Box box) {
    TextRegion out;
    out.quad = quad_of(box);
    out.x_height = box.height() / 2.25F;
    out.confidence = 0.9F;
    for (int i = 0; i < 20; ++i) {
        out.marks.push_back({box.left + box.width() * (static_cast<float>(i) + 0.5F) / 20, (box.top + box.bottom) / 2});
    }
    return out;
}

std::vector<TextRegion> three_lines() {
    return {region({100, 100, 700, 145}), region({100, 200, 700, 245}), region({100, 300, 700, 345})};
}

image::View page() { return {cv::Mat(600, 800, CV_8UC3, cv::Scalar::all(240)), {}}; }

Line reading(const Quad& quad, float confidence) {
    Line line;
    line.quad = quad;
    line.words = {{"Pengumuman", quad, confidence, {}}};
    return line;
}

} // namespace

TEST_CASE("what stands on a surface and what stands outside are read apart") {
    const Surface sheet{SurfaceKind::paper, quad_of({50, 50, 750, 260}), 0.9F};
    const auto targets = targets_of(page(), {sheet}, three_lines());
    REQUIRE(targets.size() == 2);
    CHECK(targets[0].regions.size() == 2);
    CHECK(targets[1].regions.size() == 1);
}

TEST_CASE("how likely lines are handwritten is told in the mean") {
    std::vector<TextRegion> lines = three_lines();
    lines[0].handwriting = 0.9F;
    lines[1].handwriting = 0.3F;
    CHECK(handwriting_of(lines) == Approx(0.4F));
    CHECK(handwriting_of({}) == 0);
}

TEST_CASE("a region is read when sure words cover it, or when a ground speaks for it") {
    auto targets = targets_of(page(), {}, three_lines());
    REQUIRE(targets.size() == 1);
    Target& target = targets[0];
    target.pool.add({reading(target.regions[0].quad, 0.9F), reading(target.regions[1].quad, 0.3F)});
    CHECK(target.is_read(0));
    CHECK_FALSE(target.is_read(1));
    CHECK(target.share_read() == Approx(1.0F / 3).margin(0.02));
    target.grounds[1] = Ground::empty;
    CHECK(target.is_read(1));
}

TEST_CASE("a short piece of a row is as high as the row, where it stands on one and is of about its size") {
    const TextRegion piece = region({100, 100, 170, 127});
    const TextRegion row = region({180, 103, 500, 123});
    const float height = x_height_of_row({piece, row}, piece);
    CHECK(height == Approx(x_height_of_row({piece, row}, row)));
    CHECK(height == Approx((70 * piece.x_height + 320 * row.x_height) / 390));
    CHECK(x_height_of_row({piece, region({180, 103, 500, 115})}, piece) == piece.x_height); // much smaller
    CHECK(x_height_of_row({piece, region({180, 123, 500, 143})}, piece) == piece.x_height); // another row
    CHECK(x_height_of_row({piece, region({300, 103, 620, 123})}, piece) == piece.x_height); // far off
}

TEST_CASE("the widest gap of a region is what no sure word covers in one stretch") {
    auto targets = targets_of(page(), {}, three_lines());
    Target& target = targets.at(0);
    const Box line = bounding_box(target.regions[0].quad);
    const float whole = line.width() / target.regions[0].x_height;
    CHECK(target.widest_gap(0) == Approx(whole));
    const float third = line.width() / 3;
    target.pool.add({reading(quad_of({line.left, line.top, line.left + third, line.bottom}), 0.9F),
                     reading(quad_of({line.right - third, line.top, line.right, line.bottom}), 0.9F)});
    CHECK(target.widest_gap(0) < whole / 3);
    CHECK(target.widest_gap(0) > whole / 6);
    target.pool.add({reading(target.regions[1].quad, 0.9F)});
    CHECK(target.widest_gap(1) == 0);
}

TEST_CASE("the words on a region are told in reading order, and no others") {
    auto targets = targets_of(page(), {}, three_lines());
    Target& target = targets.at(0);
    const Box line = bounding_box(target.regions[0].quad);
    const float half = line.width() / 2;
    Line end = reading(quad_of({line.left + half, line.top, line.right, line.bottom}), 0.9F);
    end.words[0].text = "end";
    Line begin = reading(quad_of({line.left, line.top, line.left + half, line.bottom}), 0.9F);
    begin.words[0].text = "begin";
    target.pool.add({end, begin, reading(target.regions[1].quad, 0.9F)});
    CHECK(target.text_on(0) == "begin end");
    CHECK(target.text_on(2).empty());
}

TEST_CASE("text that runs up the page is set upright, and the rotation says by how much") {
    std::vector<TextRegion> lines;
    for (const float x : {100.0F, 200.0F, 300.0F}) {
        TextRegion up = region({x, 100, x + 45, 500});
        // Reading direction upwards: the line begins at the lower left.
        up.quad = {{{{x, 500}, {x, 100}, {x + 45, 100}, {x + 45, 500}}}};
        up.x_height = 20;
        lines.push_back(up);
    }
    const auto targets = targets_of(page(), {}, lines);
    REQUIRE(targets.size() == 1);
    CHECK(targets[0].rotation() == 90);
    for (const TextRegion& r : targets[0].regions) {
        CHECK(std::abs(angle(r.quad)) < 5);
    }
}

TEST_CASE("a target turned over forgets what was read and still leads back to the same place") {
    auto targets = targets_of(page(), {}, three_lines());
    Target& target = targets.at(0);
    target.pool.add({reading(target.regions[0].quad, 0.9F)});
    const Point before = target.view.mapping.to_original(centre(target.regions[0].quad));
    turn_over(target);
    CHECK(target.rotation() == 180);
    CHECK(target.pool.words().empty());
    CHECK(std::abs(angle(target.regions[0].quad)) < 5);
    const Point after = target.view.mapping.to_original(centre(target.regions[0].quad));
    CHECK(after.x == Approx(before.x).margin(0.5));
    CHECK(after.y == Approx(before.y).margin(0.5));
}

TEST_CASE("a quad about leaning letters keeps its middle and its size, and its upper side lies farther on") {
    const Quad level = quad_of({100, 50, 300, 90});
    const Quad leaning = slanted(level, 0.5F);
    CHECK(leaning.corners[0].x == Approx(110));
    CHECK(leaning.corners[1].x == Approx(310));
    CHECK(leaning.corners[2].x == Approx(290));
    CHECK(leaning.corners[3].x == Approx(90));
    CHECK(centre(leaning).x == Approx(200));
    CHECK(reading_width(leaning) == Approx(200));
    const Quad upside_down = slanted(from_other_end(level), 0.5F); // the lower side of the picture is the upper one
    CHECK(upside_down.corners[0].x == Approx(290));
    CHECK(upside_down.corners[0].y == Approx(90));
}
