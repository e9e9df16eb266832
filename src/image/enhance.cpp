#include "image/enhance.hpp"

#include "image/area_average.hpp"
#include "image/ground.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace saring::image {
namespace {

constexpr double white = 255;

// The logarithm of the light that each pixel takes (or adds, where `brighter`) to its ground, the median around it.
cv::Mat share_of_light(const cv::Mat& gray, Shade shade) {
    constexpr double dark = 6;            // grey levels that are added, so that noise of dark places stays small
    constexpr double ground_pixels = 3e5; // of the picture in which the ground is estimated
    constexpr int ground_size = 45;       // pixels there: twice the broadest stroke, narrower than a box of a slide
    constexpr int thinned = 9;            // pixels there
    cv::Mat logarithm(1, 256, CV_32F);
    for (int level = 0; level < logarithm.cols; ++level) {
        logarithm.at<float>(level) =
            static_cast<float>(std::log((shade == Shade::darker ? level : white - level) + dark));
    }
    const double range = std::log(white + dark);
    cv::Mat light;
    cv::LUT(gray, logarithm, light);
    cv::Mat ground;
    light.convertTo(ground, CV_8U, white / range);
    ground = area_averaged(ground, std::min(1.0, std::sqrt(ground_pixels / static_cast<double>(gray.total()))));
    // Letters of a bold watermark cover more than half of their place, so strokes are thinned before the median.
    cv::morphologyEx(ground, ground, cv::MORPH_CLOSE, ellipse(thinned));
    cv::medianBlur(ground, ground, ground_size);
    cv::resize(ground, ground, gray.size(), 0, 0, cv::INTER_LINEAR);
    ground.convertTo(ground, CV_32F, range / white);
    return ground - light;
}

} // namespace

cv::Mat gray(const cv::Mat& bgr) {
    if (bgr.channels() == 1) {
        return bgr;
    }
    cv::Mat out;
    cv::cvtColor(bgr, out, cv::COLOR_BGR2GRAY);
    return out;
}

cv::Mat flatten(const cv::Mat& gray) {
    constexpr double background_blur = 5; // sigma, in pixels of the reduced picture
    cv::Mat background = paper_of(gray);
    cv::GaussianBlur(background, background, {}, background_blur);
    cv::resize(background, background, gray.size(), 0, 0, cv::INTER_LINEAR);
    cv::Mat out;
    cv::divide(gray, background, out, paper_level);
    return out;
}

cv::Mat project_colours(const cv::Mat& bgr) {
    constexpr int sample_side = 800; // the axis is found on a reduced picture
    constexpr double neighbourhood = 12;
    cv::Mat lab;
    cv::cvtColor(shrunk_to(bgr, sample_side), lab, cv::COLOR_BGR2Lab);
    lab.convertTo(lab, CV_32F);
    cv::Mat mean;
    cv::GaussianBlur(lab, mean, {}, neighbourhood);
    const cv::Mat difference = lab - mean;

    // The axis of the tenth of pixels that differ most from what is around them.
    cv::Mat length;
    cv::Mat squared = difference.mul(difference);
    cv::transform(squared, length, cv::Matx13f(1, 1, 1));
    cv::Mat sorted = length.reshape(1, 1).clone();
    const auto nth = static_cast<std::ptrdiff_t>(0.9 * static_cast<double>(sorted.total()));
    std::nth_element(sorted.begin<float>(), sorted.begin<float>() + nth, sorted.end<float>());
    const float bound = sorted.at<float>(static_cast<int>(nth));
    cv::Matx33d covariance = cv::Matx33d::zeros();
    for (int y = 0; y < difference.rows; ++y) {
        for (int x = 0; x < difference.cols; ++x) {
            if (length.at<float>(y, x) >= bound) {
                const auto& d = difference.at<cv::Vec3f>(y, x);
                const cv::Vec3d v(d[0], d[1], d[2]);
                covariance += v * v.t();
            }
        }
    }
    cv::Mat values;
    cv::Mat vectors;
    cv::eigen(cv::Mat(covariance), values, vectors);
    const cv::Matx13f axis(static_cast<float>(vectors.at<double>(0, 0)), static_cast<float>(vectors.at<double>(0, 1)),
                           static_cast<float>(vectors.at<double>(0, 2)));

    cv::Mat full;
    cv::cvtColor(bgr, full, cv::COLOR_BGR2Lab);
    full.convertTo(full, CV_32F);
    cv::Mat projected;
    cv::transform(full, projected, axis);
    cv::Mat out;
    cv::normalize(projected, out, 0, 255, cv::NORM_MINMAX, CV_8U);
    out = stretch(out);
    return is_dark_ground(out) ? cv::Mat(255 - out) : out;
}

