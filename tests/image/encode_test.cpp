#include "image/encode.hpp"

#include "image/load.hpp"
#include "support.hpp"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

using namespace saring;
using namespace saring::image;

namespace {

cv::Mat read_back(const std::vector<std::uint8_t>& bytes) { return cv::imdecode(bytes, cv::IMREAD_UNCHANGED); }

// Smooth and busy parts, in colour.
cv::Mat picture() {
    cv::Mat mat(300, 400, CV_8UC3);
    cv::RNG random(7);
    random.fill(mat, cv::RNG::UNIFORM, 0, 256);
    cv::GaussianBlur(mat, mat, {}, 6);
    cv::normalize(mat, mat, 0, 255, cv::NORM_MINMAX);
    cv::putText(mat, "SANGAT RAHASIA", {20, 150}, cv::FONT_HERSHEY_SIMPLEX, 1.2, {20, 20, 160}, 2, cv::LINE_AA);
    return mat;
}

int big_endian(const std::vector<std::uint8_t>& bytes, std::size_t at, int count) {
    int value = 0;
    for (int i = 0; i < count; ++i) {
        value = value * 256 + bytes.at(at + static_cast<std::size_t>(i));
    }
    return value;
}

} // namespace

TEST_CASE("a PNG gives back every pixel, grey or coloured, of a part of a larger picture too") {
    const cv::Mat whole = picture();
    const cv::Mat part = whole(cv::Rect(13, 7, 101, 53)); // rows that do not follow each other in memory
    cv::Mat grey;
    cv::cvtColor(part, grey, cv::COLOR_BGR2GRAY);
    for (const cv::Mat& mat : {whole, part, grey}) {
        const cv::Mat back = read_back(encode_png(mat));
        REQUIRE(back.type() == mat.type());
        REQUIRE(back.size() == mat.size());
        CHECK(cv::norm(back, mat, cv::NORM_INF) == 0);
    }
}

TEST_CASE("a JPEG comes near to the picture, nearer at a higher quality") {
    const cv::Mat mat = picture();
    const auto fine = encode_jpeg(mat, {.quality = 95});
    const auto coarse = encode_jpeg(mat, {.quality = 40});
    const auto difference = [&](const std::vector<std::uint8_t>& bytes) {
        return cv::norm(read_back(bytes), mat, cv::NORM_L1) / static_cast<double>(mat.total());
    };
    CHECK(difference(fine) < 9);
    CHECK(difference(fine) < difference(coarse));
    CHECK(coarse.size() < fine.size());
}

TEST_CASE("tables and scans that fit the picture make it smaller and change no pixel") {
    const cv::Mat mat = picture();
    const auto plain = encode_jpeg(mat, {.quality = 80});
    const auto small = encode_jpeg(mat, {.quality = 80, .small = true});
    const auto progressive = encode_jpeg(mat, {.quality = 80, .progressive = true, .small = true});
    CHECK(small.size() < plain.size());
    CHECK(progressive.size() < plain.size());
    CHECK(cv::norm(read_back(small), read_back(plain), cv::NORM_INF) == 0);
    CHECK(cv::norm(read_back(progressive), read_back(plain), cv::NORM_INF) == 0);
}

TEST_CASE("grey pixels make a JPEG of one channel") {
    cv::Mat grey;
    cv::cvtColor(picture(), grey, cv::COLOR_BGR2GRAY);
    CHECK(read_back(encode_jpeg(grey, {})).type() == CV_8UC1);
}

TEST_CASE("the resolution stands where readers look for it, and only when it is known") {
    const auto jpeg = encode_jpeg(picture(), {.dpi = 299.6});
    CHECK(big_endian(jpeg, 13, 1) == 1); // JFIF 1.02, page 5: dots per inch
    CHECK(big_endian(jpeg, 14, 2) == 300);
    CHECK(big_endian(jpeg, 16, 2) == 300);
    CHECK(big_endian(encode_jpeg(picture(), {}), 13, 1) == 0);

    const auto png = encode_png(picture(), 300);
    const std::string_view text(reinterpret_cast<const char*>(png.data()), png.size());
    const auto at = text.find("pHYs"); // PNG specification 11.3.5.3
    REQUIRE(at != std::string_view::npos);
    CHECK(big_endian(png, at + 4, 4) == 11811); // a metre
    CHECK(big_endian(png, at + 8, 4) == 11811);
    CHECK(big_endian(png, at + 12, 1) == 1);
    const auto without = encode_png(picture());
    CHECK(std::string_view(reinterpret_cast<const char*>(without.data()), without.size()).find("pHYs") ==
          std::string_view::npos);
}

TEST_CASE("what is no picture is refused") {
    CHECK(test::code_of([] { encode_png(cv::Mat()); }) == ErrorCode::write_failed);
    CHECK(test::code_of([] { encode_jpeg(cv::Mat(3, 3, CV_32FC1), {}); }) == ErrorCode::write_failed);
    CHECK(test::code_of([] { encode_jpeg(cv::Mat(1, 70000, CV_8UC1, cv::Scalar(0)), {}); }) == ErrorCode::write_failed);
}
