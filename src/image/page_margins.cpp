// Things at a page's rim that are not on the page touch the rim and, if they are more than the sheet's own edge, go on
// beyond it: the desk, a thumb and the shadow beside a book look the same on both sides of the page's border. A
// coloured bar that is printed to the edge ends there, and stays. Where the photo ends with the page nobody sees what
// lies beyond: only what is thin goes there, and what has the colours of the desk that is seen at other places of the
// rim. A bar of just those colours, without writing, would go with it.
#include "image/page_margins.hpp"

#include "image/area_average.hpp"
#include "image/clean_page.hpp"
#include "image/page_grid.hpp"
#include "image/page_surroundings.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace saring::image {
namespace {

constexpr int dark = 205;       // darkest channel below which something stands there
constexpr int faint = 238;      // the same for the sheet's own edge, of which a fraction of a pixel may be left
constexpr int stroke = 5;       // pixels at search_side; thinner is writing or a rule
constexpr int broad = 11;       // pixels at search_side; thinner is writing, however thick the pen
constexpr double edge = 0.012;  // of the shorter side: what reaches in no deeper is the sheet's edge, however thin
constexpr double deepest = 0.2; // of the shorter side that a stranger reaches in
constexpr double largest = 0.1; // of the page's area
constexpr double mostly_beyond = 0.35; // share of a piece at the rim that looks like what lies beyond
constexpr int soft_edge = 5;           // pixels around what is painted: its blurred edge

cv::Mat darkest_channel(const cv::Mat& bgr) {
    std::vector<cv::Mat> planes;
    cv::split(bgr, planes);
    return cv::min(cv::min(planes[0], planes[1]), planes[2]);
}

cv::Mat mask_of(const std::vector<Quad>& quads, cv::Size size, double scale) {
    cv::Mat out = cv::Mat::zeros(size, CV_8U);
    for (const Quad& quad : quads) {
        std::vector<cv::Point> outline;
        for (const Point p : quad.corners) {
            outline.emplace_back(static_cast<int>(std::lround(p.x * scale)),
                                 static_cast<int>(std::lround(p.y * scale)));
        }
        cv::fillConvexPoly(out, outline, 255);
    }
    return out;
}

// How a component lies to the rim, and to where the photo ends.
struct Reach {
    bool touches_rim = false;
    bool touches_end = false; // of the photo, or the rim
    int depth = 0;            // pixels that it reaches in from the rim
    int depth_from_end = 0;   // from the nearer of both
    int area = 0;
    int beyond = 0;  // pixels of it that look like what lies beyond the border
    int paper = 0;   // … like the page's own paper
    int letters = 0; // … like writing
    bool holds_content = false;

