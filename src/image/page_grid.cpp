// The grid is bilinear between points 16 pixels apart. A sheet's curvature turns by a few degrees on a page of
// thousands of pixels, so the error within a cell (second derivative times 16 * 16 / 8) stays below a hundredth of a
// pixel; and the picture is taken along the very same bilinear way, so the mapping leads back exactly.
#include "image/page_grid.hpp"

#include "image/area_average.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace saring::image {
namespace {

constexpr int strip_rows = 128;     // rows remapped at a time: full maps of a page would cost as much as three photos
constexpr double most_shrink = 1.5; // photo pixels a page pixel, above which interpolation would alias
constexpr float centre = 0.5F;      // OpenCV counts pixel centres

// The grid's value at a place given in cells, linear beyond its edges.
cv::Vec2f at(const cv::Mat& grid, float column, float row) {
    const int c = std::clamp(static_cast<int>(std::floor(column)), 0, std::max(0, grid.cols - 2));
    const int r = std::clamp(static_cast<int>(std::floor(row)), 0, std::max(0, grid.rows - 2));
    const int right = std::min(c + 1, grid.cols - 1);
    const int below = std::min(r + 1, grid.rows - 1);
    const float across = column - static_cast<float>(c);
    const float down = row - static_cast<float>(r);
    const cv::Vec2f upper = grid.at<cv::Vec2f>(r, c) * (1 - across) + grid.at<cv::Vec2f>(r, right) * across;
    const cv::Vec2f lower = grid.at<cv::Vec2f>(below, c) * (1 - across) + grid.at<cv::Vec2f>(below, right) * across;
    return upper * (1 - down) + lower * down;
}

// Photo pixels that a page pixel stands for in the middle of the page.
double shrink_of(const DenseMapping& mapping) {
    const int r = mapping.grid.rows / 2;
    const int c = mapping.grid.cols / 2;
    if (r + 1 >= mapping.grid.rows || c + 1 >= mapping.grid.cols) {
        return 1;
    }
    const cv::Vec2f here = mapping.grid.at<cv::Vec2f>(r, c);
    const cv::Vec2f across = mapping.grid.at<cv::Vec2f>(r, c + 1) - here;
    const cv::Vec2f down = mapping.grid.at<cv::Vec2f>(r + 1, c) - here;
    const double area = std::abs(static_cast<double>(across[0]) * down[1] - static_cast<double>(across[1]) * down[0]);
    return std::sqrt(area) / mapping.step;
}

// Fills the rows of `map` from the grid, in pixel centres of a photo reduced by `scale`.
void fill_map(const DenseMapping& mapping, int first_row, cv::Point2f scale, cv::Mat& map) {
    const auto step = static_cast<float>(mapping.step);
    std::vector<cv::Vec2f> mixed(static_cast<std::size_t>(mapping.grid.cols));
    for (int y = 0; y < map.rows; ++y) {
        const float row = (static_cast<float>(first_row + y) + centre) / step;
        for (int c = 0; c < mapping.grid.cols; ++c) {
            mixed[static_cast<std::size_t>(c)] = at(mapping.grid, static_cast<float>(c), row);
        }
        auto* out = map.ptr<cv::Vec2f>(y);
        for (int x = 0; x < map.cols; ++x) {
            const float column = (static_cast<float>(x) + centre) / step;
            const auto cell = std::min(static_cast<std::size_t>(column), mixed.size() - 2);
            const float across = column - static_cast<float>(cell);
            const cv::Vec2f there = mixed[cell] * (1 - across) + mixed[cell + 1] * across;
            out[x] = {there[0] * scale.x - centre, there[1] * scale.y - centre};
        }
    }
}

bool is_identity(const DenseMapping& mapping, const cv::Mat& photo, cv::Size page) {
    const cv::Vec2f first = mapping.grid.at<cv::Vec2f>(0, 0);
    const cv::Vec2f last = at(mapping.grid, static_cast<float>(page.width) / static_cast<float>(mapping.step),
                              static_cast<float>(page.height) / static_cast<float>(mapping.step));
    constexpr double near = 0.01;
    const cv::Vec2f corner(static_cast<float>(page.width), static_cast<float>(page.height));
    return page == photo.size() && cv::norm(first) < near && cv::norm(last - corner) < near;
}

} // namespace

Point DenseMapping::to_original(Point p) const {
    const auto cell = static_cast<float>(step);
    const cv::Vec2f there = at(grid, p.x / cell, p.y / cell);
    return {there[0], there[1]};
}

