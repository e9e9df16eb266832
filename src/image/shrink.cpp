#include "image/shrink.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace saring::image {

cv::Mat shrunk(const cv::Mat& picture, cv::Size size) {
    constexpr int small = 200; // pixels: costs little in any step, and an odd row of it would be missed
    cv::Mat out = picture;
    while (std::min(out.cols, out.rows) > small && out.cols >= 2 * size.width && out.rows >= 2 * size.height) {
        const cv::Size half(out.cols / 2, out.rows / 2);
        cv::Mat next;
        cv::resize(out(cv::Rect(0, 0, 2 * half.width, 2 * half.height)), next, half, 0, 0, cv::INTER_AREA);
        out = next;
    }
    if (out.size() == size) {
        return out.data == picture.data ? picture.clone() : out;
    }
    cv::Mat exact;
    cv::resize(out, exact, size, 0, 0, cv::INTER_AREA);
    return exact;
}

cv::Mat shrunk(const cv::Mat& picture, double factor) {
    return shrunk(picture,
                  cv::Size(std::max(1, cvRound(picture.cols * factor)), std::max(1, cvRound(picture.rows * factor))));
}

} // namespace saring::image
