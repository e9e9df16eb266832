// Ink is what is darker than its surroundings, by Sauvola and Pietikäinen, "Adaptive document image binarization",
// Pattern Recognition 33 (2000): a pixel is ink below m (1 + k (s / R - 1)), with m and s mean and standard deviation
// of the window around it. It finds strokes and only the rims of broad dark areas, so those stay out of the mask with
// all that stands in them.
//
// The main ink is the one of most of the text: black print, or the blue pen of a page of notes. Whether a stroke has
// another colour is asked of its neighbourhood, not of a pixel: JPEG smears chroma, and a stroke of a pen has pale and
// dark places.
//
// It cannot separate black ink that crosses ink of a very dark colour, and pale grey print turns as dark as the rest.
#include "image/ink_mask.hpp"

#include "image/area_average.hpp"
#include "image/broad_areas.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace saring::image {
namespace {

constexpr double sauvola_k = 0.12;      // smaller than the paper's 0.5: the page is clean, and faint print counts
constexpr double sauvola_range = 128;   // R of the paper, for 8 bits
constexpr int default_text_height = 32; // pixels; 9 point text at 300 dpi
constexpr float same_colour = 24;       // CIELAB, in the plane of a and b; blue and red pens lie 30 and more from black
constexpr int speck_area = 2;           // pixels; smaller than a full stop at 100 dpi

int text_height(const std::vector<Box>& text) {
    std::vector<float> heights;
    for (const Box& box : text) {
        if (std::isfinite(box.height())) { // no order holds among others
            heights.push_back(box.height());
        }
    }
    if (heights.empty()) {
        return default_text_height;
    }
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    constexpr float smallest = 12;
    constexpr float largest = 120;
    return static_cast<int>(std::clamp(*middle, smallest, largest));
}

cv::Mat square(int size) { return cv::Mat::ones(size, size, CV_8U); } // OpenCV does these by rows and columns

cv::Mat darker_than_around(const cv::Mat& gray, int height) {
    const int window = 2 * height + 1;
    cv::Mat mean;
    cv::Mat square;
    cv::boxFilter(gray, mean, CV_32F, {window, window}, {-1, -1}, true, cv::BORDER_REPLICATE);
    cv::sqrBoxFilter(gray, square, CV_32F, {window, window}, {-1, -1}, true, cv::BORDER_REPLICATE);
    cv::Mat mask(gray.size(), CV_8UC1);
    for (int y = 0; y < gray.rows; ++y) {
        const auto* g = gray.ptr<std::uint8_t>(y);
        const auto* m = mean.ptr<float>(y);
        const auto* q = square.ptr<float>(y);
        auto* out = mask.ptr<std::uint8_t>(y);
        for (int x = 0; x < gray.cols; ++x) {
            const double deviation = std::sqrt(std::max(0.0F, q[x] - m[x] * m[x]));
            out[x] = g[x] < m[x] * (1 + sauvola_k * (deviation / sauvola_range - 1)) ? 255 : 0;
        }
    }
    return mask;
}

// Sauvola finds where ink is, but counts half of each stroke's blurred rim to it. The rim ends where it is nearer to
// the lightest than to the darkest of its surroundings.
cv::Mat slimmed(const cv::Mat& ink, const cv::Mat& gray, int height) {
    constexpr double darkest_share = 0.45; // a little towards the paper, so that hairlines stay whole
    const int reach = std::max(5, height / 4 | 1);
    cv::Mat darkest;
    cv::Mat lightest;
    cv::erode(gray, darkest, square(reach));
    cv::dilate(gray, lightest, square(reach));
    cv::Mat middle;
    cv::addWeighted(darkest, darkest_share, lightest, 1 - darkest_share, 0, middle);
    return ink & (gray <= middle);
}

// Mean a and b of the ink within a few pixels, where there is ink; CV_32FC2.
cv::Mat chroma_of_ink(const cv::Mat& bgr, const cv::Mat& ink, int height) {
    cv::Mat lab;
    cv::cvtColor(bgr, lab, cv::COLOR_BGR2Lab);
    cv::Mat chroma(bgr.size(), CV_8UC2);
    const int channels[] = {1, 0, 2, 1};
    cv::mixChannels(&lab, 1, &chroma, 1, channels, 2);
    chroma.setTo(cv::Scalar::all(0), ~ink);
    const int reach = std::max(3, height / 8 * 2 + 1);
    cv::Mat sum;
    cv::Mat weight;
    cv::boxFilter(chroma, sum, CV_32F, {reach, reach});
    cv::boxFilter(ink, weight, CV_32F, {reach, reach});
    for (int y = 0; y < sum.rows; ++y) {
        auto* row = sum.ptr<cv::Vec2f>(y);
        const auto* w = weight.ptr<float>(y);
        for (int x = 0; x < sum.cols; ++x) {
            row[x] *= w[x] > 0 ? 255 / w[x] : 0;
        }
    }
    return sum;
}

// The middle one of the values of a channel where `mask` is set.
float median_of(const cv::Mat& chroma, int channel, const cv::Mat& mask) {
    std::array<int, 256> histogram{};
    int count = 0;
    for (int y = 0; y < chroma.rows; ++y) {
        const auto* row = chroma.ptr<cv::Vec2f>(y);
        const auto* m = mask.ptr<std::uint8_t>(y);
        for (int x = 0; x < chroma.cols; ++x) {
            if (m[x] != 0) {
                ++histogram[cv::saturate_cast<std::uint8_t>(row[x][channel])];
                ++count;
            }
        }
    }
    std::size_t level = 0;
    for (int below = histogram[0]; below * 2 < count; below += histogram[++level]) {
    }
    return static_cast<float>(level);
}

cv::Mat halved(const cv::Mat& mask) {
    constexpr int two_fifths = 102; // of the four pixels: strokes two pixels wide stay
    return area_averaged(mask, half_of(mask.size())) > two_fifths;
}

// Strokes whose colour is not that of most ink in `sample`.
cv::Mat of_other_colour(const cv::Mat& bgr, const cv::Mat& ink, const cv::Mat& sample, int height) {
    const cv::Mat chroma = chroma_of_ink(bgr, ink, height);
    const cv::Vec2f main(median_of(chroma, 0, sample), median_of(chroma, 1, sample));
    cv::Mat out = cv::Mat::zeros(ink.size(), CV_8UC1);
    for (int y = 0; y < ink.rows; ++y) {
        const auto* row = chroma.ptr<cv::Vec2f>(y);
        const auto* m = ink.ptr<std::uint8_t>(y);
        auto* o = out.ptr<std::uint8_t>(y);
        for (int x = 0; x < ink.cols; ++x) {
            const cv::Vec2f apart = row[x] - main;
            o[x] = m[x] != 0 && apart.dot(apart) > same_colour * same_colour ? 255 : 0;
        }
    }
    drop_specks(out, height); // chroma that JPEG left behind
    return out;
}

cv::Mat places_of(const std::vector<Box>& text, cv::Size size) {
    cv::Mat out = cv::Mat::zeros(size, CV_8UC1);
    for (const Box& box : text) {
        out(pixels_of(box, size)).setTo(255);
    }
    return out;
}

// The mean of the darkest three tenths of the strokes, whose rims are mixed with paper; never so pale that it would be
// hard to read on white.
cv::Vec3b ink_colour(const cv::Mat& bgr, const cv::Mat& gray, const cv::Mat& strokes) {
    std::array<int, 256> histogram{};
    int count = 0;
    for (int y = 0; y < gray.rows; ++y) {
        const auto* g = gray.ptr<std::uint8_t>(y);
        const auto* m = strokes.ptr<std::uint8_t>(y);
        for (int x = 0; x < gray.cols; ++x) {
            count += m[x] != 0 ? 1 : 0;
            histogram[g[x]] += m[x] != 0 ? 1 : 0;
        }
    }
    int level = 0;
    for (int below = histogram[0]; below * 10 < 3 * count; below += histogram[static_cast<std::size_t>(++level)]) {
    }
    cv::Scalar mean = cv::mean(bgr, strokes & (gray <= level));
    constexpr double palest = 110; // grey level; a contrast of 4.5 to 1 with white needs 118
    const double lightness = 0.114 * mean[0] + 0.587 * mean[1] + 0.299 * mean[2];
    if (lightness > palest) {
        mean *= palest / lightness;
    }
    return {cv::saturate_cast<std::uint8_t>(mean[0]), cv::saturate_cast<std::uint8_t>(mean[1]),
            cv::saturate_cast<std::uint8_t>(mean[2])};
}

// What is known of a connected piece of ink.
struct Piece {
    int area = 0;
    int in_text = 0;  // pixels at places of text
    double light = 0; // sum of grey levels
};

// Outside of text the mask takes whole strokes that are about as dark as its ink; paler ones stay what they are, and
// specks are left to the paper.
void part_pale_strokes(InkMasks& masks, const cv::Mat& gray, const cv::Mat& places, int height) {
    cv::Mat labels;
    std::vector<Piece> pieces(static_cast<std::size_t>(cv::connectedComponents(masks.main, labels, 8, CV_32S)));
    for (int y = 0; y < gray.rows; ++y) {
        for (int x = 0; x < gray.cols; ++x) {
            Piece& piece = pieces[static_cast<std::size_t>(labels.at<int>(y, x))];
            ++piece.area;
            piece.in_text += places.at<std::uint8_t>(y, x) != 0 ? 1 : 0;
            piece.light += gray.at<std::uint8_t>(y, x);
        }
    }
    constexpr double share_to_paper = 0.65; // from the ink's lightness to white
    const double ink_level = 0.114 * masks.ink[0] + 0.587 * masks.ink[1] + 0.299 * masks.ink[2];
    const double palest = ink_level + share_to_paper * (255 - ink_level);
    const auto kind_of = [&](const Piece& piece) -> cv::Mat* {
        if (piece.in_text * 2 > piece.area || piece.light <= palest * piece.area) {
            return piece.area > speck_area ? &masks.main : nullptr;
        }
        return piece.area > height ? &masks.other : nullptr;
    };
    std::vector<cv::Mat*> kinds(pieces.size(), nullptr); // piece 0 is what is no ink
    std::transform(pieces.begin() + 1, pieces.end(), kinds.begin() + 1, kind_of);
    masks.main.setTo(0);
    for (int y = 0; y < gray.rows; ++y) {
        for (int x = 0; x < gray.cols; ++x) {
            if (cv::Mat* kind = kinds[static_cast<std::size_t>(labels.at<int>(y, x))]) {
                kind->at<std::uint8_t>(y, x) = 255;
            }
        }
    }
}

} // namespace

