#include "image/straightness.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace saring::image {
namespace {

constexpr double level_share = 0.08;  // of the picture's width that a line must have to tell whether it is level
constexpr double telling_share = 0.2; // the same to tell whether it is straight

// Least squares of a polynomial over the chain; x runs from -1 to 1.
cv::Mat polynomial(const TextChain& chain, int degree, cv::Mat& powers) {
    const auto n = static_cast<int>(chain.size());
    const double first = chain.front().x;
    const double half = std::max(1.0, (chain.back().x - first) / 2.0);
    powers.create(n, degree + 1, CV_64F);
    cv::Mat y(n, 1, CV_64F);
    for (int i = 0; i < n; ++i) {
        const double x = (chain[static_cast<std::size_t>(i)].x - first) / half - 1;
        for (int k = 0; k <= degree; ++k) {
            powers.at<double>(i, k) = std::pow(x, k);
        }
        y.at<double>(i) = chain[static_cast<std::size_t>(i)].y;
    }
    cv::Mat coefficients;
    cv::solve(powers, y, coefficients, cv::DECOMP_QR);
    return coefficients;
}

double root_mean_square(const cv::Mat& m) { return cv::norm(m) / std::sqrt(static_cast<double>(m.total())); }

struct Weighted {
    double value;
    double weight; // the line's length: a long line tells more than a word
};

double quantile(std::vector<Weighted> values, double share) {
    std::sort(values.begin(), values.end(), [](const Weighted& a, const Weighted& b) { return a.value < b.value; });
    double all = 0;
    for (const Weighted& v : values) {
        all += v.weight;
    }
    double sum = 0;
    for (const Weighted& v : values) {
        sum += v.weight;
        if (sum >= share * all) {
            return v.value;
        }
    }
    return 0;
}

double lean_of(const std::vector<TextChain>& uprights, double skew, double share) {
    std::vector<Weighted> leans;
    for (const TextChain& chain : uprights) {
        const double across = chain.back().x - chain.front().x;
        const double down = chain.back().y - chain.front().y;
        const double degrees =
            std::atan2(-across, down) * 180 / std::numbers::pi; // a page turned clockwise leans so, too
        leans.push_back({std::abs(degrees - skew), down});
    }
    return quantile(leans, share);
}

} // namespace

Straightness straightness(const TextChains& text, int picture_width) {
    constexpr int smooth = 3; // a cubic: what a bent sheet does to a line, without the letters' own ups and downs
    constexpr std::size_t least_points = 8;
    std::vector<Weighted> bends;
    std::vector<Weighted> slopes;
    std::vector<Weighted> residuals;
    for (const TextChain& chain : text.chains) {
        const double length = chain.back().x - chain.front().x;
        if (length < level_share * picture_width || chain.size() < least_points) {
            continue;
        }
        cv::Mat powers;
        const cv::Mat line = polynomial(chain, 1, powers);
        const cv::Mat straight = powers * line;
        const cv::Mat course = polynomial(chain, smooth, powers);
        const cv::Mat curve = powers * course;
        if (length >= telling_share * picture_width) {
            bends.push_back({root_mean_square(curve - straight), length});
        }
        slopes.push_back({std::atan2(2 * line.at<double>(1), length) * 180 / std::numbers::pi, length});
        residuals.push_back({root_mean_square(curve - cv::mean(curve)[0]), length});
    }
    constexpr double middle = 0.5;
    constexpr double upper = 0.7; // the lines at the camera's height are straight on any sheet, a few are found wrongly
    Straightness out;
    out.lines = static_cast<int>(residuals.size());
    out.bend = quantile(bends, upper);
    out.skew = quantile(slopes, middle);
    for (Weighted& slope : slopes) {
        slope.value = std::abs(slope.value - out.skew);
    }
    out.fan = quantile(slopes, middle);
    out.residual = quantile(residuals, upper);
    out.lean = lean_of(text.uprights, out.skew, upper);
    return out;
}

} // namespace saring::image
