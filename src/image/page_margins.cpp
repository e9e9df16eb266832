// Things at a page's rim that are not on the page touch the rim and, if they are more than the sheet's own edge, go on
// beyond it: the desk, a thumb and the shadow beside a book look the same on both sides of the page's border. A
// coloured bar that is printed to the edge ends there, and stays. Where the photo ends with the page nobody sees what
// lies beyond: only what is thin goes there, and what has the colours of the desk that is seen at other places of the
// rim. A bar of just those colours, without writing, would go with it.
#include "image/page_margins.hpp"

#include "image/clean_page.hpp"
#include "image/page_grid.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

namespace saring::image {
namespace {

constexpr int search_side = 800; // pixels, longer side of the picture on which rims are searched
constexpr int dark = 205;        // darkest channel below which something stands there
constexpr int faint = 238;       // the same for the sheet's own edge, of which a fraction of a pixel may be left
constexpr int stroke = 5;        // pixels at search_side; thinner is writing or a rule
constexpr int broad = 11;        // pixels at search_side; thinner is writing, however thick the pen
constexpr double edge = 0.012;   // of the shorter side: what reaches in no deeper is the sheet's edge, however thin
constexpr double deepest = 0.2;  // of the shorter side that a stranger reaches in
constexpr double largest = 0.1;  // of the page's area
constexpr double goes_on = 0.4;  // of a stretch of the rim, that looks the same beyond the border
constexpr double mostly_beyond = 0.35; // share of a piece at the rim that looks like what lies beyond
constexpr int evened = 61;             // pixels at search_side, length of such a stretch
constexpr int narrow = 15;             // pixels at search_side: a fingertip that hardly reaches in
constexpr double narrow_goes_on = 0.7; // of so short a stretch
constexpr double like_beyond = 45;     // Lab units from the stretch's colour: a desk's grain, a finger's shadow
constexpr double same_colour = 14;     // Lab units between both sides of the border
constexpr double roundness = 70;       // Lab units of lightness that skin and nail of one finger may differ there
constexpr int broadest_finger = 110;   // pixels at search_side along the rim: 40 mm of an A4 page, a thumb that leans
constexpr double coloured = 9;         // Lab units from grey: skin of any tone, wood
constexpr int apart = 3;               // pixels at search_side from the border to where the sides are compared
constexpr int rim = 2 * apart;         // pixels of surroundings that are looked at
constexpr int soft_edge = 5;           // pixels around what is painted: its blurred edge

cv::Mat darkest_channel(const cv::Mat& bgr) {
    std::vector<cv::Mat> planes;
    cv::split(bgr, planes);
    return cv::min(cv::min(planes[0], planes[1]), planes[2]);
}

cv::Mat mask_of(const std::vector<Quad>& quads, cv::Size size, double scale) {
    cv::Mat out = cv::Mat::zeros(size, CV_8U);
    for (const Quad& quad : quads) {
        std::vector<cv::Point> outline;
        for (const Point p : quad.corners) {
            outline.emplace_back(static_cast<int>(std::lround(p.x * scale)),
                                 static_cast<int>(std::lround(p.y * scale)));
        }
        cv::fillConvexPoly(out, outline, 255);
    }
    return out;
}

// Colours of what surrounds a page, counted in coarse cells of Lab.
class DeskColours {
public:
    void add(const cv::Vec3b& lab) {
        ++cells_[cell(lab[0] / lightness_step, lab[1] / colour_step, lab[2] / colour_step)];
        ++all_;
    }

    // Counts what lies within a cell's width, so that it does not matter where cells begin.
    [[nodiscard]] bool has(const cv::Vec3b& lab) const {
        if (all_ < fewest) {
            return false;
        }
        int near = 0;
        for (int l = -1; l <= 1; ++l) {
            for (int a = -1; a <= 1; ++a) {
                for (int b = -1; b <= 1; ++b) {
                    near +=
                        cells_[cell(lab[0] / lightness_step + l, lab[1] / colour_step + a, lab[2] / colour_step + b)];
                }
            }
        }
        return near >= least_share * all_;
    }

private:
    static constexpr int lightness_step = 16; // Lab units of 255: a desk's grain and its light
    static constexpr int colour_step = 6;     // Lab units
    static constexpr int lightness_cells = 18;
    static constexpr int colour_cells = 45;
    static constexpr int fewest = 40;           // places of the rim, from which a desk is known
    static constexpr double least_share = 0.03; // of those places

