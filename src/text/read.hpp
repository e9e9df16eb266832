// Stages "enhance" and "recognise" for one page: what is worth which pass, and what stayed unread.
#pragma once

#include "image/mapping.hpp"
#include "saring/page.hpp"
#include "text/line_reader.hpp"
#include "text/line_recogniser.hpp"
#include "text/locate.hpp"
#include "text/ocr_engine.hpp"

#include <string>
#include <vector>

namespace saring::text {

// Everything read on a page, in pixels of the original.
struct PageReading {
    std::vector<Line> lines;                       // in reading order
    std::vector<std::vector<Line>> other_readings; // what each pass saw, where it differs; searched, not shown
    std::vector<UnreadRegion> unread;
    std::vector<Quad> surely_read; // located lines that were read alone, and well
    std::vector<Quad> near_term;   // of the unread ones, those that come near to a term
    int rotation = 0;              // clockwise turn that sets most of the text upright
};

// Which way is up, as far as it is known before a page is read.
struct Upright {
    int turn = 0;      // clockwise, a multiple of 90 degrees, that sets most of the text upright
    bool sure = false; // so clear that it need not be asked again
};

// Reads the `regions` (in the page's pixels) of `page` (which maps to the original), straightened by the `surfaces` (in
// original pixels) that hold them.
class Reader {
public:
    // `terms`: what a poorly read line must not hide, `layer`: what the lines belong to (line_reader.hpp).
    Reader(OcrEngine& engine, LineRecogniser& recogniser, const std::vector<std::string>& terms,
           Layer layer = Layer::page)
        : engine_(engine), recogniser_(recogniser), terms_(terms), layer_(layer) {}

    [[nodiscard]] PageReading read(const image::View& page, const std::vector<Surface>& surfaces,
                                   const std::vector<TextRegion>& regions, Deadline deadline, bool is_upright = false);

    // Looks for terms by their shape where a page was read as unsure capitals. `lines` (in the page's pixels) need not
    // be the regions that it was read by, which may be blocks of them. What is found, and what comes near to a term, is
    // added to the reading.
    void spot(const image::View& page, std::vector<TextRegion> lines, Deadline deadline, PageReading& reading);

    // Reads no more than a few lines.
    [[nodiscard]] Upright upright(const image::View& page, const std::vector<Surface>& surfaces,
                                  const std::vector<TextRegion>& regions);

    // Whether the lines of the page make sense only when it is reflected.
    [[nodiscard]] bool is_mirrored(const image::View& page, const std::vector<TextRegion>& regions);

private:
    OcrEngine& engine_;
    LineRecogniser& recogniser_;
    const std::vector<std::string>& terms_;
    Layer layer_;
};

} // namespace saring::text
