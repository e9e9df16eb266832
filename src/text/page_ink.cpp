// Ink is what is darker than the mean around it. A word's letters tell which parts of the letter's body it shows
// ("sauna" is one x-height tall, "Kapal" has ascenders and descenders), so the height of its ink tells the font size:
// in text faces, with the x-height as one half, capitals and ascenders reach 0.71 and descenders 0.21 (measured on
// Liberation and DejaVu, within 5 %). Strokes are 2 * area / outline thick. What it cannot do: small capitals.
#include "text/page_ink.hpp"

#include "image/area_average.hpp"
#include "text/boxes.hpp"

#include <opencv2/imgproc.hpp>

#include <array>
#include <string_view>

namespace saring::text {
namespace {

constexpr float x_share = 0.5F; // of the font size, see above
constexpr float ascender_share = 0.71F;
constexpr float descender_share = 0.21F;
constexpr float t_share = 0.62F;      // the t is lower than other ascenders
constexpr float comma_share = 0.12F;  // below the baseline
constexpr float around = 0.25F;       // inches, side of the square whose mean is the paper's colour
constexpr double ink_contrast = 18;   // gray levels below that mean
constexpr double solid_black = 0.4;   // of the paper's gray: ink even inside of large black areas
constexpr float marks_dpi = 100;      // fine enough for a pen stroke, and fast
constexpr double marks_contrast = 26; // gray levels from the paper in any channel

cv::Rect pixels_of(const Box& box, const cv::Mat& mat) {
    const int left = std::clamp(static_cast<int>(std::floor(box.left)), 0, mat.cols);
    const int top = std::clamp(static_cast<int>(std::floor(box.top)), 0, mat.rows);
    const int right = std::clamp(static_cast<int>(std::ceil(box.right)), left, mat.cols);
    const int bottom = std::clamp(static_cast<int>(std::ceil(box.bottom)), top, mat.rows);
    return {left, top, right - left, bottom - top};
}

cv::Mat strokes_of(const cv::Mat& gray, double paper, float dpi) {
    cv::Mat mean;
    const int side = std::max(3, static_cast<int>(around * dpi)) | 1;
    cv::boxFilter(gray, mean, -1, {side, side});
    cv::Mat difference;
    cv::subtract(mean, gray, difference);
    return (difference > ink_contrast) | (gray < solid_black * paper);
}

// The colour of most of the bright half of a channel.
double paper_level(const cv::Mat& channel) {
    std::array<int, 256> counts{};
    for (int y = 0; y < channel.rows; y += 2) {
        const auto* row = channel.ptr<std::uint8_t>(y);
        for (int x = 0; x < channel.cols; x += 2) {
            ++counts.at(row[x]);
        }
    }
    return static_cast<double>(std::max_element(counts.begin() + 96, counts.end()) - counts.begin());
}

cv::Mat marks_of(const cv::Mat& small) {
    std::vector<cv::Mat> channels;
    cv::split(small, channels);
    cv::Mat out = cv::Mat::zeros(small.size(), CV_8U);
    for (const cv::Mat& channel : channels) {
        cv::Mat distance;
        cv::absdiff(channel, cv::Scalar(paper_level(channel)), distance);
        out |= distance > marks_contrast;
    }
    return out;
}

// Which parts of the letter's body a text shows.
struct Parts {
    bool ascender = false;
    bool descender = false;
    bool dot = false;  // of an i, which stands free above
    bool stem = false; // an ascender that does not
    bool t = false;
    bool comma = false;
    bool any = false; // has letters or digits, so that its height tells something

