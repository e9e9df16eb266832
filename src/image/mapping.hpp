// The way back from a straightened, scaled or turned picture to the pixels of the original.
//
// Coordinates are continuous: the pixel in column i covers [i, i + 1), so scaling by s maps x to s * x exactly.
// OpenCV's warps count pixel centres; warp() accounts for the half pixel.
#pragma once

#include "image/opencv_bridge.hpp"

#include <cstdint>

namespace saring::image {

class Mapping {
public:
    Mapping() = default; // the identity
    explicit Mapping(const cv::Matx33d& to_original) : to_original_(to_original), from_original_(to_original.inv()) {}

    // A picture that is `scale` times as large as the original.
    static Mapping scaled(double scale);

    // A picture of size `size` that shows what lies within `quad` of the original.
    static Mapping of_quad(const Quad& quad, cv::Size size);

    // A picture that was made from this one by a step which `step` leads back from.
    [[nodiscard]] Mapping after(const Mapping& step) const { return Mapping(to_original_ * step.to_original_); }

    [[nodiscard]] Point to_original(Point p) const { return apply(to_original_, p); }
    [[nodiscard]] Point from_original(Point p) const { return apply(from_original_, p); }
    [[nodiscard]] Quad to_original(const Quad& quad) const;
    [[nodiscard]] Quad from_original(const Quad& quad) const;

    // How many pixels of the original one pixel here stands for, at this place.
    [[nodiscard]] double magnification(Point here) const;

    [[nodiscard]] const cv::Matx33d& matrix() const { return to_original_; }

private:
    static Point apply(const cv::Matx33d& m, Point p);

    cv::Matx33d to_original_ = cv::Matx33d::eye();
    cv::Matx33d from_original_ = cv::Matx33d::eye();
};

// A picture and the way from its pixels back to the original's.
struct View {
    cv::Mat mat; // 8 bit, one or three channels
    Mapping mapping;
};

// What `source` shows within `quad` (in source pixels), as a picture of `size`. The view maps to the original of
// `source`.
View warp(const View& source, const Quad& quad, cv::Size size);

// Scaled so that it has at most `most_pixels`; never enlarged.
View at_most(const View& source, double most_pixels);

// Scaled by `factor`, up or down.
View rescaled(const View& source, double factor);

// Turned clockwise by a multiple of 90 degrees; exact.
View turned_by(const View& source, int degrees);

enum class Interpolation : std::uint8_t { linear, cubic };

// Turned clockwise by any angle about its centre, the canvas grown to hold everything, the corners filled with `fill`.
// Letters of a few pixels stay sharper with Interpolation::cubic.
View rotated(const View& source, double degrees, const cv::Scalar& fill,
             Interpolation interpolation = Interpolation::linear);

// With a border of so many pixels around it, in the colours of its edge.
View bordered(const View& source, int pixels);

// A part of the picture; `box` is cut to the picture.
View cropped(const View& source, cv::Rect box);

} // namespace saring::image
