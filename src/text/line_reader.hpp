// One located line, cut out of the page, turned upright, brought to one height, and read alone: by the engine and by
// our own recogniser.
#pragma once

#include "image/mapping.hpp"
#include "text/line_recogniser.hpp"
#include "text/locate.hpp"
#include "text/ocr_engine.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace saring::text {

// Why a line needs no further reading although its words may not be sure.
enum class Ground : std::uint8_t {
    none,        // it does
    surely_read, // two readers agree, or it is fairly read and no term comes near
    poorly_read, // read poorly, but every term is far from what was seen
    empty,       // nothing stands there, or too little for any term
};

// What became of a line. Quads are in pixels of the page.
struct LineOutcome {
    std::vector<std::vector<Line>> readings; // the engine's and the recogniser's, to compete by their confidence
    std::vector<std::vector<Line>> others;   // further readings, only to be searched
    bool foreign = false;                    // seen to be in another script
    bool suspect = false;                    // a term is near enough that a person should look
    bool near_term = false;                  // … and what was seen of the whole line is not far from one
    bool closer = false;                     // what was read is the middle, without what the rims of the line hold
    Ground ground = Ground::none;

    [[nodiscard]] bool settled() const { return ground != Ground::none; }
};

// The best fit of any term.
struct Nearest {
    Spotting place{-1e6F, 0, 0};
    std::string_view term;
};

// What our recogniser sees in a line.
struct SpottedLine {
    std::vector<Line> lines;   // its reading with the term that stands there; empty where none does
    std::vector<Line> reading; // … without; empty where more than the line was looked at
    bool foreign = false;      // no Latin letters as it knows them: another script, or very ornate ones
    bool suspect = false;      // no term stands there, but one comes near
    bool fairly_read = false;  // our recogniser was rather sure of most of the letters
};

// Which end of their lines a page's letters stand at.
struct HeadOver {
    float share = 0.5F; // of what was read, upside down; one half where nothing tells
    bool sure = false;  // so much was read, and so much of it one way, that more lines would tell the same
};

// What lines belong to.
enum class Layer : std::uint8_t {
    page,
    overlay, // ink that lies across a page, which hides some of its letters: a piece of a term is enough to ask
};

class LineReader {
public:
    // `terms` are what a line must not hide: a line whose reading is poor still counts as read when none of them comes
    // near.
    LineReader(OcrEngine& engine, LineRecogniser& recogniser, const std::vector<std::string>& terms,
               Layer layer = Layer::page)
        : engine_(engine), recogniser_(recogniser), terms_(terms), layer_(layer) {}

    // `region` in pixels of `page`, which may be finer than the picture on which it was located.
    LineOutcome read(const image::View& page, const TextRegion& region, Deadline deadline, bool* cut_short);

    // The line as our recogniser reads it, with the term that stands there; empty where none does. For lines that the
    // engine has read already, surely but perhaps wrongly: `by_engine` is what it made of them.
    SpottedLine spotted(const image::View& page, const TextRegion& region, const std::string& by_engine);

    // Whether what was read of a line is in capitals and like a term, or is one.
    [[nodiscard]] bool has_capitals_like_a_term(const std::string& text) const;

    // Whether these lines of a page are rather read from the other end.
    HeadOver stands_on_its_head(const image::View& page, const std::vector<TextRegion>& regions);

    // Whether the page is seen in a mirror, as front cameras give it: its longest lines make sense only reflected.
    bool is_mirrored(const image::View& page, const std::vector<TextRegion>& regions);

private:
    struct Seen;
    LineOutcome read_one(const image::View& page, const TextRegion& region, Deadline deadline, bool* cut_short);
    Seen look(const image::View& page, const TextRegion& region);
    LineReading reading_of(const cv::Mat& gray);
    std::vector<Line> spotted_in(const image::View& page, const Seen& seen, const Nearest& nearest, float least_score,
                                 bool borne_out = false);
    std::vector<Line> spotted_about(const image::View& page, const TextRegion& region, const Seen& seen,
                                    const Nearest& nearest, float least_score, const std::string& by_engine);

    OcrEngine& engine_;
    LineRecogniser& recogniser_;
    const std::vector<std::string>& terms_;
    Layer layer_;
    std::deque<std::pair<cv::Mat, LineReading>> recent_; // what the recogniser saw, and what it read there
};

} // namespace saring::text
