// First the region is seen as a plane. Lines of writing on that reduced picture tell whether they run straight and
// level. If they only lean, the plane is turned; if they bend or fan out, a sheet is fitted to them (sheet_fit.cpp) and
// its page is cut where the region's edges lie on it. Each proposal is drawn small and its lines are found anew: it is
// taken only if they are straighter than before and none got lost, so a flat page cannot be bent by a bad fit.
#include "image/unroll.hpp"

#include "image/enhance.hpp"
#include "image/mapping.hpp"
#include "image/sheet.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace saring::image {
namespace {

constexpr double preview_side = 1600; // pixels: letters of an A4 page have an x-height of 9
constexpr double straight_bend =
    0.0010;                         // of the page's width: the root mean square that counts as straight, 0.2 mm on A4
constexpr double level_fan = 0.5;   // degrees that lines differ on a page seen well
constexpr double level_skew = 0.25; // degrees; less is not seen
constexpr double most_skew = 20;    // degrees; more is no skew but a misread direction
constexpr int least_lines = 4;      // from which lines of writing are believed
constexpr int least_lines_unbound =
    10;                       // the same where no boundary says that there is a sheet: signs lie in many planes
constexpr int least_read = 3; // lines that a scan read, without which a whole photo's rows of something are no writing
constexpr double better_by = 0.75;   // of the residual before, that a new way must reach
constexpr double lines_kept = 0.6;   // of the lines before, that must be found again
constexpr double text_margin = 0.02; // of the text's width, kept around it at least
constexpr double most_margin = 0.6;  // of the text's width, that a page may reach beyond its text
constexpr int edge_samples = 12;
constexpr double outer_share = 0.15; // of an edge's samples may lie outside of the cut

struct Preview {
    cv::Mat gray;
    double scale = 1; // page units a preview pixel
    TextChains text;
    Straightness straight;
};

Preview preview(const cv::Mat& photo_gray, const FlatWay& flat) {
    Preview out;
    out.scale = std::max(1.0, std::max(flat.size.width, flat.size.height) / preview_side);
    const cv::Size size(std::max(1, static_cast<int>(flat.size.width / out.scale)),
                        std::max(1, static_cast<int>(flat.size.height / out.scale)));
    const auto scale = static_cast<float>(out.scale);
    const WayBack small = [&](Point p) { return flat.way({p.x * scale, p.y * scale}); };
    out.gray = taken_along(photo_gray, dense_mapping(small, size), size);
    out.text = find_text_chains(out.gray);
    out.straight = straightness(out.text, size.width);
    return out;
}

FlatWay plane(const PageRegion& region, cv::Size photo) {
    const auto& c = region.quad.corners;
    const auto side = [](Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); };
    const double width = std::max(side(c[0], c[1]), side(c[3], c[2]));
    const double height = std::max(side(c[0], c[3]), side(c[1], c[2]));
    const double aspect = region.found ? aspect_of(region.quad, photo) : width / std::max(1.0, height);
    const double mean = std::sqrt(std::max(1.0, width * height));
    FlatWay out;
    out.size =
        region.found ? cv::Size2d(mean * std::sqrt(aspect), mean / std::sqrt(aspect)) : cv::Size2d(width, height);
    // A homography of the unit square, so that the page's size may be fractional.
    constexpr int unit = 1;
    const Mapping mapping = Mapping::of_quad(region.quad, {unit, unit});
    const auto w = static_cast<float>(out.size.width);
    const auto h = static_cast<float>(out.size.height);
    out.way = [mapping, w, h](Point p) { return mapping.to_original(Point{p.x / w, p.y / h}); };
    out.exact_aspect = region.whole;
    return out;
}

// The plane turned so that text which leans by `degrees` stands level. A whole photo grows so that no corner is lost.
FlatWay turned(const FlatWay& flat, double degrees, bool grow) {
    const double radians = degrees * std::numbers::pi / 180;
    const double c = std::cos(radians);
    const double s = std::sin(radians);
    FlatWay out = flat;
    if (grow) {
        out.size = {std::abs(c) * flat.size.width + std::abs(s) * flat.size.height,
                    std::abs(s) * flat.size.width + std::abs(c) * flat.size.height};
    }
    out.way = [way = flat.way, from = flat.size, to = out.size, c, s](Point p) {
        const double dx = p.x - to.width / 2;
        const double dy = p.y - to.height / 2;
        return way({static_cast<float>(from.width / 2 + c * dx - s * dy),
                    static_cast<float>(from.height / 2 + s * dx + c * dy)});
    };
    return out;
}

double quantile(std::vector<double> values, double share) {
    const auto nth = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), nth, values.end());
    return *nth;
}

// Where a side of the region lies on the sheet.
std::vector<cv::Point2d> side_on_sheet(const Sheet& sheet, Point a, Point b) {
    std::vector<cv::Point2d> out;
    for (int i = 0; i <= edge_samples; ++i) {
        const float t = static_cast<float>(i) / edge_samples;
        out.push_back(sheet.from_photo({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)}));
    }
    return out;
}

struct Cut {
    double left;
    double top;
    double right;
    double bottom;
};

