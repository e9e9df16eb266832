#include "drawn_page.hpp"
#include "image/text_chains.hpp"
#include "image/unroll.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::image;
using saring::test::facts_with;
using saring::test::photo_of;
using saring::test::printed_page;

namespace {

const cv::Size photo_size(1600, 2100);

// A cubic sheet before a camera: the photo's rays are met with it by bisection along the page's x.
struct BentSheet {
    double bulge = 0.12; // of the page's width
    double skewness = 0.1;
    double tilt = 0.2; // radians about the x axis
    cv::Size page;

    [[nodiscard]] double height(double x) const { return x * (1 - x) * (4 * bulge + skewness * (x - 0.5)); }

    // In page widths, the origin in the page's middle.
    [[nodiscard]] cv::Point2d seen(double x, double y) const {
        const double z = -height(x);
        const double v = std::cos(tilt) * y - std::sin(tilt) * z;
        const double w = std::sin(tilt) * y + std::cos(tilt) * z + 2.0;
        return {(x - 0.5) / w, v / w};
    }

    // The page pixel that a photo pixel shows.
    [[nodiscard]] cv::Point2d onto_page(cv::Point2d p) const {
        const double focal = 0.78 * 2100;
        const double u = (p.x - 800) / focal;
        const double v = (p.y - 1050) / focal;
        double x = 0.5;
        double y = 0;
        for (int i = 0; i < 40; ++i) {
            const cv::Point2d s = seen(x, y);
            x = std::clamp(x + (u - s.x) * 1.6, -0.3, 1.3);
            y += (v - s.y) * 1.6;
        }
        // Equal lengths on paper are equal lengths on the page.
        double length = 0;
        double whole = 0;
        constexpr int steps = 200;
        for (int i = 0; i < steps; ++i) {
            const double a = static_cast<double>(i) / steps;
            const double piece = std::hypot(1.0 / steps, height(a + 1.0 / steps) - height(a));
            whole += piece;
            length += std::clamp((x - a) * steps, 0.0, 1.0) * piece;
        }
        const double across = x < 0 || x > 1 ? (x < 0 ? -1.0 : 2.0) : length / whole;
        return {across * page.width, y * page.width / whole + page.height / 2.0};
    }
};

Straightness lines_of(const cv::Mat& photo, const FlatWay& flat) {
    const double scale = std::max(flat.size.width, flat.size.height) / 1600;
    const cv::Size size(static_cast<int>(flat.size.width / scale), static_cast<int>(flat.size.height / scale));
    const auto s = static_cast<float>(scale);
    cv::Mat gray;
    cv::cvtColor(photo, gray, cv::COLOR_BGR2GRAY);
    const cv::Mat page = taken_along(gray,
                                     dense_mapping(
                                         [&](Point p) {
                                             return flat.way({p.x * s, p.y * s});
                                         },
                                         size),
                                     size);
    return straightness(find_text_chains(page), size.width);
}

PageRegion region_of(const Quad& quad) {
    PageRegion region;
    region.quad = quad;
    return region;
}

} // namespace

TEST_CASE("chains follow lines of print and tell how they lie") {
    cv::Mat gray;
    cv::cvtColor(printed_page(), gray, cv::COLOR_BGR2GRAY);
    const Straightness level = straightness(find_text_chains(gray), gray.cols);
    CHECK(level.lines >= 25);
    CHECK(level.bend < 1);
    CHECK(std::abs(level.skew) < 0.1);

    cv::Mat turned;
    cv::warpAffine(gray, turned, cv::getRotationMatrix2D({525, 742}, -3, 1), gray.size(), cv::INTER_LINEAR,
                   cv::BORDER_CONSTANT, cv::Scalar::all(246));
    CHECK(straightness(find_text_chains(turned), gray.cols).skew == Approx(3).margin(0.2));
    CHECK(find_text_chains(cv::Mat(800, 600, CV_8U, cv::Scalar::all(240))).chains.empty());
}

TEST_CASE("a sheet bent by a cubic and seen aslant comes out with straight, level lines") {
    const cv::Mat page = printed_page();
    const BentSheet sheet{0.12, 0.15, 0.2, page.size()};
    const cv::Mat photo = photo_of(page, photo_size, [&](cv::Point2d p) { return sheet.onto_page(p); });
    const PageRegion region = region_of(quad_of({60, 60, 1540, 2040}));
    const FlatWay flat = flat_way(photo, region, facts_with(photo_size, {}));
    CHECK(flat.curled);
    const Straightness lines = lines_of(photo, flat);
    CHECK(lines.lines >= 20);
    CHECK(lines.bend < 1.0); // pixels of a page of 1600
    CHECK(lines.residual < 1.5);
    CHECK(std::abs(lines.skew) < 0.2);
    CHECK(lines.fan < 0.2);
}

TEST_CASE("a flat page is not bent, and no text is lost at the margins of a bent one") {
    const cv::Mat page = printed_page();
    const Quad quad{{{{240, 180}, {1380, 220}, {1460, 1900}, {150, 1860}}}};
    const cv::Mat photo = photo_of(page, photo_size, quad);
    const FlatWay flat = flat_way(photo, region_of(quad), facts_with(photo_size, {}));
    CHECK_FALSE(flat.curled);
    CHECK(lines_of(photo, flat).bend < 1.0);

    const BentSheet sheet{0.1, 0, 0.1, page.size()};
    const cv::Mat bent = photo_of(page, photo_size, [&](cv::Point2d p) { return sheet.onto_page(p); });
    const FlatWay unrolled = flat_way(bent, region_of(quad_of({300, 300, 1300, 1800})), facts_with(photo_size, {}));
    CHECK(lines_of(bent, unrolled).lines >= 25);
}

TEST_CASE("text that leans on its surface is levelled") {
    cv::Mat page = printed_page();
    cv::warpAffine(page, page, cv::getRotationMatrix2D({525, 742}, -2, 1), page.size(), cv::INTER_LINEAR,
                   cv::BORDER_CONSTANT, cv::Scalar::all(246));
    const Quad quad = quad_of({200, 200, 1250, 1685});
    const cv::Mat photo = photo_of(page, photo_size, quad);
    CHECK(std::abs(lines_of(photo, flat_way(photo, region_of(quad), facts_with(photo_size, {}))).skew) < 0.2);
}
