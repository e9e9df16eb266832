// FFmpeg's libraries on bytes in memory. They are held short: no protocol, no file beside the film, no demuxer but the
// one that the first bytes ask for, no decoder but those that cameras, phones and screen recorders use.
#include "image/film.hpp"
#include "image/load_common.hpp"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/display.h>
#include <libswscale/swscale.h>
}

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace saring::image {
namespace {

constexpr const char* decoders =
    "h264,hevc,libdav1d,av1,vp8,vp9,mpeg4,h263,h263p,flv,mjpeg,mjpegb,mpeg1video,mpeg2video,msmpeg4v1,msmpeg4v2,"
    "msmpeg4,wmv1,wmv2,wmv3,vc1,prores,dnxhd,dvvideo,theora,svq1,svq3,cinepak,qtrle,png,rawvideo,huffyuv,ffvhuff,"
    "ffv1,utvideo,indeo5,zlib,tscc,cscd";

struct Source {
    Bytes bytes;
    std::size_t at = 0;
};

int read_bytes(void* opaque, std::uint8_t* to, int wanted) {
    auto& source = *static_cast<Source*>(opaque);
    const std::size_t count = std::min(static_cast<std::size_t>(wanted), source.bytes.size() - source.at);
    if (count == 0) {
        return AVERROR_EOF;
    }
    std::memcpy(to, source.bytes.data() + source.at, count);
    source.at += count;
    return static_cast<int>(count);
}

std::int64_t seek(void* opaque, std::int64_t offset, int whence) {
    auto& source = *static_cast<Source*>(opaque);
    const auto size = static_cast<std::int64_t>(source.bytes.size());
    if ((whence & AVSEEK_SIZE) != 0) {
        return size;
    }
    const int base = whence & ~AVSEEK_FORCE;
    const std::int64_t from = base == SEEK_CUR ? static_cast<std::int64_t>(source.at) : base == SEEK_END ? size : 0;
    if (offset < -from || offset > size - from) {
        return AVERROR(EINVAL);
    }
    source.at = static_cast<std::size_t>(from + offset);
    return from + offset;
}

int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) { return AVERROR(EPERM); }

struct Free {
    void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
    void operator()(SwsContext* context) const { sws_freeContext(context); }
    void operator()(AVIOContext* context) const {
        av_freep(static_cast<void*>(&context->buffer));
        avio_context_free(&context);
    }
};
template <typename T> using Owned = std::unique_ptr<T, Free>;

class Options {
public:
    Options() = default;
    ~Options() { av_dict_free(&options_); }
    Options(const Options&) = delete;
    Options& operator=(const Options&) = delete;
    void set(const char* name, const std::string& value) { av_dict_set(&options_, name, value.c_str(), 0); }
    AVDictionary** get() { return &options_; }

private:
    AVDictionary* options_ = nullptr;
};

template <typename T> T* made(T* object) {
    if (object == nullptr) {
        throw Error(ErrorCode::out_of_memory, "load");
    }
    return object;
}

std::string text_of(int status) {
    std::array<char, AV_ERROR_MAX_STRING_SIZE> text{};
    av_strerror(status, text.data(), text.size());
    return text.data();
}

const AVInputFormat* demuxer_for(Bytes film) {
    const std::string_view type = sniff_film(film);
    return av_find_input_format(type == "video/x-msvideo"                            ? "avi"
                                : type == "video/webm" || type == "video/x-matroska" ? "matroska"
                                                                                     : "mov");
}

// The display matrix (ISO/IEC 14496-12, 8.5.3) maps x to ax + cy and y to bx + dy; quarter turns and mirrors of it are
// what EXIF counts.
int orientation_of(const std::int32_t* matrix) {
    const auto sign = [&](int i) { return matrix[i] > 0 ? 1 : matrix[i] < 0 ? -1 : 0; };
    const bool upright = std::abs(static_cast<double>(matrix[0])) >= std::abs(static_cast<double>(matrix[1]));
    if (upright) {
        const int a = sign(0);
        const int d = sign(4);
        return a >= 0 ? (d >= 0 ? 1 : 4) : (d >= 0 ? 2 : 3);
    }
    const int b = sign(1);
    const int c = sign(3);
    return b > 0 ? (c < 0 ? 6 : 5) : (c > 0 ? 8 : 7);
}

} // namespace

class FilmDecoder::Impl {
public:
    Impl(Bytes film, const Limits& limits) : source_{film}, limits_(limits) {
        if (is_cut_off(film)) {
            throw Error(ErrorCode::truncated, "load");
        }
        open_container();
        choose_stream();
        open_decoder();
    }

