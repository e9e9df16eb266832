// OpenCV goes along every row of the source first, pixel by pixel, and then adds rows up. The other way round all but
// the rows of the result are plain sums of neighbouring numbers, which compilers turn into vector instructions: two to
// nine times as fast on photos, the more the smaller the result. Whole ratios, for which OpenCV has code of its own,
// are left to it.
#include "image/area_average.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace saring::image {
namespace {

// Source pixels that one pixel covers along an axis: [begin, end), the outer two in part.
struct Cover {
    int begin = 0;
    int end = 0;
    float first = 0; // share of the first that is covered
    float last = 0;  // … of the last, where it is another
    float share = 0; // of the sum that is the mean
};

// `ratio`: source pixels to one of the target. The last pixel covers what is left.
std::vector<Cover> covers(int source, int target, double ratio) {
    constexpr double nothing = 1e-6; // of a pixel: an error of rounding
    std::vector<Cover> out;
    for (int i = 0; i < target; ++i) {
        const double from = std::min<double>(source - 1, i * ratio);
        const double to = std::min<double>(source, (i + 1) * ratio);
        const int begin = static_cast<int>(std::floor(from + nothing));
        const int end = std::max(begin + 1, static_cast<int>(std::ceil(to - nothing)));
        out.push_back({begin, end, static_cast<float>(std::min<double>(to, begin + 1) - from),
                       static_cast<float>(to - (end - 1)), static_cast<float>(1 / (to - from))});
    }
    return out;
}

template <class Value> void add_rows(const cv::Mat& mat, const Cover& rows, std::vector<float>& sums) {
    const auto* row = mat.ptr<Value>(rows.begin);
    for (std::size_t x = 0; x < sums.size(); ++x) {
        sums[x] = rows.first * static_cast<float>(row[x]);
    }
    for (int y = rows.begin + 1; y < rows.end; ++y) {
        row = mat.ptr<Value>(y);
        if (y + 1 < rows.end) {
            for (std::size_t x = 0; x < sums.size(); ++x) {
                sums[x] += static_cast<float>(row[x]);
            }
        } else {
            for (std::size_t x = 0; x < sums.size(); ++x) {
                sums[x] += rows.last * static_cast<float>(row[x]);
            }
        }
    }
}

template <class Value>
cv::Mat averaged(const cv::Mat& mat, const std::vector<Cover>& columns, const std::vector<Cover>& rows) {
    cv::Mat out(static_cast<int>(rows.size()), static_cast<int>(columns.size()), mat.type());
    const int channels = mat.channels();
    std::vector<float> sums(static_cast<std::size_t>(mat.cols) * static_cast<std::size_t>(channels));
    for (int y = 0; y < out.rows; ++y) {
        const Cover& row = rows[static_cast<std::size_t>(y)];
        add_rows<Value>(mat, row, sums);
        auto* to = out.ptr<Value>(y);
        for (const Cover& column : columns) {
            const float share = row.share * column.share;
            for (int channel = 0; channel < channels; ++channel) {
                const float* from = sums.data() + column.begin * channels + channel;
                const float* const last = from + (column.end - column.begin - 1) * channels;
                float sum = column.first * *from;
                for (from += channels; from < last; from += channels) {
                    sum += *from;
                }
                sum += from == last ? column.last * *last : 0.0F;
                *to++ = cv::saturate_cast<Value>(sum * share);
            }
        }
    }
    return out;
}

// `across`, `down`: source pixels to one of the result.
cv::Mat averaged(const cv::Mat& mat, cv::Size size, double across, double down) {
    CV_Assert(mat.depth() == CV_8U || mat.depth() == CV_32F);
    const std::vector<Cover> columns = covers(mat.cols, size.width, across);
    const std::vector<Cover> rows = covers(mat.rows, size.height, down);
    return mat.depth() == CV_8U ? averaged<std::uint8_t>(mat, columns, rows) : averaged<float>(mat, columns, rows);
}

// Whether OpenCV is to do it: the ratio is whole, or the picture grows.
bool is_simple(double across, double down) {
    return across < 1 || down < 1 || (across == std::floor(across) && down == std::floor(down));
}

} // namespace

cv::Mat area_averaged(const cv::Mat& mat, cv::Size size) {
    const double across = static_cast<double>(mat.cols) / size.width;
    const double down = static_cast<double>(mat.rows) / size.height;
    if (!is_simple(across, down)) {
        return averaged(mat, size, across, down);
    }
    cv::Mat out;
    cv::resize(mat, out, size, 0, 0, cv::INTER_AREA);
    return out;
}

cv::Mat area_averaged(const cv::Mat& mat, double factor) {
    const cv::Size size(cvRound(mat.cols * factor), cvRound(mat.rows * factor));
    if (size.empty() || !is_simple(1 / factor, 1 / factor)) {
        return averaged(mat, {std::max(1, size.width), std::max(1, size.height)}, 1 / factor, 1 / factor);
    }
    cv::Mat out;
    cv::resize(mat, out, {}, factor, factor, cv::INTER_AREA);
    return out;
}

} // namespace saring::image
