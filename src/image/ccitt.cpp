// libtiff knows the code; a TIFF of one strip, in memory, is the way to reach it.
#include "image/ccitt.hpp"

#include "saring/error.hpp"

#include <tiffio.h>

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>

namespace saring::image {
namespace {

struct MemoryFile {
    std::vector<std::uint8_t> bytes;
    std::size_t at = 0;
};

MemoryFile& file_of(thandle_t handle) { return *static_cast<MemoryFile*>(handle); }

tmsize_t read_bytes(thandle_t handle, void* to, tmsize_t wanted) {
    MemoryFile& file = file_of(handle);
    const std::size_t left = file.at < file.bytes.size() ? file.bytes.size() - file.at : 0;
    const std::size_t count = std::min(left, static_cast<std::size_t>(std::max<tmsize_t>(0, wanted)));
    if (count > 0) {
        std::memcpy(to, file.bytes.data() + file.at, count);
    }
    file.at += count;
    return static_cast<tmsize_t>(count);
}

tmsize_t write_bytes(thandle_t handle, void* from, tmsize_t size) {
    MemoryFile& file = file_of(handle);
    const auto count = static_cast<std::size_t>(std::max<tmsize_t>(0, size));
    file.bytes.resize(std::max(file.bytes.size(), file.at + count));
    if (count > 0) {
        std::memcpy(file.bytes.data() + file.at, from, count);
    }
    file.at += count;
    return size;
}

toff_t seek(thandle_t handle, toff_t offset, int whence) {
    MemoryFile& file = file_of(handle);
    const std::size_t base = whence == SEEK_CUR ? file.at : whence == SEEK_END ? file.bytes.size() : 0;
    file.at = base + offset;
    return file.at;
}

int close_nothing(thandle_t) { return 0; }
toff_t size_of(thandle_t handle) { return file_of(handle).bytes.size(); }
int keep_quiet(TIFF*, void*, const char*, const char*, va_list) { return 1; }

struct Close {
    void operator()(TIFF* file) const { TIFFClose(file); }
};
struct FreeOptions {
    void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};
using File = std::unique_ptr<TIFF, Close>;

File opened(MemoryFile& memory, const char* mode) {
    const std::unique_ptr<TIFFOpenOptions, FreeOptions> options(TIFFOpenOptionsAlloc());
    TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keep_quiet, nullptr);
    TIFFOpenOptionsSetWarningHandlerExtR(options.get(), keep_quiet, nullptr);
    memory.at = 0;
    File file(TIFFClientOpenExt("mask", mode, &memory, read_bytes, write_bytes, seek, close_nothing, size_of, nullptr,
                                nullptr, options.get()));
    if (!file) {
        throw Error(ErrorCode::internal, "layers", "libtiff does not open its own memory");
    }
    return file;
}

void describe_strip(TIFF* file, int width, int height) {
    TIFFSetField(file, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(width));
    TIFFSetField(file, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(height));
    TIFFSetField(file, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(height));
    TIFFSetField(file, TIFFTAG_BITSPERSAMPLE, 1);
    TIFFSetField(file, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(file, TIFFTAG_FILLORDER, FILLORDER_MSB2LSB);
    TIFFSetField(file, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(file, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE); // 1 is black
    TIFFSetField(file, TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
}

std::size_t bytes_per_row(int width) { return (static_cast<std::size_t>(width) + 7) / 8; }

std::vector<std::uint8_t> packed(const cv::Mat& mask) {
    const std::size_t stride = bytes_per_row(mask.cols);
    std::vector<std::uint8_t> bits(stride * static_cast<std::size_t>(mask.rows));
    for (int y = 0; y < mask.rows; ++y) {
        const auto* row = mask.ptr<std::uint8_t>(y);
        std::uint8_t* out = bits.data() + stride * static_cast<std::size_t>(y);
        for (int x = 0; x < mask.cols; ++x) {
            if (row[x] != 0) {
                out[x / 8] = static_cast<std::uint8_t>(out[x / 8] | (0x80U >> (x % 8)));
            }
        }
    }
    return bits;
}

cv::Mat unpacked(const std::vector<std::uint8_t>& bits, int width, int height) {
    cv::Mat mask(height, width, CV_8UC1);
    const std::size_t stride = bytes_per_row(width);
    for (int y = 0; y < height; ++y) {
        const std::uint8_t* in = bits.data() + stride * static_cast<std::size_t>(y);
        auto* row = mask.ptr<std::uint8_t>(y);
        for (int x = 0; x < width; ++x) {
            row[x] = (in[x / 8] & (0x80U >> (x % 8))) != 0 ? 255 : 0;
        }
    }
    return mask;
}

} // namespace

std::vector<std::uint8_t> encode_g4(const cv::Mat& mask) {
    CV_Assert(mask.type() == CV_8UC1 && !mask.empty());
    std::vector<std::uint8_t> bits = packed(mask);
    MemoryFile memory;
    {
        const File file = opened(memory, "w");
        describe_strip(file.get(), mask.cols, mask.rows);
        if (TIFFWriteEncodedStrip(file.get(), 0, bits.data(), static_cast<tmsize_t>(bits.size())) < 0) {
            throw Error(ErrorCode::internal, "layers", "libtiff cannot encode the mask");
        }
    }
    const File file = opened(memory, "rm");
    std::vector<std::uint8_t> strip(static_cast<std::size_t>(TIFFRawStripSize64(file.get(), 0)));
    if (TIFFReadRawStrip(file.get(), 0, strip.data(), static_cast<tmsize_t>(strip.size())) !=
        static_cast<tmsize_t>(strip.size())) {
        throw Error(ErrorCode::internal, "layers", "libtiff loses the mask");
    }
    return strip;
}

cv::Mat decode_g4(const std::vector<std::uint8_t>& bytes, int width, int height) {
    if (bytes.empty() || width <= 0 || height <= 0) {
        throw Error(ErrorCode::corrupt, "layers", "the mask is empty");
    }
    MemoryFile memory;
    {
        const File file = opened(memory, "w");
        describe_strip(file.get(), width, height);
        std::vector<std::uint8_t> strip = bytes; // libtiff wants bytes that it may change
        TIFFWriteRawStrip(file.get(), 0, strip.data(), static_cast<tmsize_t>(strip.size()));
    }
    const File file = opened(memory, "rm");
    std::vector<std::uint8_t> bits(bytes_per_row(width) * static_cast<std::size_t>(height));
    if (TIFFReadEncodedStrip(file.get(), 0, bits.data(), static_cast<tmsize_t>(bits.size())) < 0) {
        throw Error(ErrorCode::corrupt, "layers", "the mask is no CCITT G4");
    }
    return unpacked(bits, width, height);
}

} // namespace saring::image
