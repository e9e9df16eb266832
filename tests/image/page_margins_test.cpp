// What lies around a sheet, drawn with its truth: desks of several kinds, a photo that ends before the sheet does, and
// fingers from light to dark that hold the sheet at its rim.
#include "drawn_page.hpp"
#include "image/clean_page.hpp"
#include "image/page_grid.hpp"
#include "image/page_margins.hpp"
#include "support.hpp"

using namespace saring;
using namespace saring::image;

namespace {

const cv::Size photo_size(1000, 1300);
constexpr int left = 160; // of the sheet, in the photo
constexpr int top = 140;
constexpr int bottom = 1180;
constexpr int stained = 225; // darkest channel below which something is left

struct Desk {
    const char* name;
    cv::Scalar colour; // BGR
    double grain;      // grey levels, sigma
    cv::Size fibre;    // pixels over which the grain is alike
};
const Desk desks[] = {{"dark grain", {38, 55, 80}, 14, {61, 3}},
                      {"light wood", {95, 145, 190}, 12, {71, 5}},
                      {"blue cloth", {120, 70, 45}, 12, {3, 3}},
                      {"black", {25, 25, 28}, 4, {5, 5}}};

struct Skin {
    const char* name;
    cv::Scalar colour; // BGR
};
const Skin skins[] = {{"very light", {189, 205, 240}}, {"light", {150, 180, 225}}, {"medium", {115, 150, 205}},
                      {"tan", {85, 120, 175}},         {"brown", {55, 80, 130}},   {"dark", {35, 48, 78}}};

cv::Mat desk_of(const Desk& desk) {
    cv::Mat noise(photo_size, CV_32F);
    cv::theRNG().state = 5;
    cv::randn(noise, 0, 1);
    cv::blur(noise, noise, desk.fibre);
    cv::Scalar mean;
    cv::Scalar spread;
    cv::meanStdDev(noise, mean, spread);
    noise *= desk.grain / spread[0];
    cv::Mat grain;
    cv::merge(std::vector<cv::Mat>{noise, noise, noise}, grain);
    grain += desk.colour;
    cv::Mat out;
    grain.convertTo(out, CV_8U);
    return out;
}

// A sheet with lines of print, whose right side leans from `right_above` to `right_below`.
void draw_sheet(cv::Mat& photo, int right_above, int right_below) {
    const std::vector<cv::Point> outline{{left, top}, {right_above, top}, {right_below, bottom}, {left, bottom}};
    cv::fillConvexPoly(photo, outline, cv::Scalar(232, 240, 244), cv::LINE_AA);
    for (int y = top + 90; y < bottom - 80; y += 40) {
        cv::putText(photo, "quick brown foxes jump over lazy dogs", {left + 70, y}, cv::FONT_HERSHEY_SIMPLEX, 0.95,
                    cv::Scalar(40, 40, 45), 2, cv::LINE_AA);
    }
}

// A finger that comes from beyond the left rim and reaches `reach` pixels onto the sheet, rounder at its sides, with a
// nail and a soft shadow. Gives the finger's mask.
cv::Mat draw_finger(cv::Mat& photo, const cv::Scalar& skin, int reach, int y) {
    const int half = 34;
    cv::Mat finger = cv::Mat::zeros(photo.size(), CV_8U);
    const cv::Point tip(left + reach - half, y);
    cv::line(finger, {0, y + 60}, tip, 255, 2 * half, cv::LINE_AA);
    cv::Mat shadow;
    cv::GaussianBlur(finger, shadow, {}, 14);
    cv::Mat depth;
    cv::distanceTransform(finger > 127, depth, cv::DIST_L2, 5);
    for (int v = 0; v < photo.rows; ++v) {
        for (int u = 0; u < photo.cols; ++u) {
            auto& p = photo.at<cv::Vec3b>(v, u);
            const double around = 1 - 0.25 * shadow.at<std::uint8_t>(std::max(0, v - 10), u) / 255;
            const double round = 0.6 + 0.4 * std::min(1.0, depth.at<float>(v, u) / (0.8 * half));
            const bool is_finger = finger.at<std::uint8_t>(v, u) > 127;
            for (int c = 0; c < 3; ++c) {
                p[c] = cv::saturate_cast<std::uint8_t>(is_finger ? skin[c] * round : p[c] * around);
            }
        }
    }
    const cv::Scalar nail = 0.8 * skin + cv::Scalar(45, 42, 50);
    cv::ellipse(photo, tip + cv::Point(8, 0), {14, 18}, 0, 0, 360, nail, -1, cv::LINE_AA);
    return finger > 127;
}

struct Cleared {
    cv::Mat before;
    cv::Mat after;
};

// The part of the photo, and beyond it, that was taken for the page.
Cleared cleared(const cv::Mat& photo, const cv::Rect& page, bool may_go_on = false) {
    const DenseMapping mapping = dense_mapping(
        [&](Point p) {
            return Point{p.x + static_cast<float>(page.x), p.y + static_cast<float>(page.y)};
        },
        page.size());
    Cleared out;
    out.before = clean_page(taken_along(photo, mapping, page.size()), SurfaceKind::paper, true);
    out.after = out.before.clone();
    clear_margins(out.after, photo, mapping, {}, may_go_on);
    return out;
}

cv::Mat darkest(const cv::Mat& bgr) {
    cv::Mat planes[3];
    cv::split(bgr, planes);
    return cv::min(cv::min(planes[0], planes[1]), planes[2]);
}

double share_left(const cv::Mat& page, const cv::Mat& truth) {
    return cv::countNonZero((darkest(page) < stained) & truth) / std::max(1.0, cv::countNonZero(truth) * 1.0);
}

// Pixels of the print that were painted over.
int print_lost(const Cleared& page, const cv::Rect& print) {
    return cv::countNonZero((darkest(page.before)(print) < 128) & (darkest(page.after)(print) > 128));
}

} // namespace

