// The invisible text of a scanned page. Each word is one show of the glyphless font, whose every glyph is half an em
// wide: the font size makes it as high as its line, horizontal scaling (Tz) exactly as wide as its box. Between words
// stands a real blank as wide as the gap, since readers that only see a gap guess, and guess wrongly in tight lines.
//
// The page's picture is an artifact; a figure is drawn once more, clipped to its box, so that it is content with a
// place in the structure tree. What is drawn twice is drawn opaquely and looks the same.
//
// It cannot follow slanted lines: pages are flat by now.
#include "output/pdf_page.hpp"

#include "output/pdf_font.hpp"
#include "output/pdf_operators.hpp"

#include <algorithm>
#include <cmath>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;

constexpr double points_per_inch = 72;
constexpr double default_dpi = 300;
constexpr double narrowest_word = 0.1; // points; a box without width still has to hold its word
constexpr double lowest_line = 1;      // points

// Of the font size. Poppler runs words together that are less than 0.15 apart, whatever stands between them; where they
// were read closer, the first one is written a little narrower.
constexpr double least_gap = 0.16;

class PageWriter {
public:
    PageWriter(const text::DocumentPage& page, const PdfFrame& frame, const GlyphTable& glyphs)
        : page_(page), frame_(frame), glyphs_(glyphs) {}

    PageContent write() {
        draw_picture();
        PageContent content;
        for (const Block& block : page_.blocks) {
            content.marks.push_back(write_block(block));
        }
        content.operators = out_.take();
        return content;
    }

private:
    std::vector<int> write_block(const Block& block) {
        switch (block.kind) {
        case BlockKind::figure: return {draw_figure(block.box)};
        case BlockKind::list_item:
            return {write_marked("/Lbl", pdf_marker(block)), write_marked("/LBody", pdf_words(block.lines))};
        case BlockKind::table: return write_cells(block);
        case BlockKind::heading: return {write_marked("/H", pdf_words(block.lines))};
        case BlockKind::paragraph: return {write_marked("/P", pdf_words(block.lines))};
        default: write_artifact(block); return {};
        }
    }

    std::vector<int> write_cells(const Block& table) {
        std::vector<int> marks;
        for (const text::TableCell& cell : table.cells) {
            marks.push_back(write_marked(cell.heading ? "/TH" : "/TD", pdf_words(cell.lines)));
        }
        return marks;
    }

    int begin_mark(std::string_view tag) {
        out_.raw(std::string(tag) + " <</MCID " + std::to_string(next_mark_) + ">> BDC\n");
        return next_mark_++;
    }

    int write_marked(std::string_view tag, const std::vector<PdfWord>& words) {
        if (words.empty()) {
            return unmarked;
        }
        const int mark = begin_mark(tag);
        write_words(words);
        out_.raw("EMC\n");
        return mark;
    }

    // Running heads and page numbers: screen readers pass over them (ISO 32000-1, 14.8.2.2.2).
    void write_artifact(const Block& block) {
        const std::vector<PdfWord> words = pdf_words(block.lines);
        if (words.empty()) {
            return;
        }
        const bool above =
            block.kind == BlockKind::page_header ||
            (block.kind == BlockKind::page_number && block.box.top * 2 < static_cast<float>(page_.picture.height));
        out_.raw(std::string("/Artifact <</Type /Pagination /Subtype ") + (above ? "/Header" : "/Footer") + ">> BDC\n");
        write_words(words);
        out_.raw("EMC\n");
    }

