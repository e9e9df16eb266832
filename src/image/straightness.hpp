// How straight and level the lines of a page are.
#pragma once

#include "image/text_chains.hpp"

namespace saring::image {

// Of the lines, weighted by their length.
struct Straightness {
    int lines = 0;       // chains that are long enough to tell
    double bend = 0;     // pixels: root mean square by which a line's smooth course leaves a straight line; upper third
    double skew = 0;     // degrees clockwise, median
    double fan = 0;      // degrees, median difference of a line from that
    double residual = 0; // pixels: root mean square by which a line's smooth course leaves the horizontal; upper third
    double lean = 0;     // degrees by which rules down the page leave the right angle to its lines; upper third
};

Straightness straightness(const TextChains& text, int picture_width);

} // namespace saring::image
