// What the steps of stage "structure" hand on to each other. All geometry in pixels of the page's picture.
#pragma once

#include "image/opencv_bridge.hpp"
#include "saring/page.hpp"
#include "text/document.hpp"

#include <vector>

namespace saring::text {

// The page as black on white.
struct PageInk {
    cv::Mat picture; // BGR
    cv::Mat strokes; // 255 where ink stands: darker than its surroundings
    cv::Mat marks;   // at `marks_scale`: 255 where anything but paper is seen, pale or coloured too
    float marks_scale = 1;
    float dpi = 300;

    [[nodiscard]] Box box() const { return {0, 0, static_cast<float>(picture.cols), static_cast<float>(picture.rows)}; }
    [[nodiscard]] float inches(float value) const { return value * dpi; }
};

struct PageWord {
    DocumentWord word;
    float size = 0;     // of its letters, as DocumentLine::font_size; 0 where the word does not tell
    float baseline = 0; // y
    int line = 0;       // number of the line that the reader put it into
    bool stamp = false;
    bool light = false; // light letters on dark ground, of which `strokes` tells nothing
};

// Words on one height with nothing but blanks between them: a line, or what a column or a table's cell has of it.
struct TextLine {
    DocumentLine line;
    float stroke = 0; // thickness of its strokes as a share of the font size; 0 where unknown
};

// A straight drawn line.
struct Rule {
    Box box;
    bool horizontal = true;

    // Where it lies across its direction.
    [[nodiscard]] float at() const { return horizontal ? (box.top + box.bottom) / 2 : (box.left + box.right) / 2; }
};

// What is put into reading order: a line, or a finished block (table, figure).
struct Item {
    Box box;
    TextLine line;
    Block block;
    bool is_block = false;
    int column = 0;      // as Block::column
    bool beside = false; // stands beside something else without being a column of text
    int zone = 0;        // items that follow each other in one column, with nothing else between them, share a number
};

} // namespace saring::text
