#include "image/page_grid.hpp"
#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace saring;
using namespace saring::image;

TEST_CASE("a page's mapping leads to the photo and back, also between the grid's points and beyond its edge") {
    const auto bent = [](Point p) { return Point{40 + 1.2F * p.x, 30 + 0.9F * p.y + 0.0002F * p.x * p.x}; };
    const DenseMapping mapping = dense_mapping(bent, {301, 407});
    for (const Point p : {Point{0, 0}, Point{13, 200.5F}, Point{150.25F, 31}, Point{301, 407}, Point{310, 415}}) {
        const Point there = mapping.to_original(p);
        CHECK(std::abs(there.x - bent(p).x) < 0.1F);
        CHECK(std::abs(there.y - bent(p).y) < 0.1F);
        const Point back = from_original(mapping, there);
        CHECK(std::abs(back.x - p.x) < 0.1F);
        CHECK(std::abs(back.y - p.y) < 0.1F);
    }
}

TEST_CASE("a page taken along the identity is the photo, bit for bit") {
    cv::Mat photo(123, 77, CV_8UC3);
    cv::theRNG().state = 5;
    cv::randu(photo, 0, 255);
    const DenseMapping mapping = dense_mapping([](Point p) { return p; }, photo.size());
    CHECK(cv::norm(taken_along(photo, mapping, photo.size()), photo, cv::NORM_INF) == 0);
}

TEST_CASE("a page shows what its mapping says, to a fraction of a pixel") {
    // Brightness is the place, so a shift shows in the grey level.
    cv::Mat photo(240, 240, CV_8UC3);
    for (int y = 0; y < photo.rows; ++y) {
        for (int x = 0; x < photo.cols; ++x) {
            photo.at<cv::Vec3b>(y, x) = cv::Vec3b(static_cast<std::uint8_t>(x), static_cast<std::uint8_t>(y), 0);
        }
    }
    const DenseMapping mapping = dense_mapping(
        [](Point p) {
            return Point{20 + p.x * 0.8F, 10 + p.y * 0.7F};
        },
        {200, 250});
    const cv::Mat page = taken_along(photo, mapping, {200, 250});
    for (const cv::Point p : {cv::Point(3, 5), cv::Point(100, 120), cv::Point(190, 240)}) {
        const Point there = mapping.to_original(Point{static_cast<float>(p.x) + 0.5F, static_cast<float>(p.y) + 0.5F});
        CHECK(std::abs(page.at<cv::Vec3b>(p)[0] - (there.x - 0.5F)) < 1);
        CHECK(std::abs(page.at<cv::Vec3b>(p)[1] - (there.y - 0.5F)) < 1);
    }
}
