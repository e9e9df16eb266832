#include "image/made_film.hpp"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libswscale/swscale.h>
}

#include <algorithm>
#include <memory>
#include <span>
#include <stdexcept>

namespace saring::test {
namespace {

struct Free {
    void operator()(AVFormatContext* context) const { avformat_free_context(context); }
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(AVIOContext* context) const {
        av_freep(static_cast<void*>(&context->buffer));
        avio_context_free(&context);
    }
    void operator()(SwsContext* context) const { sws_freeContext(context); }
};
// FFmpeg's own growing buffer loses its end when the last thing written is not the end, as in AVI.
struct Sink {
    std::vector<std::byte> bytes;
    std::size_t at = 0;
};

int write_bytes(void* opaque, std::uint8_t* from, int count) {
    auto& sink = *static_cast<Sink*>(opaque);
    const auto span = std::as_bytes(std::span(from, static_cast<std::size_t>(count)));
    sink.bytes.resize(std::max(sink.bytes.size(), sink.at + span.size()));
    std::copy(span.begin(), span.end(), sink.bytes.begin() + static_cast<std::ptrdiff_t>(sink.at));
    sink.at += span.size();
    return count;
}

std::int64_t seek(void* opaque, std::int64_t offset, int whence) {
    auto& sink = *static_cast<Sink*>(opaque);
    if ((whence & AVSEEK_SIZE) != 0) {
        return static_cast<std::int64_t>(sink.bytes.size());
    }
    sink.at = static_cast<std::size_t>(offset);
    return offset;
}

template <typename T> using Owned = std::unique_ptr<T, Free>;

void check(int status) {
    if (status < 0) {
        throw std::runtime_error("the film for a test could not be made");
    }
}

Owned<AVFrame> frame_of(const cv::Mat& bgr, const AVCodecContext& encoder) {
    Owned<AVFrame> frame(av_frame_alloc());
    frame->format = encoder.pix_fmt;
    frame->width = bgr.cols;
    frame->height = bgr.rows;
    check(av_frame_get_buffer(frame.get(), 0));
    const Owned<SwsContext> scale(sws_getContext(bgr.cols, bgr.rows, AV_PIX_FMT_BGR24, bgr.cols, bgr.rows,
                                                 encoder.pix_fmt, SWS_BICUBIC, nullptr, nullptr, nullptr));
    const std::uint8_t* const from[1] = {bgr.data};
    const int row_bytes[1] = {static_cast<int>(bgr.step)};
    check(sws_scale(scale.get(), from, row_bytes, 0, bgr.rows, frame->data, frame->linesize));
    return frame;
}

void drain(AVCodecContext& encoder, AVFormatContext& film, AVPacket& packet) {
    while (avcodec_receive_packet(&encoder, &packet) >= 0) {
        av_packet_rescale_ts(&packet, encoder.time_base, film.streams[0]->time_base);
        packet.stream_index = 0;
        packet.duration = av_rescale_q(1, encoder.time_base, film.streams[0]->time_base);
        check(av_interleaved_write_frame(&film, &packet));
    }
}

Owned<AVCodecContext> encoder_for(const FilmForm& form, cv::Size size, bool global_header) {
    const AVCodec* codec = avcodec_find_encoder_by_name(form.codec.c_str());
    Owned<AVCodecContext> encoder(codec != nullptr ? avcodec_alloc_context3(codec) : nullptr);
    if (!encoder) {
        throw std::runtime_error("no encoder " + form.codec);
    }
    encoder->width = size.width;
    encoder->height = size.height;
    encoder->time_base = {1, form.per_second};
    encoder->framerate = {form.per_second, 1};
    encoder->pix_fmt = form.codec == "mjpeg" ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
    encoder->bit_rate = 4'000'000;
    encoder->gop_size = form.per_second;
    encoder->thread_count = 1;
    encoder->flags |= global_header ? AV_CODEC_FLAG_GLOBAL_HEADER : 0;
    check(avcodec_open2(encoder.get(), codec, nullptr));
    return encoder;
}

} // namespace

std::vector<std::byte> film_of(const std::vector<cv::Mat>& frames, const FilmForm& form) {
    av_log_set_level(AV_LOG_QUIET);
    AVFormatContext* context = nullptr;
    check(avformat_alloc_output_context2(&context, nullptr, form.container.c_str(), nullptr));
    const Owned<AVFormatContext> film(context);
    const auto encoder = encoder_for(form, frames.front().size(), (film->oformat->flags & AVFMT_GLOBALHEADER) != 0);
    AVStream* stream = avformat_new_stream(film.get(), nullptr);
    check(avcodec_parameters_from_context(stream->codecpar, encoder.get()));
    stream->time_base = encoder->time_base;
    if (form.turn != 0) {
        auto* matrix = av_stream_new_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, 9 * sizeof(std::int32_t));
        av_display_rotation_set(reinterpret_cast<std::int32_t*>(matrix), form.turn);
    }
    Sink sink;
    constexpr int buffer_bytes = 4096;
    const Owned<AVIOContext> io(avio_alloc_context(static_cast<unsigned char*>(av_malloc(buffer_bytes)), buffer_bytes,
                                                   1, &sink, nullptr, write_bytes, seek));
    film->pb = io.get();
    check(avformat_write_header(film.get(), nullptr));
    const Owned<AVPacket> packet(av_packet_alloc());
    for (std::size_t i = 0; i < frames.size(); ++i) {
        const auto frame = frame_of(frames[i], *encoder);
        frame->pts = static_cast<std::int64_t>(i);
        check(avcodec_send_frame(encoder.get(), frame.get()));
        drain(*encoder, *film, *packet);
    }
    check(avcodec_send_frame(encoder.get(), nullptr));
    drain(*encoder, *film, *packet);
    check(av_write_trailer(film.get()));
    avio_flush(io.get());
    return sink.bytes;
}

} // namespace saring::test
