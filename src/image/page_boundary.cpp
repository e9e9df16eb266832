// A scan's surfaces are sure of edges, not of meaning: a frame printed on a form, a note on a poster and the shadow
// beside a book are quads too. The text decides: the page is the surface that holds (nearly) all of it. A side that
// cuts through text is moved outwards; when much text lies elsewhere, no surface is the page and the whole photo is.
// Content is never given up for a nicer edge.
#include "image/page_boundary.hpp"

#include "image/enhance.hpp"
#include "image/paper_size.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace saring::image {
namespace {

constexpr float least_confidence = 0.5F; // of a surface
constexpr double least_area = 0.04;      // of the photo
constexpr float sure_line = 0.55F;       // mean confidence of a line that counts as writing
constexpr float surely_located = 0.7F;   // confidence of the locator in a line that nobody has read yet
constexpr float least_length = 1.5F;     // heights of such a line: shorter ones are often corners and knobs
constexpr std::size_t least_letters = 3;
constexpr double holds_text = 0.8;    // of the text's length, that a page's surface must hold before it is grown
constexpr double most_outside = 0.1;  // of the text's length that may lie elsewhere: a sign on the wall behind
constexpr double most_growth = 0.2;   // of a quad's side
constexpr double text_margin = 0.01;  // of a quad's side, kept around text that it was grown for
constexpr float touching = 0.004F;    // of the photo's side, nearer than which an edge lies on its border
constexpr float apart = 0.05F;        // share that two sheets beside one another may overlap
constexpr float similar_size = 0.25F; // of the largest sheet, that the others have at least

double weight(const Line& line) { return reading_width(line.quad); }

bool has_text(const Page& facts, const Quad& quad) {
    return std::any_of(facts.lines.begin(), facts.lines.end(),
                       [&](const Line& line) { return is_content(line) && contains(quad, centre(line.quad)); });
}

double share_of_text(const Page& facts, const Quad& quad) {
    double inside = 0;
    double all = 0;
    for (const Line& line : facts.lines) {
        if (is_content(line)) {
            inside += weight(line) * share_within(line.quad, quad);
            all += weight(line);
        }
    }
    return all > 0 ? inside / all : 1;
}

// Reading direction on the photo, degrees clockwise: of the lines, or what the scan says of the whole.
double reading_angle(const Page& facts, const Quad& quad) {
    double x = 0;
    double y = 0;
    for (const Line& line : facts.lines) {
        if (is_content(line) && contains(quad, centre(line.quad))) {
            const auto& c = line.quad.corners;
            x += c[1].x - c[0].x;
            y += c[1].y - c[0].y;
        }
    }
    // What nobody could read well lies along its lines, but upside down only by a guess.
    const int rotation = facts.rotation == 180 ? 0 : facts.rotation;
    const double turn = -rotation * CV_PI / 180;
    return std::hypot(x, y) > 0 ? std::atan2(y, x) : std::atan2(std::sin(turn), std::cos(turn));
}

// The quad with its corners counted from the top left of the reading.
Quad upright(const Quad& quad, double reading) {
    Quad best = quad;
    double most = -2;
    for (std::size_t shift = 0; shift < 4; ++shift) {
        Quad turned;
        for (std::size_t i = 0; i < 4; ++i) {
            turned.corners.at(i) = quad.corners.at((i + shift) % 4);
        }
        const double match = std::cos(angle(turned) * CV_PI / 180 - reading);
        if (match > most) {
            most = match;
            best = turned;
        }
    }
    return best;
}

Quad whole_photo(cv::Size size) {
    return quad_of({0, 0, static_cast<float>(size.width), static_cast<float>(size.height)});
}

// How far points lie outside the side from corner i to corner i + 1, in pixels.
double overhang(const Quad& quad, std::size_t side, const std::vector<Point>& points) {
    const Point a = quad.corners.at(side);
    const Point b = quad.corners.at((side + 1) % 4);
    const double length = std::max(1.0F, std::hypot(b.x - a.x, b.y - a.y));
    double most = 0;
    for (const Point p : points) {
        const double outside =
            (static_cast<double>(b.y - a.y) * (p.x - a.x) - static_cast<double>(b.x - a.x) * (p.y - a.y)) / length;
        most = std::max(most, outside);
    }
    return most;
}

Point crossing(Point a, Point along_a, Point b, Point along_b) {
    const double d = static_cast<double>(along_a.x) * along_b.y - static_cast<double>(along_a.y) * along_b.x;
    if (std::abs(d) < 1e-6) {
        return a;
    }
    const double t = (static_cast<double>(b.x - a.x) * along_b.y - static_cast<double>(b.y - a.y) * along_b.x) / d;
    return {static_cast<float>(a.x + t * along_a.x), static_cast<float>(a.y + t * along_a.y)};
}

// Every side moved outwards by so many pixels.
Quad grown(const Quad& quad, const std::array<double, 4>& by) {
    std::array<Point, 4> start;
    std::array<Point, 4> along;
    for (std::size_t i = 0; i < 4; ++i) {
        const Point a = quad.corners.at(i);
        const Point b = quad.corners.at((i + 1) % 4);
        along.at(i) = {b.x - a.x, b.y - a.y};
        const double length = std::max(1.0F, std::hypot(along.at(i).x, along.at(i).y));
        start.at(i) = {static_cast<float>(a.x + along.at(i).y / length * by.at(i)),
                       static_cast<float>(a.y - along.at(i).x / length * by.at(i))};
    }
    Quad out;
    for (std::size_t i = 0; i < 4; ++i) {
        const std::size_t before = (i + 3) % 4;
        out.corners.at(i) = crossing(start.at(i), along.at(i), start.at(before), along.at(before));
    }
    return out;
}

// The quad grown around all text that touches or nearly touches it. Corners must run clockwise.
Quad grown_for_text(const Page& facts, const Quad& quad) {
    const double width = reading_width(quad);
    const double height = reading_height(quad);
    std::array<double, 4> by{};
    const auto reach = [&](std::size_t side) { return side % 2 == 0 ? height : width; };
    for (const Line& line : facts.lines) {
        if (!is_content(line)) {
            continue;
        }
        const std::vector<Point> points(line.quad.corners.begin(), line.quad.corners.end());
        std::array<double, 4> wanted{};
        bool near = true;
        for (std::size_t side = 0; side < 4; ++side) {
            wanted.at(side) = overhang(quad, side, points);
            near = near && wanted.at(side) < most_growth * reach(side);
        }
        for (std::size_t side = 0; near && side < 4; ++side) {
            if (wanted.at(side) > 0) {
                by.at(side) = std::max(by.at(side), wanted.at(side) + text_margin * reach(side));
            }
        }
    }
    return by == std::array<double, 4>{} ? quad : grown(quad, by);
}

bool touches_border(const Quad& quad, cv::Size photo) {
    const float near_x = touching * static_cast<float>(photo.width);
    const float near_y = touching * static_cast<float>(photo.height);
    const auto on_border = [&](Point a, Point b) {
        const auto both = [](float u, float v, float low, float high) {
            return (u <= low && v <= low) || (u >= high && v >= high);
        };
        return both(a.x, b.x, near_x, static_cast<float>(photo.width) - near_x) ||
               both(a.y, b.y, near_y, static_cast<float>(photo.height) - near_y);
    };
    for (std::size_t i = 0; i < 4; ++i) {
        if (on_border(quad.corners.at(i), quad.corners.at((i + 1) % 4))) {
            return true;
        }
    }
    return false;
}

// The grey level that the picture's rim has all around, or -1 where it varies by more than `most` levels.
int level_of_rim(const cv::Mat& photo, int most) {
    constexpr int side = 256;
    constexpr double of_rim = 0.93; // share of the rim that has the level
    const double factor = std::min(1.0, static_cast<double>(side) / std::max(photo.cols, photo.rows));
    cv::Mat small;
    cv::resize(photo, small, {}, factor, factor, cv::INTER_AREA);
    const cv::Mat g = gray(small);
    std::vector<int> rim;
    for (int y = 0; y < g.rows; ++y) {
        for (int x = 0; x < g.cols; ++x) {
            if (x < 2 || y < 2 || x >= g.cols - 2 || y >= g.rows - 2) {
                rim.push_back(g.at<std::uint8_t>(y, x));
            }
        }
    }
    const auto middle = rim.begin() + static_cast<std::ptrdiff_t>(rim.size() / 2);
    std::nth_element(rim.begin(), middle, rim.end());
    const int level = *middle;
    const auto same = std::count_if(rim.begin(), rim.end(), [&](int v) { return std::abs(v - level) <= most; });
    return static_cast<double>(same) >= of_rim * static_cast<double>(rim.size()) ? level : -1;
}

// A scanner's page: white paper all around.
bool is_scanned(const cv::Mat& photo) {
    constexpr int white = 215; // grey level from which a rim may be a scanner's paper
    constexpr int even = 10;   // grey levels that it varies
    return level_of_rim(photo, even) >= white;
}

// A picture that was drawn rather than taken: one colour all around, with less noise than any camera's.
bool is_drawn(const cv::Mat& photo) {
    constexpr int even = 1;
    return level_of_rim(photo, even) >= 0;
}

// A sheet in a dark room looks like a slide; the aspect of a lying paper gives it away.
SurfaceKind kind_of(const Surface& surface, const PageRegion& region, cv::Size photo) {
    if (surface.kind != SurfaceKind::slide || !region.whole) {
        return surface.kind;
    }
    const double aspect = aspect_of(region.quad, photo);
    constexpr double near_screen = 0.03;
    constexpr std::array screens{4.0 / 3, 16.0 / 10, 16.0 / 9};
    const bool as_screen = std::any_of(screens.begin(), screens.end(),
                                       [&](double s) { return std::abs(std::log(aspect / s)) < near_screen; });
    const bool as_paper = paper_near(aspect, SurfaceKind::paper) != Paper::automatic;
    return as_paper && !as_screen ? SurfaceKind::paper : surface.kind;
}

PageRegion region_of(const Surface& surface, const Page& facts, cv::Size photo) {
    PageRegion out;
    const Quad grown_quad = grown_for_text(facts, surface.quad);
    out.whole = !touches_border(surface.quad, photo) && grown_quad == surface.quad;
    out.quad = upright(grown_quad, reading_angle(facts, grown_quad));
    out.kind = kind_of(surface, out, photo);
    return out;
}

PageRegion whole_region(const cv::Mat& photo, const Page& facts) {
    PageRegion out;
    out.found = false;
    out.whole = false;
    out.is_scan = is_scanned(photo) || is_drawn(photo);
    const Quad all = whole_photo(photo.size());
    out.quad = upright(all, reading_angle(facts, all));
    if (!facts.surfaces.empty() && facts.surfaces.front().kind == SurfaceKind::whiteboard) {
        out.kind = SurfaceKind::whiteboard;
    }
    return out;
}

bool is_candidate(const Surface& surface, cv::Size photo) {
    return surface.confidence >= least_confidence && area(surface.quad) >= least_area * photo.area();
}

// Rows from the top, and within a row from the left, as the text reads.
void sort_for_reading(std::vector<PageRegion>& regions, double reading) {
    const auto down = [&](const PageRegion& r) {
        const Point c = centre(r.quad);
        return -std::sin(reading) * c.x + std::cos(reading) * c.y;
    };
    const auto across = [&](const PageRegion& r) {
        const Point c = centre(r.quad);
        return std::cos(reading) * c.x + std::sin(reading) * c.y;
    };
    std::sort(regions.begin(), regions.end(), [&](const auto& a, const auto& b) { return down(a) < down(b); });
    for (auto first = regions.begin(); first != regions.end();) {
        const double row = down(*first) + reading_height(first->quad) / 2;
        const auto next = std::find_if(first, regions.end(), [&](const auto& r) { return down(r) > row; });
        std::sort(first, next, [&](const auto& a, const auto& b) { return across(a) < across(b); });
        first = next;
    }
}

// Sheets that lie beside one another: alike in size, each with text of its own, hardly any text elsewhere.
std::vector<PageRegion> sheets_beside(const Page& facts, cv::Size photo) {
    std::vector<PageRegion> out;
    float largest = 0;
    double together = 0;
    for (const Surface& surface : facts.surfaces) {
        const PageRegion region = region_of(surface, facts, photo);
        const double text = share_of_text(facts, region.quad);
        const bool clear = std::all_of(out.begin(), out.end(), [&](const PageRegion& other) {
            return share_within(region.quad, other.quad) < apart && share_within(other.quad, region.quad) < apart;
        });
        if (is_candidate(surface, photo) && has_text(facts, region.quad) && clear) {
            out.push_back(region);
            largest = std::max(largest, area(region.quad));
            together += text;
        }
    }
    const bool alike = std::all_of(out.begin(), out.end(),
                                   [&](const PageRegion& r) { return area(r.quad) >= similar_size * largest; });
    if (!alike || together < 1 - most_outside) {
        return {};
    }
    sort_for_reading(out, reading_angle(facts, whole_photo(photo)));
    return out;
}

} // namespace

bool is_content(const Line& line) {
    if (line.text.empty()) { // located, not read
        return line.confidence >= surely_located && reading_width(line.quad) >= least_length * reading_height(line.quad);
    }
    return line.confidence >= sure_line && line.text.size() >= least_letters;
}

std::vector<PageRegion> page_regions(const cv::Mat& photo, const Page& facts, const FlatOptions& options) {
    if (!options.crop || is_scanned(photo)) {
        return {whole_region(photo, facts)};
    }
    const std::vector<PageRegion> beside = sheets_beside(facts, photo.size());
    if (beside.size() > 1) {
        return beside;
    }
    for (const Surface& surface : facts.surfaces) {
        if (!is_candidate(surface, photo.size()) || share_of_text(facts, surface.quad) < holds_text) {
            continue;
        }
        const PageRegion region = region_of(surface, facts, photo.size());
        if (share_of_text(facts, region.quad) >= 1 - most_outside) {
            return {region};
        }
    }
    return {whole_region(photo, facts)};
}

} // namespace saring::image
