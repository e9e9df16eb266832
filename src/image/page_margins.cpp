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
constexpr double edge = 0.012;   // of the shorter side: what reaches in no deeper is the sheet's edge, however thin
constexpr double deepest = 0.2;  // of the shorter side that a stranger reaches in
constexpr double largest = 0.1;  // of the page's area
constexpr double goes_on = 0.4;  // of a stretch of the rim, that looks the same beyond the border
constexpr double mostly_beyond = 0.35; // share of a piece at the rim that looks like what lies beyond
constexpr int evened = 61;             // pixels at search_side, length of such a stretch
constexpr double like_beyond = 45;     // Lab units from the stretch's colour: a desk's grain, a finger's shadow
constexpr double same_colour = 14;     // Lab units between both sides of the border
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

// What lies beyond one side of the page, place by place along it.
struct Beyond {
    std::vector<float> alike;      // share of the stretch around that looks the same on both sides of the border
    std::vector<cv::Vec3f> colour; // Lab, of what lies beyond
    std::vector<bool> in_view;     // whether the photo shows it
};

// `at` gives the side's i-th pixel, `out` the direction away from the page.
Beyond beyond_side(const cv::Mat& lab, int length, const std::function<cv::Point(int)>& at, cv::Point out,
                   const std::function<bool(cv::Point)>& in_view) {
    cv::Mat alike(1, length, CV_32F, cv::Scalar(0));
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
    }
    // A desk's grain differs here and there.
    cv::blur(alike, alike, {evened, 1}, {-1, -1}, cv::BORDER_REPLICATE);
    cv::blur(colour, colour, {evened, 1}, {-1, -1}, cv::BORDER_REPLICATE);
    return {{alike.begin<float>(), alike.end<float>()},
            {colour.begin<cv::Vec3f>(), colour.end<cv::Vec3f>()},
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

// What is seen beyond the page and is no paper, neither lit nor in shadow.
DeskColours desk_of(const cv::Mat& lab, const std::function<bool(cv::Point)>& in_view) {
    constexpr double unlike_paper = 18; // Lab units in the plane of a and b
    constexpr int darker = 90;          // Lab units of lightness, than a shadow makes paper
    const cv::Vec3b paper = paper_of(lab);
    DeskColours out;
    for (int y = 0; y < lab.rows; ++y) {
        const bool is_beside = y < rim - apart || y >= lab.rows - rim + apart;
        for (int x = 0; x < lab.cols; ++x) {
            if (!is_beside && x == rim - apart) {
                x = lab.cols - rim + apart; // over the page
            }
            const cv::Vec3b& here = lab.at<cv::Vec3b>(y, x);
            const bool differs =
                std::hypot(here[1] - paper[1], here[2] - paper[2]) > unlike_paper || paper[0] - here[0] > darker;
            if (differs && in_view({x - rim, y - rim})) {
                out.add(here);
            }
        }
    }
    return out;
}

// 255 where the page looks like what lies beyond the nearest place on its rim, and goes on into it; where the photo
// ends, like what lies beyond elsewhere.
cv::Mat going_on_beyond(const cv::Mat& photo, const DenseMapping& mapping, cv::Size size, double scale) {
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
    cv::Mat out(size, CV_8U);
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const int nearest = std::min({x, y, right - x, bottom - y});
            const bool is_beside = nearest == x || nearest == right - x;
            const Beyond& there = is_beside ? (nearest == x ? before : after) : (nearest == y ? over : under);
            const auto i = static_cast<std::size_t>(is_beside ? y : x);
            const cv::Vec3b& raw = lab.at<cv::Vec3b>(y + rim, x + rim);
            const cv::Vec3f here = raw;
            const bool goes = there.in_view[i]
                                  ? there.alike[i] >= goes_on && cv::norm(here - there.colour[i]) < like_beyond
                                  : desk.has(raw);
            out.at<std::uint8_t>(y, x) = goes ? 255 : 0;
        }
    }
    // Grain and highlights of the desk are part of it.
    cv::morphologyEx(out, out, cv::MORPH_CLOSE, cv::Mat::ones(stroke + 2, stroke + 2, CV_8U));
    return out;
}