    [[nodiscard]] float above() const { return ascender ? ascender_share : t ? t_share : x_share; }
    [[nodiscard]] float below() const { return descender ? descender_share : comma ? comma_share : 0; }
};

Parts parts_of(std::string_view text) {
    constexpr std::string_view low = "acemnorsuvwxz";
    constexpr std::string_view high = "bdfhikl()[]/|!?\"'&%$#";
    constexpr std::string_view deep = "gpqy";
    constexpr std::string_view both = "j()[]/|Q$";
    Parts out;
    for (const char c : text) {
        const bool capital = (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        const bool other = static_cast<unsigned char>(c) >= 0xC3; // accented letters, for the most part
        out.dot = out.dot || c == 'i' || c == 'j';
        out.stem = out.stem || capital || other || std::string_view("bdfhklt").find(c) != std::string_view::npos;
        out.t = out.t || c == 't';
        // The J goes below the baseline in some typefaces only: half-way, it is wrong by little in all.
        out.comma = out.comma || c == ',' || c == ';' || c == 'J';
        out.any = out.any || out.t || capital || other || low.find(c) != low.npos || high.find(c) != high.npos ||
                  deep.find(c) != deep.npos || both.find(c) != both.npos;
        out.ascender = out.ascender || capital || other || high.find(c) != high.npos || both.find(c) != both.npos;
        out.descender = out.descender || deep.find(c) != deep.npos || both.find(c) != both.npos;
    }
    return out;
}

// Rows of the box that hold the word's own ink, as [begin, end): of all runs of inked rows the one with the most ink,
// so that neither a line under the word nor what reaches in from its neighbours counts. `dotted`: the dots of i and j
// stand free above it.
std::pair<int, int> inked_rows(const cv::Mat& strokes, bool dotted) {
    cv::Mat sums;
    cv::reduce(strokes / 255, sums, 1, cv::REDUCE_SUM, CV_32S);
    const auto* row = sums.ptr<int>();
    const int least = std::max(1, strokes.cols / 60);
    std::pair<int, int> best{0, 0};
    int most = 0;
    for (int begin = 0; begin < sums.rows;) {
        int end = begin;
        int ink = 0;
        while (end < sums.rows && row[end] >= least) {
            ink += row[end];
            ++end;
        }
        if (ink > most) {
            most = ink;
            best = {begin, end};
        }
        begin = end + 1;
    }
    const int dot_gap = dotted ? sums.rows / 7 : 0;
    for (int y = best.first - 1, blank = 0; y >= 0 && blank < dot_gap; --y) {
        blank = row[y] >= least ? 0 : blank + 1;
        best.first = blank == 0 ? y : best.first;
    }
    return best;
}

} // namespace

PageInk ink_of(const cv::Mat& page, float dpi) {
    PageInk out;
    out.dpi = dpi;
    out.picture = page;
    cv::Mat gray;
    cv::cvtColor(page, gray, cv::COLOR_BGR2GRAY);
    out.strokes = strokes_of(gray, paper_level(gray), dpi);
    out.marks_scale = std::min(1.0F, marks_dpi / dpi);
    out.marks = marks_of(image::area_averaged(page, out.marks_scale));
    return out;
}

void measure(PageWord& word, const PageInk& ink) {
    const Parts parts = parts_of(word.word.text);
    const Box& box = word.word.box;
    float top = box.top;
    float bottom = box.bottom;
    constexpr float margin = 0.08F; // of the height: boxes of readers cut off a little at times
    const cv::Rect pixels = pixels_of(grown(box, 0, margin * box.height()), ink.strokes);
    if (!word.light && pixels.width > 1 && pixels.height > 3) {
        const auto [begin, end] = inked_rows(ink.strokes(pixels), parts.dot && !parts.stem);
        constexpr float least = 0.35F; // of the box: less is a stroke through it, not its letters
        if (static_cast<float>(end - begin) > least * box.height()) {
            top = static_cast<float>(pixels.y + begin);
            bottom = static_cast<float>(pixels.y + end);
        }
    }
    word.size = parts.any ? (bottom - top) / (parts.above() + parts.below()) : 0;
    word.baseline = parts.any ? bottom - parts.below() * word.size : box.bottom;
}

void wipe_rules(PageInk& ink, const std::vector<Rule>& rules) {
    const float margin = ink.inches(0.006F); // their pale rim
    for (const Rule& rule : rules) {
        ink.strokes(pixels_of(grown(rule.box, margin, margin), ink.strokes)).setTo(0);
    }
}

float inked_share(const PageInk& ink, const Box& box) {
    const cv::Rect pixels = pixels_of(box, ink.strokes);
    return pixels.empty()
               ? 0
               : static_cast<float>(cv::countNonZero(ink.strokes(pixels))) / static_cast<float>(pixels.area());
}

void measure_strokes(TextLine& line, const PageInk& ink) {
    int area = 0;
    int outline = 0;
    cv::Scalar colour(0, 0, 0);
    double weight = 0;
    cv::Scalar ground(0, 0, 0);
    double ground_weight = 1e-3;
    for (const DocumentWord& word : line.line.words) {
        const cv::Rect pixels = pixels_of(word.box, ink.strokes);
        if (pixels.width < 3 || pixels.height < 3) {
            continue;
        }
        const cv::Mat strokes = ink.strokes(pixels);
        cv::Mat edges;
        cv::bitwise_xor(strokes.colRange(1, pixels.width), strokes.colRange(0, pixels.width - 1), edges);
        outline += cv::countNonZero(edges);
        cv::bitwise_xor(strokes.rowRange(1, pixels.height), strokes.rowRange(0, pixels.height - 1), edges);
        outline += cv::countNonZero(edges);
        area += cv::countNonZero(strokes);
        cv::Mat core; // without the pale rim of the strokes
        cv::erode(strokes, core, cv::getStructuringElement(cv::MORPH_CROSS, {3, 3}));
        const double inside = cv::countNonZero(core);
        if (inside > 0) {
            colour += cv::mean(ink.picture(pixels), core) * inside;
            weight += inside;
            cv::Mat outside;
            cv::dilate(strokes, outside, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
            outside = outside == 0;
            const double blank = cv::countNonZero(outside);
            ground += cv::mean(ink.picture(pixels), outside) * blank;
            ground_weight += blank;
        }
    }
    if (outline > 0 && line.line.font_size > 0) {
        line.stroke = 2 * static_cast<float>(area) / static_cast<float>(outline) / line.line.font_size;
    }
    if (weight > 0) {
        const auto [least, most] = std::minmax({colour[0], colour[1], colour[2]});
        constexpr double gray = 45; // levels between the channels of what a person calls black
        // Small black strokes look paler when they are blurred, on white paper.
        const double dark = std::max(130.0, 0.75 * std::min({ground[0], ground[1], ground[2]}) / ground_weight);
        const auto level = [&](int i) {
            return static_cast<std::uint32_t>(std::clamp(colour[i] / weight, 0.0, 255.0));
        };
        const bool black = (most - least) / weight < gray && most / weight < dark;
        line.line.ink = black ? 0 : level(2) << 16U | level(1) << 8U | level(0);
    }
}

} // namespace saring::text
