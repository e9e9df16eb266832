// A gutter is where paper dips towards the binding: a dark valley that runs from top to bottom near the middle of a
// wide surface, where no line of writing crosses. Columns of one sheet have the gap but not the valley; a fold's shadow
// has the valley but is crossed by lines. Books that lie so flat that no valley shows stay one page.
#include "image/page_split.hpp"

#include "image/enhance.hpp"
#include "image/mapping.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace saring::image {
namespace {

constexpr double least_aspect = 1.1; // width over height of two pages side by side
constexpr double most_aspect = 2.4;
constexpr double middle_from = 0.35; // of the width: where a gutter may lie
constexpr double middle_to = 0.65;
constexpr double valley_reach = 0.06; // of the width, from the valley's bottom to its shoulders
constexpr double least_depth = 0.04;  // of the paper's brightness
constexpr double of_height = 0.7;     // of the height over which the valley runs
constexpr int preview_width = 600;    // pixels
constexpr int bands = 10;             // horizontal bands in which the valley must show
constexpr double lines_a_side = 2;    // of writing, on either page
constexpr double cut_through = 0.02;  // of the width, that a line may reach over the gutter

// Brightness of the paper, column by column, in one horizontal band.
std::vector<double> paper_profile(const cv::Mat& band) {
    // The brightest fifth of a column is paper, whatever is written on it.
    cv::Mat sorted;
    cv::sort(band, sorted, cv::SORT_EVERY_COLUMN | cv::SORT_DESCENDING);
    cv::Mat bright;
    cv::reduce(sorted.rowRange(0, std::max(1, sorted.rows / 5)), bright, 0, cv::REDUCE_AVG, CV_64F);
    cv::GaussianBlur(bright, bright, {1, 1}, 0);
    return {bright.begin<double>(), bright.end<double>()};
}

// How far the paper dips at a column, as a share of its shoulders; negative on a hill.
double dip(const std::vector<double>& profile, int column, int reach) {
    const auto n = static_cast<int>(profile.size());
    const auto level = [&](int from, int to) {
        double sum = 0;
        for (int i = std::max(0, from); i < std::min(n, to); ++i) {
            sum = std::max(sum, profile[static_cast<std::size_t>(i)]);
        }
        return sum;
    };
    const double shoulder =
        std::min(level(column - 2 * reach, column - reach / 2), level(column + reach / 2, column + 2 * reach));
    return shoulder > 0 ? 1 - profile[static_cast<std::size_t>(column)] / shoulder : 0;
}

// The column, as a share of the width, at which a valley shows in most bands; negative when none does.
double gutter_of(const cv::Mat& gray) {
    const int reach = std::max(2, static_cast<int>(valley_reach * gray.cols));
    std::vector<int> votes(static_cast<std::size_t>(gray.cols), 0);
    std::vector<double> depth(votes.size(), 0);
    for (int b = 0; b < bands; ++b) {
        const std::vector<double> profile =
            paper_profile(gray.rowRange(b * gray.rows / bands, (b + 1) * gray.rows / bands));
        for (int x = static_cast<int>(middle_from * gray.cols); x < middle_to * gray.cols; ++x) {
            const double d = dip(profile, x, reach);
            const auto i = static_cast<std::size_t>(x);
            votes[i] += d > least_depth ? 1 : 0;
            depth[i] += std::clamp(d, 0.0, 0.5);
        }
    }
    const auto best = std::max_element(depth.begin(), depth.end());
    const auto column = best - depth.begin();
    return votes[static_cast<std::size_t>(column)] >= of_height * bands
               ? (static_cast<double>(column) + 0.5) / gray.cols
               : -1;
}

// Whether writing stands on both sides and none crosses the gutter.
bool parts_writing(const Mapping& page, double width, double gutter, const Page& facts) {
    int left = 0;
    int right = 0;
    for (const Line& line : facts.lines) {
        if (!is_content(line)) {
            continue;
        }
        const Box box = bounding_box(page.from_original(line.quad));
        const double reach = cut_through * width;
        if (box.left < gutter * width - reach && box.right > gutter * width + reach) {
            return false;
        }
        const Point middle = centre(page.from_original(line.quad));
        (middle.x < gutter * width ? left : right) += 1;
    }
    return left >= lines_a_side && right >= lines_a_side;
}

} // namespace

std::vector<PageRegion> split_spread(const cv::Mat& photo, const PageRegion& region, const Page& facts) {
    const double aspect = reading_width(region.quad) / std::max(1.0F, reading_height(region.quad));
    if (region.is_scan || region.kind == SurfaceKind::slide || region.kind == SurfaceKind::screen ||
        aspect < least_aspect || aspect > most_aspect) {
        return {region};
    }
    const cv::Size size(preview_width, std::max(bands, static_cast<int>(preview_width / aspect)));
    const View page = warp({gray(photo), {}}, region.quad, size);
    const double gutter = gutter_of(page.mat);
    if (gutter < 0 || !parts_writing(page.mapping, size.width, gutter, facts)) {
        return {region};
    }
    const auto cut = static_cast<float>(gutter * size.width);
    const auto height = static_cast<float>(size.height);
    PageRegion left = region;
    PageRegion right = region;
    left.quad = page.mapping.to_original(quad_of({0, 0, cut, height}));
    right.quad = page.mapping.to_original(quad_of({cut, 0, static_cast<float>(size.width), height}));
    left.found = right.found = true;
    left.kind = right.kind = SurfaceKind::paper;
    return {left, right};
}

} // namespace saring::image