cv::Mat pale_ink(const cv::Mat& gray, double pen, bool bright_ground) {
    constexpr int print_level = 165; // grey levels of the flattened picture: darker is print
    constexpr double deepest = 190;  // what becomes black: watermarks leave 190 to 215 of their paper
    constexpr double palest = 238;   // what becomes white
    constexpr int visible = 128;     // of the result
    constexpr double least_share = 2e-3;
    constexpr int fringe = 5; // pixels: the soft edge of print is as pale as a watermark
    cv::Mat out = flatten(bright_ground ? gray : cv::Mat(255 - gray));
    cv::Mat print = out < print_level;
    cv::dilate(print, print, ellipse(fringe));
    const int size = (fringe + static_cast<int>(std::lround(pen))) | 1;
    cv::Mat beneath;
    cv::morphologyEx(out, beneath, cv::MORPH_CLOSE, ellipse(size));
    beneath.copyTo(out, print); // elsewhere even the thinnest pale stroke stays
    const double gain = 255 / (palest - deepest);
    out.convertTo(out, CV_8U, gain, -deepest * gain);
    return cv::countNonZero(out < visible) < least_share * static_cast<double>(out.total()) ? cv::Mat() : out;
}

cv::Mat broad_ink(const cv::Mat& gray, double pen, double height, bool bright_ground) {
    constexpr int visible = 140;  // grey levels of the flattened picture
    constexpr double broader = 2; // pixels, where strokes of print meet
    constexpr double spot = 1.5;  // pens of print that a full stop of large letters measures
    constexpr int fringe = 5;     // pixels: soft edges
    const int size = static_cast<int>(std::lround(pen + broader)) | 1;
    cv::Mat broad = flatten(bright_ground ? gray : cv::Mat(255 - gray));
    cv::morphologyEx(broad, broad, cv::MORPH_CLOSE, ellipse(size));
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(broad < visible, labels, stats, centroids);
    std::vector<std::uint8_t> kept(static_cast<std::size_t>(count), 0);
    bool any = false;
    for (int i = 1; i < count; ++i) {
        const int wide = stats.at<int>(i, cv::CC_STAT_WIDTH);
        const int high = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        any |= high >= height;
        kept[static_cast<std::size_t>(i)] = high >= height || std::min(wide, high) >= spot * size ? 255 : 0;
    }
    if (!any) {
        return {};
    }
    cv::Mat mask(gray.size(), CV_8U);
    for (int y = 0; y < mask.rows; ++y) {
        for (int x = 0; x < mask.cols; ++x) {
            mask.at<std::uint8_t>(y, x) = kept[static_cast<std::size_t>(labels.at<int>(y, x))];
        }
    }
    cv::dilate(mask, mask, ellipse(fringe));
    cv::Mat out(gray.size(), CV_8U, cv::Scalar::all(white));
    broad.copyTo(out, mask);
    return out;
}

cv::Mat tint(const cv::Mat& gray, double pen, Shade shade) {
    constexpr double palest = 0.06;     // steps of the logarithm: what becomes white,
    constexpr double deepest = 0.2;     // black: watermarks are 0.15 to 0.6,
    constexpr double print = 0.6;       // and what is more, that is print,
    constexpr double other_print = 0.8; // or print of the other shade
    constexpr int fringe = 5;           // pixels around print
    constexpr double reach = 0.6;       // pens around print, from which it is filled
    constexpr int visible = 128;        // of the result
    constexpr double least_share = 2e-3;
    cv::Mat ink = share_of_light(gray, shade);
    cv::Mat printed = (ink > print) | (ink < -other_print);
    cv::dilate(printed, printed, ellipse(fringe));
    ink = cv::min(cv::max(ink, -deepest), print);
    mean_around(ink, printed, reach * pen).copyTo(ink, printed);
    cv::Mat out;
    const double gain = white / (deepest - palest);
    ink.convertTo(out, CV_8U, -gain, white + gain * palest);
    cv::GaussianBlur(out, out, {}, 1);
    return cv::countNonZero(out < visible) < least_share * static_cast<double>(out.total()) ? cv::Mat() : out;
}

