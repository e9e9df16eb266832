// How much of a film's frame changed: the later grey is laid over the earlier one where it fits best, as a camera held
// by hand wanders, both are brought to the same mean, as it finds its exposure, and the share of pixels that still
// differ clearly is the change. A line of text that appears on a slide is about one per cent of it.
//
// It cannot undo turns and zooms: a walk around a table is all change.
#include "image/film.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace saring::image {
namespace {

constexpr double most_shift = 0.08; // of the width and height, between two looks half a second apart
constexpr double clear_change = 28; // grey levels, above compression and flicker

cv::Rect common(cv::Size size, cv::Point shift) {
    return cv::Rect(0, 0, size.width, size.height) & cv::Rect(shift.x, shift.y, size.width, size.height);
}

double change_at(const cv::Mat& before, const cv::Mat& after, cv::Point shift) {
    const cv::Mat a = before(common(before.size(), shift));
    const cv::Mat b = after(common(before.size(), -shift));
    cv::Mat difference;
    cv::Mat brought;
    b.convertTo(brought, CV_16S, 1, cv::mean(a)[0] - cv::mean(b)[0]);
    cv::Mat wide;
    a.convertTo(wide, CV_16S);
    cv::absdiff(wide, brought, difference);
    return static_cast<double>(cv::countNonZero(difference > clear_change)) / static_cast<double>(difference.total());
}

cv::Point best_shift(const cv::Mat& before, const cv::Mat& after) {
    const cv::Point most(static_cast<int>(before.cols * most_shift), static_cast<int>(before.rows * most_shift));
    const cv::Rect middle(most.x, most.y, before.cols - 2 * most.x, before.rows - 2 * most.y);
    cv::Mat fit;
    cv::matchTemplate(before, after(middle), fit, cv::TM_SQDIFF);
    cv::Point at;
    cv::minMaxLoc(fit, nullptr, nullptr, &at, nullptr);
    return at - most;
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
