// BMP by OpenCV. OpenCV reports broken files on stderr, so what can be checked is checked before it looks.
#include "image/load_common.hpp"

#include <opencv2/imgcodecs.hpp>

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
    const cv::Mat raw(1, static_cast<int>(bytes.size()), CV_8UC1, const_cast<std::byte*>(bytes.data()));
    cv::Mat mat = cv::imdecode(raw, cv::IMREAD_COLOR | cv::IMREAD_IGNORE_ORIENTATION);
    if (mat.empty()) {
        throw Error(ErrorCode::corrupt, "load");
    }
    return std::make_unique<DecodedPicture>(std::move(mat));
}

} // namespace saring::image
