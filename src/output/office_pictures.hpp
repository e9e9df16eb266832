// Pictures that documents carry: figures cut out of a page, and the page with its text taken away.
#pragma once

#include "output/document_writer.hpp"

#include <string>
#include <vector>

namespace saring::output {

struct Picture {
    FileBytes bytes;
    std::string extension; // "png" or "jpeg"
    int width = 0;         // pixels
    int height = 0;
};

// The figures of a page in the order of its blocks.
std::vector<Picture> figures_of(const text::DocumentPage& page);

// What a page shows besides its blocks: paper, board or slide with everything erased that text boxes, tables and
// pictures will show. `bytes` is empty where only white paper is left.
struct Backdrop {
    Picture picture;
    std::uint32_t colour = 0xFFFFFF; // of most of it
};

// What the picture shows where a block's text stands.
struct InkOnGround {
    std::uint32_t ink = 0; // 0xRRGGBB
    std::uint32_t ground = 0xFFFFFF;
};

struct PagePictures {
    std::vector<InkOnGround> inks; // by block
    std::vector<Picture> figures;
    Backdrop backdrop;
    std::vector<std::vector<InkOnGround>> cell_inks; // by table block, then by cell
};
PagePictures pictures_of(const text::DocumentPage& page);

// The whole page, which states its resolution. `quality` of a JPEG is 1 to 100.
FileBytes page_png(const text::DocumentPage& page);
FileBytes page_jpeg(const text::DocumentPage& page, int quality);

} // namespace saring::output