    void write_words(const std::vector<PdfWord>& words) {
        out_.raw("BT\n3 Tr\n"); // 3: neither fill nor stroke
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (words[i].blank_after && i + 1 < words.size()) {
                write_apart(words[i].characters, place_of(words[i]), place_of(words[i + 1]));
            } else {
                show_word(words[i].characters, place_of(words[i]));
            }
        }
        out_.raw("ET\n");
    }

    // Of a word, in points.
    struct Place {
        double left = 0;
        double baseline = 0;
        double width = 0;
        double height = 0;
    };

    [[nodiscard]] Place place_of(const PdfWord& word) const {
        const Box box = frame_.to_points(word.box);
        const double height = std::max<double>(lowest_line, box.top - box.bottom);
        const double width = std::max<double>(narrowest_word, box.right - box.left);
        // What lies beyond the edge is drawn in, since readers drop letters off the page.
        const double left = std::max(0.0, std::min<double>(box.left, frame_.width - width));
        return {left, box.bottom - height * glyph_descent / glyph_em, width, height};
    }

    // The word and the blank that keeps it apart from the next one. At a line's end the blank has a common width.
    void write_apart(const std::u32string& characters, Place here, const Place& next) {
        const double end = here.left + here.width;
        const bool same_line = std::abs(next.baseline - here.baseline) < here.height / 2 && next.left > here.left;
        const double blank_end = same_line ? next.left : end + here.height * glyph_advance / glyph_em;
        // Words upon one another are not only narrower but smaller, so that half the step between them is gap enough.
        here.height = std::min(here.height, (blank_end - here.left) / (2 * least_gap));
        here.width = std::min(here.width, blank_end - here.left - here.height * least_gap);
        show_word(characters, here);
        here.left += here.width;
        here.width = std::max(narrowest_word, blank_end - here.left);
        show(U" ", here);
    }

    // Letters of right-to-left scripts stand in the order of the paper, and a mark says that they are turned around
    // (ISO 32000-1, 14.8.2.3.3).
    void show_word(const std::u32string& characters, const Place& place) {
        const std::u32string visual = visual_order(characters);
        const bool reversed =
            visual != characters && std::equal(visual.begin(), visual.end(), characters.rbegin(), characters.rend());
        out_.raw(reversed ? "/ReversedChars BMC\n" : "");
        show(visual, place);
        out_.raw(reversed ? "EMC\n" : "");
    }

    void show(const std::u32string& characters, const Place& place) {
        constexpr double percent = 100;
        const double natural = static_cast<double>(characters.size()) * place.height * glyph_advance / glyph_em;
        out_.raw(std::string(font_name) + " ");
        out_.op({place.height}, "Tf");
        out_.op({percent * place.width / natural}, "Tz");
        out_.op({1, 0, 0, 1, place.left, place.baseline}, "Tm");
        out_.show(characters, glyphs_);
    }

    void draw_picture() {
        if (page_.picture.background_jpeg.empty() && page_.picture.mask_g4.empty()) {
            return;
        }
        out_.raw("/Artifact <</Type /Background>> BDC\n");
        draw_layers();
        out_.raw("EMC\n");
    }

    void draw_layers() {
        if (!page_.picture.background_jpeg.empty()) {
            draw_stretched(background_name);
        }
        if (!page_.picture.mask_g4.empty()) {
            constexpr double full = 255;
            const std::uint32_t ink = page_.picture.ink;
            out_.op({(ink >> 16 & 0xFF) / full, (ink >> 8 & 0xFF) / full, (ink & 0xFF) / full}, "rg");
            draw_stretched(ink_name);
        }
    }

    void draw_stretched(const char* name) {
        out_.raw("q\n");
        out_.op({frame_.width, 0, 0, frame_.height, 0, 0}, "cm");
        out_.raw(std::string(name) + " Do\nQ\n");
    }

    int draw_figure(const Box& pixels) {
        // Whole pixels, so that no seam shows where the clip ends.
        const Box box = frame_.to_points(
            {std::floor(pixels.left), std::floor(pixels.top), std::ceil(pixels.right), std::ceil(pixels.bottom)});
        const int mark = begin_mark("/Figure");
        out_.raw("q\n");
        out_.op({box.left, box.bottom, box.right - box.left, box.top - box.bottom}, "re");
        out_.raw("W n\n");
        if (page_.picture.background_jpeg.empty()) {
            out_.op({1}, "g");
            out_.op({box.left, box.bottom, box.right - box.left, box.top - box.bottom}, "re");
            out_.raw("f\n");
        }
        draw_layers();
        out_.raw("Q\nEMC\n");
        return mark;
    }

    const text::DocumentPage& page_;
    const PdfFrame& frame_;
    const GlyphTable& glyphs_;
    PdfOperators out_;
    int next_mark_ = 0;
};

double within(double value, double most) { return std::isfinite(value) ? std::min(std::max(0.0, value), most) : 0; }

} // namespace

Box PdfFrame::to_points(const Box& pixels) const {
    const auto x = [this](float value) { return static_cast<float>(within(value * scale, width)); };
    const auto y = [this](float value) { return static_cast<float>(within(height - value * scale, height)); };
    const auto [left, right] = std::minmax({x(pixels.left), x(pixels.right)});
    const auto [bottom, top] = std::minmax({y(pixels.bottom), y(pixels.top)});
    return {left, top, right, bottom};
}

PdfFrame frame_of(const text::DocumentPage& page) {
    constexpr double a4_width = 595.276; // points
    constexpr double a4_height = 841.89;
    constexpr double shortest_side = 3; // ISO 19005-2, 6.1.13
    constexpr double longest_side = 14400;
    const double dpi = std::isfinite(page.dpi) && page.dpi >= 1 ? page.dpi : default_dpi;
    if (page.picture.width <= 0 || page.picture.height <= 0) {
        return {a4_width, a4_height, points_per_inch / dpi};
    }
    const double longer = std::max(page.picture.width, page.picture.height);
    const double scale = std::min(points_per_inch / dpi, longest_side / longer);
    return {std::max(shortest_side, page.picture.width * scale), std::max(shortest_side, page.picture.height * scale),
            scale};
}

PageContent page_content(const text::DocumentPage& page, const PdfFrame& frame, const GlyphTable& glyphs) {
    return PageWriter(page, frame, glyphs).write();
}

} // namespace saring::output