    static std::size_t cell(int l, int a, int b) { // with a cell to spare on either side
        return static_cast<std::size_t>(((l + 1) * colour_cells + a + 1) * colour_cells + b + 1);
    }

    std::vector<int> cells_ = std::vector<int>(lightness_cells * colour_cells * colour_cells, 0);
    int all_ = 0;
};

// The page with so many pixels around it, as the photo shows it, in Lab.
cv::Mat with_surroundings(const cv::Mat& photo, const DenseMapping& mapping, cv::Size size, double scale) {
    const cv::Size all(size.width + 2 * rim, size.height + 2 * rim);
    const auto way = [&](Point p) {
        return mapping.to_original(Point{static_cast<float>((p.x - static_cast<float>(rim)) / scale),
                                         static_cast<float>((p.y - static_cast<float>(rim)) / scale)});
    };
    cv::Mat out = taken_along(photo, dense_mapping(way, all), all);
    cv::cvtColor(out, out, cv::COLOR_BGR2Lab);
    return out;
}

// What lies beyond one side of the page, place by place along it, evened over a stretch of so many pixels.
struct Stretch {
    cv::Mat alike;  // CV_32F, share of the stretch that looks the same on both sides of the border
    cv::Mat colour; // CV_32FC3, Lab, of what lies beyond
};

struct Beyond {
    Stretch wide;              // a desk's grain differs here and there
    Stretch near;              // a finger is as narrow as this
    std::vector<bool> in_view; // whether the photo shows what lies beyond