// The page on the sheet: the region's sides, but never into text and never far into the unknown.
Cut cut_of(const SheetFit& fit, const PageRegion& region, const std::vector<cv::Point2d>& text) {
    const auto& c = region.quad.corners;
    const auto outermost = [&](std::size_t from, std::size_t to, bool low, auto member) {
        std::vector<double> values;
        for (const cv::Point2d p : side_on_sheet(fit.sheet, c.at(from), c.at(to))) {
            values.push_back(p.*member);
        }
        return quantile(values, low ? outer_share : 1 - outer_share);
    };
    Cut content{fit.left, fit.top, fit.right, fit.bottom};
    for (const cv::Point2d p : text) {
        content = {std::min(content.left, p.x), std::min(content.top, p.y), std::max(content.right, p.x),
                   std::max(content.bottom, p.y)};
    }
    const auto bounded = [](double edge, double content_edge, double outwards) {
        const double a = content_edge + outwards * text_margin;
        const double b = content_edge + outwards * most_margin;
        return std::clamp(edge, std::min(a, b), std::max(a, b));
    };
    return {bounded(outermost(0, 3, true, &cv::Point2d::x), content.left, -1),
            bounded(outermost(0, 1, true, &cv::Point2d::y), content.top, -1),
            bounded(outermost(1, 2, false, &cv::Point2d::x), content.right, 1),
            bounded(outermost(3, 2, false, &cv::Point2d::y), content.bottom, 1)};
}

// Corners of the read lines that lie in the region, on the sheet.
std::vector<cv::Point2d> text_on_sheet(const Sheet& sheet, const PageRegion& region, const Page& facts) {
    std::vector<cv::Point2d> out;
    for (const Line& line : facts.lines) {
        if (is_content(line) && contains(region.quad, centre(line.quad))) {
            for (const Point corner : line.quad.corners) {
                out.push_back(sheet.from_photo(corner));
            }
        }
    }
    return out;
}

std::optional<FlatWay> unrolled(const Preview& seen, const FlatWay& flat, const PageRegion& region, const Page& facts,
                                cv::Size photo) {
    std::vector<TextChain> chains = seen.text.chains;
    const auto scale = static_cast<float>(seen.scale);
    for (TextChain& chain : chains) {
        for (Point& p : chain) {
            p = flat.way({p.x * scale, p.y * scale});
        }
    }
    const Sheet::Frame frame{{static_cast<float>(photo.width) / 2, static_cast<float>(photo.height) / 2},
                             std::max(photo.width, photo.height) / 2.0,
                             angle(region.quad)};
    const bool rigid = region.kind == SurfaceKind::slide || region.kind == SurfaceKind::screen;
    const auto fit = fit_sheet(chains, frame, seen.text.x_height * seen.scale, rigid);
    if (!fit) {
        return std::nullopt;
    }
    const Cut cut = cut_of(*fit, region, text_on_sheet(fit->sheet, region, facts));
    // Photo pixels a unit of the sheet, in the middle of its text.
    constexpr double small = 0.01;
    const double y = (fit->top + fit->bottom) / 2;
    const Point here = fit->sheet.to_photo(0.5, y);
    const Point beside = fit->sheet.to_photo(fit->sheet.across_at(fit->sheet.along(0.5) + small), y);
    const Point below = fit->sheet.to_photo(0.5, y + small);
    const double detail =
        std::max(std::hypot(beside.x - here.x, beside.y - here.y), std::hypot(below.x - here.x, below.y - here.y)) /
        small;
    const double from = fit->sheet.along(cut.left);
    FlatWay out;
    out.size = {(fit->sheet.along(cut.right) - from) * detail, (cut.bottom - cut.top) * detail};
    out.way = [sheet = fit->sheet, from, top = cut.top, detail](Point p) {
        return sheet.to_photo(sheet.across_at(from + p.x / detail), top + p.y / detail);
    };
    out.curled = !rigid && seen.straight.bend > straight_bend * seen.gray.cols;
    out.exact_aspect = region.whole;
    return out;
}

// Residuals of pictures of different scale are compared in x-heights.
double unevenness(const Preview& seen) {
    return seen.text.x_height > 0 ? seen.straight.residual / seen.text.x_height : 0;
}

bool is_better(const Preview& now, const Preview& before) {
    return now.straight.lines >= lines_kept * before.straight.lines && unevenness(now) < better_by * unevenness(before);
}

} // namespace

FlatWay flat_way(const cv::Mat& photo, const PageRegion& region, const Page& facts) {
    const FlatWay flat = plane(region, photo.size());
    if (region.is_scan) {
        return flat;
    }
    const cv::Mat photo_gray = gray(photo);
    const Preview seen = preview(photo_gray, flat);
    const Straightness& lines = seen.straight;
    const auto read = std::count_if(facts.lines.begin(), facts.lines.end(), is_content);
    const bool has_lines = lines.lines >= least_lines && (region.found || read >= least_read);
    if (!has_lines || std::abs(lines.skew) > most_skew) {
        return flat;
    }
    // Writing on a board is not level by itself.
    const bool tells = region.kind != SurfaceKind::whiteboard && (region.found || lines.lines >= least_lines_unbound);
    if (tells && (lines.bend > straight_bend * seen.gray.cols || lines.fan > level_fan)) {
        if (const auto sheet = unrolled(seen, flat, region, facts, photo.size());
            sheet && is_better(preview(photo_gray, *sheet), seen)) {
            return *sheet;
        }
    }
    if (std::abs(lines.skew) > level_skew) {
        const FlatWay level = turned(flat, lines.skew, !region.found);
        if (is_better(preview(photo_gray, level), seen)) {
            return level;
        }
    }
    return flat;
}

} // namespace saring::image
