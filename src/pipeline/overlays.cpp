// Idea: print hides what lies across it from the locator and from every reader. Four properties tell an overlay from
// print: colour (stamps), being paler with a broader pen, taking or adding one share of the light whatever it lies on
// (watermarks), and being bolder (black stamps). Each gives a grey picture in which print is gone. Marks are located by
// a network of their own there, and once on the page itself where letters are much larger than the rest. Where print
// leaves no letters, a row of spots across the page still tells that there is something. Limits: a small black stamp,
// or a watermark as thin as print, has none of them.
#include "pipeline/overlays.hpp"

#include "image/coloured_ink.hpp"
#include "image/enhance.hpp"
#include "image/ink_mask.hpp"
#include "image/ink_row.hpp"
#include "text/aslant.hpp"
#include "text/read.hpp"
#include "text/target.hpp"
#include "text/text_area.hpp"
#include "text/whole_line.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <optional>

namespace saring::pipeline {
namespace {

using image::View;
using text::ends_of;
using text::TextRegion;
using text::turn_between;

constexpr double ink_pixels = 1.5e6; // of the picture on which overlays are read
constexpr double large_pixels = 3e5; // of the picture on which watermarks and other large letters are located
// Degrees to the lines: diagonals of a page of the A series have 35 or 55, those of a slide 30 or 60.
constexpr std::array diagonals{37.0, -37.0, 55.0, -55.0};

// Whether `region` is one of the lines that are known already: the same place, size and direction.
bool is_known(const TextRegion& region, const std::vector<TextRegion>& known) {
    return std::any_of(known.begin(), known.end(), [&](const TextRegion& other) {
        constexpr float same_turn = 8; // degrees
        constexpr float same_size = 1.6F;
        constexpr float mostly = 0.5F;
        const float ratio = region.x_height / std::max(0.1F, other.x_height);
        return turn_between(region.quad, other.quad) < same_turn && ratio < same_size && ratio > 1 / same_size &&
               share_within(region.quad, other.quad) > mostly;
    });
}

// The region in the pixels of another picture of the same original.
TextRegion carried(const TextRegion& region, const image::Mapping& from, const image::Mapping& to) {
    const Point here = centre(region.quad);
    const double there = to.magnification(to.from_original(from.to_original(here)));
    return text::moved(
        region, [&](Point p) { return to.from_original(from.to_original(p)); },
        static_cast<float>(from.magnification(here) / there));
}

std::vector<TextRegion> carried(const std::vector<TextRegion>& regions, const image::Mapping& from,
                                const image::Mapping& to) {
    std::vector<TextRegion> out;
    for (const TextRegion& region : regions) {
        out.push_back(carried(region, from, to));
    }
    return out;
}

bool cover_each_other(const Quad& a, const Quad& b, float share) {
    return share_within(a, b) > share && share_within(b, a) > share;
}

// Whether one of the lines (in original pixels) stands there and is about as large.
bool is_one_of(const std::vector<Quad>& lines, const Quad& in_page, const image::Mapping& mapping) {
    return std::any_of(lines.begin(), lines.end(), [&](const Quad& line) {
        constexpr float same_turn = 15; // degrees
        constexpr float mostly = 0.6F;
        const Quad there = mapping.from_original(line);
        return turn_between(there, in_page) < same_turn && cover_each_other(there, in_page, mostly);
    });
}

// The share of the region that other regions cover.
float share_covered(const TextRegion& region, const std::vector<TextRegion>& by) {
    float share = 0;
    for (const TextRegion& other : by) {
        share += share_within(region.quad, other.quad);
    }
    return share;
}

constexpr int strong = 170; // grey level of pictures of ink

// The part of the picture where there is strong ink, and what the locators want to see around it.
cv::Rect around_ink(const cv::Mat& strokes) {
    constexpr int margin = 48; // pixels
    const cv::Rect box = cv::boundingRect(strokes < strong);
    const cv::Rect grown(box.x - margin, box.y - margin, box.width + 2 * margin, box.height + 2 * margin);
    return box.empty() ? box : grown & cv::Rect(0, 0, strokes.cols, strokes.rows);
}

// Whether there is strong ink where the locator saw strokes, or only a tint.
bool is_inked(const TextRegion& region, const cv::Mat& strokes) {
    constexpr float enough = 0.1F;
    const auto inked = std::count_if(region.marks.begin(), region.marks.end(), [&](Point p) {
        const int x = std::clamp(static_cast<int>(p.x), 0, strokes.cols - 1);
        const int y = std::clamp(static_cast<int>(p.y), 0, strokes.rows - 1);
        return strokes.at<std::uint8_t>(y, x) < strong;
    });
    return static_cast<float>(inked) >= enough * static_cast<float>(region.marks.size());
}

enum class Strokes : std::uint8_t {
    whole,
    broken, // perhaps: torn by print, pale
};

// Reads what is laid over or under a page on a picture of its strokes alone, dark on white.
class Overlay {
public:
    using IsWanted = std::function<bool(const TextRegion& in_strokes, const TextRegion& in_page)>;
    using MayHold = std::function<bool(const Quad& in_page)>;