void drop_specks(cv::Mat& mask, int largest) {
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(mask, labels, stats, centroids, 8, CV_32S);
    std::vector<std::uint8_t> keep(static_cast<std::size_t>(count), 255);
    keep[0] = 0;
    for (int label = 1; label < count; ++label) {
        if (stats.at<int>(label, cv::CC_STAT_AREA) <= largest) {
            keep[static_cast<std::size_t>(label)] = 0;
        }
    }
    for (int y = 0; y < mask.rows; ++y) {
        const auto* in = labels.ptr<int>(y);
        auto* out = mask.ptr<std::uint8_t>(y);
        for (int x = 0; x < mask.cols; ++x) {
            out[x] = keep[static_cast<std::size_t>(in[x])];
        }
    }
}

cv::Rect pixels_of(const Box& box, cv::Size size) {
    const auto within = [](float value, int most) { // not a number becomes 0
        return value > 0 ? std::min(value, static_cast<float>(most)) : 0.0F;
    };
    const cv::Point from(cvFloor(within(box.left, size.width)), cvFloor(within(box.top, size.height)));
    const cv::Point to(cvCeil(within(box.right, size.width)), cvCeil(within(box.bottom, size.height)));
    return {from.x, from.y, std::max(0, to.x - from.x), std::max(0, to.y - from.y)};
}

InkMasks find_ink(const cv::Mat& bgr, const std::vector<Box>& text) {
    cv::Mat gray;
    cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
    const int height = text_height(text);
    const cv::Mat places = places_of(text, bgr.size());
    InkMasks out;
    out.areas = areas_without_paper(gray, height);
    const cv::Mat ink = slimmed(darker_than_around(gray, height), gray, height) & ~out.areas;
    cv::Mat sample = ink & places;
    if (cv::countNonZero(sample) == 0) {
        sample = ink;
    }
    // Half the size is enough for colour: cameras and JPEG store no more of it.
    const cv::Mat half = area_averaged(bgr, half_of(bgr.size()));
    const cv::Mat coloured = of_other_colour(half, halved(ink), halved(sample), height / 2);
    cv::resize(coloured, out.other, bgr.size(), 0, 0, cv::INTER_NEAREST);
    cv::dilate(out.other, out.other, square(3));
    out.other &= ink;
    out.main = ink & ~out.other;
    out.ink = ink_colour(bgr, gray, out.main & sample);
    part_pale_strokes(out, gray, places, height);
    return out;
}

} // namespace saring::image
