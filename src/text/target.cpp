#include "text/target.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace saring::text {
namespace {

using image::View;

constexpr double most_pixels = 3.2e6;    // of a picture for a full pass; more pixels gained nothing on photos
constexpr double best_x_height = 21;     // pixels: where Tesseract reads best
constexpr double most_enlargement = 2.0; // small pictures grow at most this much
constexpr float read_share = 0.8F;       // of a region's length that sure words must cover

TextRegion to_view(const image::Mapping& page, const image::Mapping& view, const TextRegion& region) {
    const float height = reading_height(region.quad);
    TextRegion out = moved(
        region, [&](Point p) { return view.from_original(page.to_original(p)); }, 1);
    out.x_height = region.x_height * reading_height(out.quad) / std::max(1e-3F, height);
    return out;
}

// Quarter turns (clockwise, 0 to 3) that the region's text is off level.
int quarter_of(const TextRegion& region) { return (static_cast<int>(std::round(angle(region.quad) / 90)) + 8) % 4; }

// The turn, a multiple of 90 degrees clockwise, that sets most of the regions' length upright.
int upright_turn(const std::vector<TextRegion>& regions) {
    std::array<float, 4> votes{};
    for (const TextRegion& region : regions) {
        const float length = reading_width(region.quad) / std::max(1.0F, region.x_height);
        votes[static_cast<std::size_t>(quarter_of(region))] += std::min(length, 40.0F) * region.confidence;
    }
    // The network tells the axis surely and the end less so: the axis is chosen first.
    const bool upright = votes[1] + votes[3] > votes[0] + votes[2];
    const int strongest = upright ? (votes[1] >= votes[3] ? 1 : 3) : (votes[0] >= votes[2] ? 0 : 2);
    return (4 - strongest) % 4 * 90; // text that runs downwards (90) is set upright by three quarters of a turn
}

// Lines that lie level run from left to right.
void set_level_lines_upright(std::vector<TextRegion>& regions) {
    for (TextRegion& region : regions) {
        if (quarter_of(region) == 2) {
            region.quad = from_other_end(region.quad);
            if (region.uncut) {
                region.uncut = from_other_end(*region.uncut);
            }
        }
    }
}

// Brings the view to the size at which its text is read best, within the limit on pixels.
void fit_size(Target& target) {
    const double pixels = static_cast<double>(target.view.mat.total());
    const double x_height = typical_x_height(target.regions);
    double factor = x_height > 0 ? best_x_height / x_height : 1;
    factor = std::min({factor, most_enlargement, std::sqrt(most_pixels / pixels)});
    constexpr double least_factor = 0.35; // small print beside large letters must survive
    factor = std::max(factor, std::min(least_factor, std::sqrt(most_pixels / pixels)));
    if (std::abs(factor - 1) < 0.1) {
        return;
    }
    target.view = image::rescaled(target.view, factor);
    const auto grow = static_cast<float>(factor);
    for (TextRegion& region : target.regions) {
        region = moved(
            std::move(region),
            [&](Point p) {
                return Point{p.x * grow, p.y * grow};
            },
            grow);
    }
}

// The part of the view that holds the regions, with a margin: what lies beyond costs time and gives noise.
cv::Rect text_box(const Target& target) {
    const auto width = static_cast<float>(target.view.mat.cols);
    const auto height = static_cast<float>(target.view.mat.rows);
    Box box{width, height, 0, 0};
    for (const TextRegion& region : target.regions) {
        const Box b = bounding_box(region.quad);
        const float margin = 2 * region.x_height;
        box = {std::min(box.left, b.left - margin), std::min(box.top, b.top - margin),
               std::max(box.right, b.right + margin), std::max(box.bottom, b.bottom + margin)};
    }
    const float margin = 0.01F * std::max(width, height);
    box = {std::max(0.0F, box.left - margin), std::max(0.0F, box.top - margin), std::min(width, box.right + margin),
           std::min(height, box.bottom + margin)};
    return {cv::Point(static_cast<int>(box.left), static_cast<int>(box.top)),
            cv::Point(static_cast<int>(std::ceil(box.right)), static_cast<int>(std::ceil(box.bottom)))};
}

Target make_target(const View& page, const View& flat_view, const std::vector<TextRegion>& regions) {
    Target target;
    const auto look_at = [&](const View& view) {
        target.view = view;
        target.regions.clear();
        for (const TextRegion& region : regions) {
            target.regions.push_back(to_view(page.mapping, view.mapping, region));
        }
    };
    look_at(flat_view);
    look_at(image::cropped(target.view, text_box(target)));
    const int turn = upright_turn(target.regions);
    if (turn != 0) {
        look_at(image::turned_by(target.view, turn));
    }
    fit_size(target);
    set_level_lines_upright(target.regions);
    target.grounds.assign(target.regions.size(), Ground::none);
    target.suspect.assign(target.regions.size(), false);
    target.near_term.assign(target.regions.size(), false);
    return target;
}

// The direction across the lines of a quad, downwards, of length 1.
Point down_of(const Quad& quad) {
    const auto& c = quad.corners;
    const float height = std::max(1e-3F, reading_height(quad));
    return {((c[3].x - c[0].x) + (c[2].x - c[1].x)) / 2 / height, ((c[3].y - c[0].y) + (c[2].y - c[1].y)) / 2 / height};
}

// The direction along the lines of a quad, of length 1.
Point along_of(const Quad& quad) {
    const auto& c = quad.corners;
    const float width = std::max(1e-3F, reading_width(quad));
    return {((c[1].x - c[0].x) + (c[2].x - c[3].x)) / 2 / width, ((c[1].y - c[0].y) + (c[2].y - c[3].y)) / 2 / width};
}

bool is_in_one_of(const std::vector<Quad>& quads, Point p) {
    return std::any_of(quads.begin(), quads.end(), [&](const Quad& quad) { return contains(quad, p); });
}

// The share of a region's marks that lie in one of the quads.
float share_of_marks(const TextRegion& region, const std::vector<Quad>& quads) {
    const auto covered =
        std::count_if(region.marks.begin(), region.marks.end(), [&](Point p) { return is_in_one_of(quads, p); });
    return region.marks.empty() ? 0 : static_cast<float>(covered) / static_cast<float>(region.marks.size());
}

std::vector<const Word*> words_on(const TextRegion& region, const std::vector<Word>& words) {
    std::vector<const Word*> out;
    for (const Word& word : words) {
        if (contains(region.quad, centre(word.quad))) {
            out.push_back(&word);
        }
    }
    return out;
}

// Where sure words lie on a region, and in the gaps between them.
std::vector<Quad> sure_words_on(const TextRegion& region, const std::vector<Word>& words,
                                const std::vector<Line>& turned) {
    std::vector<Quad> near;
    const Box box = bounding_box(region.quad);
    const auto consider = [&](const Word& word) {
        if (trust(word) >= sure && intersection_area(bounding_box(word.quad), box) > 0) {
            const float height = reading_height(word.quad);
            near.push_back(grown(word.quad, 0.45F * height, 0.25F * height));
        }
    };
    for (const Word& word : words) {
        consider(word);
    }
    for (const Line& line : turned) {
        for (const Word& word : line.words) {
            consider(word);
        }
    }
    return near;
}

// The share of a region's marks over which sure words lie.
float coverage(const TextRegion& region, const std::vector<Word>& words, const std::vector<Line>& turned) {
    return share_of_marks(region, sure_words_on(region, words, turned));
}

} // namespace