    [[nodiscard]] bool goes_on_as(std::size_t place, const cv::Vec3f& here) const {
        const auto i = static_cast<int>(place);
        const auto fits = [&](const Stretch& stretch, double least) {
            return stretch.alike.at<float>(i) >= least &&
                   cv::norm(here - stretch.colour.at<cv::Vec3f>(i)) < like_beyond;
        };
        return fits(wide, goes_on) || fits(near, narrow_goes_on);
    }
};

// Whether both sides of the border may be one finger: it is round, and gets darker towards its side. Of what is grey,
// lightness is all that tells it from print.
bool is_skin_alike(const cv::Vec3f& inner, const cv::Vec3f& outer) {
    constexpr float grey = 128; // of a and b
    const auto is_coloured = [](const cv::Vec3f& lab) { return std::hypot(lab[1] - grey, lab[2] - grey) > coloured; };
    const cv::Vec3f apart_by = inner - outer;
    return is_coloured(inner) && is_coloured(outer) && std::abs(apart_by[0]) < roundness &&
           std::hypot(apart_by[1], apart_by[2]) < same_colour;
}

// Without stretches that are longer: a picture that is printed to the edge, on a desk of its hue.
cv::Mat no_longer_than(int most, const cv::Mat& alike) {
    cv::Mat out = alike.clone();
    int begin = 0;
    for (int i = 0; i <= alike.cols; ++i) {
        if (i == alike.cols || alike.at<float>(i) == 0) {
            if (i - begin > most) {
                out.colRange(begin, i).setTo(0);
            }
            begin = i + 1;
        }
    }
    return out;
}

Stretch evened_over(int length, const cv::Mat& alike, const cv::Mat& colour) {
    Stretch out;
    cv::blur(alike, out.alike, {length, 1}, {-1, -1}, cv::BORDER_REPLICATE);
    cv::blur(colour, out.colour, {length, 1}, {-1, -1}, cv::BORDER_REPLICATE);
    return out;
}

// `at` gives the side's i-th pixel, `out` the direction away from the page.
Beyond beyond_side(const cv::Mat& lab, int length, const std::function<cv::Point(int)>& at, cv::Point out,
                   const std::function<bool(cv::Point)>& in_view) {
    cv::Mat alike(1, length, CV_32F, cv::Scalar(0));
    cv::Mat finger = alike.clone();
    cv::Mat colour(1, length, CV_32FC3);
    std::vector<bool> seen(static_cast<std::size_t>(length));
    for (int i = 0; i < length; ++i) {
        const cv::Point here = at(i);
        const cv::Vec3f inner = lab.at<cv::Vec3b>(here + cv::Point(rim, rim) - apart * out);
        const cv::Vec3f outer = lab.at<cv::Vec3b>(here + cv::Point(rim, rim) + apart * out);
        colour.at<cv::Vec3f>(i) = outer;
        const bool is_seen = in_view(here + apart * out);
        seen[static_cast<std::size_t>(i)] = is_seen;
        alike.at<float>(i) = is_seen && cv::norm(outer - inner) < same_colour ? 1.0F : 0.0F;
        finger.at<float>(i) = is_seen && (alike.at<float>(i) > 0 || is_skin_alike(inner, outer)) ? 1.0F : 0.0F;
    }
    return {evened_over(evened, alike, colour), evened_over(narrow, no_longer_than(broadest_finger, finger), colour),
            std::move(seen)};
}

// The usual colour of the page, Lab: its paper.
cv::Vec3b paper_of(const cv::Mat& lab) {
    cv::Mat sides[3];
    cv::split(lab(cv::Rect(lab.cols / 4, lab.rows / 4, lab.cols / 2, lab.rows / 2)), sides);
    cv::Vec3b out;
    for (int c = 0; c < 3; ++c) {
        std::vector<std::uint8_t> values(sides[c].clone().reshape(1, 1));
        const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
        std::nth_element(values.begin(), middle, values.end());
        out[c] = *middle;
    }
    return out;
}

// Whether a colour is no paper, neither lit nor in shadow.
bool is_unlike(const cv::Vec3b& lab, const cv::Vec3b& paper) {
    constexpr double other_colour = 18; // Lab units in the plane of a and b
    constexpr int darker = 90;          // Lab units of 255, than a shadow makes paper
    return std::hypot(lab[1] - paper[1], lab[2] - paper[2]) > other_colour || paper[0] - lab[0] > darker;
}

DeskColours desk_of(const cv::Mat& lab, const std::function<bool(cv::Point)>& in_view) {
    const cv::Vec3b paper = paper_of(lab);
    DeskColours out;
    for (int y = 0; y < lab.rows; ++y) {
        const bool is_beside = y < rim - apart || y >= lab.rows - rim + apart;
        for (int x = 0; x < lab.cols; ++x) {
            if (!is_beside && x == rim - apart) {
                x = lab.cols - rim + apart; // over the page
            }
            const cv::Vec3b& here = lab.at<cv::Vec3b>(y, x);
            if (is_unlike(here, paper) && in_view({x - rim, y - rim})) {
                out.add(here);
            }
        }
    }
    return out;
}

// Where the page looks like its surroundings; 255 there.
struct Alike {
    cv::Mat beyond;  // like what lies beyond the nearest place on its rim, and goes on into it
    cv::Mat desk;    // like what lies beyond elsewhere, and the photo ends at the nearest place
    cv::Mat paper;   // like the page's own paper, in whatever shade
    cv::Mat letters; // like writing
};

// 255 on what may be a letter: thin, much darker than its surroundings, and about as high as wide. A desk's grain is
// too pale for it, the leaves of a book and the sides of a finger are too long.
cv::Mat letters_on(const cv::Mat& lab) {
    constexpr int broadest = 9;      // pixels at search_side, of a stroke
    constexpr int contrast = 40;     // Lab units of 255
    constexpr int smallest = 5;      // pixels at search_side
    constexpr int largest_side = 45; // pixels at search_side
    constexpr int longest = 4;       // times as long as broad
    cv::Mat lightness;
    cv::extractChannel(lab, lightness, 0);
    cv::Mat out;
    cv::morphologyEx(lightness, out, cv::MORPH_BLACKHAT, cv::Mat::ones(broadest, broadest, CV_8U));
    out = out > contrast;
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(out, labels, stats, centroids, 8, CV_32S);
    std::vector<bool> is_letter(static_cast<std::size_t>(count), false);
    for (int i = 1; i < count; ++i) {
        const int width = stats.at<int>(i, cv::CC_STAT_WIDTH);
        const int height = stats.at<int>(i, cv::CC_STAT_HEIGHT);
        is_letter[static_cast<std::size_t>(i)] = std::max(width, height) >= smallest &&
                                                 std::max(width, height) <= largest_side &&
                                                 std::max(width, height) <= longest * std::min(width, height);
    }
    for (int y = 0; y < out.rows; ++y) {
        for (int x = 0; x < out.cols; ++x) {
            if (!is_letter[static_cast<std::size_t>(labels.at<int>(y, x))]) {
                out.at<std::uint8_t>(y, x) = 0;
            }
        }
    }
    return out;
}

Alike like_surroundings(const cv::Mat& photo, const DenseMapping& mapping, cv::Size size, double scale) {
    const cv::Mat lab = with_surroundings(photo, mapping, size, scale);
    const int right = size.width - 1;
    const int bottom = size.height - 1;
    const auto in_view = [&](cv::Point p) {
        const Point there =
            mapping.to_original(Point{static_cast<float>(p.x / scale), static_cast<float>(p.y / scale)});
        return there.x > 0 && there.y > 0 && there.x < static_cast<float>(photo.cols) &&
               there.y < static_cast<float>(photo.rows);
    };
    const auto side = [&](int length, cv::Point start, cv::Point along, cv::Point out) {
        return beyond_side(
            lab, length, [&](int i) { return start + i * along; }, out, in_view);
    };
    const Beyond over = side(size.width, {0, 0}, {1, 0}, {0, -1});
    const Beyond under = side(size.width, {0, bottom}, {1, 0}, {0, 1});
    const Beyond before = side(size.height, {0, 0}, {0, 1}, {-1, 0});
    const Beyond after = side(size.height, {right, 0}, {0, 1}, {1, 0});
    const DeskColours desk = desk_of(lab, in_view);
    const cv::Vec3b paper = paper_of(lab);
    Alike out{cv::Mat(size, CV_8U), cv::Mat(size, CV_8U), cv::Mat(size, CV_8U),
              letters_on(lab)(cv::Rect({rim, rim}, size))};
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const int nearest = std::min({x, y, right - x, bottom - y});
            const bool is_beside = nearest == x || nearest == right - x;
            const Beyond& there = is_beside ? (nearest == x ? before : after) : (nearest == y ? over : under);
            const auto i = static_cast<std::size_t>(is_beside ? y : x);
            const cv::Vec3b& here = lab.at<cv::Vec3b>(y + rim, x + rim);
            out.beyond.at<std::uint8_t>(y, x) = there.goes_on_as(i, here) ? 255 : 0;
            out.paper.at<std::uint8_t>(y, x) = is_unlike(here, paper) ? 0 : 255;
            out.desk.at<std::uint8_t>(y, x) = !there.in_view[i] && desk.has(here) ? 255 : 0;
        }
    }
    // Grain and highlights of the desk are part of it.
    const cv::Mat grain = cv::Mat::ones(stroke + 2, stroke + 2, CV_8U);
    cv::morphologyEx(out.beyond, out.beyond, cv::MORPH_CLOSE, grain);
    cv::morphologyEx(out.desk, out.desk, cv::MORPH_CLOSE, grain);
    return out;
}