// How a component lies to the rim.
struct Reach {
    bool touches = false;
    int depth = 0; // pixels that it reaches in
    int area = 0;
    int beyond = 0; // pixels of it that look like what lies beyond the border
    bool holds_content = false;
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
    cv::Mat beyond;  // 255 where the page looks like what lies beyond
    cv::Mat outside; // 255 where the photo has ended
    cv::Mat depth;   // CV_32F, pixels from what is not on the page
};

std::vector<Reach> reaches(const cv::Mat& labels, int count, const Around& around) {
    std::vector<Reach> out(static_cast<std::size_t>(count));
    for (int y = 0; y < labels.rows; ++y) {
        for (int x = 0; x < labels.cols; ++x) {
            Reach& reach = out[static_cast<std::size_t>(labels.at<int>(y, x))];
            const int depth = static_cast<int>(around.depth.at<float>(y, x));
            reach.touches = reach.touches || depth <= 0;
            reach.depth = std::max(reach.depth, depth);
            reach.area += 1;
            reach.beyond += around.beyond.at<std::uint8_t>(y, x) != 0 ? 1 : 0;
            reach.holds_content = reach.holds_content || around.content.at<std::uint8_t>(y, x) != 0;
        }
    }
    return out;
}

// 255 on those components of `solid` that `is_stranger` says are no part of the page.
template <typename Judge> cv::Mat chosen(const cv::Mat& solid, const Around& around, Judge is_stranger) {
    cv::Mat labels;
    const int count = cv::connectedComponents(solid & ~around.outside, labels, 8, CV_32S);
    const std::vector<Reach> all = reaches(labels, count, around);
    cv::Mat out = cv::Mat::zeros(labels.size(), CV_8U);
    for (int y = 0; y < labels.rows; ++y) {
        for (int x = 0; x < labels.cols; ++x) {
            const int label = labels.at<int>(y, x);
            const Reach& reach = all[static_cast<std::size_t>(label)];
            const bool goes = label != 0 && reach.touches && !reach.holds_content && is_stranger(reach);
            out.at<std::uint8_t>(y, x) = goes ? 255 : 0;
        }
    }
    return out;
}

// 255 where something that reaches in from the rim is no part of the page.
cv::Mat strangers(const cv::Mat& small, const Around& around) {
    const int shorter = std::min(small.cols, small.rows);
    const cv::Mat ink = (darkest_channel(small) < dark) | around.outside; // what has ended cuts nothing thinner
    cv::Mat out =
        chosen(darkest_channel(small) < faint, around, [&](const Reach& r) { return r.depth <= edge * shorter; });

    cv::Mat solid;
    const cv::Mat brush = cv::Mat::ones(stroke, stroke, CV_8U);
    // Eroding treats what is beyond the rim as solid, so that a sliver is not thin for being cut.
    cv::erode(ink, solid, brush, {-1, -1}, 1, cv::BORDER_CONSTANT, cv::Scalar::all(255));
    cv::dilate(solid, solid, brush);
    const auto is_small = [&](const Reach& r) {
        return r.depth <= deepest * shorter && r.area <= largest * static_cast<double>(small.total());
    };
    out |= chosen(solid & around.beyond, around, is_small);
    // A piece that goes on in part goes whole: grain and light are not the same everywhere.
    out |= chosen(solid, around, [&](const Reach& r) { return is_small(r) && r.beyond >= mostly_beyond * r.area; });
    cv::dilate(out, out, cv::Mat::ones(soft_edge, soft_edge, CV_8U));
    return out;
}

} // namespace

void clear_margins(cv::Mat& clean, const cv::Mat& photo, const DenseMapping& mapping,
                   const std::vector<Quad>& content) {
    const double scale = std::min(1.0, static_cast<double>(search_side) / std::max(clean.cols, clean.rows));
    cv::Mat small;
    cv::resize(clean, small, {}, scale, scale, cv::INTER_AREA);
    Around around;
    around.content = mask_of(content, small.size(), scale);
    around.beyond = going_on_beyond(photo, mapping, small.size(), scale);
    around.outside = outside_of_photo(mapping, clean.size(), photo.size(), small.size());
    around.depth = depths(around.outside);
    cv::Mat paint = strangers(small, around) | around.outside;
    paint.setTo(0, around.content);
    cv::resize(paint, paint, clean.size(), 0, 0, cv::INTER_NEAREST);
    clean.setTo(cv::Scalar::all(clean_paper), paint);
}

} // namespace saring::image
