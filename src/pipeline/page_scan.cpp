// load ─ triage ─ surfaces ─ rectify ─ enhance ─ locate ─ recognise ─ layout. Triage runs the locator on a reduced
// decode: scenery leaves there. What follows is explained in the header of each stage.
#include "pipeline/page_scan.hpp"

#include "image/area_average.hpp"
#include "image/enhance.hpp"
#include "image/likeness.hpp"
#include "image/load_common.hpp"
#include "image/mapping.hpp"
#include "image/surfaces.hpp"
#include "output/reading.hpp"
#include "pipeline/overlays.hpp"
#include "pipeline/stopwatch.hpp"
#include "text/read.hpp"
#include "text/target.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>

namespace saring::pipeline {
namespace {

using image::View;
using text::Clock;
using text::TextRegion;

// At a third of the size, letters with an x-height of 10 pixels (the smallest that DESIGN.md promises) still have 3.3,
// which the locator sees.
constexpr int most_reduction = 3;
constexpr int least_triage_side = 1000; // pixels: smaller pictures are looked at whole
constexpr std::size_t few_regions = 3;  // so few need no surface to be straightened
constexpr double locate_pixels = 3.2e6; // of the picture on which lines are located for reading, at least

// Below about this x-height, in pixels of the picture that the locator sees, neighbouring lines run together.
constexpr float apart_x_height = 7;
constexpr double most_enlargement = 2.5;
constexpr double most_located_pixels = 7e6;

constexpr double empty_pixels = 4e4; // of the picture on which surfaces without text are looked for
constexpr double large_pixels = 3e5; // of the picture on which large letters are located, at most
constexpr float large_x_height = 12; // pixels of that picture: smaller ones are located on larger pictures

float small_x_height(const std::vector<TextRegion>& regions) {
    std::vector<float> heights;
    for (const TextRegion& region : regions) {
        heights.push_back(region.x_height);
    }
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 3);
    std::nth_element(heights.begin(), middle, heights.end());
    return *middle;
}

// A few places that the locator itself doubts: a second look at more pixels would only find more of them.
bool is_scenery(const std::vector<TextRegion>& regions) {
    constexpr float doubtful = 0.6F;
    return regions.size() <= few_regions &&
           std::all_of(regions.begin(), regions.end(), [](const TextRegion& r) { return r.confidence < doubtful; });
}

// Regions in the pixels of `page`, located at the size that suits reading: where most text turns out to be small, a
// second time on a larger picture.
std::vector<TextRegion> locate_for_reading(const View& page, std::vector<TextRegion> regions, double scale_now,
                                           text::TextLocator& locator) {
    const auto locate_at = [&](double scale_wanted) {
        const View work = image::rescaled(page, scale_wanted);
        scale_now = static_cast<double>(work.mat.cols) / page.mat.cols;
        regions = locator.locate(work.mat);
    };
    constexpr double same_size = 1.15;
    constexpr double reduction = most_reduction;
    const double pixels = static_cast<double>(page.mat.total());
    const double work = std::min(1.0, std::sqrt(std::max(locate_pixels, pixels / (reduction * reduction)) / pixels));
    if (work > same_size * scale_now && !is_scenery(regions)) {
        locate_at(work);
    }
    if (regions.size() > few_regions) {
        const double wanted = std::min({scale_now * apart_x_height / small_x_height(regions),
                                        std::sqrt(most_located_pixels / pixels), most_enlargement});
        if (wanted > same_size * scale_now) {
            locate_at(wanted);
        }
    }
    text::scale_up(regions, scale_now);
    return regions;
}

// Adds the regions that do not lie on known ones; where much smaller lines stand, they are what was located.
void add_new(std::vector<TextRegion> regions, std::vector<TextRegion>& known) {
    std::erase_if(regions, [&](const TextRegion& region) {
        constexpr float mostly = 0.5F;
        constexpr float some = 0.1F;
        constexpr float much_smaller = 0.5F;
        float share = 0;
        float small = 0;
        for (const TextRegion& other : known) {
            const float covered = share_within(region.quad, other.quad);
            share += covered;
            small += other.x_height < much_smaller * region.x_height ? covered : 0;
        }
        return share > mostly || small > some;
    });
    known.insert(known.end(), std::make_move_iterator(regions.begin()), std::make_move_iterator(regions.end()));
}

// Adds letters too large for the locator to see them whole, located on a small picture. In the pixels of `picture`.
void add_large_letters(const cv::Mat& picture, text::TextLocator& locator, std::vector<TextRegion>& known) {
    constexpr double least_reduction = 0.5;
    constexpr float sure = 0.66F; // confidence from which they alone make a picture worth reading
    const double scale = std::min(least_reduction, std::sqrt(large_pixels / static_cast<double>(picture.total())));
    const float least_confidence = known.size() <= few_regions ? sure : 0;
    std::vector<TextRegion> regions = locator.locate(image::area_averaged(picture, scale));
    std::erase_if(regions, [&](const TextRegion& region) {
        return region.x_height < large_x_height || region.confidence < least_confidence;
    });
    text::scale_up(regions, scale);
    add_new(std::move(regions), known);
}

// Whether most of the located text runs up or down the page.
bool lies_on_its_side(const std::vector<TextRegion>& regions) {
    float level = 0;
    float upright = 0;
    for (const TextRegion& region : regions) {
        const float off = std::abs(std::remainder(angle(region.quad), 180.0F));
        constexpr float half_way = 45;
        (off > half_way ? upright : level) += reading_width(region.quad) * region.confidence;
    }
    return upright > level;
}

// Fills in the colour that the lines are written in, and whether they are boxed; rules weigh it.
void look_at_inks(const View& page, std::vector<Line>& lines) {
    const cv::Rect whole(0, 0, page.mat.cols, page.mat.rows);
    for (Line& line : lines) {
        const Box box = bounding_box(page.mapping.from_original(line.quad));
        const cv::Rect place = cv::Rect(cv::Point(static_cast<int>(box.left), static_cast<int>(box.top)),
                                        cv::Point(static_cast<int>(box.right), static_cast<int>(box.bottom))) &
                               whole;
        if (!place.empty() && page.mat.channels() == 3) {
            line.ink = image::ink_of(page.mat(place));
            line.boxed = image::is_boxed(page.mat, place);
        }
    }
}

bool stands_in(const Line& line, const std::vector<Line>& layer) {
    const Box box = bounding_box(line.quad);
    float covered = 0;
    for (const Line& other : layer) {
        for (const Word& word : other.words) {
            covered += intersection_area(bounding_box(word.quad), box);
        }
    }
    constexpr float mostly = 0.5F;
    return covered > mostly * box.area();
}

// A file's own text goes first; what was read on the rendering stays where the file is silent, and is searched where it
// is not: the two may differ.
void add_text_layer(Page& page, std::vector<Line> layer) {
    if (layer.empty()) {
        return;
    }
    std::vector<Line> seen;
    for (Line& line : page.lines) {
        seen.push_back(line);
    }
    std::erase_if(page.lines, [&](const Line& line) { return stands_in(line, layer); });
    page.other_readings.push_back(std::move(seen));
    std::erase_if(page.unread, [&](const UnreadRegion& region) {
        Line place;
        place.quad = region.quad;
        return stands_in(place, layer);
    });
    layer.insert(layer.end(), std::make_move_iterator(page.lines.begin()), std::make_move_iterator(page.lines.end()));
    page.lines = std::move(layer);
}

// Surfaces in the pixels of the original.
std::vector<Surface> surfaces_of(const image::Pixels& reduced, image::Search search) {
    std::vector<Surface> out = image::find_surfaces(reduced.mat, search);
    for (Surface& surface : out) {
        for (Point& p : surface.quad.corners) {
            p = {static_cast<float>(p.x / reduced.scale), static_cast<float>(p.y / reduced.scale)};
        }
    }
    return out;
}

image::Pixels smaller(const image::Pixels& picture, double most_pixels) {
    const double factor = std::min(1.0, std::sqrt(most_pixels / static_cast<double>(picture.mat.total())));
    return {image::area_averaged(picture.mat, factor), picture.scale * factor};
}

// What the located lines of a page are, and the picture on which they are to be read.
struct Located {
    View page; // maps to the original; lies level
    std::vector<TextRegion> regions;
};

// The longer side of the reduced picture on which scenery is told from text.
int triage_side(cv::Size page) {
    return std::max(least_triage_side, std::max(page.width, page.height) / most_reduction);
}

// The longer side of the picture on which the lines of a page are located that surely has some.
int reading_side(cv::Size page) {
    const double scale = std::sqrt(locate_pixels / page.area());
    return std::max(triage_side(page),
                    static_cast<int>(std::ceil(std::min(1.0, scale) * std::max(page.width, page.height))));
}

// Triage, surfaces and locate. Scenery leaves after triage, with an empty view.
Located locate_lines(image::Document& document, int index, const Tools& tools, Straighten straighten, Page& out,
                     std::map<std::string, double>& timings) {
    Located located;
    const cv::Size size = document.page_size(index);
    out.index = index;
    out.width = size.width;
    out.height = size.height;
    image::Pixels reduced;
    {
        const Stopwatch watch(timings, "load");
        reduced = document.load(index, straighten == Straighten::surfaces ? triage_side(size) : reading_side(size));
    }
    {
        const Stopwatch watch(timings, "triage");
        located.regions = tools.locator.locate(reduced.mat);
        if (located.regions.size() <= few_regions) {
            add_large_letters(reduced.mat, tools.locator, located.regions);
        }
        out.likeness = image::likeness_of(reduced.mat);
    }
    if (straighten == Straighten::surfaces) { // empty boards and sheets are told, too, on a smaller picture
        const Stopwatch watch(timings, "surfaces");
        out.surfaces = located.regions.size() > few_regions
                           ? surfaces_of(reduced, image::Search::thorough)
                           : surfaces_of(smaller(reduced, empty_pixels), image::Search::hasty);
    }
    if (located.regions.empty()) {
        return located;
    }
    {
        const Stopwatch watch(timings, "load");
        image::Pixels full = reduced.scale < 1 ? document.load(index) : reduced;
        located.page = {full.mat, image::Mapping::scaled(full.scale)};
    }
    const Stopwatch watch(timings, "locate");
    double scale = reduced.scale * size.width / located.page.mat.cols;
    // Lines are seen best when they lie level; what may be scenery gets no second look for that either.
    if (!is_scenery(located.regions) && lies_on_its_side(located.regions)) {
        constexpr int quarter = 90;
        located.page = image::turned_by(located.page, quarter);
        scale = std::min(1.0, std::sqrt(locate_pixels / static_cast<double>(located.page.mat.total())));
        located.regions = tools.locator.locate(image::rescaled(located.page, scale).mat);
    }
    located.regions = locate_for_reading(located.page, std::move(located.regions), scale, tools.locator);
    if (!is_scenery(located.regions)) {
        add_large_letters(located.page.mat, tools.locator, located.regions);
    }
    return located;
}

// Front cameras give a mirror's picture; what is few is rather scenery.
bool is_mirrored(const Located& located, const Tools& tools, std::map<std::string, double>& timings) {
    if (located.regions.size() <= few_regions) {
        return false;
    }
    const Stopwatch watch(timings, "recognise");
    return text::Reader(tools.engine, tools.recogniser, tools.terms).is_mirrored(located.page, located.regions);
}

// Whether lines were located as a block, so close that they run together: much taller than a line, and large.
bool has_block(const std::vector<TextRegion>& regions, double pixels) {
    constexpr float lines = 5;
    constexpr double large = 0.1; // share of the picture
    const float usual = small_x_height(regions);
    return std::any_of(regions.begin(), regions.end(), [&](const TextRegion& region) {
        return region.x_height > lines * usual && area(region.quad) > large * pixels;
    });
}

// The lines one by one, of print so small and dense that it was located as a block; none where there is no block.
std::vector<TextRegion> lines_of_blocks(const View& page, const std::vector<TextRegion>& regions,
                                        text::TextLocator& locator) {
    const auto pixels = static_cast<double>(page.mat.total());
    if (regions.size() <= few_regions || !has_block(regions, pixels)) {
        return {};
    }
    const View work = image::rescaled(page, std::min(most_enlargement, std::sqrt(most_located_pixels / pixels)));
    std::vector<TextRegion> lines = locator.locate(work.mat, text::Blocks::parted);
    text::scale_up(lines, static_cast<double>(work.mat.cols) / page.mat.cols);
    return lines;
}

// Recognise, with the overlays.
void read_lines(const Located& located, const Tools& tools, text::Deadline deadline, bool is_upright, Page& out,
                std::map<std::string, double>& timings) {
    const std::vector<TextRegion>& regions = located.regions;
    if (regions.empty()) {
        return;
    }
    const Stopwatch watch(timings, "recognise");
    const bool is_page = regions.size() > few_regions;
    const std::vector<Surface> straightened = is_page ? out.surfaces : std::vector<Surface>();
    text::Reader reader(tools.engine, tools.recogniser, tools.terms);
    text::PageReading reading = reader.read(located.page, straightened, regions, deadline, is_upright);
    const std::vector<TextRegion> lines = lines_of_blocks(located.page, regions, tools.locator);
    reader.spot(located.page, lines, deadline, reading);
    out.lines = std::move(reading.lines);
    out.other_readings = std::move(reading.other_readings);
    out.unread = std::move(reading.unread);
    out.rotation = reading.rotation;
    if (is_page) { // stamps stand on what is written, and are told from it by their size
        read_overlays(located.page, lines.empty() ? regions : lines, reading.surely_read, tools, deadline, out);
    }
    look_at_inks(located.page, out.lines);
    for (std::vector<Line>& flow : out.other_readings) {
        look_at_inks(located.page, flow);
    }
}

// What was read on the reflection of a page (at `scale` of it), where it stands on the page itself. Quads run clockwise
// on the page, so that they begin at the left of mirrored writing.
void take_reflected(Page there, double scale, Page& out) {
    const auto back = [&](Quad& quad) {
        for (Point& p : quad.corners) {
            p = {static_cast<float>((static_cast<float>(there.width) - p.x) / scale), static_cast<float>(p.y / scale)};
        }
        std::swap(quad.corners[0], quad.corners[1]);
        std::swap(quad.corners[2], quad.corners[3]);
    };
    const auto all_back = [&](std::vector<Line>& lines) {
        for (Line& line : lines) {
            back(line.quad);
            for (Word& word : line.words) {
                back(word.quad);
            }
        }
    };
    all_back(there.lines);
    std::for_each(there.other_readings.begin(), there.other_readings.end(), all_back);
    for (UnreadRegion& region : there.unread) {
        back(region.quad);
    }
    constexpr int whole_turn = 360;
    out.rotation = (whole_turn - there.rotation) % whole_turn;
    out.lines = std::move(there.lines);
    out.other_readings = std::move(there.other_readings);
    out.unread = std::move(there.unread);
}

} // namespace

