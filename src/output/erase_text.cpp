// Text is erased in two steps. Where words stand, strokes are told from what they stand on by their distance from the
// median colour, so that a photo behind the letters stays as it is. Then the holes are filled from their surroundings
// by pull-push: the picture is halved again and again, known pixels alone counting, and holes take what the next
// coarser picture knows (Gortler et al., "The Lumigraph", 1996, section 3.4.2). Linear in the pixels. It does not
// continue patterns: text on a busy photo leaves soft spots.
#include "output/erase_text.hpp"

#include "image/area_average.hpp"
#include "text/boxes.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;
using text::scaled;

constexpr float around_words = 0.15F; // of their height: swashes and blur
constexpr int clear_stroke = 36;      // of 255: strokes that differ less from their ground are not told apart

// Of each pixel to a colour, in the channel that differs most.
cv::Mat distance_to(const cv::Vec3b& colour, const cv::Mat& bgr) {
    cv::Mat difference;
    cv::absdiff(bgr, cv::Scalar(colour), difference);
    std::vector<cv::Mat> channels;
    cv::split(difference, channels);
    return cv::max(cv::max(channels[0], channels[1]), channels[2]);
}

// Marks the strokes of a word in `holes`; the whole place where they cannot be told from their ground.
void mark_strokes(const cv::Mat& page, const cv::Rect& place, cv::Mat& holes) {
    const cv::Mat distance = distance_to(median_colour(page(place)), page(place));
    cv::Mat strokes;
    const double split = cv::threshold(distance, strokes, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    if (split < clear_stroke) {
        holes(place) = 255;
        return;
    }
    // The soft edges of strokes belong to them.
    cv::threshold(distance, strokes, split / 3, 255, cv::THRESH_BINARY);
    const int reach = std::max(3, place.height / 12) | 1;
    cv::dilate(strokes, strokes, cv::getStructuringElement(cv::MORPH_ELLIPSE, {reach, reach}));
    holes(place) |= strokes;
}

void mark_words(const cv::Mat& page, const std::vector<text::DocumentLine>& lines, float scale, cv::Mat& holes) {
    for (const text::DocumentLine& line : lines) {
        for (const text::DocumentWord& word : line.words) {
            const cv::Rect place =
                rect_of(scaled(word.box, scale), page.size(), around_words * scale * line.box.height());
            if (!place.empty()) {
                mark_strokes(page, place, holes);
            }
        }
    }
}

void mark_marker(const cv::Mat& page, const Block& block, float scale, cv::Mat& holes) {
    const Box marker_box = scaled(block.marker_word.box, scale);
    const cv::Rect marker = rect_of(marker_box, page.size(), around_words * marker_box.height());
    if (!block.marker.empty() && !marker.empty()) {
        mark_strokes(page, marker, holes);
    }
}

// The ground of a table without rules stays: nothing else will draw it.
void mark_cells(const cv::Mat& page, const Block& block, float scale, cv::Mat& holes) {
    for (const text::TableCell& cell : block.cells) {
        mark_words(page, cell.lines, scale, holes);
    }
}

// Holes that a native table or a picture of its own will cover go as a whole.
void mark_place(const cv::Mat& page, const Block& block, float scale, cv::Mat& holes) {
    constexpr float margin = 4; // pixels: the outer half of drawn rules
    const cv::Rect place = rect_of(scaled(block.box, scale), page.size(), margin);
    if (!place.empty()) {
        holes(place) = 255;
    }
}

// Fills where `weight` is 0; between 0 and 1 it blends.
void pull_push(cv::Mat& colour, cv::Mat& weight) {
    if (colour.rows < 2 && colour.cols < 2) {
        return;
    }
    const cv::Size half = image::half_of(colour.size());
    cv::Mat weights;
    cv::merge(std::array{weight, weight, weight}, weights);
    cv::Mat sums = image::area_averaged(colour.mul(weights), half);
    const cv::Mat share = image::area_averaged(weight, half);
    cv::Mat shares;
    cv::merge(std::array<cv::Mat, 3>{cv::max(share, 1e-6), cv::max(share, 1e-6), cv::max(share, 1e-6)}, shares);
    cv::Mat coarse = sums / shares;
    cv::Mat known = cv::min(share * 4, 1.0); // a quarter of known pixels tells the colour
    pull_push(coarse, known);
    cv::Mat filled;
    cv::resize(coarse, filled, colour.size(), 0, 0, cv::INTER_LINEAR);
    colour = colour.mul(weights) + filled.mul(cv::Scalar::all(1) - weights);
    weight.setTo(1);
}

} // namespace

cv::Rect rect_of(const Box& box, const cv::Size& size, float margin) {
    const cv::Rect rect(cv::Point(cvFloor(box.left - margin), cvFloor(box.top - margin)),
                        cv::Point(cvCeil(box.right + margin), cvCeil(box.bottom + margin)));
    return rect & cv::Rect({0, 0}, size);
}

cv::Vec3b median_colour(const cv::Mat& bgr) {
    cv::Vec3b median;
    for (int channel = 0; channel < 3; ++channel) {
        std::array<int, 256> counts{};
        for (int y = 0; y < bgr.rows; ++y) {
            const auto* row = bgr.ptr<cv::Vec3b>(y);
            for (int x = 0; x < bgr.cols; ++x) {
                ++counts[row[x][channel]];
            }
        }
        int seen = 0;
        int value = 0;
        while (value < 255 && 2 * (seen + counts[static_cast<std::size_t>(value)]) < bgr.rows * bgr.cols) {
            seen += counts[static_cast<std::size_t>(value++)];
        }
        median[channel] = static_cast<std::uint8_t>(value);
    }
    return median;
}

std::pair<cv::Vec3b, cv::Vec3b> stroke_and_ground(const cv::Mat& page, const cv::Rect& place) {
    constexpr double core = 0.7; // of the largest distance: the middle of strokes, where no ground shines through
    const cv::Vec3b ground = median_colour(page(place));
    const cv::Mat distance = distance_to(ground, page(place));
    double most = 0;
    cv::minMaxLoc(distance, nullptr, &most);
    const cv::Scalar mean = cv::mean(page(place), distance >= core * most);
    return {cv::Vec3b(cv::saturate_cast<std::uint8_t>(mean[0]), cv::saturate_cast<std::uint8_t>(mean[1]),
                      cv::saturate_cast<std::uint8_t>(mean[2])),
            ground};
}

cv::Mat places_of_blocks(const cv::Mat& page, const text::DocumentPage& facts, float scale) {
    cv::Mat holes = cv::Mat::zeros(page.size(), CV_8U);
    for (const Block& block : facts.blocks) {
        if (block.kind == BlockKind::figure || (block.kind == BlockKind::table && block.ruled)) {
            mark_place(page, block, scale, holes);
        } else {
            mark_words(page, block.lines, scale, holes);
            mark_cells(page, block, scale, holes);
            mark_marker(page, block, scale, holes);
        }
    }
    return holes;
}

void fill_holes(cv::Mat& bgr, const cv::Mat& holes) {
    cv::Mat colour;
    bgr.convertTo(colour, CV_32FC3);
    if (cv::countNonZero(holes == 0) == 0) {
        bgr.setTo(cv::Scalar(median_colour(bgr))); // nothing around tells anything
        return;
    }
    cv::Mat weight;
    cv::Mat(holes == 0).convertTo(weight, CV_32F, 1.0 / 255);
    pull_push(colour, weight);
    cv::Mat whole;
    colour.convertTo(whole, CV_8UC3);
    whole.copyTo(bgr, holes);
}

} // namespace saring::output
