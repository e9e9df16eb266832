#include "support.hpp"
#include "text/whole_line.hpp"

#include <opencv2/imgproc.hpp>

using namespace saring;
using namespace saring::text;

namespace {

constexpr int baseline = 120;

// White paper with one line of letters on it, from 200 pixels on; small letters are about 18 pixels high.
cv::Mat paper_with(const std::string& text) {
    cv::Mat out(240, 1200, CV_8UC1, cv::Scalar::all(255));
    cv::putText(out, text, {200, baseline}, cv::FONT_HERSHEY_DUPLEX, 1.2, cv::Scalar::all(20), 3, cv::LINE_AA);
    return out;
}

TextRegion region_at(float left, float right) {
    TextRegion out;
    out.x_height = 18;
    out.quad = quad_of({left, baseline - 33, right, baseline + 9});
    out.marks = {{left + 5, baseline - 10}};
    return out;
}

} // namespace

TEST_CASE("a line that was located in its middle is followed over the blanks between words to both ends") {
    const std::string text = "DO NOT DISTRIBUTE";
    const int width = cv::getTextSize(text, cv::FONT_HERSHEY_DUPLEX, 1.2, 3, nullptr).width;
    const auto whole = whole_line(region_at(330, 420), paper_with(text));
    REQUIRE(whole);
    const Box box = bounding_box(whole->quad);
    CHECK(box.left == Approx(200).margin(40));
    CHECK(box.right == Approx(200 + width).margin(40));
    CHECK(box.top == Approx(baseline - 33));
    CHECK(whole->x_height == 18);
    CHECK(whole->marks.front().x < 240);
    CHECK(whole->marks.back().x > static_cast<float>(160 + width));
}

TEST_CASE("a line aslant is followed along its own direction") {
    cv::Mat paper = paper_with("DO NOT DISTRIBUTE");
    const cv::Mat turn = cv::getRotationMatrix2D({600, baseline}, -20, 1);
    cv::warpAffine(paper, paper, turn, {1200, 500}, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar::all(255));
    TextRegion region = region_at(330, 420);
    for (Point& p : region.quad.corners) {
        const cv::Mat there = turn * (cv::Mat_<double>(3, 1) << p.x, p.y, 1.0);
        p = {static_cast<float>(there.at<double>(0)), static_cast<float>(there.at<double>(1))};
    }
    const auto whole = whole_line(region, paper);
    REQUIRE(whole);
    CHECK(reading_width(whole->quad) > 3 * reading_width(region.quad));
    CHECK(angle(whole->quad) == Approx(angle(region.quad)).margin(0.5));
}

TEST_CASE("a line that was located whole has no more to it, and neither has a bar or empty paper") {
    const std::string text = "RAHASIA";
    const auto right = static_cast<float>(200 + cv::getTextSize(text, cv::FONT_HERSHEY_DUPLEX, 1.2, 3, nullptr).width);
    CHECK_FALSE(whole_line(region_at(196, right + 4), paper_with(text)));
    cv::Mat bar = paper_with(text); // far fuller than letters
    cv::rectangle(bar, {static_cast<int>(right) + 10, 0}, {1190, 230}, cv::Scalar::all(0), cv::FILLED);
    CHECK_FALSE(whole_line(region_at(196, right + 4), bar));
    CHECK_FALSE(whole_line(region_at(300, 420), cv::Mat(240, 1200, CV_8UC1, cv::Scalar::all(255))));
}

TEST_CASE("places beyond the picture, and a region without size, are no error") {
    CHECK_FALSE(whole_line(region_at(-300, -200), paper_with("RAHASIA")));
    TextRegion nothing = region_at(300, 300);
    nothing.x_height = 0;
    CHECK_FALSE(whole_line(nothing, paper_with("RAHASIA")));
}
