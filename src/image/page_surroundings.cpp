// Both sides of the page's border are compared, place by place: the desk, a thumb and the shadow beside a book look the
// same on both, in nearly so many colours as the stretch of the rim around has; a finger is as short a stretch as any,
// but of one hue. Where the photo ends with the page, the colours that are seen beyond other places stand in, counted
// in cells of Lab that are as coarse as a desk's grain.
//
// It cannot tell a printed bar from a desk of just its colours there, nor a board that goes on from a board beyond.
#include "image/page_surroundings.hpp"

#include "image/page_grid.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

namespace saring::image {
namespace {

constexpr double goes_on = 0.4;        // of a stretch of the rim, that looks the same beyond the border
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

} // namespace

Alike like_surroundings(const cv::Mat& photo, const DenseMapping& mapping, cv::Size size, double scale,
                        bool with_writing) {
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
    Alike out{cv::Mat(size, CV_8U), cv::Mat(size, CV_8U), cv::Mat::zeros(size, CV_8U), cv::Mat::zeros(size, CV_8U)};
    if (with_writing) {
        out.letters = letters_on(lab)(cv::Rect({rim, rim}, size));
    }
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const int nearest = std::min({x, y, right - x, bottom - y});
            const bool is_beside = nearest == x || nearest == right - x;
            const Beyond& there = is_beside ? (nearest == x ? before : after) : (nearest == y ? over : under);
            const auto i = static_cast<std::size_t>(is_beside ? y : x);
            const cv::Vec3b& here = lab.at<cv::Vec3b>(y + rim, x + rim);
            out.beyond.at<std::uint8_t>(y, x) = there.goes_on_as(i, here) ? 255 : 0;
            out.paper.at<std::uint8_t>(y, x) = with_writing && !is_unlike(here, paper) ? 255 : 0;
            out.desk.at<std::uint8_t>(y, x) = !there.in_view[i] && desk.has(here) ? 255 : 0;
        }
    }
    constexpr int highlight = 7; // pixels; grain and highlights of the desk are part of it
    const cv::Mat grain = cv::Mat::ones(highlight, highlight, CV_8U);
    cv::morphologyEx(out.beyond, out.beyond, cv::MORPH_CLOSE, grain);
    cv::morphologyEx(out.desk, out.desk, cv::MORPH_CLOSE, grain);
    return out;
}

} // namespace saring::image
