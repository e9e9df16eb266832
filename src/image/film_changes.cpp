// How much of a film's frame changed: the later grey is laid over the earlier one where it fits best, as a camera held
// by hand wanders, both are brought to the same mean, as it finds its exposure, and the share of pixels that still
// differ clearly is the change. A line of text that appears on a slide is about one per cent of it.
//
// It cannot undo turns and zooms: a walk around a table is all change.
#include "image/film.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace saring::image {
namespace {

constexpr double most_shift = 0.08; // of the width and height, between two looks half a second apart
constexpr double clear_change = 28; // grey levels, above compression, flicker and what half a pixel makes of an edge

// Where the lowest of three values in a row lies, beside the middle one: the vertex of the parabola through them.
double vertex(double before, double middle, double after) {
    const double bend = before - 2 * middle + after;
    return bend > 0 ? std::clamp((before - after) / (2 * bend), -0.5, 0.5) : 0;
}

// By how many pixels the later grey must be moved to lie on the earlier one, to fractions of a pixel.
cv::Point2d best_shift(const cv::Mat& before, const cv::Mat& after) {
    const cv::Point most(static_cast<int>(before.cols * most_shift), static_cast<int>(before.rows * most_shift));
    const cv::Rect middle(most.x, most.y, before.cols - 2 * most.x, before.rows - 2 * most.y);
    cv::Mat fit;
    cv::matchTemplate(before, after(middle), fit, cv::TM_SQDIFF);
    cv::Point at;
    cv::minMaxLoc(fit, nullptr, nullptr, &at, nullptr);
    cv::Point2d shift(at - most);
    if (at.x > 0 && at.x + 1 < fit.cols) {
        shift.x += vertex(fit.at<float>(at.y, at.x - 1), fit.at<float>(at.y, at.x), fit.at<float>(at.y, at.x + 1));
    }
    if (at.y > 0 && at.y + 1 < fit.rows) {
        shift.y += vertex(fit.at<float>(at.y - 1, at.x), fit.at<float>(at.y, at.x), fit.at<float>(at.y + 1, at.x));
    }
    return shift;
}

double change_at(const cv::Mat& before, const cv::Mat& after, cv::Point2d shift) {
    const cv::Mat way = (cv::Mat_<double>(2, 3) << 1, 0, shift.x, 0, 1, shift.y);
    cv::Mat moved;
    cv::warpAffine(after, moved, way, after.size(), cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    const cv::Point rim(static_cast<int>(std::ceil(std::abs(shift.x))), static_cast<int>(std::ceil(std::abs(shift.y))));
    const cv::Rect both(shift.x > 0 ? rim.x : 0, shift.y > 0 ? rim.y : 0, before.cols - rim.x, before.rows - rim.y);
    cv::Mat a;
    cv::Mat b;
    cv::GaussianBlur(before(both), a, {3, 3}, 0);
    cv::GaussianBlur(moved(both), b, {3, 3}, 0);
    a.convertTo(a, CV_16S);
    b.convertTo(b, CV_16S, 1, cv::mean(a)[0] - cv::mean(b)[0]);
    cv::Mat difference;
    cv::absdiff(a, b, difference);
    return static_cast<double>(cv::countNonZero(difference > clear_change)) / static_cast<double>(before.size().area());
}

} // namespace

double change_between(const cv::Mat& before, const cv::Mat& after) {
    if (before.size() != after.size()) {
        return 1;
    }
    const double still = change_at(before, after, {0, 0});
    constexpr double nothing = 0.001;
    if (still < nothing) {
        return still;
    }
    return std::min(still, change_at(before, after, best_shift(before, after)));
}

} // namespace saring::image
