#include "support.hpp"
#include "text/locate.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <numbers>

using namespace saring;
using namespace saring::text;

namespace {

TextLocator& locator() {
    static TextLocator one(test::models() / "text-locator.onnx");
    return one;
}

// Two lines of text around the middle, turned clockwise by `degrees`.
cv::Mat page(double degrees, const cv::Scalar& ground, const cv::Scalar& ink) {
    cv::Mat mat(640, 640, CV_8UC3, ground);
    cv::putText(mat, "Rapat tertutup hari Senin", {90, 300}, cv::FONT_HERSHEY_DUPLEX, 1.1, ink, 2, cv::LINE_AA);
    cv::putText(mat, "di ruang lantai dua", {90, 360}, cv::FONT_HERSHEY_DUPLEX, 1.1, ink, 2, cv::LINE_AA);
    const cv::Mat turn = cv::getRotationMatrix2D({320, 320}, -degrees, 1);
    cv::warpAffine(mat, mat, turn, mat.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, ground);
    return mat;
}

} // namespace

TEST_CASE("lines are located dark on light and light on dark, near the size that they have") {
    for (const bool dark : {true, false}) {
        const auto regions =
            locator().locate(page(0, cv::Scalar::all(dark ? 235 : 30), cv::Scalar::all(dark ? 20 : 240)));
        REQUIRE(regions.size() >= 2);
        REQUIRE(regions.size() <= 4);
        float width = 0;
        for (const TextRegion& region : regions) {
            CHECK(std::abs(angle(region.quad)) < 8);
            CHECK(region.x_height > 9);
            CHECK(region.x_height < 30);
            width += reading_width(region.quad);
        }
        CHECK(width > 600);
    }
}

TEST_CASE("lines that run together into a block are parted where that is asked for") {
    cv::Mat dense(2016, 1344, CV_8UC3, cv::Scalar::all(225));
    for (int y = 60; y < 1980; y += 28) {
        cv::putText(dense, "laporan kegiatan pembinaan pegawai untuk tahun anggaran berjalan dan yang akan", {40, y},
                    cv::FONT_HERSHEY_COMPLEX, 0.6, cv::Scalar::all(40), 2, cv::LINE_AA);
    }
    cv::resize(dense, dense, {}, 0.5, 0.5, cv::INTER_AREA);
    constexpr float line = 12; // pixels of x-height: lines have 6
    constexpr std::size_t some = 20;
    const auto lines_among = [&](const std::vector<TextRegion>& regions) {
        return static_cast<std::size_t>(std::count_if(
            regions.begin(), regions.end(), [&](const TextRegion& region) { return region.x_height < line; }));
    };
    CHECK(lines_among(locator().locate(dense)) < some);
    CHECK(lines_among(locator().locate(dense, Blocks::parted)) >= some);
    const cv::Mat two = page(0, cv::Scalar::all(235), cv::Scalar::all(20));
    CHECK(locator().locate(two, Blocks::parted).size() == locator().locate(two).size());
}

TEST_CASE("marks are located by a network of their own: framed, and very pale") {
    TextLocator marks(test::models() / "mark-locator.onnx");
    const auto located = [](TextLocator& by, const cv::Mat& picture, const Box& wanted) {
        float width = 0;
        for (const TextRegion& region : by.locate(picture)) {
            const Point middle = centre(region.quad);
            const bool there =
                middle.x > wanted.left && middle.x < wanted.right && middle.y > wanted.top && middle.y < wanted.bottom;
            width += there ? reading_width(region.quad) : 0;
        }
        return width / wanted.width();
    };
    constexpr float mostly = 0.7F;
    const Box word{60, 250, 580, 330};
    cv::Mat framed(640, 640, CV_8UC3, cv::Scalar(190, 150, 115));
    cv::putText(framed, "TLP:RED", {80, 320}, cv::FONT_HERSHEY_DUPLEX, 3.4, cv::Scalar(50, 35, 120), 10, cv::LINE_AA);
    cv::rectangle(framed, {40, 225, 560, 120}, cv::Scalar(50, 35, 120), 10, cv::LINE_AA);
    CHECK(located(marks, framed, word) > mostly);
    cv::Mat pale(640, 640, CV_8UC3, cv::Scalar::all(235));
    cv::putText(pale, "RAHASIA", {80, 320}, cv::FONT_HERSHEY_DUPLEX, 3.4, cv::Scalar::all(227), 10, cv::LINE_AA);
    CHECK(located(marks, pale, word) > mostly);
}

TEST_CASE("lines are located at any angle") {
    const int degrees = GENERATE(-30, 15, 45, 90, 180, -90);
    CAPTURE(degrees);
    const auto regions = locator().locate(page(degrees, cv::Scalar::all(235), cv::Scalar::all(20)));
    REQUIRE_FALSE(regions.empty());
    float right_axis = 0;
    float all = 0;
    for (const TextRegion& region : regions) {
        const float off = std::abs(std::remainder(angle(region.quad) - static_cast<float>(degrees), 180.0F));
        all += area(region.quad);
        right_axis += off < 12 ? area(region.quad) : 0;
    }
    CHECK(right_axis > 0.7F * all);
}

TEST_CASE("an empty sheet, drawn shapes and soft noise hold no text") {
    cv::Mat sheet(480, 640, CV_8UC3, cv::Scalar(225, 230, 228));
    CHECK(locator().locate(sheet).empty());
    cv::circle(sheet, {200, 200}, 80, cv::Scalar(40, 40, 200), 3, cv::LINE_AA);
    cv::rectangle(sheet, {350, 150, 180, 120}, cv::Scalar(60, 60, 60), 3);
    CHECK(locator().locate(sheet).empty());
    cv::Mat noise(480, 640, CV_8UC3);
    cv::randn(noise, 128, 40);
    cv::GaussianBlur(noise, noise, {}, 3);
    CHECK(locator().locate(noise).empty());
}

TEST_CASE("a large picture is located in strips as it would be whole") {
    cv::Mat tall(5000, 1000, CV_8UC3, cv::Scalar::all(235));
    std::vector<int> rows;
    for (int y = 90; y < tall.rows; y += 130) {
        cv::putText(tall, "Rapat tertutup hari Senin", {90, y}, cv::FONT_HERSHEY_DUPLEX, 1.2, cv::Scalar::all(20), 2,
                    cv::LINE_AA);
        rows.push_back(y - 10);
    }
    const auto regions = locator().locate(tall);
    for (const int row : rows) {
        CAPTURE(row);
        CHECK(std::count_if(regions.begin(), regions.end(), [&](const TextRegion& region) {
                  return std::abs(centre(region.quad).y - static_cast<float>(row)) < 20 &&
                         reading_width(region.quad) > 300;
              }) == 1);
    }
}

TEST_CASE("a picture smaller than the network's stride is no trouble") {
    CHECK_NOTHROW((void)locator().locate(cv::Mat(1, 1, CV_8UC3, cv::Scalar::all(0))));
    CHECK_NOTHROW((void)locator().locate(cv::Mat(5, 700, CV_8UC3, cv::Scalar::all(0))));
}

TEST_CASE("a missing network is an error") {
    CHECK(test::code_of([] { TextLocator("/nonexistent.onnx").prepare(); }) == ErrorCode::missing_model);
}
