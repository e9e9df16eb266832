#include "image/enhance.hpp"
#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace saring;
using namespace saring::image;

TEST_CASE("flattening removes a strong shadow and keeps the ink") {
    cv::Mat page(400, 600, CV_8UC1);
    for (int x = 0; x < page.cols; ++x) {
        page.col(x).setTo(230 - x / 4); // from 230 down to 80
    }
    for (int x = 40; x < 560; x += 60) {
        cv::Mat stroke = page(cv::Rect(x, 180, 4, 40));
        stroke *= 0.35;
    }
    const cv::Mat flat = flatten(page);
    double low = 0;
    double high = 0;
    cv::minMaxLoc(flat.rowRange(300, 400), &low, &high);
    CHECK(low > 225);
    for (int x = 40; x < 560; x += 60) {
        CHECK(flat.at<std::uint8_t>(200, x + 2) < 150);
    }
}

TEST_CASE("colours of equal brightness are told apart by projection, and the ground comes out bright") {
    cv::Mat slide(300, 400, CV_8UC3, cv::Scalar(120, 40, 40)); // dark blue
    cv::putText(slide, "RAHASIA", {40, 160}, cv::FONT_HERSHEY_DUPLEX, 2, cv::Scalar(20, 60, 110), 4, cv::LINE_AA);
    const cv::Mat projected = project_colours(slide);
    CHECK_FALSE(is_dark_ground(projected));
    cv::Mat ink = projected < 100;
    CHECK(cv::countNonZero(ink) > 2000);
    const cv::Rect box = cv::boundingRect(ink);
    CHECK(box.x > 30);
    CHECK(box.y > 90);
}

TEST_CASE("a nearly flat picture is not stretched into noise") {
    cv::Mat flat(50, 50, CV_8UC1, cv::Scalar(128));
    flat.at<std::uint8_t>(3, 3) = 131;
    CHECK(cv::countNonZero(stretch(flat) != flat) == 0);
}

TEST_CASE("glare is tamed: a stroke inside it stays darker than the glare") {
    cv::Mat board(200, 200, CV_8UC1, cv::Scalar(170));
    cv::circle(board, {100, 100}, 50, 250, -1);
    cv::line(board, {80, 100}, {120, 100}, 236, 3);
    const cv::Mat tamed = tame_glare(board);
    CHECK(tamed.at<std::uint8_t>(100, 100) < tamed.at<std::uint8_t>(85, 100) - 15);
}

namespace {

// A page of print whose strokes are 3 pixels wide; with a pale letter I of 14 pixels where wanted.
cv::Mat printed_page(bool marked) {
    cv::Mat page(600, 800, CV_8UC1, cv::Scalar(225));
    if (marked) {
        cv::line(page, {300, 450}, {480, 130}, cv::Scalar(185), 14);
    }
    for (int y = 60; y < 560; y += 28) {
        for (int x = 60; x < 740; x += 11) {
            cv::line(page, {x, y}, {x + 3, y + 12}, cv::Scalar(50), 3);
        }
    }
    return page;
}

} // namespace

TEST_CASE("a watermark stays when the print above it is taken away, on bright ground and on dark") {
    const bool bright = GENERATE(true, false);
    const cv::Mat page = bright ? printed_page(true) : cv::Mat(255 - printed_page(true));
    const cv::Mat strokes = pale_ink(page, 5, bright);
    REQUIRE(strokes.size() == page.size());
    cv::Mat drawn = cv::Mat::zeros(page.size(), CV_8UC1);
    cv::line(drawn, {300, 450}, {480, 130}, cv::Scalar(255), 8); // its middle
    CHECK(cv::mean(strokes, drawn)[0] < 90);
    cv::Mat around;
    cv::dilate(drawn, around, cv::Mat::ones(25, 25, CV_8U));
    CHECK(cv::mean(strokes, ~around)[0] > 235);
}

TEST_CASE("bold letters stay when the print that they lie on is taken away, on bright ground and on dark") {
    const bool bright = GENERATE(true, false);
    cv::Mat page = printed_page(false);
    constexpr double height = 40;
    CHECK(broad_ink(page, 4, height, true).empty()); // print alone has nothing broader
    cv::putText(page, "AI", {300, 350}, cv::FONT_HERSHEY_SIMPLEX, 4, cv::Scalar(40), 16, cv::LINE_AA);
    cv::Mat letters = cv::Mat::zeros(page.size(), CV_8UC1);
    cv::putText(letters, "AI", {300, 350}, cv::FONT_HERSHEY_SIMPLEX, 4, cv::Scalar(255), 8);
    const cv::Mat ink = broad_ink(bright ? page : cv::Mat(255 - page), 4, height, bright);
    REQUIRE(ink.size() == page.size());
    CHECK(cv::mean(ink, letters)[0] < 60);
    cv::dilate(letters, letters, cv::Mat::ones(23, 23, CV_8U));
    CHECK(cv::mean(ink, ~letters)[0] > 252);
}

TEST_CASE("print alone has nothing paler") { CHECK(pale_ink(printed_page(false), 5, true).empty()); }

