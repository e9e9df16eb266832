// JPEG by libjpeg: the only loader that can reduce while it decodes, by powers of two in the DCT domain.
//
// libjpeg paints a cut-off picture grey and calls that a warning; a grey area would then pass as read. Warnings are
// therefore counted, and those that mean lost pixels are errors here. What follows the end of the picture (motion
// clips, gain maps, further pictures of a burst) is ignored.
#include "image/load_common.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <csetjmp>
#include <cstdio>
#include <jpeglib.h>

#include <jerror.h>

namespace saring::image {
namespace {

constexpr int most_scans = 500; // of a progressive file; more is an attack on the decoder's time

struct ErrorState {
    jpeg_error_mgr manager{}; // first, so that libjpeg's pointer to it is a pointer to this
    std::jmp_buf jump{};
    char message[JMSG_LENGTH_MAX] = {};
    bool cut_off = false;
    bool damaged = false;
};

[[noreturn]] void on_error(j_common_ptr info) {
    auto* state = reinterpret_cast<ErrorState*>(info->err);
    info->err->format_message(info, state->message);
    std::longjmp(state->jump, 1);
}

void on_message(j_common_ptr info, int level) {
    if (level >= 0) {
        return; // a trace, not a warning
    }
    auto* state = reinterpret_cast<ErrorState*>(info->err);
    switch (info->err->msg_code) {
    case JWRN_JPEG_EOF: state->cut_off = true; break;
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_MUST_RESYNC: state->damaged = true; break;
    default: // stray bytes, odd version numbers: no pixel is lost
        return;
    }
    if (state->message[0] == '\0') {
        info->err->format_message(info, state->message);
    }
}

void on_output(j_common_ptr) {}

void on_progress(j_common_ptr info) {
    if (info->is_decompressor && reinterpret_cast<j_decompress_ptr>(info)->input_scan_number > most_scans) {
        auto* state = reinterpret_cast<ErrorState*>(info->err);
        std::snprintf(state->message, sizeof state->message, "more than %d scans", most_scans);
        std::longjmp(state->jump, 1);
    }
}

// Owns libjpeg's state. Its methods call setjmp, so they keep no objects with destructors beside it.
class Decoder {
public:
    explicit Decoder(Bytes bytes) {
        info_.err = jpeg_std_error(&errors_.manager);
        errors_.manager.error_exit = on_error;
        errors_.manager.emit_message = on_message;
        errors_.manager.output_message = on_output;
        progress_.progress_monitor = on_progress;
        bytes_ = bytes;
    }
    ~Decoder() { jpeg_destroy_decompress(&info_); }
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    bool read_header() {
        if (setjmp(errors_.jump) != 0) {
            return false;
        }
        jpeg_create_decompress(&info_);
        info_.progress = &progress_;
        jpeg_mem_src(&info_, reinterpret_cast<const unsigned char*>(bytes_.data()),
                     static_cast<unsigned long>(bytes_.size()));
        jpeg_read_header(&info_, TRUE);
        return true;
    }

    // Sets the size and channels of what decode() will give, at `eighths`/8 of the full size.
    bool plan(int eighths) {
        if (setjmp(errors_.jump) != 0) {
            return false;
        }
        info_.scale_num = static_cast<unsigned>(eighths);
        info_.scale_denom = 8;
        const bool four_inks = info_.jpeg_color_space == JCS_CMYK || info_.jpeg_color_space == JCS_YCCK;
        info_.out_color_space = four_inks ? JCS_CMYK : JCS_EXT_BGR;
        jpeg_calc_output_dimensions(&info_);
        return true;
    }

    // Fills `mat`, which must have the planned size and channels.
    bool decode(cv::Mat& mat) {
        if (setjmp(errors_.jump) != 0) {
            return false;
        }
        jpeg_start_decompress(&info_);
        while (info_.output_scanline < info_.output_height) {
            auto* row = mat.ptr(static_cast<int>(info_.output_scanline));
            if (jpeg_read_scanlines(&info_, &row, 1) != 1) {
                return false;
            }
        }
        jpeg_finish_decompress(&info_);
        return true;
    }

