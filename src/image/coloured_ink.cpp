// Idea: ink multiplies the light of its paper. Seen as on white paper, coloured ink keeps its colour whatever it lies
// on, and print, which takes all colours alike, has nearly none. How strong a colour must be to count is measured on
// the picture: by its strongest ink, and by the tinge of its print. Among papers of many colours that does not do,
// since rims and corners of the papers are stronger than any ink; there each stroke is compared with those about it.
#include "image/coloured_ink.hpp"

#include "image/area_average.hpp"
#include "image/enhance.hpp"
#include "image/ground.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstdint>
#include <vector>

namespace saring::image {
namespace {

constexpr double white = 255;

enum class Paleness : std::uint8_t { strong, as_print_allows };

// The paper under the strokes in each channel, in a picture reduced to `side`.
cv::Mat coloured_paper_of(const cv::Mat& bgr, int side) {
    std::vector<cv::Mat> planes;
    cv::split(bgr, planes);
    for (cv::Mat& plane : planes) {
        plane = paper_of(plane, side);
    }
    cv::Mat out;
    cv::merge(planes, out);
    return out;
}

// How far each pixel is from grey, in units of Lab.
cv::Mat chroma_of(const cv::Mat& bgr) {
    cv::Mat lab;
    cv::cvtColor(bgr, lab, cv::COLOR_BGR2Lab);
    std::vector<cv::Mat> planes;
    cv::split(lab, planes);
    cv::Mat a;
    cv::Mat b;
    constexpr double neutral = 128;
    planes[1].convertTo(a, CV_32F, 1, -neutral);
    planes[2].convertTo(b, CV_32F, 1, -neutral);
    cv::Mat chroma;
    cv::magnitude(a, b, chroma);
    return chroma;
}

// Where there is print, which is darker than any stamp. `gray`: dark on bright.
cv::Mat print_of(const cv::Mat& gray) {
    constexpr int print_level = 90; // grey levels of the flattened picture
    return flatten(gray) < print_level;
}

// The colour of stamps where black print parts their strokes: what is around them there. Pictures hold colours at half
// their size, hence the noise that a small Gaussian takes away. What is itself as dark as print stays.
cv::Mat made_whole(const cv::Mat& chroma, const cv::Mat& print) {
    constexpr double reach = 0.8; // pixels
    cv::Mat smooth;
    cv::GaussianBlur(chroma, smooth, {}, reach);
    return cv::max(smooth, mean_around(chroma, print, reach));
}

// The share of the strongest ink's colour that print has: on a photo black is never quite black. `strokes`: colour as
// darkness, from `paper` to `deepest`. 0 where there is no print.
double tinge_of_print(const cv::Mat& strokes, const cv::Mat& print, double paper, double deepest) {
    constexpr double most_print = 0.9; // the rest may lie under a stamp
    std::vector<std::uint8_t> levels;
    for (int y = 0; y < strokes.rows; ++y) {
        for (int x = 0; x < strokes.cols; ++x) {
            if (print.at<std::uint8_t>(y, x) != 0) {
                levels.push_back(static_cast<std::uint8_t>(255 - strokes.at<std::uint8_t>(y, x)));
            }
        }
    }
    if (levels.empty()) {
        return 0;
    }
    const auto nth = levels.begin() + static_cast<std::ptrdiff_t>(most_print * static_cast<double>(levels.size() - 1));
    std::nth_element(levels.begin(), nth, levels.end());
    return (paper - (255 - *nth)) / (paper - deepest);
}

// Coloured strokes as black on white; empty where there is nearly no colour or too much, or where print allows nothing
// paler than what counts as strong.
cv::Mat strokes_of(const cv::Mat& chroma, const cv::Mat& print, Paleness paleness) {
    constexpr double gain = 2.5;         // chroma of 100 (a stamp's red has about 60 to 80) becomes black
    constexpr int visible = 200;         // grey level below which a pixel counts as ink
    constexpr double least_share = 1e-4; // a word of thin letters, 12 pixels high, on a page of 1.5 million
    constexpr double most_share = 0.12;
    constexpr double black_share = 4e-4; // of the picture, at most, that becomes black
    constexpr double half = 0.5;
    constexpr double strong = 0.42; // of the strongest ink's colour: what has no more is print, or a rule
    constexpr double palest_ink = 0.3;
    constexpr double a_little = 0.025;
    cv::Mat pale;
    chroma.convertTo(pale, CV_8U, -gain, 255);
    cv::Mat out = flatten(pale);
    const double share = cv::countNonZero(out < visible) / static_cast<double>(out.total());
    if (share < least_share || share > most_share) {
        return {};
    }
    const double paper = percentile(out, half);
    const double deepest = percentile(out, std::min(black_share, share / 2));
    double without_colour = strong;
    if (paleness == Paleness::as_print_allows) {
        without_colour = std::max(palest_ink, tinge_of_print(out, print, paper, deepest) + a_little);
        if (without_colour >= strong) {
            return {};
        }
    }
    const double palest = paper - without_colour * (paper - deepest);
    const double stretch = 255 / (palest - deepest);
    out.convertTo(out, CV_8U, stretch, -deepest * stretch);
    return out;
}

// How far each pixel is from grey on white paper, in units of Lab. `paper`: a reduced picture.
cv::Mat chroma_on_white(const cv::Mat& bgr, const cv::Mat& paper) {
    constexpr double lit = 180; // grey level of paper; in darker places, colours are noise
    cv::Mat under;
    cv::resize(paper, under, bgr.size(), 0, 0, cv::INTER_LINEAR);
    cv::Mat even;
    cv::divide(bgr, under, even, paper_level);
    std::vector<cv::Mat> planes;
    cv::split(under, planes);
    cv::Mat trust;
    cv::Mat(cv::max(planes[0], cv::max(planes[1], planes[2]))).convertTo(trust, CV_32F, 1 / lit);
    return chroma_of(even).mul(cv::min(trust, 1));
}

// Whether much of the paper has a strong colour: notes, cards.
bool is_coloured(const cv::Mat& paper) {
    constexpr double strong = 35; // units of Lab
    constexpr double much = 0.03; // of the picture
    return cv::countNonZero(chroma_of(paper) > strong) > much * static_cast<double>(paper.total());
}

// What is broader than any stroke, smooth.
cv::Mat beneath(const cv::Mat& strokes) {
    constexpr int broadest = 25; // pixels
    constexpr double blur = 2;
    cv::Mat out;
    cv::morphologyEx(strokes, out, cv::MORPH_OPEN, ellipse(broadest));
    cv::GaussianBlur(out, out, {}, blur);
    return out;
}

// The strongest of the strokes about each pixel, smooth.
cv::Mat strongest_about(const cv::Mat& strokes) {
    constexpr double coarse = 0.25; // scale at which they are looked for
    constexpr int around = 31;      // pixels there: a word or two
    cv::Mat out = area_averaged(strokes, coarse);
    cv::dilate(out, out, cv::Mat::ones(around, around, CV_8U));
    cv::GaussianBlur(out, out, {}, around / 2.0);
    cv::resize(out, out, strokes.size(), 0, 0, cv::INTER_LINEAR);
    return out;
}

} // namespace

ColouredInk::ColouredInk(const cv::Mat& bgr, bool dark_print) : bgr_(bgr) {
    const cv::Mat levels = gray(bgr);
    print_ = print_of(levels);
    if (dark_print || !is_dark_ground(levels)) {
        on_white_ = made_whole(chroma_on_white(bgr, coloured_paper_of(bgr, background_side)), print_);
    }
}

cv::Mat ColouredInk::strong() const {
    cv::Mat out;
    if (!on_white_.empty()) {
        out = strokes_of(on_white_, print_, Paleness::strong);
    }
    return out.empty() ? strokes_of(chroma_of(bgr_), print_, Paleness::strong) : out;
}

cv::Mat ColouredInk::paler() const {
    return strokes_of(on_white_.empty() ? chroma_of(bgr_) : on_white_, print_, Paleness::as_print_allows);
}

cv::Mat ColouredInk::among_colours() const {
    constexpr int ground_side = 800; // pixels: finer than elsewhere, so that corners of a note are ground, too
    constexpr double noise = 12.5;   // units of Lab: where the strongest stroke has no more, there is none
    constexpr double palest = 0.25;  // of the strongest stroke about: what becomes white,
    constexpr double deepest = 0.9;  // and black
    if (on_white_.empty()) {
        return {};
    }
    const cv::Mat paper = coloured_paper_of(bgr_, ground_side);
    if (!is_coloured(paper)) {
        return {};
    }
    cv::Mat strokes = made_whole(chroma_on_white(bgr_, paper), print_);
    strokes -= beneath(strokes);
    strokes /= cv::max(strongest_about(strokes), noise);
    cv::Mat out;
    const double stretch = white / (deepest - palest);
    strokes.convertTo(out, CV_8U, -stretch, white + palest * stretch);
    return out;
}

} // namespace saring::image