int Target::rotation() const {
    const auto width = static_cast<float>(view.mat.cols);
    const auto height = static_cast<float>(view.mat.rows);
    const Quad whole = view.mapping.to_original(quad_of({0, 0, width, height}));
    const int quarter = static_cast<int>(std::round(angle(whole) / 90));
    return (8 - quarter) % 4 * 90;
}

std::array<Point, 2> ends_of(const Quad& line) {
    const auto& c = line.corners;
    const auto between = [](Point a, Point b) { return Point{(a.x + b.x) / 2, (a.y + b.y) / 2}; };
    return {between(c[0], c[3]), between(c[1], c[2])};
}

float typical_x_height(const std::vector<TextRegion>& regions) {
    std::vector<float> heights;
    for (const TextRegion& region : regions) {
        heights.push_back(region.x_height);
    }
    if (heights.empty()) {
        return 0;
    }
    // A little below the median: small print must not drown when a headline is large.
    const auto at = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() * 2 / 5);
    std::nth_element(heights.begin(), at, heights.end());
    return *at;
}

float handwriting_of(const std::vector<TextRegion>& regions) {
    float sum = 0;
    for (const TextRegion& region : regions) {
        sum += region.handwriting;
    }
    return sum / static_cast<float>(std::max<std::size_t>(1, regions.size()));
}

