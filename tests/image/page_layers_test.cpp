#include "image/page_layers.hpp"

#include "image/ccitt.hpp"
#include "support.hpp"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

using namespace saring;
using image::Layers;

namespace {

constexpr int width = 1240; // A4 at 150 dpi
constexpr int height = 1754;

cv::Mat paper(int level = 250) { return {height, width, CV_8UC3, cv::Scalar::all(level)}; }

// Lines of text all over the page; their places.
std::vector<Box> write_lines(cv::Mat& page, const cv::Scalar& ink, int from = 150, int to = height - 150) {
    std::vector<Box> places;
    for (int y = from; y < to; y += 40) {
        cv::putText(page, "Surat ini dibuat dengan sebenarnya untuk dipergunakan", {120, y}, cv::FONT_HERSHEY_SIMPLEX,
                    0.9, ink, 2, cv::LINE_AA);
        places.push_back({120, static_cast<float>(y - 24), 1000, static_cast<float>(y + 8)});
    }
    return places;
}

std::size_t size_of(const Layers& layers) { return layers.mask_g4.size() + layers.background_jpeg.size(); }

double mean_difference(const cv::Mat& a, const cv::Mat& b) {
    return cv::norm(a, b, cv::NORM_L1) / static_cast<double>(a.total()) / a.channels();
}

} // namespace

TEST_CASE("layers: a mask survives CCITT G4 to the bit, at any width") {
    cv::RNG random(7);
    for (const int columns : {1, 7, 8, 9, 64, 333}) {
        cv::Mat noise(50, columns, CV_8UC1);
        random.fill(noise, cv::RNG::UNIFORM, 0, 2);
        const cv::Mat mask = noise * 255;
        const cv::Mat back = image::decode_g4(image::encode_g4(mask), columns, 50);
        REQUIRE(cv::norm(mask, back, cv::NORM_L1) == 0);
    }
}

TEST_CASE("layers: bytes that are no mask are an error") {
    REQUIRE(test::code_of([] { image::decode_g4({}, 10, 10); }) == ErrorCode::corrupt);
}

TEST_CASE("layers: black text on plain paper is a mask alone, and sharp") {
    cv::Mat page = paper();
    const auto places = write_lines(page, cv::Scalar::all(40));
    const Layers layers = image::separate(page, places, {});
    REQUIRE(layers.background_jpeg.empty());
    REQUIRE_FALSE(layers.mask_g4.empty());
    REQUIRE(size_of(layers) < 40'000);
    REQUIRE((layers.ink & 0xFF) < 70);
    REQUIRE(mean_difference(page, image::compose(layers)) < 8);
}

TEST_CASE("layers: a stamp keeps its colour, the text under it stays black") {
    cv::Mat page = paper();
    const auto places = write_lines(page, cv::Scalar::all(30));
    cv::circle(page, {700, 900}, 150, {40, 40, 210}, 6, cv::LINE_AA);
    const Layers layers = image::separate(page, places, {{540, 740, 860, 1060}});
    REQUIRE(layers.background_width == width); // thin coloured strokes need every pixel
    REQUIRE_FALSE(layers.background_is_gray);
    const cv::Mat shown = image::compose(layers);
    const cv::Vec3b red = shown.at<cv::Vec3b>(900, 550);
    REQUIRE(red[2] > 150);
    REQUIRE(red[0] < 110);
    REQUIRE(mean_difference(page, shown) < 9);
}

TEST_CASE("layers: a photograph on the page stays one, the text around it a mask") {
    cv::Mat page = paper();
    const auto places = write_lines(page, cv::Scalar::all(30), 150, 900);
    cv::Mat photo = page(cv::Rect(200, 1000, 600, 500));
    for (int y = 0; y < photo.rows; ++y) {
        for (int x = 0; x < photo.cols; ++x) {
            photo.at<cv::Vec3b>(y, x) = {static_cast<std::uint8_t>(x / 5), static_cast<std::uint8_t>(y / 5), 90};
        }
    }
    const Layers layers = image::separate(page, places, {{200, 1000, 800, 1500}});
    REQUIRE(layers.background_width == width / 2);
    const cv::Mat shown = image::compose(layers);
    const cv::Rect inside(220, 1020, 560, 460);
    REQUIRE(mean_difference(page(inside), shown(inside)) < 4);
}

TEST_CASE("layers: pale shading without colour is a small grey background") {
    cv::Mat page = paper();
    cv::rectangle(page, cv::Rect(100, 300, 1000, 400), cv::Scalar::all(215), cv::FILLED);
    const auto places = write_lines(page, cv::Scalar::all(30));
    const Layers layers = image::separate(page, places, {});
    REQUIRE(layers.background_is_gray);
    REQUIRE(layers.background_width == (width + 2) / 3);
    REQUIRE(image::compose(layers).at<cv::Vec3b>(310, 110)[0] == Approx(215).margin(8));
}

TEST_CASE("layers: white letters in a dark bar are not torn apart") {
    cv::Mat page = paper();
    const auto places = write_lines(page, cv::Scalar::all(30), 500);
    cv::rectangle(page, cv::Rect(100, 100, 1000, 120), cv::Scalar::all(70), cv::FILLED);
    cv::putText(page, "LAPORAN", {150, 180}, cv::FONT_HERSHEY_SIMPLEX, 1.5, cv::Scalar::all(255), 4, cv::LINE_AA);
    const Layers layers = image::separate(page, places, {});
    const cv::Mat shown = image::compose(layers);
    const cv::Rect bar(120, 110, 960, 100);
    REQUIRE(mean_difference(page(bar), shown(bar)) < 10);
}

TEST_CASE("layers: a dark slide is one picture") {
    cv::Mat slide(720, 1280, CV_8UC3, cv::Scalar(60, 30, 20));
    cv::putText(slide, "Rencana Kerja", {100, 200}, cv::FONT_HERSHEY_SIMPLEX, 2, {255, 255, 255}, 4, cv::LINE_AA);
    const Layers layers = image::separate(slide, {{100, 140, 700, 210}}, {});
    REQUIRE(layers.mask_g4.empty());
    REQUIRE(layers.background_width == 1280);
    REQUIRE(mean_difference(slide, image::compose(layers)) < 3);
}

TEST_CASE("layers: an empty sheet costs nothing") {
    const Layers layers = image::separate(paper(), {}, {});
    REQUIRE(size_of(layers) == 0);
    REQUIRE(cv::mean(image::compose(layers))[0] == 255);
}

TEST_CASE("layers: tiny pages and places beyond the edge do no harm") {
    for (const cv::Size size : {cv::Size(1, 1), cv::Size(3, 200), cv::Size(40, 2)}) {
        const cv::Mat page(size, CV_8UC3, cv::Scalar::all(255));
        const Layers layers = image::separate(page, {{-50, -50, 900, 900}}, {{-5, 1, 1e6F, 3}, {10, 10, 5, 5}});
        REQUIRE(image::compose(layers).size() == size);
    }
}
