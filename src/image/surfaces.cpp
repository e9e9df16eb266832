// Many candidates, one score, the best three. The candidates are found and scored on a picture of 600 pixels, where a
// frame costs little, and their sides are fitted again on one twice as large, where a pixel is 0.1 % of the photo.
#include "image/surfaces.hpp"

#include "image/area_average.hpp"
#include "image/enhance.hpp"
#include "image/quad_candidates.hpp"
#include "image/quad_score.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace saring::image {
namespace {

constexpr int search_side = 600;   // pixels, longer side of the picture on which candidates are found
constexpr int refine_side = 1200;  // pixels, the same for fitting the sides
constexpr double refine_reach = 7; // pixels at refine_side that a side may move
constexpr std::size_t most_surfaces = 3;
constexpr std::size_t most_lines = 24; // of each direction, whose crossings are tried
constexpr std::size_t few_lines = 10;
constexpr std::size_t most_rivals = 12; // distinct quads that are weighed against each other
constexpr double holder_bonus = 0.05;   // for each rival that lies within a quad: pictures and notes lie on a sheet
constexpr double most_bonus = 0.10;
constexpr float same_surface = 0.75F; // Jaccard from which two quads are one surface
constexpr double least_score = 0.42;  // below this, quads are chance alignments

struct Scored {
    Quad quad;
    double score = 0;
};

cv::Mat shrunk_to(const cv::Mat& bgr, int side, double& factor) {
    factor = std::min(1.0, static_cast<double>(side) / std::max(bgr.cols, bgr.rows));
    return area_averaged(bgr, factor);
}

Quad scaled(const Quad& quad, double factor) {
    Quad out = quad;
    for (Point& p : out.corners) {
        p = {static_cast<float>(p.x * factor), static_cast<float>(p.y * factor)};
    }
    return out;
}

bool better(const Scored& a, const Scored& b) { return a.score > b.score; }

std::vector<Scored> distinct(std::vector<Scored> all) {
    std::sort(all.begin(), all.end(), better);
    std::vector<Scored> kept;
    for (const Scored& candidate : all) {
        const bool known = std::any_of(kept.begin(), kept.end(), [&](const Scored& other) {
            return jaccard(candidate.quad, other.quad) > same_surface;
        });
        if (!known) {
            kept.push_back(candidate);
        }
        if (kept.size() == most_rivals) {
            break;
        }
    }
    return kept;
}

// Notes on a poster and pictures on a page have cleaner edges than the sheet that holds them, and would crowd it out.
std::vector<Scored> holders_first(std::vector<Scored> rivals) {
    constexpr float within = 0.9F;
    std::vector<Scored> out = rivals;
    for (Scored& holder : out) {
        double bonus = 0;
        for (const Scored& other : rivals) {
            const bool smaller = area(other.quad) < same_surface * area(holder.quad);
            bonus += smaller && share_within(other.quad, holder.quad) > within ? holder_bonus : 0;
        }
        holder.score += std::min(bonus, most_bonus);
    }
    std::sort(out.begin(), out.end(), better);
    out.resize(std::min(out.size(), most_surfaces));
    return out;
}

std::array<std::vector<Quad>, 2> candidates(const EdgeMaps& maps, Search search) {
    const cv::Mat& lightness = maps.channels[0];
    const cv::Mat& saturation = maps.channels[3]; // repeats the straight lines that a and b show
    if (search == Search::hasty) {
        return {quads_from_outlines({lightness, saturation}), quads_from_segments({lightness}, few_lines)};
    }
    return {quads_from_outlines(maps.channels),
            quads_from_segments({lightness, maps.channels[1], maps.channels[2]}, most_lines)};
}

// A guess from brightness and colour; it steers wording, not reading.
SurfaceKind kind_of(const cv::Mat& bgr, const Quad& quad) {
    cv::Mat inside = cv::Mat::zeros(bgr.size(), CV_8U);
    std::vector<cv::Point> outline;
    for (const Point corner : quad.corners) {
        outline.emplace_back(static_cast<int>(corner.x), static_cast<int>(corner.y));
    }
    cv::fillConvexPoly(inside, outline, 255);
    cv::Mat hsv;
    cv::cvtColor(bgr, hsv, cv::COLOR_BGR2HSV);
    const cv::Scalar in = cv::mean(hsv, inside);
    const cv::Scalar out = cv::mean(hsv, 255 - inside);
    const double aspect = reading_width(quad) / std::max(1.0F, reading_height(quad));
    constexpr double dark_room = 70;
    constexpr double glowing = 1.8;
    if (out[2] < dark_room && in[2] > glowing * out[2] && aspect > 1.15) {
        return SurfaceKind::slide;
    }
    constexpr double coloured = 70; // mean saturation of sticky notes and coloured cards
    const double share = area(quad) / static_cast<double>(bgr.total());
    if (in[1] > coloured && share < 0.2) {
        return SurfaceKind::note;
    }
    return aspect > 1.25 && share > 0.35 ? SurfaceKind::whiteboard : SurfaceKind::paper;
}

} // namespace

std::vector<Surface> find_surfaces(const cv::Mat& bgr, Search search) {
    double factor = 1;
    const cv::Mat small = shrunk_to(bgr, search_side, factor);
    const EdgeMaps maps = edge_maps(small);
    QuadScorer scorer(maps);
    std::vector<Scored> scored;
    for (const std::vector<Quad>& quads : candidates(maps, search)) {
        for (const Quad& quad : quads) {
            scored.push_back({quad, scorer.score(quad)});
        }
    }
    std::vector<Scored> best = holders_first(distinct(std::move(scored)));
    std::erase_if(best, [](const Scored& s) { return s.score < least_score; });
    if (best.empty()) {
        return {};
    }
    double fine_factor = 1;
    const cv::Mat fine = shrunk_to(bgr, refine_side, fine_factor);
    const std::vector<cv::Mat> channels = fine.size() == small.size() ? maps.channels : closed_channels(fine);
    std::vector<Surface> out;
    for (const Scored& s : best) {
        const Quad quad = refined(channels, scaled(s.quad, fine_factor / factor), refine_reach);
        out.push_back(
            {kind_of(fine, quad), scaled(quad, 1 / fine_factor), static_cast<float>(std::clamp(s.score, 0.0, 1.0))});
    }
    return out;
}

} // namespace saring::image