    Frame next() {
        for (;;) {
            Owned<AVFrame> frame(made(av_frame_alloc()));
            const int status = avcodec_receive_frame(decoder_.get(), frame.get());
            if (status == AVERROR_EOF) {
                return {};
            }
            if (status == AVERROR(EAGAIN)) {
                feed();
                continue;
            }
            if (status == AVERROR(ENOMEM)) {
                throw Error(ErrorCode::out_of_memory, "load");
            }
            const bool clean =
                status >= 0 && frame->decode_error_flags == 0 && (frame->flags & AV_FRAME_FLAG_CORRUPT) == 0;
            if (!clean) {
                count_damage();
                continue;
            }
            check_size(frame->width, frame->height, limits_);
            return {frame.release(), Free{}};
        }
    }

    double seconds(const Frame& frame) const {
        const std::int64_t begin = stream_->start_time == AV_NOPTS_VALUE ? 0 : stream_->start_time;
        const std::int64_t at = frame->best_effort_timestamp;
        return at == AV_NOPTS_VALUE ? 0 : std::max(0.0, static_cast<double>(at - begin) * av_q2d(stream_->time_base));
    }

    bool go_to_end() {
        if (container_->duration == AV_NOPTS_VALUE || container_->duration <= 0) {
            return false;
        }
        const std::int64_t begin = container_->start_time == AV_NOPTS_VALUE ? 0 : container_->start_time;
        const std::int64_t target = begin + container_->duration - AV_TIME_BASE; // a second before
        if (avformat_seek_file(container_.get(), -1, INT64_MIN, target, target, 0) < 0) {
            return false;
        }
        avcodec_flush_buffers(decoder_.get());
        at_end_ = false;
        return true;
    }

    [[nodiscard]] bool damaged() const { return damage_ > 0; }

    [[nodiscard]] int orientation() const {
        const std::uint8_t* matrix = av_stream_get_side_data(stream_, AV_PKT_DATA_DISPLAYMATRIX, nullptr);
        std::array<std::int32_t, 9> numbers{};
        if (matrix == nullptr) {
            return 1;
        }
        std::memcpy(numbers.data(), matrix, sizeof numbers);
        return orientation_of(numbers.data());
    }

private:
    [[noreturn]] static void fail(int status) {
        const ErrorCode code = status == AVERROR(ENOMEM) ? ErrorCode::out_of_memory
                               : status == AVERROR_DECODER_NOT_FOUND || status == AVERROR(EINVAL)
                                   ? ErrorCode::unknown_format
                               : status == AVERROR_EOF ? ErrorCode::truncated
                                                       : ErrorCode::corrupt;
        throw Error(code, "load", text_of(status));
    }

    // Asked for the memory of each frame: some films state their size only within their frames, or change it.
    static int buffer_for(AVCodecContext* decoder, AVFrame* frame, int flags) {
        auto& self = *static_cast<Impl*>(decoder->opaque);
        try {
            check_size(frame->width, frame->height, self.limits_);
        } catch (const Error& error) { // C between here and whoever catches
            self.too_large_ = error;
            return AVERROR(EINVAL);
        }
        return avcodec_default_get_buffer2(decoder, frame, flags);
    }

    void open_container() {
        constexpr std::size_t buffer_bytes = 32 << 10;
        auto* buffer = static_cast<unsigned char*>(made(av_malloc(buffer_bytes)));
        AVIOContext* io = avio_alloc_context(buffer, buffer_bytes, 0, &source_, read_bytes, nullptr, seek);
        if (io == nullptr) {
            av_free(buffer);
        }
        io_.reset(made(io));
        AVFormatContext* context = made(avformat_alloc_context());
        context->pb = io_.get();
        context->flags |= AVFMT_FLAG_CUSTOM_IO;
        context->io_open = refuse_to_open;
        context->max_streams = 64; // a phone's film has two to five
        Options options;
        options.set("codec_whitelist", decoders);
        options.set("protocol_whitelist", "");
        const int status = avformat_open_input(&context, "", demuxer_for(source_.bytes), options.get());
        if (status < 0) { // the context is freed
            fail(status);
        }
        container_.reset(context);
    }

