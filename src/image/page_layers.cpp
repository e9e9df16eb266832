// Mixed raster content (after ITU-T T.44): the ink as a sharp mask of one bit and one colour, the rest as a soft
// picture. Under the mask the background is filled from the paper around it, so that JPEG has no edges to ring at;
// paper that is nearly white becomes white, and a page that holds nothing else has no background at all.
//
// The background's resolution follows what is on it: strokes of coloured ink need all of it, pictures and dark areas
// half, soft tints a third. A page whose paper is not light, as slides, boards and photos are, gets one good picture
// and no mask.
#include "image/page_layers.hpp"

#include "image/ccitt.hpp"
#include "image/ink_mask.hpp"
#include "saring/error.hpp"

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace saring::image {
namespace {

constexpr int picture_quality = 82;    // one picture for all: text in it must stay readable
constexpr int background_quality = 72; // no edges of text are left in it
constexpr int paper_level = 200;       // grey level; a clean page's paper is lighter
constexpr int paper_reduction = 3;
constexpr int white_level = 244; // of all channels; from here on paper counts as white

cv::Rect rect_of(const Box& box, cv::Size size) {
    const cv::Rect rect(cv::Point(cvFloor(box.left), cvFloor(box.top)),
                        cv::Point(cvCeil(box.right), cvCeil(box.bottom)));
    return rect & cv::Rect(0, 0, size.width, size.height);
}

double share_of_paper(const cv::Mat& bgr) {
    cv::Mat gray;
    cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
    return static_cast<double>(cv::countNonZero(gray > paper_level)) / static_cast<double>(gray.total());
}

// Where most of a figure is not paper, it is a photograph or a filled drawing; others are strokes on paper.
bool is_photograph(const cv::Mat& bgr, const Box& figure) {
    const cv::Rect rect = rect_of(figure, bgr.size());
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
    cv::imencode(".jpg", out, layers.background_jpeg,
                 {cv::IMWRITE_JPEG_QUALITY, quality, cv::IMWRITE_JPEG_PROGRESSIVE, 1, cv::IMWRITE_JPEG_OPTIMIZE, 1});
}

// Fills what has no weight from ever coarser means of what has some.
cv::Mat filled(const cv::Mat& weighted, const cv::Mat& weight) {
    cv::Mat out;
    if (weighted.cols > 1 && weighted.rows > 1 && cv::countNonZero(weight < 1e-3F) > 0) {
        const cv::Size half((weighted.cols + 1) / 2, (weighted.rows + 1) / 2);
        cv::Mat coarse_weighted;
        cv::Mat coarse_weight;
        cv::resize(weighted, coarse_weighted, half, 0, 0, cv::INTER_AREA);
        cv::resize(weight, coarse_weight, half, 0, 0, cv::INTER_AREA);
        cv::resize(filled(coarse_weighted, coarse_weight), out, weighted.size(), 0, 0, cv::INTER_LINEAR);
    } else {
        out = cv::Mat(weighted.size(), CV_32FC3, cv::Scalar::all(255));
    }
    for (int y = 0; y < out.rows; ++y) {
        const auto* sum = weighted.ptr<cv::Vec3f>(y);
        const auto* w = weight.ptr<float>(y);
        auto* row = out.ptr<cv::Vec3f>(y);
        for (int x = 0; x < out.cols; ++x) {
            if (w[x] >= 1e-3F) {
                row[x] = sum[x] / w[x];
            }
        }
    }
    return out;
}

cv::Size reduced(cv::Size size, int reduction) {
    return {std::max(1, (size.width + reduction - 1) / reduction),
            std::max(1, (size.height + reduction - 1) / reduction)};
}

// The paper: the page at a third of its size without what `mask` covers, its grain smoothed away.
cv::Mat paper_of(const cv::Mat& bgr, const cv::Mat& mask) {
    cv::Mat weighted;
    bgr.convertTo(weighted, CV_32FC3);
    weighted.setTo(cv::Scalar::all(0), mask);
    cv::Mat weight;
    cv::Mat(mask == 0).convertTo(weight, CV_32F, 1.0 / 255);
    const cv::Size size = reduced(bgr.size(), paper_reduction);
    cv::resize(weighted, weighted, size, 0, 0, cv::INTER_AREA);
    cv::resize(weight, weight, size, 0, 0, cv::INTER_AREA);
    cv::Mat out;
    filled(weighted, weight).convertTo(out, CV_8UC3);
    cv::medianBlur(out, out, 5);
    return out;
}

// Nearly white becomes white, over a short ramp so that no edge appears.
void whiten(cv::Mat& picture) {
    constexpr int ramp = 16;
    cv::Mat table(1, 256, CV_8UC1);
    for (int level = 0; level < 256; ++level) {
        const int from = white_level - ramp;
        const int out = level >= white_level ? 255
                        : level <= from      ? level
                                             : from + (level - from) * (255 - from) / ramp;
        table.at<std::uint8_t>(level) = static_cast<std::uint8_t>(out);
    }
    cv::LUT(picture, table, picture);
}

bool is_white(const cv::Mat& picture) {
    constexpr double few_pixels = 2e-4; // specks, not content
    constexpr int hardly_visible = 235;
    cv::Mat gray;
    cv::cvtColor(picture, gray, cv::COLOR_BGR2GRAY);
    return cv::countNonZero(gray < hardly_visible) <= few_pixels * static_cast<double>(gray.total());
}

bool covers(const cv::Mat& mask, double share) {
    return cv::countNonZero(mask) > share * static_cast<double>(mask.total());
}

cv::Mat grown(const cv::Mat& mask, int by) {
    cv::Mat out;
    cv::dilate(mask, out, cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * by + 1, 2 * by + 1}));
    return out;
}

