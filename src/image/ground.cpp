#include "image/ground.hpp"

#include "image/area_average.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cstdint>

namespace saring::image {

cv::Mat shrunk_to(const cv::Mat& mat, int side) {
    const double factor = static_cast<double>(side) / std::max(mat.cols, mat.rows);
    if (factor >= 1) {
        return mat.clone();
    }
    return area_averaged(mat, factor);
}

int percentile(const cv::Mat& gray, double share) {
    std::array<int, 256> counts{};
    for (int y = 0; y < gray.rows; ++y) {
        const auto* row = gray.ptr<std::uint8_t>(y);
        for (int x = 0; x < gray.cols; ++x) {
            ++counts[row[x]];
        }
    }
    const double wanted = share * static_cast<double>(gray.total());
    double sum = 0;
    for (int level = 0; level < 256; ++level) {
        sum += counts[static_cast<std::size_t>(level)];
        if (sum >= wanted) {
            return level;
        }
    }
    return 255;
}

cv::Mat ellipse(int size) { return cv::getStructuringElement(cv::MORPH_ELLIPSE, {size, size}); }

cv::Mat paper_of(const cv::Mat& gray, int side) {
    constexpr int closing_size = 15; // wider than any stroke, narrower than a shadow
    cv::Mat out = shrunk_to(gray, side);
    cv::morphologyEx(out, out, cv::MORPH_CLOSE, ellipse(closing_size));
    cv::medianBlur(out, out, closing_size);
    return out;
}

cv::Mat mean_around(const cv::Mat& values, const cv::Mat& mask, double sigma) {
    constexpr double nothing = 1e-3; // of weight: far from anything, 0
    cv::Mat weight;
    cv::Mat(~mask).convertTo(weight, CV_32F, 1.0 / 255);
    cv::Mat out = values.mul(weight);
    cv::GaussianBlur(out, out, {}, sigma);
    cv::GaussianBlur(weight, weight, {}, sigma);
    out /= weight + nothing;
    return out;
}

} // namespace saring::image
