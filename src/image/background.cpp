// Paper loses its grain, what is nearly white becomes white, and under the main ink the paper around it goes on, so
// that JPEG has no edges to ring at. The resolution follows what is on the paper: strokes of another ink need all of
// it, pictures and dark areas half, soft tints a third. A page that holds nothing else has no background at all.
#include "image/background.hpp"

#include "image/area_average.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>

namespace saring::image {
namespace {

constexpr int paper_reduction = 3;

// Fills what has no weight from ever coarser means of what has some.
cv::Mat filled(const cv::Mat& weighted, const cv::Mat& weight) {
    cv::Mat out;
    if (weighted.cols > 1 && weighted.rows > 1 && cv::countNonZero(weight < 1e-3F) > 0) {
        const cv::Size half = half_of(weighted.size());
        cv::resize(filled(area_averaged(weighted, half), area_averaged(weight, half)), out, weighted.size(), 0, 0,
                   cv::INTER_LINEAR);
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
    cv::Mat out;
    filled(area_averaged(weighted, size), area_averaged(weight, size)).convertTo(out, CV_8UC3);
    cv::medianBlur(out, out, 5);
    return out;
}

// Grey level from which on paper counts as white: a little below the most frequent one.
int white_level(const cv::Mat& paper) {
    cv::Mat gray;
    cv::cvtColor(paper, gray, cv::COLOR_BGR2GRAY);
    std::array<int, 256> histogram{};
    for (int y = 0; y < gray.rows; ++y) {
        const auto* row = gray.ptr<std::uint8_t>(y);
        std::for_each(row, row + gray.cols, [&histogram](std::uint8_t level) { ++histogram[level]; });
    }
    constexpr int darkest_paper = 232;
    constexpr int grain = 10;
    const auto mode = std::max_element(histogram.begin() + darkest_paper, histogram.end()) - histogram.begin();
    return std::min(static_cast<int>(mode), 254) - grain;
}

// What is lighter than `level` becomes white, over a short ramp so that no edge appears.
void whiten(cv::Mat& picture, int level) {
    constexpr int ramp = 16;
    const int from = level - ramp;
    cv::Mat table(1, 256, CV_8UC1);
    for (int in = 0; in < 256; ++in) {
        const int out = in >= level ? 255 : in <= from ? in : from + (in - from) * (255 - from) / ramp;
        table.at<std::uint8_t>(in) = static_cast<std::uint8_t>(out);
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
    cv::dilate(mask, out, cv::Mat::ones(2 * by + 1, 2 * by + 1, CV_8U));
    return out;
}

// What the smoothing of the paper would wipe out though it can be seen: faint pencil, worn markers. At the paper's
// size.
cv::Mat faint_strokes(const cv::Mat& bgr, cv::Size paper, const cv::Mat& known) {
    constexpr int visible = 14;        // grey levels, of the mean of nine pixels
    constexpr int broadest = 11;       // pixels of the paper; broader marks outlive the smoothing
    constexpr int smallest_piece = 16; // pixels of the paper; specks of grain are smaller
    cv::Mat seen = area_averaged(bgr, paper);
    cv::cvtColor(seen, seen, cv::COLOR_BGR2GRAY);
    cv::Mat out; // how much darker than the paper that a closing leaves
    cv::morphologyEx(seen, out, cv::MORPH_BLACKHAT, cv::Mat::ones(broadest, broadest, CV_8U));
    out = out > visible;
    out.setTo(0, area_averaged(known, paper) > 0);
    drop_specks(out, smallest_piece);
    return grown(out, 1);
}

} // namespace

cv::Mat background_of(const cv::Mat& bgr, const InkMasks& ink, const cv::Mat& photographs) {
    constexpr double a_few_letters = 5e-5; // of the page: one short word in a coloured pen
    const bool strokes = covers(ink.other, a_few_letters);
    const cv::Mat rims = grown(ink.main, 3); // pale ink mixed with paper
    cv::Mat detail = photographs | ink.areas;
    if (strokes) {
        detail |= grown(ink.other, 4);
    }
    cv::Mat out = paper_of(bgr, rims | detail);
    cv::Mat faint = faint_strokes(bgr, out.size(), rims | detail);
    const int level = white_level(out);
    whiten(out, level);
    if (!strokes && !covers(detail, a_few_letters) && !covers(faint, a_few_letters)) {
        return is_white(out) ? cv::Mat() : out;
    }
    const cv::Size size = reduced(bgr.size(), strokes ? 1 : 2);
    cv::Mat sharp = area_averaged(bgr, size);
    whiten(sharp, level);
    cv::resize(faint, faint, size, 0, 0, cv::INTER_NEAREST);
    cv::resize(detail, detail, size, 0, 0, cv::INTER_NEAREST);
    cv::resize(out, out, size, 0, 0, cv::INTER_LINEAR);
    sharp.copyTo(out, detail | faint);
    return out;
}

} // namespace saring::image
