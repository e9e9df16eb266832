// Light on paper changes slowly and is found on a reduced picture: a closing removes everything thinner than a letter's
// strokes; what still differs too much from paper (pictures, filled boxes, the desk) is masked and bridged from around
// it. Paper is told by its colour, which light changes even more slowly, and by what is written on it: little.
//
// A grey box that is as smooth as a shadow and no darker than one is taken for a shadow.
#include "image/page_light.hpp"

#include "image/area_average.hpp"
#include "image/enhance.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace saring::image {
namespace {

constexpr int closing = 21;              // pixels there: wider than strokes, narrower than most shadows
constexpr double darkest_shadow = 0.35;  // of the paper's brightness; darker is no shadow
constexpr double paper_chroma = 12;      // Lab units, as on bright paper, by which lit paper may differ in colour
constexpr double bright_lightness = 200; // of 255: in dimmer light all colours lie nearer to grey
constexpr double dark_share = 0.5;       // of a neighbourhood, darker than `shade`: a picture, no writing
constexpr double shade = 0.8;            // of the paper's brightness
constexpr int neighbourhood = 31;        // pixels
constexpr double bridge = 40;            // pixels, sigma over which masked places take their light from around
constexpr double light_blur = 4;         // pixels, sigma
constexpr double near_paper = 0.12;      // relative difference to count as paper

// The six terms of a quadric at a place of the page, both coordinates from -1 to 1.
cv::Matx<double, 1, 6> quadric(int x, int y, cv::Size size) {
    const double u = 2.0 * x / size.width - 1;
    const double v = 2.0 * y / size.height - 1;
    return {1, u, v, u * u, u * v, v * v};
}

// How far each pixel's colour lies from what light makes of paper: light of two windows changes its colour over the
// page, but slowly, so a quadric is fitted to the paper's colour, without those pixels that are far from it.
cv::Mat colour_away_from_paper(const cv::Mat& channel, const cv::Mat& bright) {
    constexpr int rounds = 5;
    constexpr int sample = 5;          // pixels between samples
    constexpr double first_reach = 40; // Lab units, halved each round down to what paper may differ
    cv::Matx<double, 6, 1> surface = cv::Matx<double, 6, 1>::zeros();
    surface(0) = cv::mean(channel, bright)[0];
    double reach = first_reach;
    for (int round = 0; round < rounds; ++round) {
        cv::Matx<double, 6, 6> normal = cv::Matx<double, 6, 6>::eye() * 1e-3;
        cv::Matx<double, 6, 1> right = cv::Matx<double, 6, 1>::zeros();
        for (int y = 0; y < channel.rows; y += sample) {
            for (int x = 0; x < channel.cols; x += sample) {
                const auto terms = quadric(x, y, channel.size());
                const double value = channel.at<std::uint8_t>(y, x);
                if (bright.at<std::uint8_t>(y, x) != 0 && std::abs(value - (terms * surface)(0)) < reach) {
                    normal += terms.t() * terms;
                    right += terms.t() * value;
                }
            }
        }
        surface = normal.solve(right, cv::DECOMP_CHOLESKY);
        reach = std::max(paper_chroma / 2, reach / 2);
    }
    cv::Mat out(channel.size(), CV_32F);
    for (int y = 0; y < channel.rows; ++y) {
        for (int x = 0; x < channel.cols; ++x) {
            const double paper = (quadric(x, y, channel.size()) * surface)(0);
            out.at<float>(y, x) = static_cast<float>(channel.at<std::uint8_t>(y, x) - paper);
        }
    }
    return out;
}

// Where `value` exceeds the limit, and around it as far as it exceeds half of it: a filled box is one thing, not
// blotches of what happens to pass a threshold. What would take in much of the page is coloured light, and counts for
// nothing.
cv::Mat exceeding(const cv::Mat& value, const cv::Mat& limit) {
    constexpr double most = 0.25; // of the page
    const cv::Mat strong = value > limit;
    cv::Mat labels;
    const int count = cv::connectedComponents(value > 0.5 * limit, labels, 8, CV_32S);
    std::vector<int> area(static_cast<std::size_t>(count), 0);
    std::vector<bool> is_seeded(area.size(), false);
    for (int y = 0; y < labels.rows; ++y) {
        for (int x = 0; x < labels.cols; ++x) {
            const auto label = static_cast<std::size_t>(labels.at<int>(y, x));
            ++area[label];
            is_seeded[label] = is_seeded[label] || strong.at<std::uint8_t>(y, x) != 0;
        }
    }
    cv::Mat out = strong.clone();
    for (int y = 0; y < labels.rows; ++y) {
        for (int x = 0; x < labels.cols; ++x) {
            const auto label = static_cast<std::size_t>(labels.at<int>(y, x));
            if (label != 0 && is_seeded[label] && area[label] < most * static_cast<double>(value.total())) {
                out.at<std::uint8_t>(y, x) = 255;
            }
        }
    }
    return out;
}

// 255 where the closed picture shows paper in some light.
cv::Mat paper_mask(const cv::Mat& small, const cv::Mat& closed) {
    cv::Mat lab;
    cv::cvtColor(closed, lab, cv::COLOR_BGR2Lab);
    std::vector<cv::Mat> planes;
    cv::split(lab, planes);
    const cv::Mat light = gray(closed);
    cv::Mat brightest; // the paper's level around, wider than any shadow's edge
    cv::dilate(light, brightest, cv::Mat::ones(light.rows / 5 | 1, light.cols / 5 | 1, CV_8U));
    cv::Mat mask = light > brightest * darkest_shadow;

    cv::Mat bright;
    cv::threshold(light, bright, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    const cv::Mat away_a = colour_away_from_paper(planes[1], bright);
    const cv::Mat away_b = colour_away_from_paper(planes[2], bright);
    cv::Mat chroma;
    cv::magnitude(away_a, away_b, chroma);
    cv::Mat lightness;
    planes[0].convertTo(lightness, CV_32F, 1 / bright_lightness);
    const cv::Mat limit = cv::min(lightness, 1) * paper_chroma;
    mask &= ~exceeding(chroma, limit);

    cv::Mat dark = gray(small) < light * shade;
    cv::boxFilter(dark, dark, -1, {neighbourhood, neighbourhood});
    mask &= dark < dark_share * 255;
    return mask;
}

cv::Mat three_of(const cv::Mat& channel) {
    cv::Mat out;
    cv::merge(std::vector<cv::Mat>{channel, channel, channel}, out);
    return out;
}

// Values under the mask spread smoothly to where it is empty. What is so smooth needs few pixels.
cv::Mat bridged(const cv::Mat& colour, const cv::Mat& mask) {
    constexpr int coarser = 4;
    cv::Mat weight;
    mask.convertTo(weight, CV_32F, 1.0 / 255);
    const cv::Mat weight3 = three_of(weight);
    cv::Mat values;
    colour.convertTo(values, CV_32F);
    const cv::Size few((colour.cols + coarser - 1) / coarser, (colour.rows + coarser - 1) / coarser);
    cv::Mat sum = area_averaged(values.mul(weight3), few);
    cv::Mat total = area_averaged(weight, few);
    cv::GaussianBlur(sum, sum, {}, bridge / coarser);
    cv::GaussianBlur(total, total, {}, bridge / coarser);
    constexpr double nothing = 1e-3; // far from any paper, the page's mean paper stands in
    const cv::Scalar mean = cv::mean(colour, mask);
    sum += cv::Scalar(mean[0], mean[1], mean[2]) * nothing;
    total += nothing;
    cv::Mat around = sum / three_of(total);
    cv::resize(around, around, colour.size(), 0, 0, cv::INTER_LINEAR);
    return values.mul(weight3) + around.mul(cv::Scalar::all(1) - weight3);
}

} // namespace

cv::Mat reduced_to(const cv::Mat& mat, int side) {
    return area_averaged(mat, std::min(1.0, static_cast<double>(side) / std::max(mat.cols, mat.rows)));
}

Light light_of(const cv::Mat& page) {
    const cv::Mat small = reduced_to(page, light_side);
    cv::Mat closed;
    cv::morphologyEx(small, closed, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_ELLIPSE, {closing, closing}));
    cv::medianBlur(closed, closed, closing);
    const cv::Mat mask = paper_mask(small, closed);
    Light out;
    if (cv::countNonZero(mask) == 0) {
        return out;
    }
    out.colour = bridged(closed, mask);
    cv::GaussianBlur(out.colour, out.colour, {}, light_blur);
    cv::Mat ratio;
    small.convertTo(ratio, CV_32F);
    ratio = cv::abs(ratio / out.colour - cv::Scalar::all(1));
    std::vector<cv::Mat> channels;
    cv::split(ratio, channels);
    const cv::Mat near = cv::max(cv::max(channels[0], channels[1]), channels[2]) < near_paper;
    out.paper_share = cv::countNonZero(near) / static_cast<double>(near.total());
    return out;
}

} // namespace saring::image
