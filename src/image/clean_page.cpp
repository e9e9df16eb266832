// A page's colour is light times paper times ink. Light on paper changes slowly and is found on a reduced picture: a
// closing removes everything thinner than a letter's strokes, what still differs too much from paper (pictures, filled
// boxes, the desk) is masked and bridged from around it. Dividing by it leaves ink on paper of one level. Then the
// distance of a colour from white is scaled, by nothing for paper's texture and what shines through, by a little more
// than one for ink: hue and saturation stay in proportion, and no halo appears because nothing is sharpened.
//
// A grey box that is as smooth as a shadow and no darker than one is taken for a shadow.
#include "image/clean_page.hpp"

#include "image/enhance.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace saring::image {
namespace {

constexpr int light_side = 640;          // pixels, longer side of the picture on which light is found
constexpr int closing = 21;              // pixels there: wider than strokes, narrower than most shadows
constexpr double darkest_shadow = 0.35;  // of the paper's brightness; darker is no shadow
constexpr double paper_chroma = 12;      // Lab units, as on bright paper, by which lit paper may differ in colour
constexpr double bright_lightness = 200; // of 255: in dimmer light all colours lie nearer to grey
constexpr double dark_share = 0.5;       // of a neighbourhood, darker than `shade`: a picture, no writing
constexpr double shade = 0.8;            // of the paper's brightness
constexpr int neighbourhood = 31;        // pixels
constexpr double bridge = 40;            // pixels, sigma over which masked places take their light from around
constexpr double light_blur = 4;         // pixels, sigma
constexpr double least_paper = 0.5;      // of a whole photo that must be near its paper's colour, else it is a picture
constexpr double least_of_sheet = 0.3;   // the same of a sheet with a boundary: dense print, posters
constexpr double near_paper = 0.12;      // relative difference to count as paper
constexpr int texture_depth = 8;         // grey levels below paper that are always texture
constexpr int ink_ramp = 26;             // grey levels from texture to full ink
constexpr double paper_gain = 1.15;      // ink's distance from white is stretched by so much
constexpr double board_gain = 1.4;       // markers on a board are paler than ink

struct Light {
    cv::Mat colour;         // 32FC3, reduced: what bare paper would look like
    double paper_share = 0; // of the page that is near it
};

cv::Mat shrunk(const cv::Mat& mat, int side) {
    const double factor = std::min(1.0, static_cast<double>(side) / std::max(mat.cols, mat.rows));
    cv::Mat small;
    cv::resize(mat, small, {}, factor, factor, cv::INTER_AREA);
    return small;
}

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

// Values under the mask spread smoothly to where it is empty.
cv::Mat bridged(const cv::Mat& colour, const cv::Mat& mask) {
    cv::Mat weight;
    mask.convertTo(weight, CV_32F, 1.0 / 255);
    cv::Mat weight3;
    cv::merge(std::vector<cv::Mat>{weight, weight, weight}, weight3);
    cv::Mat values;
    colour.convertTo(values, CV_32F);
    cv::Mat sum;
    cv::Mat total;
    cv::GaussianBlur(values.mul(weight3), sum, {}, bridge);
    cv::GaussianBlur(weight3, total, {}, bridge);
    constexpr double nothing = 1e-3; // far from any paper, the page's mean paper stands in
    const cv::Scalar mean = cv::mean(colour, mask);
    sum += cv::Scalar(mean[0], mean[1], mean[2]) * nothing;
    total += cv::Scalar::all(nothing);
    cv::Mat around = sum / total;
    return values.mul(weight3) + around.mul(cv::Scalar::all(1) - weight3);
}

Light light_of(const cv::Mat& page) {
    const cv::Mat small = shrunk(page, light_side);
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
    const cv::Mat small = shrunk(page, 3 * light_side); // noise must not be averaged away
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
    const cv::Mat small = shrunk(page, light_side);
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