FirstLook look_at(const cv::Mat& photo, const Tools& tools, std::map<std::string, double>& timings) {
    image::DecodedPicture document(photo);
    FirstLook look;
    Page& out = look.page;
    const Located located = locate_lines(document, 0, tools, Straighten::nothing, out, timings);
    {
        const Stopwatch watch(timings, "surfaces");
        // Made of the photo itself: edges that are reduced twice give other quads.
        out.surfaces = surfaces_of(document.load(0, triage_side(photo.size())), image::Search::thorough);
    }
    if (located.regions.empty()) {
        return look;
    }
    const Stopwatch watch(timings, "recognise");
    const text::Upright upright =
        text::Reader(tools.engine, tools.recogniser, tools.terms).upright(located.page, out.surfaces, located.regions);
    out.rotation = upright.turn;
    look.is_turn_sure = upright.sure;
    for (const TextRegion& region : located.regions) {
        Line& line = out.lines.emplace_back();
        line.quad = located.page.mapping.to_original(region.quad);
        constexpr float half_way = 90; // degrees: the locator's guess at the beginning of a line is less sure than ours
        if (std::abs(std::remainder(angle(line.quad) + static_cast<float>(out.rotation), 360.0F)) > half_way) {
            line.quad = text::from_other_end(line.quad);
        }
        line.confidence = region.confidence;
        line.x_height = static_cast<float>(region.x_height * located.page.mapping.magnification(centre(region.quad)));
    }
    return look;
}

Page read_page(image::Document& document, int index, const Tools& tools, const Limits& limits,
               std::map<std::string, double>& timings, Straighten straighten, bool is_upright) {
    const text::Deadline deadline = Clock::now() + limits.page_time;
    Page out;
    const Located located = locate_lines(document, index, tools, straighten, out, timings);
    if (is_mirrored(located, tools, timings)) {
        const image::Pixels photo = document.load(index);
        cv::Mat reflected;
        cv::flip(photo.mat, reflected, 1);
        image::DecodedPicture picture(std::move(reflected));
        Page there;
        const Located lines = locate_lines(picture, 0, tools, straighten, there, timings);
        read_lines(lines, tools, deadline, is_upright, there, timings);
        take_reflected(std::move(there), photo.scale, out);
    } else {
        read_lines(located, tools, deadline, is_upright, out, timings);
    }
    out.seconds = document.seconds(index);
    add_text_layer(out, document.text_layer(index));
    for (UnreadRegion& region : document.not_rendered(index)) {
        out.unread.push_back(std::move(region));
    }
    output::settle(out);
    return out;
}

} // namespace saring::pipeline
