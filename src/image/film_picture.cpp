// Frames to matrices, by libswscale.
#include "image/film.hpp"

extern "C" {
#include <libavutil/frame.h>
#include <libavutil/pixfmt.h>
#include <libswscale/swscale.h>
}

#include <algorithm>
#include <cmath>

namespace saring::image {
namespace {

struct Free {
    void operator()(SwsContext* context) const { sws_freeContext(context); }
};

// Colours as the film states them; where it does not, as it is done: BT.709 from 720 lines on, BT.601 below.
void set_colours(SwsContext* context, const AVFrame& frame) {
    constexpr int lines_of_hd = 720;
    const int space = frame.colorspace != AVCOL_SPC_UNSPECIFIED && frame.colorspace != AVCOL_SPC_RGB
                          ? static_cast<int>(frame.colorspace)
                      : frame.height >= lines_of_hd ? SWS_CS_ITU709
                                                    : SWS_CS_ITU601;
    const bool full_range = frame.color_range == AVCOL_RANGE_JPEG || frame.format == AV_PIX_FMT_YUVJ420P ||
                            frame.format == AV_PIX_FMT_YUVJ422P || frame.format == AV_PIX_FMT_YUVJ444P;
    constexpr int one = 1 << 16;
    sws_setColorspaceDetails(context, sws_getCoefficients(space), full_range ? 1 : 0,
                             sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, one, one);
}

cv::Mat converted(const AVFrame& frame, cv::Size size, AVPixelFormat format, int channels, int flags) {
    const std::unique_ptr<SwsContext, Free> context(
        sws_getContext(frame.width, frame.height, static_cast<AVPixelFormat>(frame.format), size.width, size.height,
                       format, flags, nullptr, nullptr, nullptr));
    if (!context) {
        throw Error(ErrorCode::unknown_format, "load", "a frame's kind of pixels");
    }
    set_colours(context.get(), frame);
    // libswscale writes whole vectors: rows are padded, and one more follows.
    constexpr int padding = 64;
    cv::Mat room(size.height + 1, size.width + padding, CV_8UC(channels));
    std::uint8_t* const to[4] = {room.data, nullptr, nullptr, nullptr};
    const int row_bytes[4] = {static_cast<int>(room.step), 0, 0, 0};
    if (sws_scale(context.get(), frame.data, frame.linesize, 0, frame.height, to, row_bytes) != size.height) {
        throw Error(ErrorCode::corrupt, "load", "a frame");
    }
    return room(cv::Rect(0, 0, size.width, size.height)).clone();
}

} // namespace

cv::Size size_of(const Frame& frame) { return {frame->width, frame->height}; }

cv::Mat bgr_of(const Frame& frame) {
    return converted(*frame, size_of(frame), AV_PIX_FMT_BGR24, 3, SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT);
}

cv::Mat grey_of(const Frame& frame, int width) {
    const int columns = std::min(width, frame->width);
    const double scale = static_cast<double>(columns) / frame->width;
    const int rows = std::clamp(static_cast<int>(std::lround(frame->height * scale)), 1, frame->height);
    return converted(*frame, {columns, rows}, AV_PIX_FMT_GRAY8, 1, SWS_AREA);
}

} // namespace saring::image