    [[nodiscard]] cv::Size full_size() const {
        return {static_cast<int>(info_.image_width), static_cast<int>(info_.image_height)};
    }
    [[nodiscard]] cv::Size planned_size() const {
        return {static_cast<int>(info_.output_width), static_cast<int>(info_.output_height)};
    }
    [[nodiscard]] int planned_channels() const { return info_.out_color_space == JCS_CMYK ? 4 : 3; }
    [[nodiscard]] bool inks_are_inverted() const { return info_.saw_Adobe_marker != 0; }
    [[nodiscard]] bool cut_off() const { return errors_.cut_off; }
    [[nodiscard]] bool damaged() const { return errors_.damaged; }
    [[nodiscard]] std::string message() const { return errors_.message; }

private:
    jpeg_decompress_struct info_{};
    ErrorState errors_;
    jpeg_progress_mgr progress_{};
    Bytes bytes_;
};

cv::Mat bgr_of_inks(const cv::Mat& cmyk, bool inverted) {
    cv::Mat bgr(cmyk.size(), CV_8UC3);
    for (int y = 0; y < cmyk.rows; ++y) {
        const auto* from = cmyk.ptr<cv::Vec4b>(y);
        auto* to = bgr.ptr<cv::Vec3b>(y);
        for (int x = 0; x < cmyk.cols; ++x) {
            const auto light = [&](int ink) { return inverted ? from[x][ink] : 255 - from[x][ink]; };
            for (int c = 0; c < 3; ++c) { // ink 0 (cyan) takes the red away, ink 2 (yellow) the blue
                to[x][c] = static_cast<std::uint8_t>(light(2 - c) * light(3) / 255);
            }
        }
    }
    return bgr;
}

[[noreturn]] void fail(const Decoder& decoder) {
    const ErrorCode code = decoder.cut_off() ? ErrorCode::truncated : ErrorCode::corrupt;
    throw Error(code, "load", decoder.message());
}

class JpegDocument : public Document {
public:
    JpegDocument(Bytes bytes, const Limits& limits) : bytes_(bytes) {
        Decoder decoder(bytes_);
        if (!decoder.read_header()) {
            fail(decoder);
        }
        stored_size_ = decoder.full_size();
        check_size(stored_size_.width, stored_size_.height, limits);
        orientation_ = exif_orientation(bytes_);
    }

    [[nodiscard]] int page_count() const override { return 1; }
    [[nodiscard]] cv::Size page_size(int) override { return turned(stored_size_, orientation_); }

    [[nodiscard]] Pixels load(int, int enough) override {
        const int longest = std::max(stored_size_.width, stored_size_.height);
        int eighths = 8;
        while (enough > 0 && eighths > 1 && longest * (eighths / 2) / 8 >= enough) {
            eighths /= 2;
        }
        cv::Mat mat = decoded(eighths);
        const double scale = static_cast<double>(std::max(mat.cols, mat.rows)) / longest;
        return {turned(mat, orientation_), scale};
    }

private:
    [[nodiscard]] cv::Mat decoded(int eighths) const {
        Decoder decoder(bytes_);
        if (!decoder.read_header() || !decoder.plan(eighths)) {
            fail(decoder);
        }
        cv::Mat mat(decoder.planned_size(), CV_8UC(decoder.planned_channels()));
        if (!decoder.decode(mat) || decoder.cut_off() || decoder.damaged()) {
            fail(decoder);
        }
        return mat.channels() == 4 ? bgr_of_inks(mat, decoder.inks_are_inverted()) : mat;
    }

    Bytes bytes_;
    cv::Size stored_size_;
    int orientation_ = 1;
};

} // namespace

std::unique_ptr<Document> open_jpeg(Bytes bytes, const Limits& limits) {
    return std::make_unique<JpegDocument>(bytes, limits);
}

} // namespace saring::image
