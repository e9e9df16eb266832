// Short films as documents whose pages are the first, the last and the changed frames.
//
// The film is decoded once, from its begin. Twice a second a frame is compared with the last one that was kept, and
// kept where it differs. Where more frames change than a document shall have pages, those that differ least from their
// neighbours go. Only the first minutes of a long film are looked at, and its end. Whatever was left out is told as a
// region that was not rendered, over the last page, so that such a film is never called safe.
//
// Not seen: what shows for less than half a second between two looks; subtitles that are not part of the picture;
// a second stream of pictures. Lines of interlaced film stay as they are.
#include "image/film.hpp"
#include "image/load_common.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace saring::image {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double look_every = 0.5;     // seconds of film
constexpr double longest = 180;        // seconds of film
constexpr int most_frames = 24;        // pages: each costs a reading
constexpr int grey_width = 160;        // pixels; a line of text is still a pixel high
constexpr double clear_change = 0.003; // of the frame: less than one line of text on a slide
constexpr double any_change = 0.0005;  // for the last frame, which is a page of its own if anything differs
constexpr int bytes_per_pixel = 2;     // of a frame as decoded, on average

struct Kept {
    Frame frame;
    cv::Mat grey;
    double seconds = 0;
    double change = 1; // against the one before
};

class FilmDocument : public Document {
public:
    FilmDocument(Bytes bytes, const Limits& limits) : limits_(limits), deadline_(Clock::now() + limits.page_time) {
        FilmDecoder film(bytes, limits);
        orientation_ = film.orientation();
        look_through(film);
        if (kept_.empty()) {
            throw Error(late_ ? ErrorCode::time_limit : ErrorCode::corrupt, "load", "no frame could be decoded");
        }
        left_out_ = left_out_ || film.damaged();
        for (Kept& kept : kept_) {
            kept.grey.release();
        }
    }

    [[nodiscard]] int page_count() const override { return static_cast<int>(kept_.size()); }
    [[nodiscard]] cv::Size page_size(int page) override { return turned(size_of(at(page).frame), orientation_); }
    [[nodiscard]] std::optional<double> seconds(int page) const override {
        return kept_.at(static_cast<std::size_t>(page)).seconds;
    }

    [[nodiscard]] Pixels load(int page, int enough) override {
        if (page != shown_page_) { // each page is asked for more than once
            shown_ = turned(bgr_of(at(page).frame), orientation_);
            shown_page_ = page;
        }
        return shrunk(shown_, enough);
    }

    [[nodiscard]] std::vector<UnreadRegion> not_rendered(int page) override {
        if (page + 1 != page_count() || !(left_out_ || late_)) {
            return {};
        }
        const cv::Size size = page_size(page);
        return {{quad_of({0, 0, static_cast<float>(size.width), static_cast<float>(size.height)}),
                 late_ ? UnreadReason::time_limit : UnreadReason::not_rendered,
                 {}}};
    }

private:
    [[nodiscard]] const Kept& at(int page) const { return kept_.at(static_cast<std::size_t>(page)); }

    bool out_of_time() {
        late_ = late_ || Clock::now() > deadline_;
        return late_;
    }

    void look_through(FilmDecoder& film) {
        Frame last;
        double next_look = 0;
        while (Frame frame = out_of_time() ? nullptr : film.next()) {
            const double seconds = film.seconds(frame);
            if (seconds > longest) {
                left_out_ = true;
                last = end_of(film, frame);
                break;
            }
            if (kept_.empty() || seconds >= next_look) {
                consider(frame, seconds, clear_change);
                next_look = seconds + look_every;
            }
            last = std::move(frame);
        }
        if (last) {
            consider(last, film.seconds(last), any_change);
        }
    }

    // The last frame of a film that is too long to be decoded whole, or the one reached so far.
    Frame end_of(FilmDecoder& film, Frame reached) {
        if (film.go_to_end()) {
            while (Frame frame = out_of_time() ? nullptr : film.next()) {
                reached = std::move(frame);
            }
        }
        return reached;
    }

    void consider(const Frame& frame, double seconds, double threshold) {
        Kept next{frame, grey_of(frame, grey_width), seconds, 1};
        if (!kept_.empty()) {
            next.change = change_between(kept_.back().grey, next.grey);
            if (kept_.back().frame == frame || next.change < threshold) {
                return;
            }
        }
        kept_.push_back(std::move(next));
        while (kept_.size() > 2 && too_many()) {
            drop_least();
        }
    }

    [[nodiscard]] bool too_many() const {
        double pixels = 0;
        for (const Kept& kept : kept_) {
            pixels += size_of(kept.frame).area();
        }
        return static_cast<int>(kept_.size()) > std::clamp(limits_.pages, 1, most_frames) ||
               pixels * bytes_per_pixel > static_cast<double>(limits_.pixels) * 3; // of one page in BGR
    }

    // Neither the first nor the last.
    void drop_least() {
        left_out_ = true;
        const auto least = std::min_element(kept_.begin() + 1, kept_.end() - 1,
                                            [](const Kept& a, const Kept& b) { return a.change < b.change; });
        const auto after = kept_.erase(least);
        after->change = change_between((after - 1)->grey, after->grey);
    }

    Limits limits_;
    Clock::time_point deadline_;
    int orientation_ = 1;
    std::vector<Kept> kept_;
    bool left_out_ = false;
    bool late_ = false;
    cv::Mat shown_;
    int shown_page_ = -1;
};

} // namespace

std::unique_ptr<Document> open_video(Bytes bytes, const Limits& limits) {
    return std::make_unique<FilmDocument>(bytes, limits);
}

} // namespace saring::image
