#include "image/area_average.hpp"
#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace saring;

namespace {

cv::Mat noise(cv::Size size, int type) {
    cv::Mat out(size, type);
    cv::RNG random(5);
    random.fill(out, cv::RNG::UNIFORM, 0, 256);
    return out;
}

} // namespace

TEST_CASE("averages are those of OpenCV, whatever the kind of numbers and the ratio") {
    const int type = GENERATE(CV_8UC1, CV_8UC3, CV_8UC4, CV_32FC1, CV_32FC3);
    const cv::Size size =
        GENERATE(cv::Size(1, 1), cv::Size(96, 63), cv::Size(60, 40), cv::Size(50, 35), cv::Size(31, 7), cv::Size(3, 69),
                 cv::Size(100, 70), cv::Size(120, 90), cv::Size(120, 30));
    const cv::Mat mat = noise({100, 70}, type);
    cv::Mat wanted;
    cv::resize(mat, wanted, size, 0, 0, cv::INTER_AREA);
    const cv::Mat seen = image::area_averaged(mat, size);
    REQUIRE(seen.type() == type);
    REQUIRE(seen.size() == size);
    CHECK(cv::norm(seen, wanted, cv::NORM_INF) <= (mat.depth() == CV_8U ? 1 : 0.01)); // levels: rounding
    CHECK(cv::norm(seen, wanted, cv::NORM_L1) <= 0.01 * static_cast<double>(wanted.total()));
}

TEST_CASE("a part of a picture is averaged without what lies beside it") {
    cv::Mat mat(40, 40, CV_8UC1, cv::Scalar(255));
    mat(cv::Rect(7, 5, 20, 20)) = 10;
    const cv::Mat small = image::area_averaged(mat(cv::Rect(7, 5, 20, 20)), cv::Size(7, 13));
    CHECK(cv::norm(small, cv::Mat(13, 7, CV_8UC1, cv::Scalar(10)), cv::NORM_INF) == 0);
}

TEST_CASE("a factor gives whole sizes, of one pixel at least, and is kept to where they are rounded") {
    const double factor = GENERATE(0.9, 0.745, 0.5, 0.333, 0.1, 0.013, 1.0);
    const cv::Mat mat = noise({331, 250}, CV_8UC3);
    cv::Mat wanted;
    cv::resize(mat, wanted, {}, factor, factor, cv::INTER_AREA);
    const cv::Mat seen = image::area_averaged(mat, factor);
    REQUIRE(seen.size() == wanted.size());
    CHECK(cv::norm(seen, wanted, cv::NORM_INF) <= 1); // level: rounding
    CHECK(image::area_averaged(noise({100, 70}, CV_8UC1), 0.333).size() == cv::Size(33, 23));
    CHECK(image::area_averaged(noise({100, 2}, CV_8UC1), 0.1).size() == cv::Size(10, 1));
    CHECK(image::half_of({5, 4}) == cv::Size(3, 2));
}
