// GIF by giflib: every frame is laid on the canvas as a viewer would do it, one page a frame.
#include "image/load_common.hpp"

#include <algorithm>
#include <cstring>
#include <gif_lib.h>
#include <memory>
#include <set>

namespace saring::image {
namespace {

struct Source {
    Bytes bytes;
    std::size_t at = 0;
};

int read_bytes(GifFileType* file, GifByteType* to, int wanted) {
    auto* source = static_cast<Source*>(file->UserData);
    const std::size_t count = std::min(static_cast<std::size_t>(wanted), source->bytes.size() - source->at);
    std::memcpy(to, source->bytes.data() + source->at, count);
    source->at += count;
    return static_cast<int>(count);
}

struct Close {
    void operator()(GifFileType* file) const { DGifCloseFile(file, nullptr); }
};
using Gif = std::unique_ptr<GifFileType, Close>;

[[noreturn]] void fail(int error) {
    const bool cut_off = error == D_GIF_ERR_EOF_TOO_SOON || error == D_GIF_ERR_READ_FAILED;
    const char* reason = GifErrorString(error);
    throw Error(cut_off ? ErrorCode::truncated : ErrorCode::corrupt, "load", reason != nullptr ? reason : "");
}

Gif opened(Source& source) {
    int error = 0;
    Gif gif(DGifOpen(&source, read_bytes, &error));
    if (!gif) {
        fail(error);
    }
    return gif;
}

void skip_extension(GifFileType* gif) {
    int code = 0;
    GifByteType* block = nullptr;
    if (DGifGetExtension(gif, &code, &block) == GIF_ERROR) {
        fail(gif->Error);
    }
    while (block != nullptr) {
        if (DGifGetExtensionNext(gif, &block) == GIF_ERROR) {
            fail(gif->Error);
        }
    }
}

// Counts the frames and sums their pixels without unpacking one, so that neither a thousand frames nor a frame larger
// than its canvas is met unprepared.
int count_frames(Bytes bytes, const Limits& limits) {
    Source source{bytes};
    const Gif gif = opened(source);
    check_size(gif->SWidth, gif->SHeight, limits);
    int frames = 0;
    for (GifRecordType record = UNDEFINED_RECORD_TYPE; record != TERMINATE_RECORD_TYPE;) {
        if (DGifGetRecordType(gif.get(), &record) == GIF_ERROR) {
            fail(gif->Error);
        }
        if (record == EXTENSION_RECORD_TYPE) {
            skip_extension(gif.get());
        } else if (record == IMAGE_DESC_RECORD_TYPE) {
            if (DGifGetImageDesc(gif.get()) == GIF_ERROR) {
                fail(gif->Error);
            }
            check_size(gif->Image.Width, gif->Image.Height, limits);
            check_pages(++frames, limits);
            int code_size = 0;
            GifByteType* block = nullptr;
            if (DGifGetCode(gif.get(), &code_size, &block) == GIF_ERROR) {
                fail(gif->Error);
            }
            while (block != nullptr) {
                if (DGifGetCodeNext(gif.get(), &block) == GIF_ERROR) {
                    fail(gif->Error);
                }
            }
        }
    }
    check_pages(frames, limits);
    return frames;
}

class GifDocument : public Document {
public:
    GifDocument(Bytes bytes, const Limits& limits) : frames_(count_frames(bytes, limits)), source_{bytes} {
        gif_ = opened(source_);
        if (DGifSlurp(gif_.get()) == GIF_ERROR) {
            fail(gif_->Error);
        }
        canvas_ = cv::Mat(gif_->SHeight, gif_->SWidth, CV_8UC3, cv::Scalar::all(255));
    }

    [[nodiscard]] int page_count() const override { return frames_; }
    [[nodiscard]] cv::Size page_size(int) override { return canvas_.size(); }

    [[nodiscard]] Pixels load(int page, int enough) override {
        if (page < next_ - 1) {
            canvas_.setTo(cv::Scalar::all(255));
            next_ = 0;
        }
        for (; next_ <= page; ++next_) {
            lay(gif_->SavedImages[next_], next_);
        }
        return shrunk(canvas_.clone(), enough);
    }

private:
    void lay(const SavedImage& frame, int index) {
        const ColorMapObject* colours =
            frame.ImageDesc.ColorMap != nullptr ? frame.ImageDesc.ColorMap : gif_->SColorMap;
        if (colours == nullptr) {
            throw Error(ErrorCode::corrupt, "load", "a frame without colours");
        }
        GraphicsControlBlock control{};
        control.TransparentColor = NO_TRANSPARENT_COLOR;
        DGifSavedExtensionToGCB(gif_.get(), index, &control);
        for (int y = 0; y < frame.ImageDesc.Height; ++y) {
            const int row = frame.ImageDesc.Top + y;
            if (row < 0 || row >= canvas_.rows) {
                continue;
            }
            const GifByteType* from = frame.RasterBits + static_cast<std::ptrdiff_t>(y) * frame.ImageDesc.Width;
            auto* to = canvas_.ptr<cv::Vec3b>(row);
            for (int x = 0; x < frame.ImageDesc.Width; ++x) {
                const int column = frame.ImageDesc.Left + x;
                if (column < 0 || column >= canvas_.cols || from[x] == control.TransparentColor ||
                    from[x] >= colours->ColorCount) {
                    continue;
                }
                const GifColorType& colour = colours->Colors[from[x]];
                to[column] = {colour.Blue, colour.Green, colour.Red};
            }
        }
    }

    int frames_;
    Source source_;
    Gif gif_;
    cv::Mat canvas_;
    int next_ = 0;
};

} // namespace

std::unique_ptr<Document> open_gif(Bytes bytes, const Limits& limits) {
    return std::make_unique<GifDocument>(bytes, limits);
}

} // namespace saring::image