    // A board or a sheet that was cut too narrowly goes on beyond the border as well, with what nobody has read on it.
    [[nodiscard]] bool may_hold_writing() const {
        constexpr double mostly = 0.5;
        constexpr double some = 0.003; // of the area: a few letters
        return paper > mostly * area && letters > some * area;
    }
};

// How far each pixel lies from what is not on the page: the rim, or where the photo ends.
cv::Mat depths(const cv::Mat& outside) {
    cv::Mat inside;
    cv::copyMakeBorder(~outside, inside, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar::all(0));
    cv::Mat out;
    cv::distanceTransform(inside, out, cv::DIST_C, 3);
    out = out(cv::Rect({1, 1}, outside.size())) - cv::Scalar::all(1);
    return out;
}

// What is known of the page's surroundings.
struct Around {
    cv::Mat content; // 255 where something was read
    Alike alike;
    cv::Mat outside; // 255 where the photo has ended
    cv::Mat depth;   // CV_32F, pixels from what is not on the page
    bool page_may_go_on = false;
};

std::vector<Reach> reaches(const cv::Mat& labels, int count, const Around& around) {
    std::vector<Reach> out(static_cast<std::size_t>(count));
    for (int y = 0; y < labels.rows; ++y) {
        for (int x = 0; x < labels.cols; ++x) {
            const int label = labels.at<int>(y, x);
            if (label == 0) {
                continue; // paper, most of the page
            }
            Reach& reach = out[static_cast<std::size_t>(label)];
            const int depth = std::min({x, y, labels.cols - 1 - x, labels.rows - 1 - y});
            const int from_end = static_cast<int>(around.depth.at<float>(y, x));
            reach.touches_rim = reach.touches_rim || depth == 0;
            reach.touches_end = reach.touches_end || from_end <= 0;
            reach.depth = std::max(reach.depth, depth);
            reach.depth_from_end = std::max(reach.depth_from_end, from_end);
            reach.area += 1;
            reach.beyond += around.alike.beyond.at<std::uint8_t>(y, x) != 0 ? 1 : 0;
            reach.paper += around.alike.paper.at<std::uint8_t>(y, x) != 0 ? 1 : 0;
            reach.letters += around.alike.letters.at<std::uint8_t>(y, x) != 0 ? 1 : 0;
            reach.holds_content = reach.holds_content || around.content.at<std::uint8_t>(y, x) != 0;
        }
    }
    return out;
}

// 255 on those components of `solid` that `is_stranger` says are no part of the page.
template <typename Judge> cv::Mat chosen(const cv::Mat& solid, const Around& around, Judge is_stranger) {
    cv::Mat labels;
    const int count = cv::connectedComponents(solid, labels, 8, CV_32S);
    const std::vector<Reach> all = reaches(labels, count, around);
    std::vector<std::uint8_t> goes(all.size(), 0);
    for (std::size_t label = 1; label < all.size(); ++label) { // 0 is what is not solid
        goes[label] = !all[label].holds_content && is_stranger(all[label]) ? 255 : 0;
    }
    cv::Mat out = cv::Mat::zeros(labels.size(), CV_8U);
    for (int y = 0; y < labels.rows; ++y) {
        for (int x = 0; x < labels.cols; ++x) {
            const int label = labels.at<int>(y, x);
            out.at<std::uint8_t>(y, x) = goes[static_cast<std::size_t>(label)];
        }
    }
    return out;
}

// The mask without what is thinner than so many pixels. What is beyond the rim counts as solid, so that a sliver is not
// thin for being cut.
cv::Mat no_thinner_than(int thickness, const cv::Mat& mask) {
    const cv::Mat brush = cv::Mat::ones(thickness, thickness, CV_8U);
    cv::Mat out;
    cv::erode(mask, out, brush, {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar::all(255));
    cv::dilate(out, out, brush);
    return out;
}

// 255 where something that reaches in from the rim is no part of the page.
cv::Mat strangers(const cv::Mat& small, const Around& around) {
    const int shorter = std::min(small.cols, small.rows);
    const cv::Mat darkest = darkest_channel(small);
    const auto is_small = [&](const Reach& r) {
        return r.touches_rim && !(around.page_may_go_on && r.may_hold_writing()) && r.depth <= deepest * shorter &&
               r.area <= largest * static_cast<double>(small.total());
    };
    cv::Mat out =
        chosen(darkest < faint, around, [&](const Reach& r) { return r.touches_rim && r.depth <= edge * shorter; });
    const cv::Mat solid = no_thinner_than(stroke, darkest < dark);
    out |= chosen(solid & around.alike.beyond, around, is_small);
    // Light skin and light desks are hardly darker than paper.
    out |= chosen(no_thinner_than(broad, darkest < faint) & around.alike.beyond, around, is_small);
    // A piece that goes on in part goes whole: grain and light are not the same everywhere.
    out |= chosen(solid, around, [&](const Reach& r) { return is_small(r) && r.beyond >= mostly_beyond * r.area; });
    // Writing that the photo cuts off lies there too.
    out |= chosen(
        no_thinner_than(broad, (darkest < dark) & around.alike.desk & ~around.outside), around, [&](const Reach& r) {
            return r.touches_end && !(around.page_may_go_on && r.may_hold_writing()) &&
                   r.depth_from_end <= deepest * shorter && r.area <= largest * static_cast<double>(small.total());
        });
    cv::dilate(out, out, cv::Mat::ones(soft_edge, soft_edge, CV_8U));
    return out;
}

} // namespace

void clear_margins(cv::Mat& clean, const cv::Mat& photo, const DenseMapping& mapping, const std::vector<Quad>& content,
                   bool may_go_on) {
    const double scale = std::min(1.0, static_cast<double>(search_side) / std::max(clean.cols, clean.rows));
    const cv::Mat small = area_averaged(clean, scale);
    Around around;
    around.content = mask_of(content, small.size(), scale);
    around.alike = like_surroundings(photo, mapping, small.size(), scale, may_go_on);
    around.outside = outside_of_photo(mapping, clean.size(), photo.size(), small.size());
    around.depth = depths(around.outside);
    around.page_may_go_on = may_go_on;
    cv::Mat paint = strangers(small, around) | around.outside;
    paint.setTo(0, around.content);
    cv::resize(paint, paint, clean.size(), 0, 0, cv::INTER_NEAREST);
    clean.setTo(cv::Scalar::all(clean_paper), paint);
}

} // namespace saring::image
