// A page's colour is light times paper times ink. Dividing by the light (page_light.cpp) leaves ink on paper of one
// level. Then the distance of a colour from white is scaled, by nothing for paper's texture and what shines through, by
// a little more than one for ink: hue and saturation stay in proportion, and no halo appears because nothing is
// sharpened.
#include "image/clean_page.hpp"

#include "image/enhance.hpp"
#include "image/page_light.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace saring::image {
namespace {

constexpr double least_paper = 0.5;    // of a whole photo that must be near its paper's colour, else it is a picture
constexpr double least_of_sheet = 0.3; // the same of a sheet with a boundary: dense print, posters
constexpr int texture_depth = 8;       // grey levels below paper that are always texture
constexpr int ink_ramp = 26;           // grey levels from texture to full ink
constexpr double paper_gain = 1.15;    // ink's distance from white is stretched by so much
constexpr double board_gain = 1.4;     // markers on a board are paler than ink

// Factor of the distance from white, by how far a pixel's darkest channel lies below white.
std::array<float, 256> ink_factors(int texture, double gain) {
    std::array<float, 256> out{};
    for (int darkest = 0; darkest < 256; ++darkest) {
        const double depth = clean_paper - darkest;
        const double t = std::clamp((depth - texture) / ink_ramp, 0.0, 1.0);
        out[static_cast<std::size_t>(darkest)] = static_cast<float>(gain * t * t * (3 - 2 * t));
    }
    return out;
}

// How far paper's own texture reaches below white: twice its usual depth.
int texture_of(const cv::Mat& page, const cv::Mat& light) {
    const cv::Mat small = reduced_to(page, 3 * light_side); // noise must not be averaged away
    cv::Mat wide;
    cv::resize(light, wide, small.size(), 0, 0, cv::INTER_LINEAR);
    std::array<int, 256> depths{};
    int all = 0;
    for (int y = 0; y < small.rows; y += 2) {
        for (int x = 0; x < small.cols; x += 2) {
            const auto& pixel = small.at<cv::Vec3b>(y, x);
            const auto& lit = wide.at<cv::Vec3f>(y, x);
            float least = 1;
            for (int c = 0; c < 3; ++c) {
                least = std::min(least, static_cast<float>(pixel[c]) / std::max(1.0F, lit[c]));
            }
            const int depth = std::clamp(static_cast<int>((1 - least) * clean_paper), 0, 255);
            constexpr int surely_ink = 50;
            if (depth < surely_ink) {
                ++depths[static_cast<std::size_t>(depth)];
                ++all;
            }
        }
    }
    constexpr double most_of_paper = 0.9;
    constexpr int deepest = 30; // faint pencil begins about here
    int sum = 0;
    int depth = 0;
    while (depth < 255 && sum < most_of_paper * all) {
        sum += depths[static_cast<std::size_t>(depth++)];
    }
    return std::clamp(depth + depth / 4, texture_depth, deepest);
}

cv::Mat lit_evenly(const cv::Mat& page, const cv::Mat& light, double gain) {
    const std::array<float, 256> factor = ink_factors(texture_of(page, light), gain);
    cv::Mat light8;
    light.convertTo(light8, CV_8U);
    cv::resize(light8, light8, page.size(), 0, 0, cv::INTER_LINEAR);
    std::array<float, 256> share{};
    for (std::size_t i = 0; i < share.size(); ++i) {
        share[i] = static_cast<float>(clean_paper) / static_cast<float>(std::max<std::size_t>(i, 1));
    }
    constexpr auto white = static_cast<float>(clean_paper);
    cv::Mat out(page.size(), CV_8UC3);
    for (int y = 0; y < page.rows; ++y) {
        const auto* in = page.ptr<cv::Vec3b>(y);
        const auto* lit = light8.ptr<cv::Vec3b>(y);
        auto* to = out.ptr<cv::Vec3b>(y);
        for (int x = 0; x < page.cols; ++x) {
            const float b = std::min(white, static_cast<float>(in[x][0]) * share[lit[x][0]]);
            const float g = std::min(white, static_cast<float>(in[x][1]) * share[lit[x][1]]);
            const float r = std::min(white, static_cast<float>(in[x][2]) * share[lit[x][2]]);
            const float k = factor[static_cast<std::size_t>(std::min({b, g, r}))];
            const auto away = [&](float level) {
                return static_cast<std::uint8_t>(std::max(0.0F, white - (white - level) * k) + 0.5F);
            };
            to[x] = {away(b), away(g), away(r)};
        }
    }
    return out;
}

// Half the way to a neutral white of what is brightest; brightness stays.
cv::Mat balanced(const cv::Mat& page) {
    constexpr double strength = 0.5;
    constexpr double most_gain = 1.15;
    const cv::Mat small = reduced_to(page, light_side);
    const cv::Mat light = gray(small);
    double brightest = 0;
    cv::minMaxLoc(light, nullptr, &brightest);
    const cv::Scalar white = cv::mean(small, light >= 0.9 * brightest);
    const double level = (white[0] + white[1] + white[2]) / 3;
    cv::Scalar gain = cv::Scalar::all(1);
    for (int c = 0; c < 3; ++c) {
        const double full = white[c] > 1 ? level / white[c] : 1;
        gain[c] = std::clamp(std::pow(full, strength), 1 / most_gain, most_gain);
    }
    cv::Mat out;
    cv::multiply(page, gain, out);
    return out;
}

// The light without its colour: paper keeps its own, at an even brightness.
cv::Mat colourless(const cv::Mat& light) {
    const cv::Scalar paper = cv::mean(light);
    const double brightest = std::max({paper[0], paper[1], paper[2], 1.0});
    cv::Mat channels;
    cv::transform(light, channels, cv::Matx13f(0.114F, 0.587F, 0.299F));
    const double mean = std::max(1.0, cv::mean(channels)[0]);
    cv::Mat level = channels * (brightest / mean);
    cv::Mat out;
    cv::merge(std::vector<cv::Mat>{level, level, level}, out);
    return out;
}

} // namespace

cv::Mat clean_page(const cv::Mat& page, SurfaceKind kind, bool found) {
    if (kind == SurfaceKind::slide || kind == SurfaceKind::screen) {
        return balanced(page);
    }
    const Light light = light_of(page);
    if (light.colour.empty() || light.paper_share < (found ? least_of_sheet : least_paper)) {
        return balanced(page);
    }
    if (kind == SurfaceKind::note) {
        return lit_evenly(page, colourless(light.colour), 1);
    }
    return lit_evenly(page, light.colour, kind == SurfaceKind::whiteboard ? board_gain : paper_gain);
}

} // namespace saring::image