    void choose_stream() {
        for (unsigned i = 0; i < container_->nb_streams; ++i) {
            const AVCodecParameters& stated = *container_->streams[i]->codecpar;
            if (stated.codec_type == AVMEDIA_TYPE_VIDEO && (stated.width > 0 || stated.height > 0)) {
                check_size(stated.width, stated.height, limits_);
            }
        }
        // Guessing what a container does not state decodes frames, within the same bounds.
        std::vector<AVDictionary*> options(container_->nb_streams, nullptr);
        for (AVDictionary*& each : options) {
            av_dict_set(&each, "max_pixels", std::to_string(pixels()).c_str(), 0);
            av_dict_set(&each, "threads", "1", 0);
        }
        const int status = avformat_find_stream_info(container_.get(), options.data());
        for (AVDictionary*& each : options) {
            av_dict_free(&each);
        }
        if (status < 0) {
            fail(status);
        }
        const int index = av_find_best_stream(container_.get(), AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
        if (index < 0) {
            throw Error(ErrorCode::unknown_format, "load", "there are no moving pictures in it");
        }
        for (unsigned i = 0; i < container_->nb_streams; ++i) {
            container_->streams[i]->discard = static_cast<int>(i) == index ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
        }
        stream_ = container_->streams[index];
    }

    void open_decoder() {
        const AVCodecParameters& parameters = *stream_->codecpar;
        const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
        if (codec == nullptr) {
            throw Error(ErrorCode::unknown_format, "load", avcodec_get_name(parameters.codec_id));
        }
        if (parameters.width > 0 || parameters.height > 0) {
            check_size(parameters.width, parameters.height, limits_);
        }
        decoder_.reset(made(avcodec_alloc_context3(codec)));
        if (const int status = avcodec_parameters_to_context(decoder_.get(), &parameters); status < 0) {
            fail(status);
        }
        decoder_->pkt_timebase = stream_->time_base;
        decoder_->opaque = this;
        decoder_->get_buffer2 = buffer_for;
        decoder_->thread_count = 1; // an audit has a worker for each core already
        Options options;
        options.set("codec_whitelist", decoders);
        if (const int status = avcodec_open2(decoder_.get(), codec, options.get()); status < 0) {
            throw Error(status == AVERROR(ENOMEM) ? ErrorCode::out_of_memory : ErrorCode::unknown_format, "load",
                        codec->name);
        }
    }

    void feed() {
        while (!at_end_) {
            packet_.reset(made(av_packet_alloc()));
            const int status = av_read_frame(container_.get(), packet_.get());
            if (status < 0) {
                at_end_ = true;
                damage_ += status != AVERROR_EOF ? 1 : 0;
                break;
            }
            if (packet_->stream_index != stream_->index) {
                continue;
            }
            damage_ += (packet_->flags & AV_PKT_FLAG_CORRUPT) != 0 ? 1 : 0;
            const int sent = avcodec_send_packet(decoder_.get(), packet_.get());
            if (sent >= 0) {
                return;
            }
            if (sent == AVERROR(ENOMEM)) {
                throw Error(ErrorCode::out_of_memory, "load");
            }
            count_damage();
        }
        avcodec_send_packet(decoder_.get(), nullptr); // what is still inside comes out
    }

    void count_damage() {
        if (too_large_) {
            throw Error(*too_large_);
        }
        constexpr int most = 10'000; // no film is worth trying on
        if (++damage_ > most) {
            throw Error(ErrorCode::corrupt, "load");
        }
    }

    [[nodiscard]] std::int64_t pixels() const {
        return static_cast<std::int64_t>(std::min<std::uint64_t>(limits_.pixels, INT32_MAX));
    }

    Source source_;
    Limits limits_;
    Owned<AVIOContext> io_;
    Owned<AVFormatContext> container_;
    AVStream* stream_ = nullptr;
    Owned<AVCodecContext> decoder_;
    Owned<AVPacket> packet_;
    std::optional<Error> too_large_;
    bool at_end_ = false;
    int damage_ = 0;
};

FilmDecoder::FilmDecoder(Bytes film, const Limits& limits) : impl_(std::make_unique<Impl>(film, limits)) {}
FilmDecoder::~FilmDecoder() = default;
Frame FilmDecoder::next() { return impl_->next(); }
double FilmDecoder::seconds(const Frame& frame) const { return impl_->seconds(frame); }
bool FilmDecoder::go_to_end() { return impl_->go_to_end(); }
bool FilmDecoder::damaged() const { return impl_->damaged(); }
int FilmDecoder::orientation() const { return impl_->orientation(); }

void silence_film_library() { av_log_set_level(AV_LOG_QUIET); }

} // namespace saring::image
