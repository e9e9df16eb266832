// What DOCX and ODT need to know of a page before they can write it as flowing text: its size and margins in points,
// its runs of columns, and its lines as pieces of text that share one look.
#pragma once

#include "text/document.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace saring::output {

struct Margins {
    double left = 0;
    double top = 0;
    double right = 0;
    double bottom = 0;

    bool operator==(const Margins&) const = default;
};

// In points. Pages that come within a few percent of a standard paper are that paper.
struct PageShape {
    double scale = 0.24; // points per pixel of the page
    double type = 0.24;  // points of type per pixel of measured size: ours is wider or narrower than the photographed
    double width = 0;
    double height = 0;
    Margins margins;
    double header = 0; // from the paper's edge to the running head, and to the foot
    double footer = 0;

    [[nodiscard]] double type_ratio() const { return type / scale; }
    [[nodiscard]] double text_width() const { return width - margins.left - margins.right; }
    [[nodiscard]] double text_height() const { return height - margins.top - margins.bottom; }
};

// One shape for each page; pages of one size share their margins.
std::vector<PageShape> page_shapes(const text::Document& document);

// Heads, feet and page numbers stand outside of the flowing text.
bool is_furniture(const text::Block& block);

struct Extent {
    float left = 0;
    float right = 0;
};

// Blocks of one page that run in the same columns, in reading order.
struct Flow {
    std::size_t page = 0;
    bool starts_page = false;
    std::vector<Extent> columns; // pixels; one at least
    std::vector<const text::Block*> blocks;
    std::vector<std::size_t> places; // the column of each block
};

// Every page has a flow, be it empty.
std::vector<Flow> flows_of(const text::Document& document);

// A piece of text that looks alike.
struct TextRun {
    std::string text;
    bool bold = false;
    std::uint32_t colour = 0; // 0xRRGGBB; black also stands for what is nearly black
    bool line_break = false;  // a line begins here that was meant to begin here
    std::uint32_t ink = 0;    // as measured
};

// The lines as runs; their texts joined are running_text(). A line that ends although the next word would have fitted
// into the measure (pixels; 0: the widest line) keeps its end.
std::vector<TextRun> runs_of(const std::vector<text::DocumentLine>& lines, float measure = 0);

// How wide the lines of a block could have been. Short blocks are measured by their column: an address or the foot of a
// letter. Long ones by themselves, for they may be set narrower.
float measure_of(const text::Block& block, const Extent& column);

// The median size of the lines in points, to half a point; 0 without lines.
double size_of(const std::vector<text::DocumentLine>& lines, double scale);

inline constexpr double single_pitch = 1.15; // of the size: from line to line, in the fonts that we name

// The distance between the last baseline of one paragraph and the first of the next when no space is set between them.
// What a line spacing above single adds stands below each line.
double natural_step(double size_above, double spacing_above, double size_below);

// By how much our type must be smaller or larger than measured so that the document's lines keep their width.
double type_ratio(const text::Document& document);

// A size at which these lines are as wide as they were, in points.
double fitted_size(const std::vector<text::DocumentLine>& lines, double scale);

// Sizes of the document's text: the median of its paragraphs, and of its headings by level (1 to 6; 0 where unused).
struct TypeSizes {
    double body = 11;
    std::array<double, 7> heading{};
    std::array<bool, 7> heading_bold{};
};
TypeSizes type_sizes(const text::Document& document, const std::vector<PageShape>& shapes);

// The distance of baselines as a multiple of the single distance, 1 to 2 in steps of 0.05.
// `ratio` is that of the type.
double line_spacing(const std::vector<text::DocumentLine>& lines, double ratio = 1);

// The median distance from one baseline to the next, in pixels; 0 for a single line.
double baseline_pitch(const std::vector<text::DocumentLine>& lines);

// Where an inset block begins, in points from its column's left edge; 0 for one that is flush.
double inset_of(const text::Block& block, const Extent& column, double scale);

// The gap above each block of a flow in points, to even points; `above` is where the flow before it ends, in pixels.
std::vector<double> gaps_of(const Flow& flow, const PageShape& shape, float above);

// The highest and the lowest edge of a flow's blocks, in pixels.
float top_of(const Flow& flow);
float bottom_of(const Flow& flow);

// How far the first line of a paragraph is indented, in points; negative where it hangs; 0 where it hardly is, or where
// lines are centred or flush right.
double first_line_of(const text::Block& block, double scale);

// How a figure or a table stands in its column.
text::Alignment alignment_of(const text::Block& block, const Extent& column);

// "id-ID", "en-US".
std::string locale_of(const text::Document& document);

// What a figure is called where nothing better is known.
std::string alternative_of(const text::Block& figure, const text::Document& document);

} // namespace saring::output
