// A photographed page as a document: what stands on it as blocks in reading order, and how it shall look. Stage
// "structure" makes the blocks, writers turn them into files.
//
// Geometry: pixels of the page's finished picture (flat, upright, cropped to the sheet), origin top left, y down. A
// page of `width` pixels at `dpi` is width * 72 / dpi points wide.
#pragma once

#include "image/layers.hpp"
#include "saring/geometry.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace saring::text {

struct DocumentWord {
    std::string text; // UTF-8, without blanks
    Box box;
    float confidence = 0; // 0 to 1
};

// One line as it stands on the page. Words run from left to right.
struct DocumentLine {
    std::vector<DocumentWord> words;
    Box box;
    float baseline = 0;  // y on which the letters stand
    float font_size = 0; // pixels from one baseline to the next in single-spaced text of this size (about 2 x-heights)
    bool bold = false;   // its strokes are clearly thicker than the page's running text
    bool joins_next = false; // ends with a hyphen that only broke the word: the next line continues it
    std::uint32_t ink = 0;   // 0xRRGGBB
};

enum class BlockKind : std::uint8_t {
    heading,
    paragraph,
    list_item,
    table,
    figure,      // a picture, a stamp, a signature, a drawing, or handwriting: stays a picture
    page_header, // running head or letterhead
    page_footer,
    page_number,
};

enum class Alignment : std::uint8_t { left, centre, right, justified };

// Rows and columns count from 0.
struct TableCell {
    int row = 0;
    int column = 0;
    int row_span = 1;
    int column_span = 1;
    Box box;
    bool heading = false; // a cell of the heading row
    std::vector<DocumentLine> lines;
};

struct Block {
    BlockKind kind = BlockKind::paragraph;
    Box box;
    int level = 0;  // heading: 1 is the highest; list_item: 0 is the outermost
    int column = 0; // of the page's text columns; 0 for what spans them
    Alignment alignment = Alignment::left;
    float indent = 0;                // of the first line against the others, in pixels; may be negative
    std::string marker;              // list_item: "1.", "a)", "•"; not part of `lines`
    DocumentWord marker_word;        // where it stands
    std::vector<DocumentLine> lines; // all but table and figure
    int rows = 0;                    // table
    int columns = 0;                 // table
    bool ruled = false;              // table with drawn lines
    std::vector<TableCell> cells;    // table; by row, then column; every place of the grid belongs to exactly one cell
    std::string alternative;         // figure: what it seems to be, for people who do not see it
    bool handwriting = false;        // figure: unread writing
};

struct DocumentPage {
    float dpi = 300;
    image::Layers picture;     // encoded, so that hundreds of pages fit in memory
    std::vector<Block> blocks; // in reading order; headers first, footers and page number last
};

struct Document {
    std::string title;         // the first heading, or the name of the first photo
    std::string language;      // BCP 47 of most of its text: "id" or "en"
    std::string creation_date; // "2026-08-17T09:30:00+07:00"
    std::string producer;      // "Saring 0.1.0"
    std::vector<DocumentPage> pages;
};

// One small white page: what a format, a password or an installation is tried with.
Document blank_document();

// The text of a line, its words joined by single blanks.
std::string text_of(const DocumentLine& line);

// The lines as running text: joined by blanks, and without the hyphens that only broke a word.
std::string running_text(const std::vector<DocumentLine>& lines);

// All text of the document as a reader would copy it: a blank line between blocks, table cells joined by tabs.
std::string plain_text(const Document& document);

} // namespace saring::text
