#include "image/mapping.hpp"

#include "image/area_average.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace saring::image {
namespace {

cv::Matx33d translation(double x, double y) { return {1, 0, x, 0, 1, y, 0, 0, 1}; }
cv::Matx33d scaling(double x, double y) { return {x, 0, 0, 0, y, 0, 0, 0, 1}; }

// OpenCV's warps map pixel centres to pixel centres.
cv::Matx33d between_centres(const cv::Matx33d& m) { return translation(-0.5, -0.5) * m * translation(0.5, 0.5); }

} // namespace

Point Mapping::apply(const cv::Matx33d& m, Point p) {
    const cv::Vec3d v = m * cv::Vec3d(p.x, p.y, 1);
    const double w = std::abs(v[2]) < 1e-12 ? 1e-12 : v[2];
    return {static_cast<float>(v[0] / w), static_cast<float>(v[1] / w)};
}

Mapping Mapping::scaled(double scale) { return Mapping(scaling(1 / scale, 1 / scale)); }

Mapping Mapping::of_quad(const Quad& quad, cv::Size size) {
    const auto width = static_cast<float>(size.width);
    const auto height = static_cast<float>(size.height);
    const std::array<cv::Point2f, 4> flat{{{0, 0}, {width, 0}, {width, height}, {0, height}}};
    std::array<cv::Point2f, 4> there;
    std::transform(quad.corners.begin(), quad.corners.end(), there.begin(), cv_point);
    const cv::Mat m = cv::getPerspectiveTransform(flat.data(), there.data());
    return Mapping(cv::Matx33d(m.ptr<double>()));
}

Quad Mapping::to_original(const Quad& quad) const {
    Quad out;
    std::transform(quad.corners.begin(), quad.corners.end(), out.corners.begin(),
                   [&](Point p) { return to_original(p); });
    return out;
}

Quad Mapping::from_original(const Quad& quad) const {
    Quad out;
    std::transform(quad.corners.begin(), quad.corners.end(), out.corners.begin(),
                   [&](Point p) { return from_original(p); });
    return out;
}

double Mapping::magnification(Point here) const {
    const Point a = to_original(here);
    const Point x = to_original(Point{here.x + 1, here.y});
    const Point y = to_original(Point{here.x, here.y + 1});
    return std::sqrt(
        std::abs(static_cast<double>(x.x - a.x) * (y.y - a.y) - static_cast<double>(x.y - a.y) * (y.x - a.x)));
}

View warp(const View& source, const Quad& quad, cv::Size size) {
    const Mapping step = Mapping::of_quad(quad, size);
    View out{{}, source.mapping.after(step)};
    // INTER_LINEAR aliases when the warp shrinks much, so what lies around the quad is shrunk first.
    const double shrink = step.magnification({static_cast<float>(size.width) / 2, static_cast<float>(size.height) / 2});
    View from = source;
    cv::Matx33d matrix = step.matrix();
    if (shrink > 1.5) {
        const Box box = bounding_box(quad);
        const auto margin = static_cast<float>(2 * shrink);
        const cv::Rect around = cv::Rect(cv::Point(static_cast<int>(std::floor(box.left - margin)),
                                                   static_cast<int>(std::floor(box.top - margin))),
                                         cv::Point(static_cast<int>(std::ceil(box.right + margin)),
                                                   static_cast<int>(std::ceil(box.bottom + margin)))) &
                                cv::Rect(0, 0, source.mat.cols, source.mat.rows);
        const cv::Mat part = around.empty() ? source.mat : source.mat(around);
        const cv::Point origin = around.empty() ? cv::Point() : around.tl();
        from.mat = area_averaged(part, 1 / shrink);
        matrix =
            scaling(static_cast<double>(from.mat.cols) / part.cols, static_cast<double>(from.mat.rows) / part.rows) *
            translation(-origin.x, -origin.y) * matrix;
    }
    cv::warpPerspective(from.mat, out.mat, between_centres(matrix), size, cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                        cv::BORDER_REPLICATE);
    return out;
}

View at_most(const View& source, double most_pixels) {
    const double factor = std::sqrt(most_pixels / static_cast<double>(source.mat.total()));
    return factor >= 1 ? source : rescaled(source, factor);
}

View rescaled(const View& source, double factor) {
    const cv::Size size(std::max(1, static_cast<int>(std::lround(source.mat.cols * factor))),
                        std::max(1, static_cast<int>(std::lround(source.mat.rows * factor))));
    View out;
    if (factor < 1) {
        out.mat = area_averaged(source.mat, size);
    } else {
        cv::resize(source.mat, out.mat, size, 0, 0, cv::INTER_CUBIC);
    }
    // The sizes are whole numbers, so the two axes may differ from `factor` by a hair: the mapping takes the true
    // ratio.
    out.mapping = source.mapping.after(Mapping(scaling(static_cast<double>(source.mat.cols) / size.width,
                                                       static_cast<double>(source.mat.rows) / size.height)));
    return out;
}

View turned_by(const View& source, int degrees) {
    const double width = source.mat.cols;
    const double height = source.mat.rows;
    View out;
    switch (((degrees % 360) + 360) % 360) {
    case 90:
        cv::rotate(source.mat, out.mat, cv::ROTATE_90_CLOCKWISE);
        out.mapping = source.mapping.after(Mapping({0, 1, 0, -1, 0, height, 0, 0, 1}));
        return out;
    case 180:
        cv::rotate(source.mat, out.mat, cv::ROTATE_180);
        out.mapping = source.mapping.after(Mapping({-1, 0, width, 0, -1, height, 0, 0, 1}));
        return out;
    case 270:
        cv::rotate(source.mat, out.mat, cv::ROTATE_90_COUNTERCLOCKWISE);
        out.mapping = source.mapping.after(Mapping({0, -1, width, 1, 0, 0, 0, 0, 1}));
        return out;
    default: return source;
    }
}

View rotated(const View& source, double degrees, const cv::Scalar& fill, Interpolation interpolation) {
    const double radians = degrees * std::numbers::pi / 180;
    const double c = std::cos(radians);
    const double s = std::sin(radians);
    const double width = source.mat.cols;
    const double height = source.mat.rows;
    const cv::Size size(static_cast<int>(std::ceil(std::abs(c) * width + std::abs(s) * height)),
                        static_cast<int>(std::ceil(std::abs(s) * width + std::abs(c) * height)));
    // From a point of the turned picture: to its centre, back by the angle, to the centre of the source.
    const cv::Matx33d back = translation(width / 2, height / 2) * cv::Matx33d(c, s, 0, -s, c, 0, 0, 0, 1) *
                             translation(-size.width / 2.0, -size.height / 2.0);
    View out{{}, source.mapping.after(Mapping(back))};
    const cv::Matx23d affine = cv::Matx33d(between_centres(back)).get_minor<2, 3>(0, 0);
    const int flags = interpolation == Interpolation::cubic ? cv::INTER_CUBIC : cv::INTER_LINEAR;
    cv::warpAffine(source.mat, out.mat, affine, size, flags | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, fill);
    return out;
}

View bordered(const View& source, int pixels) {
    View out{{}, source.mapping.after(Mapping(translation(-pixels, -pixels)))};
    cv::copyMakeBorder(source.mat, out.mat, pixels, pixels, pixels, pixels, cv::BORDER_REPLICATE);
    return out;
}

View cropped(const View& source, cv::Rect box) {
    box &= cv::Rect(0, 0, source.mat.cols, source.mat.rows);
    return {source.mat(box), source.mapping.after(Mapping(translation(box.x, box.y)))};
}

} // namespace saring::image