// How a component lies to the rim, and to where the photo ends.
struct Reach {
    bool touches_rim = false;
    bool touches_end = false; // of the photo, or the rim
    int depth = 0;            // pixels that it reaches in from the rim
    int depth_from_end = 0;   // from the nearer of both
    int area = 0;
    int beyond = 0;  // pixels of it that look like what lies beyond the border
    int paper = 0;   // … like the page's own paper
    int letters = 0; // … like writing
    bool holds_content = false;

    // A board or a sheet that was cut too narrowly goes on beyond the border as well, with what nobody has read on it.
    [[nodiscard]] bool may_hold_writing() const {
        constexpr double mostly = 0.5;
        constexpr double some = 0.003; // of the area: a few letters
        return paper > mostly * area && letters > some * area;
    }
};

// How far each pixel lies from what is not on the page: the rim, or where the photo ends.
cv::Mat depths(const cv::Mat& outside) {
    cv::Mat inside;
    cv::copyMakeBorder(~outside, inside, 1, 1, 1, 1, cv::BORDER_CONSTANT, cv::Scalar::all(0));
    cv::Mat out;
    cv::distanceTransform(inside, out, cv::DIST_C, 3);
    out = out(cv::Rect({1, 1}, outside.size())) - cv::Scalar::all(1);
    return out;
}

// What is known of the page's surroundings.
struct Around {
    cv::Mat content; // 255 where something was read
    Alike alike;
    cv::Mat outside; // 255 where the photo has ended
    cv::Mat depth;   // CV_32F, pixels from what is not on the page
    bool page_may_go_on = false;
};

std::vector<Reach> reaches(const cv::Mat& labels, int count, const Around& around) {
    std::vector<Reach> out(static_cast<std::size_t>(count));
    for (int y = 0; y < labels.rows; ++y) {
        for (int x = 0; x < labels.cols; ++x) {
            Reach& reach = out[static_cast<std::size_t>(labels.at<int>(y, x))];
            const int depth = std::min({x, y, labels.cols - 1 - x, labels.rows - 1 - y});
            const int from_end = static_cast<int>(around.depth.at<float>(y, x));
            reach.touches_rim = reach.touches_rim || depth == 0;
            reach.touches_end = reach.touches_end || from_end <= 0;
            reach.depth = std::max(reach.depth, depth);
            reach.depth_from_end = std::max(reach.depth_from_end, from_end);
            reach.area += 1;
            reach.beyond += around.alike.beyond.at<std::uint8_t>(y, x) != 0 ? 1 : 0;
            reach.paper += around.alike.paper.at<std::uint8_t>(y, x) != 0 ? 1 : 0;
            reach.letters += around.alike.letters.at<std::uint8_t>(y, x) != 0 ? 1 : 0;
            reach.holds_content = reach.holds_content || around.content.at<std::uint8_t>(y, x) != 0;
        }
    }
    return out;
}

