// WebP by libwebp. An animation gives one page for each frame that differs from the one before.
#include "image/load_common.hpp"

#include <opencv2/imgproc.hpp>
#include <webp/decode.h>
#include <webp/demux.h>

#include <memory>

namespace saring::image {
namespace {

[[noreturn]] void fail(VP8StatusCode status) {
    const bool cut_off = status == VP8_STATUS_NOT_ENOUGH_DATA || status == VP8_STATUS_SUSPENDED;
    throw Error(cut_off ? ErrorCode::truncated : ErrorCode::corrupt, "load",
                "libwebp status " + std::to_string(static_cast<int>(status)));
}

const std::uint8_t* data_of(Bytes bytes) { return reinterpret_cast<const std::uint8_t*>(bytes.data()); }

cv::Mat still_picture(Bytes bytes, const WebPBitstreamFeatures& features) {
    const bool alpha = features.has_alpha != 0;
    cv::Mat mat(features.height, features.width, alpha ? CV_8UC4 : CV_8UC3);
    WebPDecoderConfig config;
    if (WebPInitDecoderConfig(&config) == 0) {
        throw Error(ErrorCode::internal, "load", "libwebp has another version than its headers");
    }
    config.output.colorspace = alpha ? MODE_BGRA : MODE_BGR;
    config.output.is_external_memory = 1;
    config.output.u.RGBA = {mat.data, static_cast<int>(mat.step), mat.step * static_cast<std::size_t>(mat.rows)};
    const VP8StatusCode status = WebPDecode(data_of(bytes), bytes.size(), &config);
    if (status != VP8_STATUS_OK) {
        fail(status);
    }
    return alpha ? without_alpha(mat) : mat;
}

// Decodes frames in order; a frame is decoded again when an earlier page is asked for a second time.
class Animation : public Document {
public:
    Animation(Bytes bytes, const Limits& limits) : bytes_(bytes) {
        restart();
        WebPAnimInfo info;
        WebPAnimDecoderGetInfo(decoder_.get(), &info);
        check_size(info.canvas_width, info.canvas_height, limits);
        check_pages(info.frame_count, limits);
        size_ = cv::Size(static_cast<int>(info.canvas_width), static_cast<int>(info.canvas_height));
        frames_ = static_cast<int>(info.frame_count);
    }

    [[nodiscard]] int page_count() const override { return frames_; }
    [[nodiscard]] cv::Size page_size(int) override { return size_; }

    [[nodiscard]] Pixels load(int page, int enough) override {
        if (page < next_) {
            restart();
        }
        std::uint8_t* pixels = nullptr;
        for (; next_ <= page; ++next_) {
            int time = 0;
            if (WebPAnimDecoderGetNext(decoder_.get(), &pixels, &time) == 0) {
                throw Error(ErrorCode::corrupt, "load", "frame " + std::to_string(next_));
            }
        }
        const cv::Mat bgra(size_, CV_8UC4, pixels);
        return shrunk(without_alpha(bgra), enough);
    }

private:
    void restart() {
        WebPAnimDecoderOptions options;
        WebPAnimDecoderOptionsInit(&options);
        options.color_mode = MODE_BGRA;
        const WebPData data{data_of(bytes_), bytes_.size()};
        decoder_.reset(WebPAnimDecoderNew(&data, &options));
        if (!decoder_) {
            throw Error(ErrorCode::corrupt, "load", "libwebp cannot open the animation");
        }
        next_ = 0;
    }

    struct Delete {
        void operator()(WebPAnimDecoder* decoder) const { WebPAnimDecoderDelete(decoder); }
    };
    Bytes bytes_;
    std::unique_ptr<WebPAnimDecoder, Delete> decoder_;
    cv::Size size_;
    int frames_ = 0;
    int next_ = 0;
};

} // namespace

std::unique_ptr<Document> open_webp(Bytes bytes, const Limits& limits) {
    WebPBitstreamFeatures features;
    const VP8StatusCode status = WebPGetFeatures(data_of(bytes), bytes.size(), &features);
    if (status != VP8_STATUS_OK) {
        fail(status);
    }
    check_size(features.width, features.height, limits);
    if (features.has_animation != 0) {
        return std::make_unique<Animation>(bytes, limits);
    }
    return std::make_unique<DecodedPicture>(turned(still_picture(bytes, features), exif_orientation(bytes)));
}

} // namespace saring::image