TEST_CASE("where the photo ends with the page, the desk that is seen elsewhere goes") {
    for (const Desk& desk : desks) {
        INFO(desk.name);
        cv::Mat photo = desk_of(desk);
        draw_sheet(photo, 905, 965); // a wedge of desk is left at the right, up to the photo's end and the page's
        const cv::Rect page(left - 12, top, photo_size.width - left + 42, bottom - top);
        cv::Mat truth = cv::Mat::zeros(page.size(), CV_8U);
        const std::vector<cv::Point> wedge{
            {910 - page.x, 0}, {999 - page.x, 0}, {999 - page.x, page.height - 1}, {970 - page.x, page.height - 1}};
        cv::fillConvexPoly(truth, wedge, 255);
        truth.colRange(0, 8).setTo(255);
        const Cleared seen = cleared(photo, page);
        CHECK(share_left(seen.before, truth) > 0.7);
        CHECK(share_left(seen.after, truth) < 0.03);
        CHECK(print_lost(seen, {12 + 60, 40, 660, page.height - 80}) == 0);
    }
}

TEST_CASE("a bar printed to the edge stays where the photo ends, unless the desk has its colour") {
    cv::Mat photo = desk_of(desks[0]);
    draw_sheet(photo, 999, 999);
    cv::rectangle(photo, {940, top}, {999, bottom}, cv::Scalar(70, 150, 60), -1);
    const cv::Rect page(left - 12, top, photo_size.width - left + 12, bottom - top);
    const Cleared seen = cleared(photo, page);
    cv::Mat bar = cv::Mat::zeros(page.size(), CV_8U);
    bar.colRange(page.width - 50, page.width).rowRange(20, page.height - 20).setTo(255);
    CHECK(share_left(seen.after, bar) > 0.98);
}

TEST_CASE("fingers that hold a sheet go, whatever the colour of their skin, and the print stays") {
    for (const Desk& desk : desks) {
        for (const Skin& skin : skins) {
            for (const double share : {0.02, 0.05, 0.08}) {
                INFO(desk.name << ", " << skin.name << ", " << share);
                cv::Mat photo = desk_of(desk);
                draw_sheet(photo, 900, 900);
                const int reach = static_cast<int>(share * (900 - left));
                const cv::Mat finger = draw_finger(photo, skin.colour, reach, 640);
                const cv::Rect page(left, top, 900 - left, bottom - top);
                const Cleared seen = cleared(photo, page);
                CHECK(share_left(seen.after, finger(page)) < 0.05);
                CHECK(print_lost(seen, {66, 40, 660, page.height - 80}) == 0);
            }
        }
    }
}

TEST_CASE("writing that nobody has read stays where a board in shade goes on beyond the page") {
    cv::Mat photo(photo_size, CV_8UC3, cv::Scalar::all(235));
    photo.colRange(0, left + 120).setTo(cv::Scalar::all(165)); // a shade along the left
    for (int y = top + 200; y < bottom - 200; y += 70) {
        cv::putText(photo, "Dog", {left + 12, y}, cv::FONT_HERSHEY_SIMPLEX, 1.1, cv::Scalar(90, 40, 30), 4,
                    cv::LINE_AA);
    }
    const Cleared seen = cleared(photo, {left, top, photo_size.width - left - 40, bottom - top}, true);
    CHECK(print_lost(seen, {0, 100, 120, bottom - top - 200}) == 0);
}
