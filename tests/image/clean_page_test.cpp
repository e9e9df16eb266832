#include "drawn_page.hpp"
#include "image/clean_page.hpp"
#include "image/page_grid.hpp"
#include "image/page_margins.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::image;
using saring::test::printed_page;

namespace {

// Light that falls off to one side and is warm, with a hand's soft shadow.
cv::Mat lit(const cv::Mat& page) {
    cv::Mat shadow = cv::Mat::ones(page.size(), CV_32F);
    cv::circle(shadow, {page.cols / 3, page.rows / 2}, page.cols / 4, cv::Scalar(0.6), -1);
    cv::GaussianBlur(shadow, shadow, {}, 40);
    cv::Mat out = page.clone();
    for (int y = 0; y < page.rows; ++y) {
        for (int x = 0; x < page.cols; ++x) {
            const float light =
                shadow.at<float>(y, x) * (0.95F - 0.35F * static_cast<float>(x) / static_cast<float>(page.cols));
            auto& p = out.at<cv::Vec3b>(y, x);
            p = {cv::saturate_cast<std::uint8_t>(static_cast<float>(p[0]) * light * 0.8F),
                 cv::saturate_cast<std::uint8_t>(static_cast<float>(p[1]) * light * 0.93F),
                 cv::saturate_cast<std::uint8_t>(static_cast<float>(p[2]) * light)};
        }
    }
    return out;
}

cv::Vec3b at(const cv::Mat& mat, int x, int y) { return mat.at<cv::Vec3b>(y, x); }

double hue(const cv::Vec3b& bgr) {
    cv::Mat hsv;
    cv::cvtColor(cv::Mat(1, 1, CV_8UC3, cv::Scalar(bgr[0], bgr[1], bgr[2])), hsv, cv::COLOR_BGR2HSV);
    return 2.0 * hsv.at<cv::Vec3b>(0)[0];
}

DenseMapping identity(cv::Size size) {
    return dense_mapping([](Point p) { return p; }, size);
}

} // namespace

TEST_CASE("shadow and warm light go: paper is near white everywhere and print stays dark") {
    const cv::Mat page = printed_page();
    const cv::Mat clean = clean_page(lit(page), SurfaceKind::paper, true);
    for (const cv::Point p : {cv::Point(40, 60), cv::Point(350, 741), cv::Point(1000, 1400), cv::Point(1010, 80)}) {
        const cv::Vec3b paper = clean.at<cv::Vec3b>(p);
        CAPTURE(p.x, p.y);
        CHECK(std::min({paper[0], paper[1], paper[2]}) >= 244);
        CHECK(std::max({paper[0], paper[1], paper[2]}) <= 252);
    }
    cv::Mat ink;
    cv::cvtColor(page, ink, cv::COLOR_BGR2GRAY);
    CHECK(cv::mean(clean, ink < 60)[1] < 60);
}

TEST_CASE("stamps, signatures and pictures keep their colours") {
    cv::Mat page = printed_page();
    cv::circle(page, {300, 1300}, 80, cv::Scalar(40, 40, 205), 10);                    // a red stamp
    cv::ellipse(page, {750, 1300}, {120, 40}, 20, 0, 360, cv::Scalar(190, 70, 30), 6); // blue ink
    cv::rectangle(page, {600, 300}, {1000, 700}, cv::Scalar(60, 140, 60), -1);         // a picture
    const cv::Mat clean = clean_page(lit(page), SurfaceKind::paper, true);
    const double red = hue(at(clean, 220, 1300));
    CHECK((red < 12 || red > 348));
    CHECK(hue(at(clean, 750 + 113, 1300 + 41)) == Approx(225).margin(15));
    const cv::Vec3b picture = at(clean, 800, 500);
    CHECK(hue(picture) == Approx(120).margin(12));
    CHECK(picture[1] < 190); // not bleached
}

