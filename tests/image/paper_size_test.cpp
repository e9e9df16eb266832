#include "drawn_page.hpp"
#include "image/paper_size.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::image;

namespace {

// Corners of a sheet of so many units, tilted before a phone's camera and seen on a photo of 4000 x 3000.
Quad seen_tilted(double width, double height, double degrees_x, double degrees_y) {
    const double a = degrees_x * CV_PI / 180;
    const double b = degrees_y * CV_PI / 180;
    Quad out;
    const std::array<cv::Vec2d, 4> corners{{{-1, -1}, {1, -1}, {1, 1}, {-1, 1}}};
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Vec3d p(corners.at(i)[0] * width / 2, corners.at(i)[1] * height / 2, 0);
        const cv::Vec3d q(p[0], std::cos(a) * p[1], std::sin(a) * p[1]);
        const cv::Vec3d r(std::cos(b) * q[0] + std::sin(b) * q[2], q[1], -std::sin(b) * q[0] + std::cos(b) * q[2]);
        const double scale = 0.78 * 4000 / (r[2] + 420);
        out.corners.at(i) = {static_cast<float>(2000 + scale * r[0]), static_cast<float>(1500 + scale * r[1])};
    }
    return out;
}

} // namespace

TEST_CASE("the aspect of a sheet is told from a view that is steep, slight or straight") {
    for (const auto& [x, y] :
         {std::pair{0.0, 0.0}, std::pair{3.0, 1.0}, std::pair{25.0, 10.0}, std::pair{-20.0, 30.0}}) {
        CAPTURE(x, y);
        CHECK(aspect_of(seen_tilted(210, 297, x, y), {4000, 3000}) == Approx(210.0 / 297).epsilon(0.03));
        CHECK(aspect_of(seen_tilted(320, 180, x, y), {4000, 3000}) == Approx(16.0 / 9).epsilon(0.03));
    }
}

TEST_CASE("papers are told apart by their aspect, upright and lying") {
    CHECK(paper_near(210.0 / 297, SurfaceKind::paper) == Paper::a4);
    CHECK(paper_near(297.0 / 210, SurfaceKind::paper) == Paper::a4);
    CHECK(paper_near(215.0 / 330, SurfaceKind::paper) == Paper::f4);
    CHECK(paper_near(8.5 / 11, SurfaceKind::paper) == Paper::letter);
    CHECK(paper_near(8.5 / 14, SurfaceKind::paper) == Paper::legal);
    CHECK(paper_near(16.0 / 9, SurfaceKind::slide) == Paper::wide);
    CHECK(paper_near(0.4, SurfaceKind::paper) == Paper::automatic);
    CHECK(paper_near(1.0, SurfaceKind::whiteboard) == Paper::automatic);
}

TEST_CASE("a page has its paper's size at its dpi, no more dots than asked for and none invented") {
    const PaperSize large = paper_size({4200, 5900}, Paper::a4, SurfaceKind::paper, 300);
    CHECK(large.pixels == cv::Size(2480, 3508));
    CHECK(large.dpi == Approx(300));
    const PaperSize small = paper_size({700, 990}, Paper::a4, SurfaceKind::paper, 300);
    CHECK(small.pixels.width <= 705);
    CHECK(small.pixels.width / small.dpi * 25.4 == Approx(210).epsilon(0.01));
    const PaperSize a5 = paper_size({700, 990}, Paper::a5, SurfaceKind::paper, 300);
    CHECK(a5.pixels.width / a5.dpi * 25.4 == Approx(148).epsilon(0.01));
    const PaperSize receipt = paper_size({500, 1700}, Paper::automatic, SurfaceKind::paper, 300);
    CHECK(receipt.pixels == cv::Size(500, 1700));
    CHECK(receipt.pixels.width / receipt.dpi * 25.4 == Approx(80).epsilon(0.01));
}
