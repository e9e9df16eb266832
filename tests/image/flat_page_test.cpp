#include "drawn_page.hpp"
#include "image/flat_page.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::image;
using saring::test::facts_with;
using saring::test::photo_of;
using saring::test::printed_page;
using saring::test::read_line;

namespace {

const cv::Size photo_size(1600, 2100);
const Quad sheet{{{{240, 180}, {1380, 220}, {1460, 1900}, {150, 1860}}}};

Page seen(const Quad& quad, SurfaceKind kind = SurfaceKind::paper) {
    return facts_with(photo_size, {{kind, quad, 0.9F}}, {read_line({500, 900, 1000, 930})});
}

} // namespace

TEST_CASE("a photographed sheet becomes a flat white page of its paper's size, and its mapping leads back") {
    cv::Mat print = printed_page();
    const cv::Point mark(800, 60);
    cv::circle(print, mark, 14, cv::Scalar(0, 0, 220), -1, cv::LINE_AA);
    const cv::Mat photo = photo_of(print, photo_size, sheet);
    const auto pages = flatten_pages(photo, seen(sheet), {});
    REQUIRE(pages.size() == 1);
    const FlatPage& page = pages[0];
    CHECK(page.found);
    CHECK_FALSE(page.blank);
    CHECK(page.reading.size() == page.shown.size());
    CHECK(page.shown.rows / static_cast<double>(page.shown.cols) == Approx(1.4142).epsilon(0.03));
    CHECK(page.dpi <= 300);

    // The red mark is where it was drawn, and the mapping leads to where the photo shows it.
    cv::Mat red;
    cv::inRange(page.shown, cv::Scalar(0, 0, 120), cv::Scalar(110, 110, 255), red);
    red.rowRange(page.shown.rows / 10, red.rows).setTo(0); // noise in the print below
    const cv::Moments m = cv::moments(red, true);
    REQUIRE(m.m00 > 50);
    const Point on_page{static_cast<float>(m.m10 / m.m00 + 0.5), static_cast<float>(m.m01 / m.m00 + 0.5)};
    CHECK(on_page.x / static_cast<float>(page.shown.cols) == Approx(800.0 / 1050).margin(0.004));
    CHECK(on_page.y / static_cast<float>(page.shown.rows) == Approx(60.0 / 1485).margin(0.004));
    cv::inRange(photo.rowRange(0, 500), cv::Scalar(0, 0, 160), cv::Scalar(40, 40, 255), red);
    const cv::Moments there = cv::moments(red, true);
    REQUIRE(there.m00 > 50);
    const Point back = page.mapping.to_original(on_page);
    CHECK(back.x == Approx(there.m10 / there.m00 + 0.5).margin(1.5));
    CHECK(back.y == Approx(there.m01 / there.m00 + 0.5).margin(1.5));
}

TEST_CASE("a screenshot or scan passes without being resampled") {
    const cv::Mat scan = printed_page({1240, 1754});
    const auto pages = flatten_pages(scan, facts_with(scan.size(), {}, {read_line({90, 130, 800, 150})}), {});
    REQUIRE(pages.size() == 1);
    CHECK_FALSE(pages[0].found);
    CHECK_FALSE(pages[0].curled);
    CHECK(pages[0].reading.size() == scan.size());
    CHECK(cv::norm(pages[0].reading, scan, cv::NORM_INF) == 0);
    CHECK(pages[0].dpi == Approx(150).epsilon(0.01));
}

TEST_CASE("a page with nothing on it is told, and a single word keeps it from being blank") {
    const cv::Mat empty(1485, 1050, CV_8UC3, cv::Scalar::all(240));
    Page facts = facts_with(photo_size, {{SurfaceKind::paper, sheet, 0.9F}});
    CHECK(flatten_pages(photo_of(empty, photo_size, sheet), facts, {})[0].blank);
    cv::Mat word = empty.clone();
    cv::putText(word, "hello", {400, 700}, cv::FONT_HERSHEY_SIMPLEX, 2, cv::Scalar(120, 60, 30), 4);
    CHECK_FALSE(flatten_pages(photo_of(word, photo_size, sheet), facts, {})[0].blank);
}

TEST_CASE("two shots of one page look alike, another page does not") {
    cv::Mat first = printed_page();
    cv::rectangle(first, {100, 300}, {600, 800}, cv::Scalar(120, 90, 60), -1);
    cv::Mat other = printed_page();
    cv::rectangle(other, {400, 900}, {1000, 1300}, cv::Scalar(60, 90, 160), -1);
    const Quad again{{{{200, 240}, {1400, 200}, {1440, 1880}, {180, 1950}}}};
    const auto likeness = [](const cv::Mat& page, const Quad& quad) {
        return flatten_pages(photo_of(page, photo_size, quad), seen(quad), {})[0].likeness;
    };
    const auto a = likeness(first, sheet);
    CHECK(unlikeness(a, likeness(first, again)) <= 10);
    CHECK(unlikeness(a, likeness(other, sheet)) >= 18);
    CHECK(unlikeness(a, a) == 0);
    CHECK(unlikeness(0, ~std::uint64_t{0}) == 64);
}

TEST_CASE("what the user says of paper, mode and dpi is followed") {
    const cv::Mat photo = photo_of(printed_page(), photo_size, sheet);
    FlatOptions options;
    options.paper = Paper::f4;
    options.most_dpi = 100;
    options.mode = PageMode::whiteboard;
    const auto pages = flatten_pages(photo, seen(sheet), options);
    CHECK(pages[0].kind == SurfaceKind::whiteboard);
    CHECK(pages[0].dpi == Approx(100));
    CHECK(pages[0].shown.cols == Approx(215 / 25.4 * 100).margin(1));
    CHECK(pages[0].shown.rows == Approx(330 / 25.4 * 100).margin(1));
}
