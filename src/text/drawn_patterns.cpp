// A rule is what is left of a line when it is averaged along its length; letters average to grey. A pattern is told by
// correlation: a line is laid over itself, shifted by more and more pixels. Where it repeats itself, every stretch of
// it fits again after one step, most having fitted badly before that. The least alike stretch decides, so that a word
// within a pattern is not lost.
//
// What it cannot do: rules that bend or cross the line; patterns of fewer than eight steps, or whose steps grow by more
// than a stroke's width from one end to the other. Over 1,359 located lines of photos the least alike stretch of
// patterns (bars, stitches, rings, asterisks) scored up to 0.94, that of writing 0.48 at most.
#include "text/drawn_patterns.hpp"

#include "image/enhance.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace saring::text {
namespace {

constexpr double ground_blur = 20; // pixels, wider than a letter

// Differences from the ground, and the ground.
std::pair<cv::Mat, cv::Mat> relief_of(const cv::Mat& line) {
    cv::Mat gray;
    image::gray(line).convertTo(gray, CV_32F);
    cv::Mat ground;
    cv::GaussianBlur(gray, ground, {}, ground_blur);
    return {gray - ground, ground};
}

double correlation(const cv::Mat& a, const cv::Mat& b) {
    const cv::Mat x = a - cv::mean(a);
    const cv::Mat y = b - cv::mean(b);
    constexpr double nothing = 1e-3;
    return x.dot(y) / (std::sqrt(x.dot(x) * y.dot(y)) + nothing);
}

// How well stretches fit after a step.
struct Fit {
    double usual = 0; // of half of them or more
    double least = 0;
};

Fit fit_after(const cv::Mat& relief, int step) {
    const int width = relief.cols - step;
    const int stretches = std::max(1, width / (3 * step));
    std::vector<double> fits;
    for (int i = 0; i < stretches; ++i) {
        const int begin = i * width / stretches;
        const int end = (i + 1) * width / stretches;
        fits.push_back(correlation(relief.colRange(begin, end), relief.colRange(begin + step, end + step)));
    }
    std::sort(fits.begin(), fits.end());
    return {fits[fits.size() / 2], fits.front()};
}

} // namespace

bool is_faint(const cv::Mat& line, double least_contrast) {
    constexpr double least_share = 0.05;    // of the pixels; letters cover a tenth and more
    constexpr double least_beside = 0.025;  // … beside a rule
    constexpr int rule_window = 121;        // pixels, wider than four letters
    const auto [relief, ground] = relief_of(line);
    const cv::Mat contrast = least_contrast * (ground + 1);
    const auto share_of = [&](const cv::Mat& levels) {
        return cv::countNonZero(cv::abs(levels) > contrast) / static_cast<double>(levels.total());
    };
    if (share_of(relief) < least_share) {
        return true;
    }
    if (line.cols < 2 * rule_window) {
        return false;
    }
    cv::Mat rule;
    cv::blur(relief, rule, {rule_window, 1});
    return share_of(relief - rule) < least_beside;
}

bool is_periodic(const cv::Mat& line) {
    constexpr int narrowest = 8; // pixels of a step
    constexpr int widest = 80;
    constexpr int fewest = 8; // steps
    constexpr double alike = 0.55;
    const cv::Mat relief = relief_of(line).first;
    double worst_before = 1;
    for (int step = narrowest; step <= std::min(widest, line.cols / fewest); ++step) {
        const Fit fit = fit_after(relief, step);
        if (fit.least - std::max(0.0, worst_before) >= alike) {
            return true;
        }
        worst_before = std::min(worst_before, fit.usual);
    }
    return false;
}

} // namespace saring::text
