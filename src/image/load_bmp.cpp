// BMP by FFmpeg's decoder, which makes the best of broken files: what can be checked is checked before it looks.
#include "image/film.hpp"
#include "image/load_common.hpp"

extern "C" {
#include <libavcodec/avcodec.h>
}

#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace saring::image {
namespace {

struct Header {
    std::uint32_t pixels_at = 0;
    std::int64_t width = 0;
    std::int64_t height = 0; // negative: rows run from top to bottom
    std::uint16_t bits = 0;
    std::uint32_t compression = 0;
};

template <typename Number> Number number_at(Bytes bytes, std::size_t at) {
    Number value{};
    std::memcpy(&value, bytes.data() + at, sizeof value); // BMP and amd64 are both little-endian
    return value;
}

Header read_header(Bytes bytes) {
    constexpr std::size_t file_header = 14;
    constexpr std::uint32_t os2_header = 12;
    constexpr std::size_t info_header = 40;
    if (bytes.size() < file_header + os2_header) {
        throw Error(ErrorCode::truncated, "load");
    }
    Header header;
    header.pixels_at = number_at<std::uint32_t>(bytes, 10);
    if (number_at<std::uint32_t>(bytes, file_header) == os2_header) {
        header.width = number_at<std::uint16_t>(bytes, 18);
        header.height = number_at<std::uint16_t>(bytes, 20);
        header.bits = number_at<std::uint16_t>(bytes, 24);
        return header;
    }
    if (bytes.size() < file_header + info_header) {
        throw Error(ErrorCode::truncated, "load");
    }
    header.width = number_at<std::int32_t>(bytes, 18);
    header.height = number_at<std::int32_t>(bytes, 22);
    header.bits = number_at<std::uint16_t>(bytes, 28);
    header.compression = number_at<std::uint32_t>(bytes, 30);
    return header;
}

struct Free {
    void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
    void operator()(AVPacket* packet) const { av_packet_free(&packet); }
    void operator()(AVFrame* frame) const { av_frame_free(&frame); }
};

cv::Mat decoded(Bytes bytes) {
    const std::unique_ptr<AVCodecContext, Free> decoder(avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_BMP)));
    const std::unique_ptr<AVPacket, Free> packet(av_packet_alloc());
    const Frame frame(av_frame_alloc(), Free());
    if (!decoder || !packet || !frame || av_new_packet(packet.get(), static_cast<int>(bytes.size())) < 0) {
        throw Error(ErrorCode::out_of_memory, "load");
    }
    std::memcpy(packet->data, bytes.data(), bytes.size());
    const auto size = static_cast<std::uint32_t>(bytes.size()); // some programs state 0, which the decoder refuses
    std::memcpy(packet->data + 2, &size, sizeof size);
    decoder->thread_count = 1;
    if (avcodec_open2(decoder.get(), nullptr, nullptr) < 0 || avcodec_send_packet(decoder.get(), packet.get()) < 0 ||
        avcodec_receive_frame(decoder.get(), frame.get()) < 0) {
        throw Error(ErrorCode::corrupt, "load");
    }
    return bgr_of(frame);
}

} // namespace

std::unique_ptr<Document> open_bmp(Bytes bytes, const Limits& limits) {
    const Header header = read_header(bytes);
    check_size(header.width, std::abs(header.height), limits);
    constexpr std::uint32_t uncompressed = 0;
    constexpr std::uint32_t bit_fields = 3;
    if (header.compression != uncompressed && header.compression != bit_fields) {
        throw Error(ErrorCode::unknown_format, "load", "a compressed BMP; save it as PNG");
    }
    if (header.bits != 1 && header.bits != 4 && header.bits != 8 && header.bits != 16 && header.bits != 24 &&
        header.bits != 32) {
        throw Error(ErrorCode::corrupt, "load", std::to_string(header.bits) + " bits a pixel");
    }
    const std::int64_t row = (header.width * header.bits + 31) / 32 * 4;
    if (header.pixels_at + row * std::abs(header.height) > static_cast<std::int64_t>(bytes.size())) {
        throw Error(ErrorCode::truncated, "load");
    }
    return std::make_unique<DecodedPicture>(decoded(bytes));
}

} // namespace saring::image
