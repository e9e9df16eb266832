#include "pipeline/finished_page.hpp"

#include "image/page_layers.hpp"
#include "image/qr.hpp"
#include "pipeline/stopwatch.hpp"
#include "text/structure.hpp"

#include <algorithm>

namespace saring::pipeline {
namespace {

constexpr double mm_per_inch = 25.4;

std::vector<Box> boxes_of_text(const std::vector<Line>& lines) {
    std::vector<Box> out;
    for (const Line& line : lines) {
        out.push_back(bounding_box(line.quad));
    }
    return out;
}

std::vector<Box> boxes_of_figures(const std::vector<text::Block>& blocks) {
    std::vector<Box> out;
    for (const text::Block& block : blocks) {
        if (block.kind == text::BlockKind::figure) {
            out.push_back(block.box);
        }
    }
    return out;
}

std::vector<Quad> quads_of(const std::vector<UnreadRegion>& regions) {
    std::vector<Quad> out;
    for (const UnreadRegion& region : regions) {
        out.push_back(region.quad);
    }
    return out;
}

// A point of a picture of `size` after the picture was turned clockwise by `degrees`, a multiple of 90.
Point turned(Point p, cv::Size size, int degrees) {
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    switch (degrees) {
    case 90: return {height - p.y, p.x};
    case 180: return {width - p.x, height - p.y};
    case 270: return {p.y, width - p.x};
    default: return p;
    }
}

void turn(Quad& quad, cv::Size size, int degrees) {
    for (Point& corner : quad.corners) {
        corner = turned(corner, size, degrees);
    }
}

void turn(std::vector<Line>& lines, cv::Size size, int degrees) {
    for (Line& line : lines) {
        turn(line.quad, size, degrees);
        for (Word& word : line.words) {
            turn(word.quad, size, degrees);
        }
    }
}

} // namespace

void set_upright(image::FlatPage& flat, Page& read) {
    const int degrees = read.rotation;
    if (degrees == 0) {
        return;
    }
    const cv::Size size = flat.shown.size();
    const int code = degrees == 90    ? cv::ROTATE_90_CLOCKWISE
                     : degrees == 180 ? cv::ROTATE_180
                                      : cv::ROTATE_90_COUNTERCLOCKWISE;
    cv::rotate(flat.shown, flat.shown, code);
    cv::rotate(flat.reading, flat.reading, code);
    turn(read.lines, size, degrees);
    for (std::vector<Line>& flow : read.other_readings) {
        turn(flow, size, degrees);
    }
    for (UnreadRegion& region : read.unread) {
        turn(region.quad, size, degrees);
    }
    read.width = flat.shown.cols;
    read.height = flat.shown.rows;
    read.rotation = 0;
}

FinishedPage finished(const image::FlatPage& flat, const Page& page, std::string_view name, int source_page,
                      std::map<std::string, double>& timings) {
    FinishedPage out;
    out.likeness = flat.likeness;
    out.page.dpi = static_cast<float>(flat.dpi);
    {
        const Stopwatch watch(timings, "structure");
        out.page.blocks = text::structure(flat.shown, page.lines, quads_of(page.unread), out.page.dpi);
    }
    {
        const Stopwatch watch(timings, "layers");
        out.page.picture = image::separate(flat.shown, boxes_of_text(page.lines), boxes_of_figures(out.page.blocks));
    }
    const Stopwatch watch(timings, "codes");
    out.signatures = text::signature_notes(page.lines, image::qr_codes(image::image_of(flat.reading).view()));
    ConvertedPage& facts = out.facts;
    facts.source = name;
    facts.source_page = source_page;
    facts.width_mm = flat.shown.cols / flat.dpi * mm_per_inch;
    facts.height_mm = flat.shown.rows / flat.dpi * mm_per_inch;
    facts.dpi = flat.dpi;
    facts.found = flat.found;
    facts.unrolled = flat.curled;
    facts.blank = flat.blank;
    for (const Line& line : page.lines) {
        facts.words += static_cast<int>(line.words.size());
    }
    facts.handwriting =
        static_cast<int>(std::count_if(out.page.blocks.begin(), out.page.blocks.end(), [](const text::Block& block) {
            return block.kind == text::BlockKind::figure && block.handwriting;
        }));
    return out;
}

} // namespace saring::pipeline