bool has_room_for_term(const TextRegion& region) {
    constexpr float shortest = 4.3F; // x-heights
    return reading_width(region.quad) >= shortest * region.x_height;
}

float x_height_of_row(const std::vector<TextRegion>& regions, const TextRegion& region) {
    constexpr float same_turn = 8; // degrees
    constexpr float same_size = 1.5F;
    constexpr float level = 0.5F; // x-heights between their middles, across
    constexpr float beside = 4;   // x-heights between their ends, along
    const Point middle = centre(region.quad);
    const float own_width = reading_width(region.quad);
    float sum = 0;
    float weight = 0;
    for (const TextRegion& other : regions) {
        const Point there = centre(other.quad);
        const Point apart{there.x - middle.x, there.y - middle.y};
        const float width = reading_width(other.quad);
        const Point down = down_of(width > own_width ? other.quad : region.quad); // of the longer, which tells it best
        const float across = std::abs(apart.x * down.x + apart.y * down.y);
        const float along = std::abs(apart.x * down.y - apart.y * down.x);
        const float gap = along - (width + own_width) / 2;
        const float ratio = region.x_height / std::max(0.1F, other.x_height);
        if (turn_between(region.quad, other.quad) < same_turn && ratio < same_size && ratio > 1 / same_size &&
            across < level * region.x_height && gap < beside * region.x_height) {
            sum += width * other.x_height;
            weight += width;
        }
    }
    return weight > 0 ? sum / weight : region.x_height;
}

bool Target::is_read(std::size_t i) const {
    return grounds[i] != Ground::none || coverage(regions[i], pool.words(), turned) >= read_share;
}

bool Target::is_read_beside(std::size_t i) const {
    constexpr float same_turn = 8; // degrees
    constexpr float nearly_all = 0.8F;
    std::vector<Quad> read;
    for (std::size_t k = 0; k < regions.size(); ++k) {
        if (k != i && grounds[k] == Ground::surely_read && !suspect[k] &&
            turn_between(regions[i].quad, regions[k].quad) < same_turn) {
            read.push_back(regions[k].quad);
        }
    }
    return share_of_marks(regions[i], read) >= nearly_all;
}

float Target::widest_gap(std::size_t i) const {
    const TextRegion& region = regions[i];
    const std::vector<Quad> words = sure_words_on(region, pool.words(), turned);
    const Point from = region.quad.corners[0];
    const Point along{region.quad.corners[1].x - from.x, region.quad.corners[1].y - from.y};
    std::vector<Point> marks = region.marks;
    std::sort(marks.begin(), marks.end(),
              [&](Point a, Point b) { return a.x * along.x + a.y * along.y < b.x * along.x + b.y * along.y; });
    std::size_t run = 0;
    std::size_t longest = 0;
    for (const Point p : marks) {
        run = is_in_one_of(words, p) ? 0 : run + 1;
        longest = std::max(longest, run);
    }
    const float share = marks.empty() ? 0 : static_cast<float>(longest) / static_cast<float>(marks.size());
    return share * reading_width(region.quad) / std::max(1.0F, region.x_height);
}

float Target::mean_confidence(std::size_t i) const {
    float sum = 0;
    float weight = 0;
    for (const Word* word : words_on(regions[i], pool.words())) {
        const auto length = static_cast<float>(length_of(word->text));
        sum += word->confidence * length;
        weight += length;
    }
    return weight > 0 ? sum / weight : 0;
}

std::string Target::text_on(std::size_t i) const {
    const auto& c = regions[i].quad.corners;
    const auto along = [&](const Word* word) {
        const Point middle = centre(word->quad);
        return middle.x * (c[1].x - c[0].x) + middle.y * (c[1].y - c[0].y);
    };
    std::vector<const Word*> words = words_on(regions[i], pool.words());
    std::sort(words.begin(), words.end(), [&](const Word* a, const Word* b) { return along(a) < along(b); });
    std::string out;
    for (const Word* word : words) {
        out += (out.empty() ? "" : " ") + word->text;
    }
    return out;
}

