// One page as PDF operators: its picture, and over it the invisible text, every piece under the mark by which the
// structure tree finds it.
#pragma once

#include "output/pdf_text.hpp"
#include "text/document.hpp"

#include <string>
#include <vector>

namespace saring::output {

// How pixels become points; PDF's origin is the lower left corner.
struct PdfFrame {
    double width = 0; // points
    double height = 0;
    double scale = 0; // points per pixel

    [[nodiscard]] Box to_points(const Box& pixels) const; // top is the larger number; never outside the page
};

PdfFrame frame_of(const text::DocumentPage& page);

// A piece of content without a place in the structure tree.
constexpr int unmarked = -1;

struct PageContent {
    std::string operators;
    // For each block its marked-content identifiers. Heading, paragraph and figure: one. List item: the marker's, the
    // body's. Table: one for each cell. Header, footer and page number: none. `unmarked` where nothing is written.
    std::vector<std::vector<int>> marks;
};

// Names of the page's resources.
constexpr const char* background_name = "/Background";
constexpr const char* ink_name = "/Ink";
constexpr const char* font_name = "/Text";

PageContent page_content(const text::DocumentPage& page, const PdfFrame& frame, const GlyphTable& glyphs);

} // namespace saring::output