    // `known`: the page's own lines, in its pixels.
    Overlay(const View& page, const std::vector<TextRegion>& known, const Tools& tools, text::Deadline deadline)
        : page_(page), known_(known), aslant_(known), tools_(tools), deadline_(deadline) {}

    // Whether the region is none of the page's own lines; what lies across them never is.
    [[nodiscard]] bool is_new(const TextRegion& in_page) const {
        return !is_known(in_page, known_) || lies_across(in_page);
    }

    [[nodiscard]] bool lies_across(const TextRegion& in_page) const { return aslant_.lies_across(in_page); }

    [[nodiscard]] bool stands_on_end(const Quad& in_page) const { return aslant_.stands_on_end(in_page); }

    // Strokes in one channel: `small` to locate them on, `in_full` to read what was located. What is not read stays
    // unread where it may hold the photo. Gives what was wanted, in the page's pixels, but nothing that is only seen
    // where broken strokes are made thicker: hatching and scribbles then look like lines, too, so that only what is
    // read there tells.
    std::vector<TextRegion> read(const View& small, const std::function<View()>& in_full, const IsWanted& is_wanted,
                                 const MayHold& may_hold, Page& out, Strokes strokes_are = Strokes::whole) {
        std::vector<TextRegion> whole =
            located(small, is_wanted, [&](const cv::Mat& bgr) { return seen_by_either(bgr); });
        std::vector<TextRegion> broken;
        if (strokes_are == Strokes::broken) {
            broken = located(small, is_wanted,
                             [&](const cv::Mat& bgr) { return tools_.locator.locate(image::thickened(bgr)); });
        }
        if (whole.empty() && broken.empty()) {
            return {};
        }
        const View strokes = in_full();
        whole = carried(whole, small.mapping, strokes.mapping);
        broken = carried(broken, small.mapping, strokes.mapping);
        make_whole(whole, strokes);
        std::erase_if(broken, [&](const TextRegion& region) {
            return is_known(region, whole) || !is_new(in_page(region, strokes.mapping));
        });
        std::vector<TextRegion> all = whole;
        all.insert(all.end(), broken.begin(), broken.end());
        if (!all.empty()) {
            text::PageReading reading =
                text::Reader(tools_.engine, tools_.recogniser, tools_.terms, text::Layer::overlay)
                    .read({coloured(strokes.mat), strokes.mapping}, {}, all, deadline_);
            set_apart(reading, in_page(all, strokes.mapping));
            add(reading, may_hold, in_page(broken, strokes.mapping), out);
        }
        return in_page(whole, strokes.mapping);
    }

private:
    static cv::Mat coloured(const cv::Mat& gray) {
        cv::Mat out;
        cv::cvtColor(gray, out, cv::COLOR_GRAY2BGR);
        return out;
    }

    // What is wanted of what `locate` sees where there is ink.
    std::vector<TextRegion> located(const View& small, const IsWanted& is_wanted,
                                    const std::function<std::vector<TextRegion>(const cv::Mat& bgr)>& locate) const {
        const cv::Rect part = around_ink(small.mat);
        if (part.empty()) {
            return {};
        }
        std::vector<TextRegion> regions = locate(coloured(small.mat(part)));
        for (TextRegion& region : regions) {
            region = text::moved(
                region,
                [&](Point p) {
                    return Point{p.x + static_cast<float>(part.x), p.y + static_cast<float>(part.y)};
                },
                1);
        }
        std::erase_if(regions, [&](const TextRegion& region) {
            return !is_inked(region, small.mat) || !is_wanted(region, in_page(region, small.mapping));
        });
        return regions;
    }

