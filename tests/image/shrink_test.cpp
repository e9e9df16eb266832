#include "image/shrink.hpp"
#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace saring;
using namespace saring::image;

namespace {

// Brighter to the right and to the bottom.
cv::Mat slope(cv::Size size) {
    cv::Mat out(size, CV_8UC3);
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const int level = 200 * x / size.width + 50 * y / size.height;
            out.at<cv::Vec3b>(y, x) = cv::Vec3b::all(static_cast<std::uint8_t>(level));
        }
    }
    return out;
}

} // namespace

TEST_CASE("a shrunk picture is the mean of what it stands for, whatever the sizes") {
    for (const cv::Size size : {cv::Size(800, 600), cv::Size(797, 603), cv::Size(201, 150)}) {
        const cv::Mat picture = slope(size);
        for (const cv::Size small : {cv::Size(100, 75), cv::Size(133, 90), cv::Size(40, 30), cv::Size(1, 1)}) {
            cv::Mat exact;
            cv::resize(picture, exact, small, 0, 0, cv::INTER_AREA);
            const cv::Mat fast = shrunk(picture, small);
            REQUIRE(fast.size() == small);
            CHECK(cv::norm(fast, exact, cv::NORM_INF) <= 2);
        }
    }
}

TEST_CASE("a picture at its own size is a copy") {
    cv::Mat picture = slope({60, 40});
    const cv::Mat same = shrunk(picture, 1.0);
    CHECK(cv::norm(same, picture, cv::NORM_INF) == 0);
    picture.setTo(cv::Scalar::all(0));
    CHECK(cv::norm(same, cv::NORM_INF) > 100);
}

TEST_CASE("no factor leaves less than a pixel") { CHECK(shrunk(slope({60, 40}), 0.001).size() == cv::Size(1, 1)); }
