// load ─ triage ─ surfaces ─ rectify ─ enhance ─ locate ─ recognise ─ layout. Triage runs the locator on a reduced
// decode: scenery leaves there. What follows is explained in the header of each stage.
#include "pipeline/page_scan.hpp"

#include "image/mapping.hpp"
#include "image/surfaces.hpp"
#include "text/read.hpp"

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
constexpr double locate_pixels = 3.2e6; // of the picture on which lines are located for reading, at least

class Stopwatch {
public:
    Stopwatch(std::map<std::string, double>& timings, const char* stage) : timings_(timings), stage_(stage) {}
    ~Stopwatch() { timings_[stage_] += std::chrono::duration<double, std::milli>(Clock::now() - begin_).count(); }
    Stopwatch(const Stopwatch&) = delete;
    Stopwatch& operator=(const Stopwatch&) = delete;

private:
    std::map<std::string, double>& timings_;
    const char* stage_;
    Clock::time_point begin_ = Clock::now();
};

void scale(TextRegion& region, double factor) {
    for (Point& p : region.quad.corners) {
        p = {static_cast<float>(p.x * factor), static_cast<float>(p.y * factor)};
    }
    region.x_height *= static_cast<float>(factor);
}

// Regions in the pixels of `page`, located at the size that suits reading.
std::vector<TextRegion> locate_for_reading(const View& page, std::vector<TextRegion> from_triage, double triage_scale,
                                           text::TextLocator& locator) {
    constexpr double reduction = most_reduction;
    const double pixels = std::max(locate_pixels, static_cast<double>(page.mat.total()) / (reduction * reduction));
    const View work = image::at_most(page, pixels);
    const double work_scale = static_cast<double>(work.mat.cols) / page.mat.cols;
    constexpr double same_size = 1.15;
    const bool finer = work_scale > same_size * triage_scale;
    std::vector<TextRegion> regions = finer ? locator.locate(work.mat) : std::move(from_triage);
    for (TextRegion& region : regions) {
        scale(region, 1 / (finer ? work_scale : triage_scale));
    }
    return regions;
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

} // namespace

Page read_page(image::Document& document, int index, const Tools& tools, const Limits& limits,
               std::map<std::string, double>& timings) {
    const text::Deadline deadline = Clock::now() + limits.page_time;
    Page out;
    out.index = index;
    const cv::Size size = document.page_size(index);
    out.width = size.width;
    out.height = size.height;
    const int longest = std::max(size.width, size.height);
    image::Pixels reduced;
    {
        const Stopwatch watch(timings, "load");
        reduced = document.load(index, std::max(least_triage_side, longest / most_reduction));
    }
    std::vector<TextRegion> regions;
    {
        const Stopwatch watch(timings, "triage");
        regions = tools.locator.locate(reduced.mat);
    }
    if (!regions.empty()) {
        {
            const Stopwatch watch(timings, "surfaces");
            out.surfaces = image::find_surfaces(reduced.mat);
            for (Surface& surface : out.surfaces) {
                for (Point& p : surface.quad.corners) {
                    p = {static_cast<float>(p.x / reduced.scale), static_cast<float>(p.y / reduced.scale)};
                }
            }
        }
        View page;
        {
            const Stopwatch watch(timings, "load");
            image::Pixels full = reduced.scale < 1 ? document.load(index) : std::move(reduced);
            page = {full.mat, image::Mapping::scaled(full.scale)};
        }
        {
            const Stopwatch watch(timings, "locate");
            const double triage_scale = reduced.scale * size.width / page.mat.cols;
            regions = locate_for_reading(page, std::move(regions), triage_scale, tools.locator);
        }
        const Stopwatch watch(timings, "recognise");
        text::PageReading reading = text::Reader(tools.engine).read(page, out.surfaces, regions, deadline);
        out.lines = std::move(reading.lines);
        out.other_readings = std::move(reading.other_readings);
        out.unread = std::move(reading.unread);
        out.rotation = reading.rotation;
    }
    add_text_layer(out, document.text_layer(index));
    for (UnreadRegion& region : document.not_rendered(index)) {
        out.unread.push_back(std::move(region));
    }
    return out;
}

} // namespace saring::pipeline