TEST_CASE("a tint is seen at one strength on white, on coloured boxes and on pictures of a slide, print not at all") {
    const Shade shade = GENERATE(Shade::darker, Shade::brighter);
    cv::Mat slide(700, 1000, CV_32FC1, cv::Scalar(215));
    for (int x = 60; x < 940; x += 300) {
        cv::rectangle(slide, cv::Rect(x, 150, 280, 420), cv::Scalar(x / 6.0 + 40), cv::FILLED);
    }
    for (int y = 60; y < 680; y += 35) {
        cv::putText(slide, "laporan tahunan kegiatan", {80, y}, cv::FONT_HERSHEY_PLAIN, 1.4, cv::Scalar(5), 2,
                    cv::LINE_AA);
    }
    cv::Mat pen(slide.size(), CV_32FC1, cv::Scalar(0));
    cv::line(pen, {150, 600}, {850, 100}, cv::Scalar(0.3), 18, cv::LINE_AA);
    const double towards = shade == Shade::darker ? 0 : 255;
    const cv::Mat marked = slide.mul(1 - pen) + towards * pen;
    cv::Mat gray;
    marked.convertTo(gray, CV_8U);
    const cv::Mat ink = tint(gray, 5, shade);
    REQUIRE(ink.size() == gray.size());
    cv::Mat inside(gray.size(), CV_8UC1, cv::Scalar(0));
    cv::line(inside, {150, 600}, {850, 100}, cv::Scalar(255), 8);
    CHECK(cv::mean(ink, inside)[0] < 100);
    cv::Mat around(gray.size(), CV_8UC1, cv::Scalar(0));
    cv::line(around, {150, 600}, {850, 100}, cv::Scalar(255), 28);
    CHECK(cv::mean(ink, ~around)[0] > 225);
}

TEST_CASE("paper without a tint has none") {
    CHECK(tint(cv::Mat(600, 800, CV_8UC1, cv::Scalar(225)), 5, Shade::darker).empty());
    CHECK(tint(cv::Mat(600, 800, CV_8UC1, cv::Scalar(225)), 5, Shade::brighter).empty());
}

TEST_CASE("thin strokes with gaps of a pixel or two are whole where they are made thicker, and paper stays paper") {
    constexpr int row = 20;
    cv::Mat strokes(40, 80, CV_8U, cv::Scalar::all(255));
    for (int x = 10; x < 70; x += 5) {
        strokes(cv::Rect(x, row, 3, 2)).setTo(0);
    }
    const cv::Mat thick = thickened(strokes);
    double palest = 0;
    cv::minMaxLoc(thick(cv::Rect(12, row, 54, 2)), nullptr, &palest);
    CHECK(palest < 100);
    CHECK(thick.at<std::uint8_t>(row - 8, 40) == 255);
    CHECK(thick.size() == strokes.size());
}

TEST_CASE("the ink of a line is the colour of its strokes, dark or light") {
    cv::Mat page(40, 200, CV_8UC3, cv::Scalar(235, 240, 238));
    cv::putText(page, "RAHASIA", {8, 30}, cv::FONT_HERSHEY_SIMPLEX, 1, cv::Scalar(30, 20, 200), 3, cv::LINE_8);
    CHECK((image::ink_of(page) >> 16U) > 180);
    CHECK((image::ink_of(page) & 0xFFU) < 60);
    cv::Mat slide(40, 200, CV_8UC3, cv::Scalar(60, 20, 10));
    cv::putText(slide, "RAHASIA", {8, 30}, cv::FONT_HERSHEY_SIMPLEX, 1, cv::Scalar(250, 250, 250), 3, cv::LINE_8);
    CHECK((image::ink_of(slide) & 0xFFU) > 200);
    CHECK(image::ink_of(cv::Mat(10, 10, CV_8UC3, cv::Scalar(9, 9, 9))) <= 0xFFFFFFU);
}

TEST_CASE("a line with a frame around it is boxed, one between two rules is not") {
    cv::Mat page(200, 500, CV_8UC3, cv::Scalar(240, 240, 240));
    cv::putText(page, "RAHASIA", {150, 110}, cv::FONT_HERSHEY_SIMPLEX, 1, cv::Scalar(30, 30, 200), 3, cv::LINE_8);
    const cv::Rect text(150, 85, 140, 28);
    CHECK_FALSE(image::is_boxed(page, text));
    cv::Mat ruled = page.clone();
    cv::line(ruled, {100, 70}, {350, 72}, cv::Scalar(30, 30, 200), 2);
    cv::line(ruled, {100, 130}, {350, 132}, cv::Scalar(30, 30, 200), 2);
    CHECK_FALSE(image::is_boxed(ruled, text));
    cv::rectangle(page, {135, 70}, {310, 130}, cv::Scalar(30, 30, 200), 2);
    CHECK(image::is_boxed(page, text));
    CHECK_FALSE(image::is_boxed(page(cv::Rect(140, 80, 160, 40)), {10, 5, 140, 28})); // the frame lies outside
}
