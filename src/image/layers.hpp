// The page's picture as two layers (mixed raster content): ink as a sharp one-bit mask, everything else as a soft
// background, so that a page of text costs a tenth of a megabyte.
#pragma once

#include <cstdint>
#include <vector>

namespace saring::image {

// Where the mask is set, its ink colour shows, elsewhere the background, stretched over the page.
struct Layers {
    int width = 0; // pixels of the finished page
    int height = 0;
    std::vector<std::uint8_t> mask_g4;         // CCITT G4, width x height, 1 is ink, first bit leftmost; empty: no mask
    std::uint32_t ink = 0;                     // 0xRRGGBB, the colour of the mask
    std::vector<std::uint8_t> background_jpeg; // the whole page, perhaps at lower resolution; empty: white
    int background_width = 0;
    int background_height = 0;
    bool background_is_gray = false;
};

} // namespace saring::image
