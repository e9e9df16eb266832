#include "image/opencv_bridge.hpp"

#include <cstring>

namespace saring::image {

cv::Mat mat_over(ImageView view) {
    const int type = view.format == PixelFormat::gray8 ? CV_8UC1 : CV_8UC3;
    // OpenCV has no matrix over constant data; nobody writes through this one.
    return {view.height, view.width, type, const_cast<std::uint8_t*>(view.pixels),
            static_cast<std::size_t>(view.row_bytes)};
}

Image image_of(const cv::Mat& mat) {
    CV_Assert(mat.depth() == CV_8U && (mat.channels() == 1 || mat.channels() == 3));
    Image image;
    image.width = mat.cols;
    image.height = mat.rows;
    image.format = mat.channels() == 1 ? PixelFormat::gray8 : PixelFormat::bgr8;
    const std::size_t row_bytes = static_cast<std::size_t>(mat.cols) * mat.elemSize();
    image.pixels.resize(row_bytes * static_cast<std::size_t>(mat.rows));
    for (int y = 0; y < mat.rows; ++y) {
        std::memcpy(image.pixels.data() + static_cast<std::size_t>(y) * row_bytes, mat.ptr(y), row_bytes);
    }
    return image;
}

} // namespace saring::image
