#include "image/mapping.hpp"
#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace saring;
using namespace saring::image;

namespace {

// A black picture with one white dot of `radius` around a place that is given in continuous coordinates.
cv::Mat dot(cv::Size size, Point at, int radius) {
    cv::Mat mat = cv::Mat::zeros(size, CV_8UC1);
    constexpr int bits = 8;
    cv::circle(mat, {static_cast<int>((at.x - 0.5F) * (1 << bits)), static_cast<int>((at.y - 0.5F) * (1 << bits))},
               radius << bits, 255, -1, cv::LINE_AA, bits);
    return mat;
}

// The centre of what is white, in continuous coordinates.
Point white_centre(const cv::Mat& mat) {
    const cv::Moments m = cv::moments(mat, false);
    return {static_cast<float>(m.m10 / m.m00 + 0.5), static_cast<float>(m.m01 / m.m00 + 0.5)};
}

void check_lands(const View& view, Point original, double tolerance) {
    const Point back = view.mapping.to_original(white_centre(view.mat));
    INFO("mapped back to " << back << ", expected " << original);
    CHECK(std::hypot(back.x - original.x, back.y - original.y) < tolerance);
}

constexpr Point place{211.25F, 97.75F};
const cv::Size page_size(400, 300);

} // namespace

TEST_CASE("a place found on a scaled, turned, rotated, cropped or warped picture maps back to the original") {
    const View page{dot(page_size, place, 9), {}};
    check_lands(page, place, 0.1);
    for (const double factor : {0.31, 0.5, 0.77, 1.6, 2.0}) {
        check_lands(rescaled(page, factor), place, 0.15);
    }
    for (const int degrees : {0, 90, 180, 270, -90}) {
        check_lands(turned_by(page, degrees), place, 0.1);
    }
    for (const double degrees : {7.0, -33.0, 120.0}) {
        check_lands(rotated(page, degrees, cv::Scalar::all(0)), place, 0.15);
        check_lands(rotated(page, degrees, cv::Scalar::all(0), Interpolation::cubic), place, 0.15);
    }
    check_lands(cropped(page, {150, 60, 120, 90}), place, 0.1);
    const Quad quad{{{{150, 40}, {290, 60}, {280, 170}, {140, 150}}}};
    check_lands(warp(page, quad, {280, 220}), place, 0.4);
    check_lands(warp(page, quad, {60, 50}), place, 0.8);
}

TEST_CASE("thin strokes of a turned picture stay stronger with cubic interpolation") {
    View page{cv::Mat::zeros(200, 200, CV_8UC1), {}};
    for (int x = 20; x < 180; x += 4) {
        cv::line(page.mat, {x, 20}, {x, 180}, cv::Scalar(200), 1);
    }
    const auto deviation = [&](Interpolation interpolation) {
        cv::Scalar mean;
        cv::Scalar out;
        const cv::Mat turned = rotated(page, 37, cv::Scalar::all(0), interpolation).mat;
        cv::meanStdDev(turned(cv::Rect(turned.cols / 2 - 40, turned.rows / 2 - 40, 80, 80)), mean, out);
        return out[0];
    };
    CHECK(deviation(Interpolation::cubic) > 1.1 * deviation(Interpolation::linear));
}

TEST_CASE("steps add up: a turn after a warp after a scaling still leads back") {
    const View page{dot(page_size, place, 9), {}};
    const View half = rescaled(page, 0.6);
    const Quad quad = half.mapping.from_original(Quad{{{{140, 30}, {300, 50}, {290, 180}, {130, 160}}}});
    const View flat = turned_by(warp(half, quad, {200, 160}), 90);
    check_lands(rotated(flat, 12, cv::Scalar::all(0)), place, 0.6);
    const Point there = flat.mapping.from_original(place);
    const Point back = flat.mapping.to_original(there);
    CHECK(back.x == Approx(place.x).margin(1e-3));
    CHECK(back.y == Approx(place.y).margin(1e-3));
}

TEST_CASE("the corners of a quad become the corners of the warped picture") {
    const Quad quad{{{{150, 40}, {290, 60}, {280, 170}, {140, 150}}}};
    const Mapping mapping = Mapping::of_quad(quad, {200, 100});
    CHECK(mapping.to_original(Point{0, 0}).x == Approx(150).margin(1e-3));
    CHECK(mapping.to_original(Point{200, 100}).y == Approx(170).margin(1e-3));
    CHECK(mapping.to_original(Point{0, 100}).x == Approx(140).margin(1e-3));
}

TEST_CASE("magnification tells how many original pixels one pixel stands for") {
    CHECK(Mapping::scaled(0.25).magnification({10, 10}) == Approx(4));
    CHECK(Mapping().magnification({5, 5}) == Approx(1));
}