// 255 on those components of `solid` that `is_stranger` says are no part of the page.
template <typename Judge> cv::Mat chosen(const cv::Mat& solid, const Around& around, Judge is_stranger) {
    cv::Mat labels;
    const int count = cv::connectedComponents(solid, labels, 8, CV_32S);
    const std::vector<Reach> all = reaches(labels, count, around);
    cv::Mat out = cv::Mat::zeros(labels.size(), CV_8U);
    for (int y = 0; y < labels.rows; ++y) {
        for (int x = 0; x < labels.cols; ++x) {
            const int label = labels.at<int>(y, x);
            const Reach& reach = all[static_cast<std::size_t>(label)];
            const bool goes = label != 0 && !reach.holds_content && is_stranger(reach);
            out.at<std::uint8_t>(y, x) = goes ? 255 : 0;
        }
    }
    return out;
}

// The mask without what is thinner than so many pixels. What is beyond the rim counts as solid, so that a sliver is not
// thin for being cut.
cv::Mat no_thinner_than(int thickness, const cv::Mat& mask) {
    const cv::Mat brush = cv::Mat::ones(thickness, thickness, CV_8U);
    cv::Mat out;
    cv::erode(mask, out, brush, {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar::all(255));
    cv::dilate(out, out, brush);
    return out;
}

// 255 where something that reaches in from the rim is no part of the page.
cv::Mat strangers(const cv::Mat& small, const Around& around) {
    const int shorter = std::min(small.cols, small.rows);
    const cv::Mat darkest = darkest_channel(small);
    const auto is_small = [&](const Reach& r) {
        return r.touches_rim && !(around.page_may_go_on && r.may_hold_writing()) && r.depth <= deepest * shorter &&
               r.area <= largest * static_cast<double>(small.total());
    };
    cv::Mat out =
        chosen(darkest < faint, around, [&](const Reach& r) { return r.touches_rim && r.depth <= edge * shorter; });
    const cv::Mat solid = no_thinner_than(stroke, darkest < dark);
    out |= chosen(solid & around.alike.beyond, around, is_small);
    // Light skin and light desks are hardly darker than paper.
    out |= chosen(no_thinner_than(broad, darkest < faint) & around.alike.beyond, around, is_small);
    // A piece that goes on in part goes whole: grain and light are not the same everywhere.
    out |= chosen(solid, around, [&](const Reach& r) { return is_small(r) && r.beyond >= mostly_beyond * r.area; });
    // Writing that the photo cuts off lies there too.
    out |= chosen(
        no_thinner_than(broad, (darkest < dark) & around.alike.desk & ~around.outside), around, [&](const Reach& r) {
            return r.touches_end && !(around.page_may_go_on && r.may_hold_writing()) &&
                   r.depth_from_end <= deepest * shorter && r.area <= largest * static_cast<double>(small.total());
        });
    cv::dilate(out, out, cv::Mat::ones(soft_edge, soft_edge, CV_8U));
    return out;
}

} // namespace

void clear_margins(cv::Mat& clean, const cv::Mat& photo, const DenseMapping& mapping, const std::vector<Quad>& content,
                   bool may_go_on) {
    const double scale = std::min(1.0, static_cast<double>(search_side) / std::max(clean.cols, clean.rows));
    cv::Mat small;
    cv::resize(clean, small, {}, scale, scale, cv::INTER_AREA);
    Around around;
    around.content = mask_of(content, small.size(), scale);
    around.alike = like_surroundings(photo, mapping, small.size(), scale);
    around.outside = outside_of_photo(mapping, clean.size(), photo.size(), small.size());
    around.depth = depths(around.outside);
    around.page_may_go_on = may_go_on;
    cv::Mat paint = strangers(small, around) | around.outside;
    paint.setTo(0, around.content);
    cv::resize(paint, paint, clean.size(), 0, 0, cv::INTER_NEAREST);
    clean.setTo(cv::Scalar::all(clean_paper), paint);
}

} // namespace saring::image