cv::Mat thickened(const cv::Mat& strokes) {
    constexpr int pen = 3; // pixels
    cv::Mat out;
    cv::erode(strokes, out, cv::Mat::ones(pen, pen, CV_8U));
    cv::GaussianBlur(out, out, {}, 1);
    return out;
}

std::uint32_t ink_of(const cv::Mat& bgr) {
    cv::Mat bright;
    cv::threshold(gray(bgr), bright, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    const bool dark_ground = 2 * cv::countNonZero(bright) < static_cast<int>(bright.total());
    const cv::Scalar mean = cv::mean(bgr, dark_ground ? bright : ~bright);
    const auto level = [&](int channel) { return static_cast<std::uint32_t>(std::lround(mean[channel])); };
    return level(2) << 16U | level(1) << 8U | level(0);
}

bool is_boxed(const cv::Mat& bgr, const cv::Rect& text) {
    const int reach = text.height * 3 / 2;
    const cv::Rect around = cv::Rect(text.x - reach, text.y - reach, text.width + 2 * reach, text.height + 2 * reach) &
                            cv::Rect({}, bgr.size());
    cv::Mat strokes;
    cv::threshold(gray(bgr(around)), strokes, 0, 1, cv::THRESH_BINARY | cv::THRESH_OTSU);
    if (2 * cv::countNonZero(strokes) > static_cast<int>(strokes.total())) {
        strokes = 1 - strokes; // strokes are the smaller part
    }
    const cv::Rect inner(text.x - around.x, text.y - around.y, text.width, text.height);
    // A drawn line covers most of the text's length on one row or column, or on two where it is slightly aslant.
    cv::dilate(strokes, strokes, cv::Mat::ones(3, 3, CV_8U));
    constexpr double most = 0.85;
    const auto has_line = [&](const cv::Rect& strip, int along) {
        if (strip.width <= 0 || strip.height <= 0) {
            return false;
        }
        cv::Mat share;
        cv::reduce(strokes(strip), share, along, cv::REDUCE_AVG, CV_64F);
        double best = 0;
        cv::minMaxLoc(share, nullptr, &best);
        return best >= most;
    };
    constexpr int rows = 1; // reduced along each row
    constexpr int columns = 0;
    const int right = inner.x + inner.width;
    const int bottom = inner.y + inner.height;
    return has_line({inner.x, 0, inner.width, inner.y}, rows) &&
           has_line({inner.x, bottom, inner.width, strokes.rows - bottom}, rows) &&
           has_line({0, inner.y, inner.x, inner.height}, columns) &&
           has_line({right, inner.y, strokes.cols - right, inner.height}, columns);
}

bool is_dark_ground(const cv::Mat& gray) {
    constexpr int middle = 118; // median grey level below which a ground counts as dark
    return percentile(gray, 0.5) < middle;
}

cv::Mat stretch(const cv::Mat& gray) {
    const int low = percentile(gray, 0.01);
    const int high = percentile(gray, 0.99);
    if (high - low < 8) {
        return gray; // nearly flat: stretching would only show noise
    }
    cv::Mat out;
    const double gain = 255.0 / (high - low);
    gray.convertTo(out, CV_8U, gain, -low * gain);
    return out;
}

cv::Mat tame_glare(const cv::Mat& gray) {
    constexpr double saturated = 235; // blurred grey level from which a lamp or window is taken to shine
    constexpr double blur = 6;
    cv::Mat smooth;
    cv::GaussianBlur(gray, smooth, {}, blur);
    cv::Mat mask = smooth > saturated;
    if (cv::countNonZero(mask) == 0) {
        return gray;
    }
    cv::Mat wide;
    cv::dilate(mask, wide, ellipse(9));
    cv::Mat detail;
    cv::addWeighted(gray, 2.0, smooth, -2.0, paper_level, detail, CV_8U);
    cv::Mat out = gray.clone();
    detail.copyTo(out, wide);
    return out;
}

} // namespace saring::image