// Paper, and on it in detail what is neither paper nor main ink. Empty where all of it is white.
cv::Mat background_of(const cv::Mat& bgr, const InkMasks& ink, const cv::Mat& photographs) {
    constexpr double a_few_letters = 5e-5; // of the page: one short word in a coloured pen
    const bool strokes = covers(ink.colour, a_few_letters);
    const bool areas = covers(photographs, 0) || covers(ink.areas, a_few_letters);
    const cv::Mat rims = grown(ink.main, 3); // pale ink mixed with paper
    cv::Mat detail = photographs | ink.areas;
    if (strokes) {
        detail |= grown(ink.colour, 4);
    }
    cv::Mat out = paper_of(bgr, rims | detail);
    whiten(out);
    if (!strokes && !areas) {
        return is_white(out) ? cv::Mat() : out;
    }
    const cv::Size size = reduced(bgr.size(), strokes ? 1 : 2);
    cv::resize(out, out, size, 0, 0, cv::INTER_LINEAR);
    detail &= ~(rims & ~photographs & ~ink.areas); // paper lies under the main ink
    cv::Mat sharp = bgr;
    if (!strokes) {
        cv::resize(bgr, sharp, size, 0, 0, cv::INTER_AREA);
        cv::resize(detail, detail, size, 0, 0, cv::INTER_NEAREST);
    } else {
        sharp = bgr.clone();
    }
    whiten(sharp);
    sharp.copyTo(out, detail);
    return out;
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
            photographs(rect_of(figure, bgr.size())).setTo(255);
        }
    }
    ink.main &= ~photographs;
    ink.colour &= ~photographs; // half the resolution is enough for them
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
        const cv::Mat background = cv::imdecode(layers.background_jpeg, cv::IMREAD_COLOR);
        if (background.empty()) {
            throw Error(ErrorCode::corrupt, "layers", "the background is no JPEG");
        }
        cv::resize(background, page, page.size(), 0, 0, cv::INTER_LINEAR);
    }
    if (!layers.mask_g4.empty()) {
        const auto channel = [&layers](int shift) { return static_cast<double>(layers.ink >> shift & 0xFF); };
        page.setTo(cv::Scalar(channel(0), channel(8), channel(16)),
                   decode_g4(layers.mask_g4, layers.width, layers.height));
    }
    return page;
}

} // namespace saring::image