float Target::share_read() const {
    float all = 0;
    float read = 0;
    for (std::size_t i = 0; i < regions.size(); ++i) {
        const float length = reading_width(regions[i].quad) / std::max(1.0F, regions[i].x_height);
        const float covered = grounds[i] != Ground::none ? 1 : coverage(regions[i], pool.words(), turned) / read_share;
        all += length;
        read += length * std::min(1.0F, covered);
    }
    return all > 0 ? read / all : 1;
}

// Surfaces worth straightening: they hold text, do not share it, and are not the picture itself.
std::vector<Target> targets_of(const View& page, const std::vector<Surface>& surfaces,
                               const std::vector<TextRegion>& regions) {
    std::vector<Target> targets;
    std::vector<bool> taken(regions.size(), false);
    const auto whole =
        static_cast<float>(page.mat.total()) * static_cast<float>(std::pow(page.mapping.magnification({0, 0}), 2));
    constexpr float least_confidence = 0.6F;
    constexpr float most_of_picture = 0.93F;
    for (const Surface& surface : surfaces) {
        const float share = area(surface.quad) / whole;
        if (surface.confidence < least_confidence || share > most_of_picture) {
            continue;
        }
        std::vector<TextRegion> inside;
        std::vector<std::size_t> which;
        for (std::size_t i = 0; i < regions.size(); ++i) {
            if (!taken[i] && contains(surface.quad, page.mapping.to_original(centre(regions[i].quad)))) {
                inside.push_back(regions[i]);
                which.push_back(i);
            }
        }
        constexpr std::size_t fewest = 2;
        if (inside.size() < fewest) {
            continue;
        }
        for (const std::size_t i : which) {
            taken[i] = true;
        }
        const Quad quad = page.mapping.from_original(surface.quad);
        const cv::Size size(std::max(16, static_cast<int>(reading_width(quad))),
                            std::max(16, static_cast<int>(reading_height(quad))));
        targets.push_back(make_target(page, image::warp(page, quad, size), inside));
    }
    std::vector<TextRegion> outside;
    for (std::size_t i = 0; i < regions.size(); ++i) {
        if (!taken[i]) {
            outside.push_back(regions[i]);
        }
    }
    if (!outside.empty()) {
        targets.push_back(make_target(page, page, outside));
    }
    return targets;
}

void turn_over(Target& target) {
    const View over = image::turned_by(target.view, 180);
    for (TextRegion& region : target.regions) {
        region = to_view(target.view.mapping, over.mapping, region);
    }
    set_level_lines_upright(target.regions);
    target.view = over;
    target.pool = {};
    target.turned.clear();
    target.flows.clear();
}

Quad grown(const Quad& quad, float along, float across) {
    const auto& c = quad.corners;
    const Point u = along_of(quad);
    const Point v = down_of(quad);
    const auto moved = [&](Point p, float a, float b) {
        return Point{p.x + a * u.x + b * v.x, p.y + a * u.y + b * v.y};
    };
    return {{{moved(c[0], -along, -across), moved(c[1], along, -across), moved(c[2], along, across),
              moved(c[3], -along, across)}}};
}

Quad tilted(const Quad& quad, float tilt) {
    const float half = tilt * reading_width(quad) / 2;
    const auto& c = quad.corners;
    const Point down = down_of(quad);
    const auto by = [&](Point p, float d) { return Point{p.x + d * down.x, p.y + d * down.y}; };
    return {{{by(c[0], -half), by(c[1], half), by(c[2], half), by(c[3], -half)}}};
}

Quad slanted(const Quad& quad, float slant) {
    const float half = slant * reading_height(quad) / 2;
    const auto& c = quad.corners;
    const Point along = along_of(quad);
    const auto by = [&](Point p, float d) { return Point{p.x + d * along.x, p.y + d * along.y}; };
    return {{{by(c[0], half), by(c[1], half), by(c[2], -half), by(c[3], -half)}}};
}

float turn_between(const Quad& a, const Quad& b) { return std::abs(std::remainder(angle(a) - angle(b), 180.0F)); }

Quad from_other_end(const Quad& quad) {
    const auto& c = quad.corners;
    return {{{c[2], c[3], c[0], c[1]}}};
}

std::vector<Line> moved(std::vector<Line> lines, const image::Mapping& from, const image::Mapping& to) {
    for (Line& line : lines) {
        line.quad = to.from_original(from.to_original(line.quad));
        for (Word& word : line.words) {
            word.quad = to.from_original(from.to_original(word.quad));
        }
    }
    return lines;
}

} // namespace saring::text