TEST_CASE("what shines through from the back goes, faint pencil stays") {
    cv::Mat page = printed_page();
    cv::rectangle(page, {100, 30}, {400, 80}, cv::Scalar::all(240), -1);
    cv::line(page, {600, 60}, {900, 60}, cv::Scalar::all(190), 3);
    const cv::Mat clean = clean_page(page, SurfaceKind::paper, true);
    CHECK(at(clean, 250, 55)[1] >= 246);
    CHECK(at(clean, 750, 60)[1] < 215);
}

TEST_CASE("a dark slide stays dark and a note keeps its yellow") {
    cv::Mat slide(600, 1000, CV_8UC3, cv::Scalar(60, 30, 25));
    cv::putText(slide, "dark slide", {100, 300}, cv::FONT_HERSHEY_SIMPLEX, 4, cv::Scalar::all(240), 8);
    CHECK(at(clean_page(slide, SurfaceKind::slide, true), 20, 20)[2] < 60);

    cv::Mat note(600, 600, CV_8UC3, cv::Scalar(90, 215, 240));
    cv::putText(note, "milk", {100, 300}, cv::FONT_HERSHEY_SIMPLEX, 3, cv::Scalar::all(40), 6);
    const cv::Vec3b ground = at(clean_page(note, SurfaceKind::note, true), 30, 30);
    CHECK(hue(ground) == Approx(50).margin(12));
    CHECK(ground[0] < 150);
}

TEST_CASE("scenery is no paper and is left as it is") {
    cv::Mat scene(600, 800, CV_8UC3);
    cv::theRNG().state = 3;
    cv::randu(scene, 0, 255);
    cv::GaussianBlur(scene, scene, {}, 6);
    cv::normalize(scene, scene, 20, 200, cv::NORM_MINMAX);
    const cv::Mat clean = clean_page(scene, SurfaceKind::paper, false);
    CHECK(cv::norm(clean, scene, cv::NORM_L1) / static_cast<double>(3 * scene.total()) < 12);
}

TEST_CASE("the desk at a page's rim goes, a bar printed to the sheet's edge and text at the edge stay") {
    // The photo: a desk, and on it a sheet with a green bar across its top. The page was cut a little too wide at the
    // left.
    cv::Mat photo(1000, 800, CV_8UC3, cv::Scalar(40, 70, 100));
    cv::rectangle(photo, {120, 100}, {700, 900}, cv::Scalar::all(250), -1);
    cv::rectangle(photo, {120, 100}, {700, 160}, cv::Scalar(60, 140, 60), -1);
    const cv::Point origin(100, 100);
    const cv::Size size(600, 800);
    const DenseMapping mapping = dense_mapping([&](Point p) { return Point{p.x + 100, p.y + 100}; }, size);
    cv::Mat clean = photo(cv::Rect(origin, size)).clone();
    cv::putText(clean, "7", {560, 790}, cv::FONT_HERSHEY_SIMPLEX, 1.2, cv::Scalar::all(30), 6);
    cv::Mat before = clean.clone();
    clear_margins(clean, photo, mapping, {quad_of({540, 740, 600, 800})});
    CHECK(at(clean, 5, 400)[1] == clean_paper);
    CHECK(at(clean, 300, 10)[1] == 140);
    CHECK(cv::norm(clean(cv::Rect(540, 740, 60, 60)), before(cv::Rect(540, 740, 60, 60)), cv::NORM_INF) == 0);
}

TEST_CASE("what lies outside of the photo is painted as paper") {
    const cv::Size size(400, 400);
    const cv::Mat photo(400, 300, CV_8UC3, cv::Scalar::all(120));
    cv::Mat clean(size, CV_8UC3, cv::Scalar::all(120));
    clear_margins(clean, photo, identity(size), {});
    CHECK(at(clean, 350, 200)[0] == clean_paper);
    CHECK(at(clean, 150, 200)[0] == 120);
}