Quad DenseMapping::to_original(const Quad& quad) const {
    Quad out;
    std::transform(quad.corners.begin(), quad.corners.end(), out.corners.begin(),
                   [&](Point p) { return to_original(p); });
    return out;
}

DenseMapping dense_mapping(const WayBack& way, cv::Size page) {
    DenseMapping out;
    const auto points = [&](int pixels) { return std::max(1, (pixels + out.step - 1) / out.step) + 1; };
    out.grid.create(points(page.height), points(page.width), CV_32FC2);
    for (int r = 0; r < out.grid.rows; ++r) {
        for (int c = 0; c < out.grid.cols; ++c) {
            const Point there = way({static_cast<float>(c * out.step), static_cast<float>(r * out.step)});
            out.grid.at<cv::Vec2f>(r, c) = {there.x, there.y};
        }
    }
    return out;
}

Point from_original(const DenseMapping& mapping, Point p) {
    // From the nearest point of the grid, Newton's steps with the grid's own slopes.
    cv::Point2f place;
    double least = 1e30;
    const cv::Vec2f wanted(p.x, p.y);
    for (int r = 0; r < mapping.grid.rows; ++r) {
        for (int c = 0; c < mapping.grid.cols; ++c) {
            const cv::Vec2f away = mapping.grid.at<cv::Vec2f>(r, c) - wanted;
            const double square = away.dot(away);
            if (square < least) {
                least = square;
                place = {static_cast<float>(c), static_cast<float>(r)};
            }
        }
    }
    constexpr int steps = 4;
    for (int i = 0; i < steps; ++i) {
        const cv::Vec2f here = at(mapping.grid, place.x, place.y);
        const cv::Vec2f across = at(mapping.grid, place.x + 1, place.y) - here;
        const cv::Vec2f down = at(mapping.grid, place.x, place.y + 1) - here;
        const float determinant = across[0] * down[1] - across[1] * down[0];
        if (std::abs(determinant) < 1e-6F) {
            break;
        }
        const cv::Vec2f off = wanted - here;
        place.x += (off[0] * down[1] - off[1] * down[0]) / determinant;
        place.y += (across[0] * off[1] - across[1] * off[0]) / determinant;
    }
    const auto cell = static_cast<float>(mapping.step);
    return {place.x * cell, place.y * cell};
}

Quad from_original(const DenseMapping& mapping, const Quad& quad) {
    Quad out;
    std::transform(quad.corners.begin(), quad.corners.end(), out.corners.begin(),
                   [&](Point p) { return from_original(mapping, p); });
    return out;
}

cv::Mat taken_along(const cv::Mat& photo, const DenseMapping& mapping, cv::Size page) {
    if (is_identity(mapping, photo, page)) {
        return photo.clone();
    }
    cv::Mat source = photo;
    const double shrink = shrink_of(mapping);
    if (shrink > most_shrink) {
        source = area_averaged(photo, 1 / shrink);
    }
    const cv::Point2f scale(static_cast<float>(source.cols) / static_cast<float>(photo.cols),
                            static_cast<float>(source.rows) / static_cast<float>(photo.rows));
    cv::Mat out(page, photo.type());
    for (int first = 0; first < page.height; first += strip_rows) {
        const int rows = std::min(strip_rows, page.height - first);
        cv::Mat map(rows, page.width, CV_32FC2);
        fill_map(mapping, first, scale, map);
        cv::Mat strip = out.rowRange(first, first + rows);
        cv::remap(source, strip, map, cv::noArray(), cv::INTER_CUBIC, cv::BORDER_REPLICATE);
    }
    return out;
}

cv::Mat outside_of_photo(const DenseMapping& mapping, cv::Size page, cv::Size photo, cv::Size size) {
    const float across = static_cast<float>(page.width) / static_cast<float>(size.width * mapping.step);
    const float down = static_cast<float>(page.height) / static_cast<float>(size.height * mapping.step);
    cv::Mat out(size, CV_8U);
    for (int y = 0; y < size.height; ++y) {
        for (int x = 0; x < size.width; ++x) {
            const cv::Vec2f p =
                at(mapping.grid, (static_cast<float>(x) + centre) * across, (static_cast<float>(y) + centre) * down);
            const bool inside = p[0] >= 0 && p[1] >= 0 && p[0] <= static_cast<float>(photo.width) &&
                                p[1] <= static_cast<float>(photo.height);
            out.at<std::uint8_t>(y, x) = inside ? 0 : 255;
        }
    }
    return out;
}

} // namespace saring::image
