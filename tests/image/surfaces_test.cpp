#include "image/surfaces.hpp"
#include "support.hpp"

#include <opencv2/imgproc.hpp>

using namespace saring;
using namespace saring::image;

namespace {

cv::Mat desk() {
    cv::Mat mat(900, 1200, CV_8UC3, cv::Scalar(60, 90, 120));
    cv::Mat noise(mat.size(), CV_8UC3);
    cv::theRNG().state = 7;
    cv::randn(noise, 0, 6);
    return mat + noise;
}

void lay(cv::Mat& mat, const Quad& quad, const cv::Scalar& colour) {
    std::vector<cv::Point> outline;
    for (const Point p : quad.corners) {
        outline.emplace_back(static_cast<int>(p.x), static_cast<int>(p.y));
    }
    cv::fillConvexPoly(mat, outline, colour, cv::LINE_AA);
}

const Quad sheet{{{{300, 120}, {860, 160}, {900, 780}, {250, 740}}}};

} // namespace

TEST_CASE("a sheet on a desk is found to a hundredth of its size, with text on it and a corner covered") {
    cv::Mat photo = desk();
    lay(photo, sheet, cv::Scalar(235, 238, 240));
    for (int y = 260; y < 640; y += 40) {
        cv::putText(photo, "tulisan pada kertas", {380, y}, cv::FONT_HERSHEY_SIMPLEX, 0.8, cv::Scalar(40, 40, 40), 2);
    }
    const auto found = find_surfaces(photo);
    REQUIRE_FALSE(found.empty());
    CHECK(jaccard(found[0].quad, sheet) > 0.98F);
    CHECK(found[0].confidence > 0.6F);

    cv::circle(photo, {260, 735}, 60, cv::Scalar(130, 160, 210), -1); // a thumb
    const auto covered = find_surfaces(photo);
    REQUIRE_FALSE(covered.empty());
    CHECK(jaccard(covered[0].quad, sheet) > 0.95F);
}

TEST_CASE("among many straight lines a hasty search finds the sheet too") {
    cv::Mat photo = desk();
    for (int i = 0; i < 40; ++i) {
        cv::line(photo, {0, 20 * i + 7 * (i % 3)}, {photo.cols, 23 * i}, cv::Scalar(120, 140, 150), 2);
        cv::line(photo, {31 * i, 0}, {30 * i + 5 * (i % 4), photo.rows}, cv::Scalar(150, 140, 120), 2);
    }
    lay(photo, sheet, cv::Scalar(235, 238, 240));
    for (const Search search : {Search::thorough, Search::hasty}) {
        const auto found = find_surfaces(photo, search);
        REQUIRE_FALSE(found.empty());
        CHECK(jaccard(found[0].quad, sheet) > 0.9F);
    }
}

TEST_CASE("two sheets on one photo are both found") {
    cv::Mat photo = desk();
    const Quad left{{{{80, 150}, {500, 140}, {520, 700}, {90, 720}}}};
    const Quad right{{{{640, 200}, {1100, 170}, {1120, 760}, {660, 740}}}};
    lay(photo, left, cv::Scalar(230, 235, 235));
    lay(photo, right, cv::Scalar(210, 230, 245));
    const auto found = find_surfaces(photo);
    const auto best = [&](const Quad& quad) {
        float value = 0;
        for (const Surface& surface : found) {
            value = std::max(value, jaccard(surface.quad, quad));
        }
        return value;
    };
    CHECK(best(left) > 0.95F);
    CHECK(best(right) > 0.95F);
}

TEST_CASE("a bright slide in a dark room is called a slide") {
    cv::Mat photo(900, 1200, CV_8UC3, cv::Scalar(25, 22, 20));
    const Quad slide{{{{300, 200}, {900, 180}, {910, 560}, {310, 540}}}};
    lay(photo, slide, cv::Scalar(230, 220, 200));
    const auto found = find_surfaces(photo);
    REQUIRE_FALSE(found.empty());
    CHECK(jaccard(found[0].quad, slide) > 0.97F);
    CHECK(found[0].kind == SurfaceKind::slide);
}

TEST_CASE("an empty picture has no surfaces, and none lies far outside a tiny one") {
    CHECK(find_surfaces(cv::Mat(300, 400, CV_8UC3, cv::Scalar::all(128))).empty());
    CHECK_NOTHROW((void)find_surfaces(cv::Mat(3, 3, CV_8UC3, cv::Scalar::all(9))));
}