    // What either locator sees. The one of marks is surer of the same drawing, so its confidence counts for less.
    [[nodiscard]] std::vector<TextRegion> seen_by_either(const cv::Mat& bgr) const {
        constexpr float surer = 0.12F;
        std::vector<TextRegion> out = tools_.locator.locate(bgr);
        std::vector<TextRegion> marks = tools_.mark_locator.locate(bgr);
        std::erase_if(marks, [&](const TextRegion& mark) { return is_known(mark, out); });
        for (TextRegion& mark : marks) {
            mark.confidence -= surer;
        }
        out.insert(out.end(), std::make_move_iterator(marks.begin()), std::make_move_iterator(marks.end()));
        return out;
    }

    // Whole lines in place of the pieces of them that were located.
    void make_whole(std::vector<TextRegion>& regions, const View& strokes) const {
        std::vector<TextRegion> whole;
        for (const TextRegion& region : regions) {
            std::optional<TextRegion> line = text::whole_line(region, strokes.mat);
            if (line && !is_known(*line, whole) && !is_known(in_page(*line, strokes.mapping), known_)) {
                whole.push_back(*std::move(line));
            }
        }
        std::erase_if(regions, [&](const TextRegion& region) { return is_known(region, whole); });
        regions.insert(regions.end(), std::make_move_iterator(whole.begin()), std::make_move_iterator(whole.end()));
    }

    [[nodiscard]] TextRegion in_page(const TextRegion& region, const image::Mapping& mapping) const {
        return carried(region, mapping, page_.mapping);
    }

    [[nodiscard]] std::vector<TextRegion> in_page(const std::vector<TextRegion>& regions,
                                                  const image::Mapping& mapping) const {
        return carried(regions, mapping, page_.mapping);
    }

    // What was read anew of the page's own lines is another reading of them. `regions`: in the page's pixels.
    void set_apart(text::PageReading& reading, const std::vector<TextRegion>& regions) const {
        const auto anew = std::stable_partition(reading.lines.begin(), reading.lines.end(), [&](const Line& line) {
            const Point middle = page_.mapping.from_original(centre(line.quad));
            return std::any_of(regions.begin(), regions.end(), [&](const TextRegion& region) {
                return contains(region.quad, middle) && is_new(region);
            });
        });
        if (anew != reading.lines.end()) {
            reading.other_readings.emplace_back(std::make_move_iterator(anew),
                                                std::make_move_iterator(reading.lines.end()));
            reading.lines.erase(anew, reading.lines.end());
        }
    }

    // `broken`: what is too unsure to hold the photo.
    void add(text::PageReading& reading, const MayHold& may_hold, const std::vector<TextRegion>& broken,
             Page& out) const {
        // Where the page's own lines stand, they are what was to be read.
        std::erase_if(reading.unread, [&](const UnreadRegion& unread) {
            constexpr float mostly = 0.5F;
            TextRegion region;
            region.quad = page_.mapping.from_original(unread.quad);
            const auto is_it = [&](const TextRegion& other) {
                constexpr float all = 0.9F;
                return cover_each_other(region.quad, other.quad, all);
            };
            if (std::any_of(broken.begin(), broken.end(), is_it)) {
                return true;
            }
            // What comes near to a term counts wherever it stands.
            return std::find(reading.near_term.begin(), reading.near_term.end(), unread.quad) ==
                       reading.near_term.end() &&
                   (share_covered(region, known_) > mostly || !may_hold(region.quad));
        });
        const auto stamp = [](std::vector<Line>& lines) {
            for (Line& line : lines) {
                line.style = LineStyle::stamp;
            }
        };
        stamp(reading.lines);
        std::for_each(reading.other_readings.begin(), reading.other_readings.end(), stamp);
        const auto append = [](auto& to, auto& from) {
            to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
        };
        append(out.lines, reading.lines);
        append(out.other_readings, reading.other_readings);
        append(out.unread, reading.unread);
    }

