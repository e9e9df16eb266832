// How much a quad looks like the outline of a surface, and how its sides are moved onto the true edge.
#pragma once

#include "image/quad_candidates.hpp"

#include <cstddef>
#include <unordered_map>

namespace saring::image {

// Scores the quads of one picture. Quads made of crossed lines share most of their sides: each side is looked at once.
class QuadScorer {
public:
    explicit QuadScorer(const EdgeMaps& maps) : maps_(maps) {} // `maps` must outlive it

    // 0 to about 1. Counts how much of each side lies on an edge that runs along it, how the two sides of that edge
    // differ, how large and how regular the quad is. The weakest side counts twice: three good sides are a table's
    // corner, not a page.
    double score(const Quad& quad);

private:
    struct Ends {
        Point from;
        Point to;

        bool operator==(const Ends&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Ends& ends) const;
    };
    struct Evidence {
        bool on_border = false; // of the picture
        double support = 0;     // share that lies on an edge along it
        double difference = 0;  // of the colours inside and outside, 0 to 1
        double brightness = 0;  // inside minus outside, grey levels
    };

    const Evidence& evidence_of(const Ends& ends);

    const EdgeMaps& maps_;
    std::unordered_map<Ends, Evidence, Hash> known_;
};

// Fits each side to the strongest edge of the channels within `reach` pixels beside it, and intersects the fitted lines
// again.
Quad refined(const std::vector<cv::Mat>& channels, const Quad& quad, double reach);

// True when the quad is convex, its corners are not sharper than a steep view makes them and it fills `least_share` of
// the picture.
bool is_plausible(const Quad& quad, cv::Size picture, double least_share);

} // namespace saring::image
