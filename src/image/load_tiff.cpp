// TIFF by libtiff, page by page. libtiff turns every kind of pixel into RGBA; its own handling of the orientation tag
// covers flips only, so the tag is applied here.
#include "image/load_common.hpp"

#include <opencv2/imgproc.hpp>
#include <tiffio.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <memory>

namespace saring::image {
namespace {

struct Source {
    Bytes bytes;
    std::uint64_t at = 0;
    std::string error; // the first one that libtiff told
    bool read_past_end = false;
};

Source& source_of(thandle_t handle) { return *static_cast<Source*>(handle); }

tmsize_t read_bytes(thandle_t handle, void* to, tmsize_t wanted) {
    Source& source = source_of(handle);
    const std::uint64_t left = source.at < source.bytes.size() ? source.bytes.size() - source.at : 0;
    const std::uint64_t count =
        std::min<std::uint64_t>(static_cast<std::uint64_t>(std::max<tmsize_t>(0, wanted)), left);
    source.read_past_end |= count < static_cast<std::uint64_t>(wanted);
    if (count > 0) {
        std::memcpy(to, source.bytes.data() + source.at, count);
    }
    source.at += count;
    return static_cast<tmsize_t>(count);
}

tmsize_t refuse_write(thandle_t, void*, tmsize_t) { return 0; }

toff_t seek(thandle_t handle, toff_t offset, int whence) {
    Source& source = source_of(handle);
    const std::uint64_t base = whence == SEEK_CUR ? source.at : whence == SEEK_END ? source.bytes.size() : 0;
    source.at = base + offset;
    return source.at;
}

int close_nothing(thandle_t) { return 0; }
toff_t size_of(thandle_t handle) { return source_of(handle).bytes.size(); }

int keep_error(TIFF*, void* user, const char*, const char* format, va_list arguments) {
    auto& source = *static_cast<Source*>(user);
    if (source.error.empty()) {
        char text[256];
        std::vsnprintf(text, sizeof text, format, arguments);
        source.error = text;
    }
    return 1;
}

int drop_warning(TIFF*, void*, const char*, const char*, va_list) { return 1; }

struct Close {
    void operator()(TIFF* file) const { TIFFClose(file); }
};
struct FreeOptions {
    void operator()(TIFFOpenOptions* options) const { TIFFOpenOptionsFree(options); }
};

class TiffDocument : public Document {
public:
    TiffDocument(Bytes bytes, const Limits& limits) : limits_(limits) {
        source_.bytes = bytes;
        const std::unique_ptr<TIFFOpenOptions, FreeOptions> options(TIFFOpenOptionsAlloc());
        TIFFOpenOptionsSetErrorHandlerExtR(options.get(), keep_error, &source_);
        TIFFOpenOptionsSetWarningHandlerExtR(options.get(), drop_warning, nullptr);
        // "m": no memory mapping, so that every read passes through read_bytes().
        file_.reset(TIFFClientOpenExt("picture", "rm", &source_, read_bytes, refuse_write, seek, close_nothing, size_of,
                                      nullptr, nullptr, options.get()));
        if (!file_) {
            fail();
        }
        pages_ = count_pages();
        for (int page = 0; page < pages_; ++page) {
            (void)page_size(page); // refuses a bomb in a late page before the first is decoded
        }
    }

    [[nodiscard]] int page_count() const override { return pages_; }

    [[nodiscard]] cv::Size page_size(int page) override {
        go_to(page);
        std::uint32_t width = 0;
        std::uint32_t height = 0;
        TIFFGetField(file_.get(), TIFFTAG_IMAGEWIDTH, &width);
        TIFFGetField(file_.get(), TIFFTAG_IMAGELENGTH, &height);
        check_size(width, height, limits_);
        return turned(cv::Size(static_cast<int>(width), static_cast<int>(height)), orientation());
    }

    [[nodiscard]] Pixels load(int page, int enough) override {
        (void)page_size(page);
        const int turn = orientation();
        std::uint32_t width = 0;
        std::uint32_t height = 0;
        TIFFGetField(file_.get(), TIFFTAG_IMAGEWIDTH, &width);
        TIFFGetField(file_.get(), TIFFTAG_IMAGELENGTH, &height);
        cv::Mat rgba(static_cast<int>(height), static_cast<int>(width), CV_8UC4);
        // Asking for the orientation that the page has makes libtiff leave the rows as they are stored.
        const int stop_on_error = 1;
        if (TIFFReadRGBAImageOriented(file_.get(), width, height, rgba.ptr<std::uint32_t>(), turn, stop_on_error) ==
            0) {
            fail();
        }
        cv::Mat bgra;
        cv::cvtColor(rgba, bgra, cv::COLOR_RGBA2BGRA);
        return shrunk(turned(without_alpha(bgra), turn), enough);
    }

private:
    int count_pages() {
        int pages = 0;
        do {
            check_pages(++pages, limits_);
        } while (TIFFReadDirectory(file_.get()) == 1);
        return pages;
    }

    void go_to(int page) {
        const auto index = static_cast<tdir_t>(page);
        if (TIFFCurrentDirectory(file_.get()) != index && TIFFSetDirectory(file_.get(), index) == 0) {
            fail();
        }
    }

    [[nodiscard]] int orientation() const {
        std::uint16_t value = ORIENTATION_TOPLEFT;
        TIFFGetFieldDefaulted(file_.get(), TIFFTAG_ORIENTATION, &value);
        return value >= 1 && value <= 8 ? value : 1;
    }

    [[noreturn]] void fail() const {
        throw Error(source_.read_past_end ? ErrorCode::truncated : ErrorCode::corrupt, "load", source_.error);
    }

    Limits limits_;
    Source source_;
    std::unique_ptr<TIFF, Close> file_;
    int pages_ = 0;
};

} // namespace

std::unique_ptr<Document> open_tiff(Bytes bytes, const Limits& limits) {
    return std::make_unique<TiffDocument>(bytes, limits);
}

} // namespace saring::image