    const View& page_;
    const std::vector<TextRegion>& known_;
    text::Aslant aslant_;
    const Tools& tools_;
    text::Deadline deadline_;
};

Point centre_of(const cv::Mat& picture) {
    return {static_cast<float>(picture.cols) / 2, static_cast<float>(picture.rows) / 2};
}

// Whether print of a part of the page is darker than its ground: ink is the smaller part of a line, so the mean lies on
// its side of the median.
bool is_print_dark(const std::vector<TextRegion>& known, const View& page, const View& gray_part) {
    const cv::Mat& gray = gray_part.mat;
    double sum = 0;
    for (const TextRegion& region : known) {
        const Box box = bounding_box(gray_part.mapping.from_original(page.mapping.to_original(region.quad)));
        const cv::Rect place = image::pixels_of(box, gray.size());
        if (!place.empty()) {
            cv::Mat levels = gray(place).clone().reshape(1, 1);
            const auto middle = levels.begin<std::uint8_t>() + static_cast<std::ptrdiff_t>(levels.total() / 2);
            std::nth_element(levels.begin<std::uint8_t>(), middle, levels.end<std::uint8_t>());
            sum += (*middle - cv::mean(levels)[0]) * place.area();
        }
    }
    return sum >= 0;
}

// Whether sure words of about its size cover most of the region.
bool is_surely_read(const TextRegion& region, const std::vector<Line>& lines, const image::Mapping& mapping) {
    constexpr float sure = 0.9F;
    constexpr float mostly = 0.6F;
    constexpr float same_turn = 8;      // degrees: words that run otherwise are the page's own
    constexpr float same_height = 0.4F; // of the region, which holds ascenders and descenders
    float read = 0;
    for (const Line& line : lines) {
        for (const Word& word : line.words) {
            const Quad place = mapping.from_original(word.quad);
            if (word.confidence >= sure && turn_between(place, region.quad) < same_turn &&
                reading_height(place) >= same_height * reading_height(region.quad) &&
                share_within(place, region.quad) > mostly) {
                read += reading_width(place);
            }
        }
    }
    return read >= mostly * reading_width(region.quad);
}

// A region that is surely writing, has room for a marker and is not read from end to end, stays unread: half of a stamp
// says nothing about the other half.
void keep_unread(const TextRegion& region, float sure, const image::Mapping& mapping, const std::vector<Quad>& read,
                 Page& out) {
    if (region.confidence >= sure && text::has_room_for_term(region) && !is_surely_read(region, out.lines, mapping) &&
        !is_one_of(read, region.quad, mapping)) {
        out.unread.push_back({mapping.to_original(region.quad), UnreadReason::low_confidence, {}});
    }
}

// Whether a line runs along a side of a sheet, board or screen: its rim and its shadow are coloured, and torn like
// letters. `quad`: in the page's pixels.
bool lies_on_rim(const Quad& quad, const std::vector<Surface>& surfaces, const image::Mapping& mapping) {
    constexpr float near = 1.5F; // heights of the line
    const std::array<Point, 2> ends = ends_of(quad);
    return std::any_of(surfaces.begin(), surfaces.end(), [&](const Surface& surface) {
        const Quad there = mapping.from_original(surface.quad);
        for (std::size_t i = 0; i < 4; ++i) {
            const cv::Point2f from = image::cv_point(there.corners[i]);
            const cv::Point2f side = image::cv_point(there.corners[(i + 1) % 4]) - from;
            const auto length = static_cast<float>(std::max(1.0, cv::norm(side)));
            if (std::all_of(ends.begin(), ends.end(), [&](Point end) {
                    return std::abs(side.cross(image::cv_point(end) - from)) < near * reading_height(quad) * length;
                })) {
                return true;
            }
        }
        return false;
    });
}

// A small stamp of which print leaves spots: the locator sees at most a piece of it, yet nearly all that is coloured on
// the page lies in one narrow row across its lines. What it says stays unread where it is not surely read.
void keep_torn_row(const View& page, const View& ink, const Overlay::MayHold& may_hold, const std::vector<Quad>& read,
                   const Overlay& overlay, Page& out) {
    constexpr int gap = 16; // pixels between spots
    const std::optional<Quad> row = image::row_of_ink(ink.mat, gap);
    if (!row) {
        return;
    }
    TextRegion region;
    region.quad = page.mapping.from_original(ink.mapping.to_original(*row));
    if (overlay.lies_across(region) && may_hold(region.quad)) {
        keep_unread(region, 0, page.mapping, read, out);
    }
}

// What earlier pictures of strokes gave.
std::vector<Line> stamps_of(const std::vector<Line>& lines) {
    std::vector<Line> out;
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(out),
                 [](const Line& line) { return line.style == LineStyle::stamp; });
    return out;
}

// Stamps and coloured strokes that black print hides from the locator. `ink`: what is coloured on the page;
// `tells_all`: no other such picture shows more, so that what is unread on it holds the photo.
void read_coloured_ink(const View& page, const View& ink, bool tells_all, const std::vector<TextRegion>& known,
                       const std::vector<Quad>& read, Overlay& overlay, Page& out) {
    if (ink.mat.empty()) {
        return;
    }
    // Only on a page are unread strokes worth a look: little of it is coloured, and stamps stand about its text.
    constexpr double most_coloured = 0.04;
    constexpr double white = 255;
    constexpr float about = 0.1F; // of the text's width and height
    const bool is_page =
        tells_all && cv::countNonZero(ink.mat < white) < most_coloured * static_cast<double>(ink.mat.total());
    const text::TextArea area(known);
    const auto may_hold = [&](const Quad& quad) {
        const Point middle = centre(quad);
        return is_page && !overlay.stands_on_end(quad) && // flags and bullets stand in columns
               (area.holds(middle) || (area.holds(middle, about) && !lies_on_rim(quad, out.surfaces, page.mapping)));
    };
    // Lines that could not be read may be hidden by print that is gone here; what an earlier picture surely gave is not
    // read again, nor is handwriting on a page of it: stamps are none (0.72 at most, 0.65 along the lines). Tiny print
    // looks like handwriting, too, so elsewhere it tells nothing.
    const bool is_hand = text::handwriting_of(known) >= text::rather_hand;
    const std::vector<Line> stamps = stamps_of(out.lines);
    const auto is_wanted = [&](const TextRegion&, const TextRegion& there) {
        constexpr float surely_hand = 0.75F;
        return (!is_hand || there.handwriting < surely_hand || overlay.lies_across(there)) &&
               !is_surely_read(there, overlay.is_new(there) ? stamps : out.lines, page.mapping);
    };
    for (const TextRegion& region : overlay.read(
             ink, [&] { return ink; }, is_wanted, may_hold, out, is_page ? Strokes::broken : Strokes::whole)) {
        constexpr float sure = 0.8F;
        constexpr float sure_across = 0.6F;
        if (may_hold(region.quad) && overlay.is_new(region)) {
            keep_unread(region, overlay.lies_across(region) ? sure_across : sure, page.mapping, read, out);
        }
    }
    if (is_page) {
        keep_torn_row(page, ink, may_hold, read, overlay, out);
    }
}

// The middle of a diagonal lies in no corner; shades of a curled sheet do, which the locator at times takes for pale
// letters.
bool lies_in_corner(const TextRegion& region, const text::TextArea& area) {
    constexpr float most = 0.3F; // of the text's width and height, from its middle
    constexpr float half = 0.5F;
    const Point place = area.place_of(centre(region.quad));
    return std::abs(place.x - half) > most && std::abs(place.y - half) > most;
}

// Whether both ends of a line lie in the picture, or nearly: what runs out of it is an edge of a sheet or a screen.
bool ends_within(const cv::Mat& picture, const Quad& quad) {
    constexpr float nearly = 0.05F; // of the picture's sides
    const std::array<Point, 2> ends = ends_of(quad);
    return std::all_of(ends.begin(), ends.end(), [&](Point end) {
        const float x = end.x / static_cast<float>(picture.cols);
        const float y = end.y / static_cast<float>(picture.rows);
        return std::min(x, y) > -nearly && std::max(x, y) < 1 + nearly;
    });
}

// What lies within a quad of the page, straightened, in at most so many pixels.
View part_of(const View& page, const Quad& part, double most_pixels) {
    const View small = image::rescaled(page, std::min(1.0, std::sqrt(most_pixels / std::max(1.0F, area(part)))));
    const Quad there = small.mapping.from_original(page.mapping.to_original(part));
    constexpr float least = 16; // pixels
    return image::warp(small, there,
                       {static_cast<int>(std::max(least, reading_width(there))),
                        static_cast<int>(std::max(least, reading_height(there)))});
}

// The largest slide or screen that holds most of the lines, in the page's pixels, where it is much smaller than the
// page. Sheets, which are seldom wider than high, cast shades of their own.
std::optional<Quad> distant_slide(const View& page, const std::vector<TextRegion>& known,
                                  const std::vector<Surface>& surfaces) {
    constexpr float sure = 0.6F;
    constexpr double most_lines = 0.7;
    constexpr float much_smaller = 0.7F;
    std::optional<Quad> out;
    for (const Surface& surface : surfaces) {
        const Quad quad = page.mapping.from_original(surface.quad);
        const auto inside = std::count_if(
            known.begin(), known.end(), [&](const TextRegion& region) { return contains(quad, centre(region.quad)); });
        if (surface.confidence >= sure && reading_width(quad) > reading_height(quad) &&
            static_cast<double>(inside) >= most_lines * static_cast<double>(known.size()) &&
            area(quad) < much_smaller * static_cast<float>(page.mat.total()) && (!out || area(quad) > area(*out))) {
            out = quad;
        }
    }
    return out;
}

// Degrees that the lines of the page run downwards in a part of it.
float turn_of_lines(const std::vector<TextRegion>& known, const View& page, const View& part) {
    std::vector<TextRegion> there;
    for (const TextRegion& region : known) {
        there.push_back(text::moved(
            region, [&](Point p) { return part.mapping.from_original(page.mapping.to_original(p)); }, 1));
    }
    return text::TextArea(there).turn();
}

// How broad strokes of print are at most, in pixels of a part of the page.
double pen_of_print(const std::vector<TextRegion>& known, const View& page, const View& part) {
    constexpr float of_x_height = 0.4F; // bold strokes have a third
    return std::clamp(of_x_height * text::typical_x_height(known) * page.mapping.magnification(centre_of(page.mat)) /
                          part.mapping.magnification(centre_of(part.mat)),
                      3.0, 9.0);
}

// A watermark so pale or small that print hides its letters, but not that something stands along a diagonal. What it
// says stays unread where it is not surely read.
void keep_diagonal_row(const View& page, const View& tint, double turn_of_text, const text::TextArea& area,
                       const std::vector<Quad>& read, Page& out) {
    if (tint.mat.empty()) {
        return;
    }
    const std::optional<Quad> row = image::diagonal_row(tint.mat, turn_of_text);
    if (!row) {
        return;
    }
    TextRegion region;
    region.quad = page.mapping.from_original(tint.mapping.to_original(*row));
    if (ends_within(page.mat, region.quad) && !lies_in_corner(region, area)) {
        keep_unread(region, 0, page.mapping, read, out);
    }
}

// Watermarks: large, pale, along a diagonal of the page, over or under its print. They are looked for on the picture
// turned so far that they lie level, which is how lines are seen best. `part`: of the page, or all of it.
void read_watermarks(const View& page, const View& part, const std::vector<TextRegion>& known,
                     const std::vector<Quad>& read, Overlay& overlay, Page& out) {
    const text::TextArea area(known);
    const float usual = text::typical_x_height(known);
    const View gray{image::gray(part.mat), part.mapping};
    const double pen = pen_of_print(known, page, part);
    const double turn_of_text = turn_of_lines(known, page, part);
    const auto is_wanted = [&](const TextRegion& region, const TextRegion& there) {
        constexpr float larger = 1.2F;  // than print
        constexpr float level = 16;     // degrees
        constexpr float certain = 0.7F; // of the locator, that it sees a line which does not lie level
        return overlay.is_new(there) && there.x_height >= larger * usual &&
               (std::abs(std::remainder(angle(region.quad), 180.0F)) <= level ||
                (region.confidence >= certain && overlay.lies_across(there))) &&
               area.holds(centre(there.quad));
    };
    const auto look = [&](const cv::Mat& ink, bool may_hold) {
        constexpr double white = 255;
        constexpr float sure = 0.6F;
        constexpr double steep = 45; // degrees: few watermarks are, so that only what is read there tells
        if (ink.empty()) {
            return;
        }
        const View full{ink, part.mapping};
        const View small = image::at_most(full, large_pixels / 2); // turned, about half of the picture is empty
        for (const double diagonal : diagonals) {
            const auto turned = [&](const View& view) {
                return image::rotated(view, diagonal - turn_of_text, cv::Scalar::all(white),
                                      image::Interpolation::cubic);
            };
            const bool holds_here = may_hold && std::abs(diagonal) < steep;
            const auto may_hold_there = [&](const Quad& quad) { return holds_here && ends_within(page.mat, quad); };
            for (const TextRegion& region : overlay.read(
                     turned(small), [&] { return turned(full); }, is_wanted, may_hold_there, out)) {
                if (may_hold_there(region.quad) && !lies_in_corner(region, area)) {
                    keep_unread(region, sure, page.mapping, read, out);
                }
            }
        }
    };
    look(image::pale_ink(gray.mat, pen, is_print_dark(known, page, gray)), true);
    // Drawings tint what they lie on, too: only what is read tells, and a row of nearly all that is tinted.
    const cv::Mat darker = image::tint(gray.mat, pen, image::Shade::darker);
    look(darker, false);
    keep_diagonal_row(page, {darker, part.mapping}, turn_of_text, area, read, out);
    look(image::tint(gray.mat, pen, image::Shade::brighter), false);
}

// Marks in plain sight that the page's own locator took for a drawing: letters larger than the rest, often in a frame.
void read_large_marks(View layer, const std::vector<TextRegion>& known, Overlay& overlay, Page& out) {
    layer.mat = image::stretch(image::project_colours(layer.mat));
    const float usual = text::typical_x_height(known);
    const auto is_wanted = [&](const TextRegion&, const TextRegion& there) {
        constexpr float larger = 1.8F; // than the rest
        constexpr float certain = 0.58F;
        constexpr float new_place = 0.3F;
        return overlay.is_new(there) && there.x_height >= larger * usual && there.confidence >= certain &&
               share_covered(there, known) < new_place;
    };
    // Drawings look like large letters, too: only what is read tells.
    const auto nowhere = [](const Quad&) { return false; };
    overlay.read(
        image::at_most(layer, large_pixels), [&] { return layer; }, is_wanted, nowhere, out);
}

// The page as broad strokes are told from print: no smaller than that a stroke of print and one twice as broad differ
// by whole pixels.
View for_broad_ink(const View& page, float usual_x_height) {
    constexpr double least_x_height = 15; // pixels
    constexpr double most_enlargement = 2.5;
    const double wanted = least_x_height / std::max(1.0, static_cast<double>(usual_x_height));
    const bool is_small = wanted > 1 && static_cast<double>(page.mat.total()) < ink_pixels;
    return is_small ? image::rescaled(page, std::min(most_enlargement, wanted)) : image::at_most(page, ink_pixels);
}

// Large bold letters across small print: black stamps.
void read_broad_ink(const View& page, const std::vector<TextRegion>& known, Overlay& overlay, Page& out) {
    constexpr float larger = 1.4F; // than print
    const float usual = text::typical_x_height(known);
    View layer = for_broad_ink(page, usual);
    const View gray{image::gray(layer.mat), layer.mapping};
    const double pen = pen_of_print(known, page, layer);
    const double height = larger * usual * page.mapping.magnification(centre_of(page.mat)) /
                          layer.mapping.magnification(centre_of(layer.mat));
    layer.mat = image::broad_ink(gray.mat, pen, height, is_print_dark(known, page, gray));
    if (layer.mat.empty()) {
        return;
    }
    // What was located may be print together with the bold letters that hide it.
    const auto is_wanted = [&](const TextRegion&, const TextRegion& there) {
        return there.x_height >= larger * usual &&
               (overlay.is_new(there) || !is_surely_read(there, out.lines, page.mapping));
    };
    const auto nowhere = [](const Quad&) { return false; }; // pictures and bars are broad, too
    overlay.read(
        image::at_most(layer, large_pixels), [&] { return layer; }, is_wanted, nowhere, out);
}

} // namespace

void read_overlays(const View& page, const std::vector<TextRegion>& known, const std::vector<Quad>& read,
                   const Tools& tools, text::Deadline deadline, Page& out) {
    Overlay overlay(page, known, tools, deadline);
    const View layer = image::at_most(page, ink_pixels);
    const bool dark_print = is_print_dark(known, page, {image::gray(layer.mat), layer.mapping});
    const image::ColouredInk coloured(layer.mat, dark_print);
    const View paler{coloured.paler(), layer.mapping};
    read_coloured_ink(page, paler, true, known, read, overlay, out);
    read_coloured_ink(page, {coloured.strong(), layer.mapping}, paler.mat.empty(), known, read, overlay, out);
    read_coloured_ink(page, {coloured.among_colours(), layer.mapping}, false, known, read, overlay, out);
    read_watermarks(page, layer, known, read, overlay, out);
    if (const std::optional<Quad> slide = distant_slide(page, known, out.surfaces)) {
        // A dark room around it drowns what is pale.
        read_watermarks(page, part_of(page, *slide, ink_pixels), known, read, overlay, out);
    }
    read_large_marks(layer, known, overlay, out);
    read_broad_ink(page, known, overlay, out);
}

} // namespace saring::pipeline
