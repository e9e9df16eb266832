// The order of the steps from a photo to its pages; each step is a file of its own.
#include "image/flat_page.hpp"

#include "image/area_average.hpp"
#include "image/clean_page.hpp"
#include "image/likeness.hpp"
#include "image/page_boundary.hpp"
#include "image/page_grid.hpp"
#include "image/page_margins.hpp"
#include "image/page_split.hpp"
#include "image/paper_size.hpp"
#include "image/unroll.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace saring::image {
namespace {

SurfaceKind kind_for(PageMode mode, SurfaceKind seen) {
    switch (mode) {
    case PageMode::document: return SurfaceKind::paper;
    case PageMode::whiteboard: return SurfaceKind::whiteboard;
    case PageMode::slide: return SurfaceKind::slide;
    case PageMode::note: return SurfaceKind::note;
    case PageMode::automatic: break;
    }
    return seen;
}

Paper paper_for(const FlatOptions& options, const FlatWay& flat, const PageRegion& region) {
    if (options.paper != Paper::automatic) {
        return options.paper;
    }
    return flat.exact_aspect || region.is_scan ? paper_near(flat.size.width / flat.size.height, region.kind)
                                               : Paper::automatic;
}

// Read lines of the region, on the page.
std::vector<Quad> content_of(const Page& facts, const PageRegion& region, const DenseMapping& mapping) {
    std::vector<Quad> out;
    for (const Line& line : facts.lines) {
        if (is_content(line) && contains(region.quad, centre(line.quad))) {
            out.push_back(from_original(mapping, line.quad));
        }
    }
    return out;
}

// Nothing was read and hardly anything is darker than paper.
bool is_blank(const cv::Mat& shown, const std::vector<Quad>& content) {
    if (!content.empty()) {
        return false;
    }
    constexpr int side = 800;           // pixels: noise averages out, a pen stroke stays
    constexpr int ink = 215;            // grey level
    constexpr double margin = 0.03;     // of the sides, where shadows and holes are
    constexpr double most_ink = 0.0006; // of the area: a few specks
    const double scale = std::min(1.0, static_cast<double>(side) / std::max(shown.cols, shown.rows));
    const cv::Mat small = area_averaged(shown, scale);
    const auto x = static_cast<int>(margin * small.cols);
    const auto y = static_cast<int>(margin * small.rows);
    const cv::Mat inner = small(cv::Rect(x, y, small.cols - 2 * x, small.rows - 2 * y));
    cv::Mat level;
    cv::cvtColor(inner, level, cv::COLOR_BGR2GRAY);
    return cv::countNonZero(level < ink) < most_ink * static_cast<double>(level.total());
}

FlatPage page_of(const cv::Mat& photo, PageRegion region, const Page& facts, const FlatOptions& options) {
    region.kind = kind_for(options.mode, region.kind);
    const FlatWay flat = flat_way(photo, region, facts);
    const PaperSize size = paper_size(flat.size, paper_for(options, flat, region), region.kind, options.most_dpi);
    const auto across = static_cast<float>(flat.size.width / size.pixels.width);
    const auto down = static_cast<float>(flat.size.height / size.pixels.height);

    FlatPage page;
    page.dpi = size.dpi;
    page.kind = region.kind;
    page.found = region.found;
    page.curled = flat.curled;
    page.mapping = dense_mapping([&](Point p) { return flat.way({p.x * across, p.y * down}); }, size.pixels);
    page.reading = taken_along(photo, page.mapping, size.pixels);
    page.shown = clean_page(page.reading, region.kind, region.found);
    const std::vector<Quad> content = content_of(facts, region, page.mapping);
    if (!region.is_scan && region.kind != SurfaceKind::slide && region.kind != SurfaceKind::screen) {
        const bool is_sheet = region.found && region.kind != SurfaceKind::whiteboard;
        clear_margins(page.shown, photo, page.mapping, content, !is_sheet);
    }
    page.blank = is_blank(page.shown, content);
    page.likeness = likeness_of(page.shown);
    return page;
}

// Too thin for anything to be seen on it: reduced pictures of it would be empty.
bool is_sliver(const cv::Mat& photo) {
    constexpr int least_side = 16; // pixels
    constexpr int most_aspect = 40;
    const int shorter = std::min(photo.cols, photo.rows);
    return shorter < least_side || std::max(photo.cols, photo.rows) > most_aspect * shorter;
}

FlatPage as_it_is(const cv::Mat& photo) {
    FlatPage page;
    page.found = false;
    page.reading = photo.clone();
    page.shown = photo.clone();
    page.mapping = dense_mapping([](Point p) { return p; }, photo.size());
    return page;
}

} // namespace

std::vector<FlatPage> flatten_pages(const cv::Mat& photo, const Page& facts, const FlatOptions& options) {
    if (is_sliver(photo)) {
        return {as_it_is(photo)};
    }
    std::vector<FlatPage> pages;
    for (const PageRegion& region : page_regions(photo, facts, options)) {
        for (const PageRegion& leaf : split_spread(photo, region, facts)) {
            pages.push_back(page_of(photo, leaf, facts, options));
        }
    }
    return pages;
}

} // namespace saring::image
