// Both libraries report errors by longjmp, so the functions that call setjmp keep no object with a destructor.
#include "image/encode.hpp"

#include "saring/error.hpp"

#include <algorithm>
#include <cmath>
#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <jpeglib.h>
#include <png.h>

namespace saring::image {
namespace {

void check(const cv::Mat& mat) {
    if (mat.empty() || (mat.type() != CV_8UC1 && mat.type() != CV_8UC3)) {
        throw Error(ErrorCode::write_failed, "write", "a picture needs pixels of one or three channels");
    }
}

class JpegEncoder {
public:
    JpegEncoder() {
        info_.err = jpeg_std_error(&errors_.manager);
        errors_.manager.error_exit = [](j_common_ptr info) {
            auto* errors = reinterpret_cast<Errors*>(info->err);
            info->err->format_message(info, errors->message);
            std::longjmp(errors->jump, 1);
        };
        errors_.manager.output_message = [](j_common_ptr) {};
    }
    ~JpegEncoder() {
        jpeg_destroy_compress(&info_);
        std::free(bytes_);
    }
    JpegEncoder(const JpegEncoder&) = delete;
    JpegEncoder& operator=(const JpegEncoder&) = delete;

    bool encode(const cv::Mat& mat, const JpegOptions& options) {
        if (setjmp(errors_.jump) != 0) {
            return false;
        }
        jpeg_create_compress(&info_);
        jpeg_mem_dest(&info_, &bytes_, &size_);
        info_.image_width = static_cast<JDIMENSION>(mat.cols);
        info_.image_height = static_cast<JDIMENSION>(mat.rows);
        info_.input_components = mat.channels();
        info_.in_color_space = mat.channels() == 1 ? JCS_GRAYSCALE : JCS_EXT_BGR;
        jpeg_set_defaults(&info_);
        jpeg_set_quality(&info_, options.quality, TRUE);
        info_.optimize_coding = options.small ? TRUE : FALSE;
        if (options.progressive) {
            jpeg_simple_progression(&info_);
        }
        if (options.dpi > 0) {
            constexpr UINT8 dots_per_inch = 1;
            info_.density_unit = dots_per_inch;
            info_.X_density = info_.Y_density = static_cast<UINT16>(std::clamp(std::lround(options.dpi), 1L, 65535L));
        }
        jpeg_start_compress(&info_, TRUE);
        while (info_.next_scanline < info_.image_height) {
            auto* row = const_cast<JSAMPROW>(mat.ptr(static_cast<int>(info_.next_scanline)));
            jpeg_write_scanlines(&info_, &row, 1);
        }
        jpeg_finish_compress(&info_);
        return true;
    }

    [[nodiscard]] std::vector<std::uint8_t> bytes() const { return {bytes_, bytes_ + size_}; }
    [[nodiscard]] const char* message() const { return errors_.message; }

private:
    struct Errors {
        jpeg_error_mgr manager{}; // first, so that libjpeg's pointer to it is a pointer to this
        std::jmp_buf jump{};
        char message[JMSG_LENGTH_MAX] = {};
    };
    jpeg_compress_struct info_{};
    Errors errors_;
    unsigned char* bytes_ = nullptr; // libjpeg's, by malloc
    unsigned long size_ = 0;
};

class PngEncoder {
public:
    PngEncoder() {
        png_ = png_create_write_struct(
            PNG_LIBPNG_VER_STRING, this,
            [](png_structp png, png_const_charp message) {
                auto* self = static_cast<PngEncoder*>(png_get_error_ptr(png));
                std::snprintf(self->message_, sizeof self->message_, "%s", message);
                png_longjmp(png, 1);
            },
            [](png_structp, png_const_charp) {});
        info_ = png_ == nullptr ? nullptr : png_create_info_struct(png_);
    }
    ~PngEncoder() { png_destroy_write_struct(&png_, &info_); }
    PngEncoder(const PngEncoder&) = delete;
    PngEncoder& operator=(const PngEncoder&) = delete;

    bool encode(const cv::Mat& mat, double dpi) {
        if (info_ == nullptr || setjmp(png_jmpbuf(png_)) != 0) {
            return false;
        }
        png_set_write_fn(png_, &bytes_, append, nullptr);
        png_set_IHDR(png_, info_, static_cast<png_uint_32>(mat.cols), static_cast<png_uint_32>(mat.rows), 8,
                     mat.channels() == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
                     PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
        if (dpi > 0) {
            constexpr double inches_per_metre = 1 / 0.0254;
            const auto per_metre = static_cast<png_uint_32>(std::lround(dpi * inches_per_metre));
            png_set_pHYs(png_, info_, per_metre, per_metre, PNG_RESOLUTION_METER);
        }
        png_write_info(png_, info_);
        png_set_bgr(png_);
        for (int y = 0; y < mat.rows; ++y) {
            png_write_row(png_, mat.ptr(y));
        }
        png_write_end(png_, info_);
        return true;
    }

    [[nodiscard]] std::vector<std::uint8_t>& bytes() { return bytes_; }
    [[nodiscard]] const char* message() const { return message_; }

private:
    static void append(png_structp png, png_bytep from, std::size_t count) {
        auto& bytes = *static_cast<std::vector<std::uint8_t>*>(png_get_io_ptr(png));
        bytes.insert(bytes.end(), from, from + count);
    }

    png_structp png_ = nullptr;
    png_infop info_ = nullptr;
    std::vector<std::uint8_t> bytes_;
    char message_[128] = "out of memory";
};

} // namespace

std::vector<std::uint8_t> encode_jpeg(const cv::Mat& mat, const JpegOptions& options) {
    check(mat);
    JpegEncoder encoder;
    if (!encoder.encode(mat, options)) {
        throw Error(ErrorCode::write_failed, "write", encoder.message());
    }
    return encoder.bytes();
}

std::vector<std::uint8_t> encode_png(const cv::Mat& mat, double dpi) {
    check(mat);
    PngEncoder encoder;
    if (!encoder.encode(mat, dpi)) {
        throw Error(ErrorCode::write_failed, "write", encoder.message());
    }
    return std::move(encoder.bytes());
}

} // namespace saring::image
