// Ink is what is darker than its surroundings, by Sauvola and Pietikäinen, "Adaptive document image binarization",
// Pattern Recognition 33 (2000): a pixel is ink below m (1 + k (s / R - 1)), with m and s mean and standard deviation
// of the window around it. It finds strokes and only the rims of broad dark areas, so those are found apart, by an
// opening wider than any stroke, and stay out of the mask with all that stands in them.
//
// Whether ink is coloured is asked of a stroke and its neighbourhood, not of a pixel: JPEG smears chroma, and a stroke
// of a pen has pale and dark places.
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
constexpr int least_chroma = 26;        // CIELAB; print and pencil stay below, blue and red pens lie above 30
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

// Half the size is enough, and four times as fast.
cv::Mat broad_dark_areas(const cv::Mat& gray, int height) {
    constexpr int dark = 150; // grey level; shading that black print stands on is lighter
    cv::Mat half;
    cv::resize(gray, half, {(gray.cols + 1) / 2, (gray.rows + 1) / 2}, 0, 0, cv::INTER_AREA);
    cv::Mat areas = half < dark;
    const int stroke = std::max(5, height * 2 / 5); // 0.8 of a line's height, halved: no letter of the text is so bold
    cv::morphologyEx(areas, areas, cv::MORPH_OPEN, ellipse(stroke));
    if (cv::countNonZero(areas) > 0) {
        cv::morphologyEx(areas, areas, cv::MORPH_CLOSE, ellipse(height), {-1, -1}, 1, cv::BORDER_CONSTANT, {0});
        cv::dilate(areas, areas, ellipse(5));
    }
    cv::resize(areas, areas, gray.size(), 0, 0, cv::INTER_NEAREST);
    return areas;
}

cv::Mat chroma_of(const cv::Mat& bgr) {
    cv::Mat lab;
    cv::cvtColor(bgr, lab, cv::COLOR_BGR2Lab);
    cv::Mat out(bgr.size(), CV_8UC1);
    constexpr int neutral = 128;
    for (int y = 0; y < bgr.rows; ++y) {
        const auto* in = lab.ptr<cv::Vec3b>(y);
        auto* row = out.ptr<std::uint8_t>(y);
        for (int x = 0; x < bgr.cols; ++x) {
            const int a = in[x][1] - neutral;
            const int b = in[x][2] - neutral;
            row[x] = static_cast<std::uint8_t>(std::min(255.0, std::sqrt(static_cast<double>(a * a + b * b))));
        }
    }
    return out;
}

// Mean chroma of the ink within a few pixels, where there is ink.
cv::Mat coloured(const cv::Mat& ink, const cv::Mat& chroma, int height) {
    const int reach = std::max(3, height / 8 * 2 + 1);
    cv::Mat masked;
    chroma.copyTo(masked, ink);
    cv::Mat sum;
    cv::Mat weight;
    cv::boxFilter(masked, sum, CV_32F, {reach, reach});
    cv::boxFilter(ink, weight, CV_32F, {reach, reach});
    cv::Mat out;
    cv::compare(sum * 255, weight * least_chroma, out, cv::CMP_GT);
    return out & ink;
}

void drop_specks(cv::Mat& mask) {
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(mask, labels, stats, centroids, 8, CV_32S);
    std::vector<std::uint8_t> keep(static_cast<std::size_t>(count), 255);
    keep[0] = 0;
    for (int label = 1; label < count; ++label) {
        if (stats.at<int>(label, cv::CC_STAT_AREA) <= speck_area) {
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

// The median of each channel.
cv::Vec3b colour_of(const cv::Mat& bgr, const cv::Mat& mask) {
    std::array<std::array<int, 256>, 3> histogram{};
    int count = 0;
    for (int y = 0; y < bgr.rows; ++y) {
        const auto* in = bgr.ptr<cv::Vec3b>(y);
        const auto* m = mask.ptr<std::uint8_t>(y);
        for (int x = 0; x < bgr.cols; ++x) {
            if (m[x] != 0) {
                ++count;
                for (int c = 0; c < 3; ++c) {
                    ++histogram[static_cast<std::size_t>(c)][in[x][c]];
                }
            }
        }
    }
    cv::Vec3b out;
    for (int c = 0; c < 3; ++c) {
        int below = 0;
        int level = 0;
        while (level < 255 &&
               (below += histogram[static_cast<std::size_t>(c)][static_cast<std::size_t>(level)]) * 2 < count) {
            ++level;
        }
        out[c] = static_cast<std::uint8_t>(level);
    }
    return out;
}

// Strokes without their pale rims; the strokes themselves where nothing is left.
cv::Vec3b ink_colour(const cv::Mat& bgr, const cv::Mat& strokes, const cv::Mat& places) {
    cv::Mat at_text = strokes & places;
    const cv::Mat& sample = cv::countNonZero(at_text) > 0 ? at_text : strokes;
    cv::Mat core;
    cv::erode(sample, core, cv::getStructuringElement(cv::MORPH_CROSS, {3, 3}));
    return colour_of(bgr, cv::countNonZero(core) > 0 ? core : sample);
}

} // namespace

InkMasks find_ink(const cv::Mat& bgr, const std::vector<Box>& text) {
    cv::Mat gray;
    cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
    const int height = text_height(text);
    const cv::Mat ink = darker_than_around(gray, height);
    InkMasks out;
    out.solid = broad_dark_areas(gray, height);
    const cv::Mat chroma = chroma_of(bgr);
    out.colour = coloured(ink, chroma, height);
    out.neutral = ink & ~out.colour & ~out.solid;
    const cv::Mat places = places_of(text, bgr.size());
    out.ink = ink_colour(bgr, out.neutral, places);
    // Outside of text only what is about as dark as its ink: no shadows, no creases, no pale lines of a form.
    constexpr double share_to_paper = 0.6;
    const double ink_level = 0.114 * out.ink[0] + 0.587 * out.ink[1] + 0.299 * out.ink[2];
    const cv::Mat pale = gray > ink_level + share_to_paper * (255 - ink_level);
    out.neutral &= places | ~pale;
    drop_specks(out.neutral);
    return out;
}

} // namespace saring::image
