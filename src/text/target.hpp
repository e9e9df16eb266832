// A target is a flat, upright picture with the located lines that are to be read on it: a surface set straight, or the
// page for what stands outside of all surfaces.
#pragma once

#include "image/mapping.hpp"
#include "saring/page.hpp"
#include "text/line_reader.hpp"
#include "text/locate.hpp"
#include "text/merge.hpp"

#include <array>
#include <string>
#include <vector>

namespace saring::text {

struct Target {
    image::View view;
    std::vector<TextRegion> regions;      // in view pixels
    std::vector<bool> suspect;            // a region of the same index is unread whatever else is known: near to a term
    std::vector<bool> near_term;          // … and so near that it counts wherever it stands
    std::vector<Ground> grounds;          // why a region of the same index needs no further reading, whatever covers it
    WordPool pool;                        // in view pixels
    std::vector<Line> turned;             // lines that do not run level in the view
    std::vector<std::vector<Line>> flows; // each pass's own lines, in view pixels

    // The clockwise turn, a multiple of 90 degrees, that sets the original as upright as the view.
    [[nodiscard]] int rotation() const;

    // Whether sure words cover region i, or a ground speaks for it.
    [[nodiscard]] bool is_read(std::size_t i) const;

    // Whether other lines of the same direction that were surely read cover region i: the same writing, located twice.
    [[nodiscard]] bool is_read_beside(std::size_t i) const;

    // How much of region i no sure word covers in one stretch, in x-heights: words that were passed over.
    [[nodiscard]] float widest_gap(std::size_t i) const;

    // Mean confidence of the words that lie on region i, weighted by their length; 0 where there are none.
    [[nodiscard]] float mean_confidence(std::size_t i) const;

    // The words that lie on region i, in reading order, with blanks between them.
    [[nodiscard]] std::string text_on(std::size_t i) const;

    // The share of all located length that is read, 0 to 1.
    [[nodiscard]] float share_read() const;
};

inline constexpr float sure = 0.62F; // trust from which a word counts as read

// Divides the `regions` (in the page's pixels) among the `surfaces` (in original pixels) that hold at least two of them
// and the page itself. Views are set upright as far as the network tells; it often takes text for what stands on its
// head.
std::vector<Target> targets_of(const image::View& page, const std::vector<Surface>& surfaces,
                               const std::vector<TextRegion>& regions);

// A little below the median of the regions' x-heights; 0 where there are none.
float typical_x_height(const std::vector<TextRegion>& regions);

// How likely the regions are handwritten, in the mean, 0 to 1; 0 where there are none.
float handwriting_of(const std::vector<TextRegion>& regions);

// Whether the region is long enough for the shortest term.
bool has_room_for_term(const TextRegion& region);

// The mean x-height, by length, of a region (one of them) and those of about its size that stand on one row with it:
// letters of a row have one size, which short pieces of it tell least exactly.
float x_height_of_row(const std::vector<TextRegion>& regions, const TextRegion& region);

// Turns the view by 180 degrees. Words that were read are forgotten.
void turn_over(Target& target);

// The quad with its corners moved outwards along and across the reading direction, by so many pixels.
Quad grown(const Quad& quad, float along, float across);

// The quad turned about its middle so that its right end stands so many of its lengths lower.
Quad tilted(const Quad& quad, float tilt);

// The quad about letters that lean to the right, its upper side shifted that way: a warp of it to a rectangle sets them
// upright. `slant` is the tangent of the angle by which they lean.
Quad slanted(const Quad& quad, float slant);

// The middles of a line's sides: where it starts, and where it ends.
std::array<Point, 2> ends_of(const Quad& line);

// Degrees between the directions of two quads, whichever end they begin at.
float turn_between(const Quad& a, const Quad& b);

// The same place, read from the other end.
Quad from_other_end(const Quad& quad);

// Lines whose quads are moved from the pixels of one view to those of another.
std::vector<Line> moved(std::vector<Line> lines, const image::Mapping& from, const image::Mapping& to);

} // namespace saring::text
