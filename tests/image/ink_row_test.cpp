#include "image/ink_row.hpp"

#include <catch2/catch.hpp>
#include <opencv2/imgproc.hpp>

using namespace saring;

namespace {

constexpr int gap = 16;

cv::Mat blank() { return {400, 600, CV_8UC1, cv::Scalar(255)}; }

// So many spots from (100, 120) to the right, falling by a fifth.
void draw_spots(cv::Mat& strokes, int count, int apart) {
    for (int i = 0; i < count; ++i) {
        cv::rectangle(strokes, cv::Rect(100 + apart * i, 120 + apart * i / 5, 5, 8), cv::Scalar(40), cv::FILLED);
    }
}

// A picture with specks all over it.
cv::Mat with_specks() {
    cv::Mat out(600, 600, CV_8UC1, cv::Scalar(255));
    cv::RNG random(7);
    for (int i = 0; i < 300; ++i) {
        cv::rectangle(out, cv::Rect(random.uniform(0, 596), random.uniform(0, 596), 4, 4), cv::Scalar(60), cv::FILLED);
    }
    return out;
}

// What print leaves of a line of letters of 12 pixels that is so long, about its middle.
void draw_spots_at(cv::Mat strokes, cv::Point middle, double degrees, int length) {
    const double radians = degrees * CV_PI / 180;
    for (int along = -length / 2; along < length / 2; along += 8) {
        for (const int across : {-4, 3}) {
            const cv::Point at(cvRound(middle.x + along * std::cos(radians) - across * std::sin(radians)),
                               cvRound(middle.y + along * std::sin(radians) + across * std::cos(radians)));
            cv::circle(strokes, at, 2, cv::Scalar(40), cv::FILLED);
        }
    }
}

} // namespace

TEST_CASE("spots in a row are found, with where they stand and how they run") {
    cv::Mat strokes = blank();
    draw_spots(strokes, 12, 16);
    const std::optional<Quad> row = image::row_of_ink(strokes, gap);
    REQUIRE(row);
    CHECK(reading_width(*row) == Approx(184).margin(8));
    CHECK(reading_height(*row) < 12);
    CHECK(angle(*row) == Approx(11.3).margin(2));
    CHECK(centre(*row).x == Approx(190).margin(4));
    CHECK(centre(*row).y == Approx(141).margin(4));
}

TEST_CASE("no row is what has few pieces, stands far apart, is no longer than high, or is only some of the ink") {
    cv::Mat strokes = blank();
    CHECK_FALSE(image::row_of_ink(strokes, gap));
    SECTION("few pieces") {
        draw_spots(strokes, 5, 16);
        cv::line(strokes, {50, 300}, {350, 330}, cv::Scalar(40), 3); // a rule, which is more ink
    }
    SECTION("far apart") { draw_spots(strokes, 12, 40); }
    SECTION("as high as long") {
        for (int row = 0; row < 8; ++row) {
            for (int column = 0; column < 8; ++column) {
                cv::rectangle(strokes, cv::Rect(100 + 12 * column, 100 + 12 * row, 5, 5), cv::Scalar(40), cv::FILLED);
            }
        }
    }
    SECTION("some of the ink") {
        draw_spots(strokes, 12, 16);
        for (int i = 0; i < 10; ++i) {
            cv::rectangle(strokes, cv::Rect(20 + 57 * i, 300 + 40 * (i % 2), 10, 10), cv::Scalar(40), cv::FILLED);
        }
    }
    CHECK_FALSE(image::row_of_ink(strokes, gap));
}

TEST_CASE("pieces of a frame do not make a row higher, and specks are no ink") {
    cv::Mat strokes = blank();
    draw_spots(strokes, 12, 16);
    for (const cv::Point p : {cv::Point(150, 115), cv::Point(180, 150)}) {
        cv::line(strokes, p, p + cv::Point(5, 1), cv::Scalar(40));
    }
    for (int y = 20; y < 400; y += 10) {
        for (int x = 20; x < 600; x += 20) {
            strokes.at<std::uint8_t>(y, x) = 40;
        }
    }
    const std::optional<Quad> row = image::row_of_ink(strokes, gap);
    REQUIRE(row);
    CHECK(reading_height(*row) < 14);
}

TEST_CASE("a row along a diagonal is found among specks, also on a page that lies aslant") {
    const double turn = GENERATE(0.0, 8.0);
    const cv::Mat strokes = with_specks();
    draw_spots_at(strokes, {300, 300}, -42 + turn, 260);
    const std::optional<Quad> row = image::diagonal_row(strokes, turn);
    REQUIRE(row);
    CHECK(angle(*row) == Approx(-42 + turn).margin(3));
    CHECK(centre(*row).x == Approx(300).margin(60));
    CHECK(reading_width(*row) == Approx(.28 * std::hypot(600, 600)).margin(5));
}

TEST_CASE("no diagonal row is what lies level, leaves the picture, has too many like it, or is dark at one end only") {
    const cv::Mat strokes = with_specks();
    SECTION("nothing but specks") {}
    SECTION("level") { draw_spots_at(strokes, {300, 300}, -4, 400); }
    SECTION("along an edge, where nothing is on the one side") { draw_spots_at(strokes, {30, 30}, -42, 120); }
    SECTION("many") {
        for (int y = 0; y < 900; y += 30) {
            draw_spots_at(strokes, {300, y}, -42, 900);
        }
    }
    SECTION("one end") { cv::rectangle(strokes, cv::Rect(100, 450, 60, 60), cv::Scalar(0), cv::FILLED); }
    CHECK_FALSE(image::diagonal_row(strokes, 0));
}

TEST_CASE("a picture too small for a row has none") {
    const cv::Mat dot(1, 1, CV_8UC1, cv::Scalar(250));
    CHECK_FALSE(image::row_of_ink(dot, gap));
    CHECK_FALSE(image::diagonal_row(dot, 0));
}
