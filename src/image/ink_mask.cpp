// Ink is what is darker than its surroundings, by Sauvola and Pietikäinen, "Adaptive document image binarization",
// Pattern Recognition 33 (2000): a pixel is ink below m (1 + k (s / R - 1)), with m and s mean and standard deviation
// of the window around it. It finds strokes and only the rims of broad dark areas, so those are found apart, by an
// opening wider than any stroke, and stay out of the mask with all that stands in them.
//
// The main ink is the one of most of the text: black print, or the blue pen of a page of notes. Whether a stroke has
// another colour is asked of its neighbourhood, not of a pixel: JPEG smears chroma, and a stroke of a pen has pale and
// dark places.
//
// It cannot separate black ink that crosses ink of a very dark colour, and pale grey print turns as dark as the rest.
#include "image/ink_mask.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace saring::image {
namespace {

constexpr double sauvola_k = 0.2;       // of the paper; small, because the page is clean and faint print counts
constexpr double sauvola_range = 128;   // R of the paper, for 8 bits
constexpr int default_text_height = 32; // pixels; 9 point text at 300 dpi
constexpr float same_colour = 24;       // CIELAB, in the plane of a and b; blue and red pens lie 30 and more from black
constexpr int speck_area = 2;           // pixels; smaller than a full stop at 100 dpi

int text_height(const std::vector<Box>& text) {
    std::vector<float> heights;
    for (const Box& box : text) {
        heights.push_back(box.height());
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

cv::Mat ellipse(int size) { return cv::getStructuringElement(cv::MORPH_ELLIPSE, {size, size}); }

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

// Dark areas broader than any stroke, closed over the letters in them.
cv::Mat broad_areas(const cv::Mat& gray, int height) {
    constexpr int dark = 150;                       // grey level; shading that black print stands on is lighter
    const int stroke = std::max(9, height * 4 / 5); // no letter of the text is so bold
    cv::Mat areas = gray < dark;
    cv::morphologyEx(areas, areas, cv::MORPH_OPEN, ellipse(stroke));
    if (cv::countNonZero(areas) > 0) {
        cv::morphologyEx(areas, areas, cv::MORPH_CLOSE, ellipse(2 * height), {-1, -1}, 1, cv::BORDER_CONSTANT, {0});
    }
    return areas;
}

// Where the surroundings hold less paper than between the closest lines of bold print: photographs.
cv::Mat crowded_areas(const cv::Mat& gray, int height) {
    constexpr int light = 170;
    constexpr double least_paper = 0.4;
    const int window = 4 * height + 1;
    cv::Mat share;
    cv::boxFilter(gray > light, share, CV_8U, {window, window}, {-1, -1}, true, cv::BORDER_REPLICATE);
    cv::Mat areas = share < least_paper * 255;
    cv::dilate(areas, areas, cv::Mat::ones(window / 2, window / 2, CV_8U)); // back to the edge, where half is paper
    return areas;
}

// Half the size is enough, and many times as fast.
cv::Mat areas_without_paper(const cv::Mat& gray, int height) {
    cv::Mat half;
    cv::resize(gray, half, {(gray.cols + 1) / 2, (gray.rows + 1) / 2}, 0, 0, cv::INTER_AREA);
    cv::Mat areas = broad_areas(half, height / 2) | crowded_areas(half, height / 2);
    cv::dilate(areas, areas, ellipse(5));
    cv::resize(areas, areas, gray.size(), 0, 0, cv::INTER_NEAREST);
    return areas;
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

// Ink whose colour is not that of most ink in `sample`.
cv::Mat of_other_colour(const cv::Mat& chroma, const cv::Mat& ink, const cv::Mat& sample) {
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
    return out;
}

// Removes connected pieces of at most `largest` pixels.
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

cv::Mat places_of(const std::vector<Box>& text, cv::Size size) {
    cv::Mat out = cv::Mat::zeros(size, CV_8UC1);
    for (const Box& box : text) {
        const cv::Rect whole(0, 0, size.width, size.height);
        const cv::Rect rect(cv::Point(cvFloor(box.left), cvFloor(box.top)),
                            cv::Point(cvCeil(box.right), cvCeil(box.bottom)));
        out(rect & whole).setTo(255);
    }
    return out;
}

// The mean of the darkest quarter of the strokes, whose rims are mixed with paper; never so pale that it would be hard
// to read on white.
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
    for (int below = histogram[0]; below * 4 < count; below += histogram[static_cast<std::size_t>(++level)]) {
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

} // namespace

InkMasks find_ink(const cv::Mat& bgr, const std::vector<Box>& text) {
    cv::Mat gray;
    cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
    const int height = text_height(text);
    const cv::Mat ink = darker_than_around(gray, height);
    const cv::Mat places = places_of(text, bgr.size());
    InkMasks out;
    out.areas = areas_without_paper(gray, height);
    cv::Mat sample = ink & places & ~out.areas;
    if (cv::countNonZero(sample) == 0) {
        sample = ink;
    }
    out.colour = of_other_colour(chroma_of_ink(bgr, ink, height), ink, sample) & ~out.areas;
    drop_specks(out.colour, 2 * height); // chroma that JPEG left behind
    out.main = ink & ~out.colour & ~out.areas;
    out.ink = ink_colour(bgr, gray, out.main & sample);
    // Outside of text only what is about as dark as its ink: no shadows, no creases, no pale lines of a form.
    constexpr double share_to_paper = 0.65;
    const double ink_level = 0.114 * out.ink[0] + 0.587 * out.ink[1] + 0.299 * out.ink[2];
    const cv::Mat pale = gray > ink_level + share_to_paper * (255 - ink_level);
    out.main &= places | ~pale;
    drop_specks(out.main, speck_area);
    return out;
}

} // namespace saring::image
