#include "image/opencv_bridge.hpp"
#include "image/qr.hpp"
#include "support.hpp"

#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>
#include <opencv2/imgproc.hpp>

using namespace saring;

namespace {

cv::Mat code_picture(const std::string& text, int side) {
    const auto matrix = ZXing::MultiFormatWriter(ZXing::BarcodeFormat::QRCode).setMargin(4).encode(text, side, side);
    cv::Mat picture(side, side, CV_8UC3, cv::Scalar::all(255));
    for (int y = 0; y < matrix.height(); ++y) {
        for (int x = 0; x < matrix.width(); ++x) {
            if (matrix.get(x, y)) {
                picture.at<cv::Vec3b>(y, x) = {20, 20, 20};
            }
        }
    }
    return picture;
}

cv::Mat page_with(const cv::Mat& code, cv::Point place) {
    cv::Mat page(900, 700, CV_8UC3, cv::Scalar::all(235));
    code.copyTo(page(cv::Rect(place, code.size())));
    return page;
}

} // namespace

TEST_CASE("every QR code on a page is read, with its place") {
    cv::Mat page = page_with(code_picture("https://tte.example.go.id/v/7", 180), {60, 650});
    code_picture("second", 150).copyTo(page(cv::Rect(500, 40, 150, 150)));
    const auto codes = image::qr_codes(image::image_of(page).view());
    REQUIRE(codes.size() == 2);
    const auto& found = codes[0].text == "second" ? codes[1] : codes[0];
    CHECK(found.text == "https://tte.example.go.id/v/7");
    const Box box = bounding_box(found.quad);
    CHECK(box.left > 60);
    CHECK(box.right < 240);
    CHECK(box.top > 650);
    CHECK(box.width() > 100);
}

TEST_CASE("a QR code is read when the page is turned, grey and a little blurred") {
    cv::Mat page = page_with(code_picture("https://tte.example.go.id/v/7", 180), {300, 300});
    const cv::Mat turn = cv::getRotationMatrix2D({350, 450}, 20, 1);
    cv::warpAffine(page, page, turn, page.size(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar::all(235));
    cv::GaussianBlur(page, page, {3, 3}, 0);
    cv::cvtColor(page, page, cv::COLOR_BGR2GRAY);
    const auto codes = image::qr_codes(image::image_of(page).view());
    REQUIRE(codes.size() == 1);
    CHECK(codes[0].text == "https://tte.example.go.id/v/7");
}

TEST_CASE("a page without a code has none, nor has no page") {
    CHECK(image::qr_codes(image::image_of(cv::Mat(400, 300, CV_8UC3, cv::Scalar::all(200))).view()).empty());
    CHECK(image::qr_codes({}).empty());
}
