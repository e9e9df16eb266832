#include "pipeline/finished_page.hpp"

#include <catch2/catch.hpp>

using namespace saring;

namespace {

// A white page, 200 x 100, with a dark corner at the top left.
image::FlatPage page_with_mark() {
    image::FlatPage page;
    page.shown = cv::Mat(100, 200, CV_8UC3, cv::Scalar::all(255));
    page.shown(cv::Rect(0, 0, 20, 10)) = cv::Scalar::all(0);
    page.reading = page.shown.clone();
    return page;
}

Page read_with_turn(int rotation, const Quad& place) {
    Page read;
    read.width = 200;
    read.height = 100;
    read.rotation = rotation;
    read.lines.emplace_back().quad = place;
    read.lines.back().words.push_back({"kata", place, 1, {}});
    return read;
}

bool is_dark(const cv::Mat& picture, int x, int y) { return picture.at<cv::Vec3b>(y, x)[0] < 128; }

} // namespace

TEST_CASE("finished page: what was read upside down is set upright with its page") {
    image::FlatPage flat = page_with_mark();
    // The line's reading begins at its lower right corner.
    Page read = read_with_turn(180, Quad{{Point{20, 10}, {0, 10}, {0, 0}, {20, 0}}});
    pipeline::set_upright(flat, read);
    REQUIRE(is_dark(flat.shown, 195, 95));
    REQUIRE(is_dark(flat.reading, 195, 95));
    REQUIRE(read.lines[0].quad == quad_of({180, 90, 200, 100}));
    REQUIRE(read.lines[0].words[0].quad == quad_of({180, 90, 200, 100}));
    REQUIRE(read.rotation == 0);
}

TEST_CASE("finished page: a page that lies on its side is turned by a quarter") {
    image::FlatPage flat = page_with_mark();
    Page read = read_with_turn(90, Quad{{Point{0, 10}, {0, 0}, {20, 0}, {20, 10}}}); // reads upwards
    pipeline::set_upright(flat, read);
    REQUIRE(flat.shown.size() == cv::Size(100, 200));
    REQUIRE(is_dark(flat.shown, 95, 5));
    REQUIRE(read.lines[0].quad == quad_of({90, 0, 100, 20}));
    REQUIRE(read.width == 100);
}

TEST_CASE("finished page: an upright page stays as it is") {
    image::FlatPage flat = page_with_mark();
    Page read = read_with_turn(0, quad_of({0, 0, 20, 10}));
    pipeline::set_upright(flat, read);
    REQUIRE(is_dark(flat.shown, 5, 5));
    REQUIRE(read.lines[0].quad == quad_of({0, 0, 20, 10}));
}
