// What was seen on one page: surfaces, lines of words, and what could not be read.
#pragma once

#include "saring/error.hpp"
#include "saring/geometry.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saring {

// A half-open range of code points, used for findings in plain text.
struct TextSpan {
    std::size_t begin = 0;
    std::size_t end = 0;

    bool operator==(const TextSpan&) const = default;
};

struct Word {
    std::string text; // UTF-8, without blanks
    Quad quad;
    float confidence = 0; // 0 to 1, as the engine gave it
    TextSpan span;        // place in a plain text; empty for pictures
};

enum class Polarity : std::uint8_t { dark_on_light, light_on_dark };
enum class LineStyle : std::uint8_t { page, stamp }; // stamp: laid over or under the page, as stamps and watermarks are

// A line of text in reading direction. Words are joined by single blanks in `text`.
struct Line {
    std::string text;
    Quad quad;
    float confidence = 0; // mean of its words, weighted by their length
    std::string engine;   // "tesseract", "pdf-text", "plain", "replay"
    std::vector<Word> words;
    Polarity polarity = Polarity::dark_on_light;
    float x_height = 0;    // pixels of the original; 0 where unknown
    bool alone = false;    // nothing else stands beside it on the same height
    std::uint32_t ink = 0; // mean colour of the strokes, 0xRRGGBB
    int block = 0;         // lines of one paragraph or box share a number
    LineStyle style = LineStyle::page;
    bool boxed = false; // lines are drawn around it
};

enum class SurfaceKind : std::uint8_t { paper, whiteboard, slide, screen, note };
SARING_API std::string_view name_of(SurfaceKind kind);

struct Surface {
    SurfaceKind kind = SurfaceKind::paper;
    Quad quad;
    float confidence = 0;
};

enum class UnreadReason : std::uint8_t {
    low_confidence,     // looks like text, but no engine read it with certainty
    unsupported_script, // written in a script that no installed language covers
    time_limit,         // the time for the page ran out first
    not_rendered,       // a part of the file that could not be turned into pixels (an animation's later frames …)
};
SARING_API std::string_view name_of(UnreadReason reason);
SARING_API std::optional<UnreadReason> unread_reason_from(std::string_view name);

struct UnreadRegion {
    Quad quad;
    UnreadReason reason = UnreadReason::low_confidence;
    std::string script; // for unsupported_script, where the script was recognised: "Arabic", "Han" …
};

struct Page {
    int index = 0;
    int width = 0; // pixels after the EXIF turn; for a PDF, of its rendering at 200 dpi
    int height = 0;
    std::optional<double> seconds; // of a frame of a film: when it is shown, from the film's begin
    int rotation = 0;              // clockwise turn that sets the text upright: 0, 90, 180, 270
    std::uint64_t likeness = 0;    // perceptual hash: pictures that look alike differ in few of its 63 bits; 0: none
    std::vector<Surface> surfaces; // most confident first
    std::vector<Line> lines;       // in reading order
    // Other readings of the same places, one flow a pass; searched, but not shown.
    std::vector<std::vector<Line>> other_readings;
    std::vector<UnreadRegion> unread;
    std::optional<Error> error; // set when this page of several could not be read
};

} // namespace saring
