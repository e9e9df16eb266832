#include "text/large_lines.hpp"

#include "text/target.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace saring::text {
namespace {

// How far along a region (0 at its start, 1 at its end) a point lies.
float place_along(const Quad& region, Point p) {
    const auto [from, to] = ends_of(region);
    const Point along{to.x - from.x, to.y - from.y};
    const float square = along.x * along.x + along.y * along.y;
    return square > 0 ? ((p.x - from.x) * along.x + (p.y - from.y) * along.y) / square : 0;
}

// The region cut down to its longest stretch without any of the `lines`.
TextRegion without(TextRegion region, const std::vector<const TextRegion*>& lines) {
    std::vector<std::pair<float, float>> taken{{1, 1}};
    for (const TextRegion* line : lines) {
        const auto [start, stop] = ends_of(line->quad);
        const float a = place_along(region.quad, start);
        const float b = place_along(region.quad, stop);
        taken.emplace_back(std::min(a, b), std::max(a, b));
    }
    std::sort(taken.begin(), taken.end());
    float begin = 0;
    float end = 0;
    float reached = 0;
    for (const auto& [from, to] : taken) {
        if (from - reached > end - begin) {
            begin = reached;
            end = from;
        }
        reached = std::max(reached, to);
    }
    std::erase_if(region.marks, [&](Point p) {
        const float t = place_along(region.quad, p);
        return t < begin || t > end;
    });
    const auto between = [](Point a, Point b, float t) { return Point{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)}; };
    region.uncut = region.quad;
    const auto& c = region.uncut->corners;
    region.quad = {
        {{between(c[0], c[1], begin), between(c[0], c[1], end), between(c[3], c[2], end), between(c[3], c[2], begin)}}};
    return region;
}

} // namespace

void add_large(std::vector<TextRegion> large, std::vector<TextRegion>& regions) {
    constexpr float piece = 0.5F; // of the large x-height, up to which a fine region is a piece of a stroke
    const auto lies_in = [](const TextRegion& fine, const TextRegion& region) {
        return share_within(fine.quad, region.quad) > 0.6F;
    };
    const auto is_long = [](const TextRegion& fine) {
        constexpr float heights = 3;
        return reading_width(fine.quad) > heights * reading_height(fine.quad);
    };
    // A line beside clutter with which it runs together, and no piece of a stroke: none is wider than two letters, and
    // none is much surer than the letter.
    const auto is_surer_line = [&](const TextRegion& fine, const TextRegion& region) {
        constexpr float widest = 2.5F; // large x-heights
        constexpr float much_surer = 0.2F;
        const float surer = reading_width(fine.quad) > widest * region.x_height ? 0 : 0.1F;
        return fine.confidence > region.confidence + (is_long(fine) ? surer : much_surer);
    };
    // Lines that run together have no room for a term as one.
    const auto is_line_of_block = [&](const TextRegion& fine, const TextRegion& region) {
        return is_long(fine) && !has_room_for_term(region);
    };
    // Strokes of a few large letters, which together look like a line of small ones.
    const auto is_piece = [&](const TextRegion& fine, const TextRegion& region) {
        constexpr float surer = 0.2F;
        constexpr float longest = 16; // x-heights: bindings of notebooks are longer rows of shapes
        return reading_width(region.quad) < longest * region.x_height && fine.x_height < piece * region.x_height &&
               region.confidence > fine.confidence + surer;
    };
    std::vector<TextRegion> kept;
    for (TextRegion& region : large) {
        std::vector<const TextRegion*> lines;
        std::vector<const TextRegion*> pieces;
        for (const TextRegion& fine : regions) {
            constexpr float certain = 0.7F;
            if (lies_in(fine, region) && (fine.confidence > certain || is_long(fine))) {
                (is_piece(fine, region) ? pieces : lines).push_back(&fine);
            }
        }
        constexpr std::size_t few = 2; // more are lines indeed
        if (pieces.size() > few) {
            lines.insert(lines.end(), pieces.begin(), pieces.end());
        }
        float share = 0;
        for (const TextRegion* line : lines) {
            share += area(line->quad) / area(region.quad);
        }
        constexpr float some = 0.15F;
        if (share > some) {
            region = without(std::move(region), lines);
            constexpr float shortest = 3.5F; // x-heights
            if (reading_width(region.quad) < shortest * region.x_height || region.marks.empty()) {
                continue;
            }
        }
        kept.push_back(std::move(region));
    }
    std::erase_if(regions, [&](const TextRegion& fine) {
        return std::any_of(kept.begin(), kept.end(), [&](const TextRegion& region) {
            return fine.x_height < piece * region.x_height && lies_in(fine, region) && !is_surer_line(fine, region) &&
                   !is_line_of_block(fine, region);
        });
    });
    regions.insert(regions.end(), std::make_move_iterator(kept.begin()), std::make_move_iterator(kept.end()));
}

} // namespace saring::text
