// Mixed raster content (after ITU-T T.44): the ink as a sharp mask of one bit and one colour, the rest as a soft
// picture. A page whose paper is not light, as slides, boards and photos are, gets one good picture and no mask.
#include "image/page_layers.hpp"

#include "image/background.hpp"
#include "image/ccitt.hpp"
#include "image/encode.hpp"
#include "image/ink_mask.hpp"
#include "image/load.hpp"
#include "saring/error.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace saring::image {
namespace {

constexpr int picture_quality = 74;    // one picture for all: text in it must stay readable; 82 costs a third more
constexpr int background_quality = 72; // no edges of text are left in it
constexpr int paper_level = 200;       // grey level; a clean page's paper is lighter

double share_of_paper(const cv::Mat& bgr) {
    cv::Mat gray;
    cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
    return static_cast<double>(cv::countNonZero(gray > paper_level)) / static_cast<double>(gray.total());
}

// Where most of a figure is not paper, it is a photograph or a filled drawing; others are strokes on paper.
bool is_photograph(const cv::Mat& bgr, const Box& figure) {
    const cv::Rect rect = pixels_of(figure, bgr.size());
    return !rect.empty() && share_of_paper(bgr(rect)) < 0.5;
}

void encode_background(const cv::Mat& picture, int quality, Layers& layers) {
    cv::Mat spread;
    cv::Mat channels[3];
    cv::split(picture, channels);
    cv::Mat lightest = cv::max(channels[0], cv::max(channels[1], channels[2]));
    cv::Mat darkest = cv::min(channels[0], cv::min(channels[1], channels[2]));
    cv::subtract(lightest, darkest, spread);
    constexpr int visible_colour = 24; // between the channels
    constexpr double few_pixels = 1e-4;
    layers.background_is_gray =
        cv::countNonZero(spread > visible_colour) <= few_pixels * static_cast<double>(spread.total());
    cv::Mat out = picture;
    if (layers.background_is_gray) {
        cv::cvtColor(picture, out, cv::COLOR_BGR2GRAY);
    }
    layers.background_width = out.cols;
    layers.background_height = out.rows;
    // Progressive: runs of empty blocks cost next to nothing.
    layers.background_jpeg = encode_jpeg(out, {.quality = quality, .progressive = true, .small = true});
}

} // namespace

Layers separate(const cv::Mat& bgr, const std::vector<Box>& text, const std::vector<Box>& figures) {
    CV_Assert(bgr.type() == CV_8UC3 && !bgr.empty());
    Layers layers;
    layers.width = bgr.cols;
    layers.height = bgr.rows;
    constexpr double least_paper = 0.55; // of the page
    if (share_of_paper(bgr) < least_paper) {
        encode_background(bgr, picture_quality, layers);
        return layers;
    }
    InkMasks ink = find_ink(bgr, text);
    cv::Mat photographs = cv::Mat::zeros(bgr.size(), CV_8UC1);
    for (const Box& figure : figures) {
        if (is_photograph(bgr, figure)) {
            photographs(pixels_of(figure, bgr.size())).setTo(255);
        }
    }
    ink.main &= ~photographs;
    ink.other &= ~photographs; // half the resolution is enough for them
    if (const cv::Mat background = background_of(bgr, ink, photographs); !background.empty()) {
        encode_background(background, background_quality, layers);
    }
    if (cv::countNonZero(ink.main) > 0) {
        layers.mask_g4 = encode_g4(ink.main);
        layers.ink = static_cast<std::uint32_t>(ink.ink[2] << 16 | ink.ink[1] << 8 | ink.ink[0]);
    }
    return layers;
}

cv::Mat compose(const Layers& layers) {
    if (layers.width <= 0 || layers.height <= 0) {
        throw Error(ErrorCode::internal, "layers", "the page has no size");
    }
    cv::Mat page(layers.height, layers.width, CV_8UC3, cv::Scalar::all(255));
    if (!layers.background_jpeg.empty()) {
        const auto background = open_jpeg(std::as_bytes(std::span(layers.background_jpeg)), Limits());
        cv::resize(background->load(0).mat, page, page.size(), 0, 0, cv::INTER_LINEAR);
    }
    if (!layers.mask_g4.empty()) {
        const auto channel = [&layers](int shift) { return static_cast<double>(layers.ink >> shift & 0xFF); };
        page.setTo(cv::Scalar(channel(0), channel(8), channel(16)),
                   decode_g4(layers.mask_g4, layers.width, layers.height));
    }
    return page;
}

} // namespace saring::image
