// A curled sheet in front of a camera: where each of its points lies on the photo.
#pragma once

#include "image/opencv_bridge.hpp"
#include "image/text_chains.hpp"

#include <array>
#include <optional>
#include <vector>

namespace saring::image {

// Coordinates on the sheet: x across in widths of its text, 0 at the left end of the text and 1 at the right, y down in
// the same unit, 0 in the middle of the text. The sheet is bent along x only, as paper bends without creases.
class Sheet {
public:
    // How the photo's pixels become the camera's coordinates: turned so that text reads to the right.
    struct Frame {
        Point centre;       // principal point
        double unit = 1;    // pixels
        double reading = 0; // degrees clockwise, reading direction on the photo
    };
    struct Shape {
        std::array<double, 3> turn{};  // axis times angle
        std::array<double, 3> place{}; // the point (0.5, 0) of the chord plane, before the camera
        double log_focal = 0;          // of the focal length in frame units
        std::array<double, 4> bend{};  // see bend_at() in sheet.cpp
    };

    Sheet(const Frame& frame, const Shape& shape);

    [[nodiscard]] Point to_photo(double x, double y) const;

    // The sheet's point that the photo shows at `p`, searched from the text's middle.
    [[nodiscard]] cv::Point2d from_photo(Point p) const;

    // Length along the paper from x = 0, and the way back: what a ruler laid on the sheet would say.
    [[nodiscard]] double along(double x) const;
    [[nodiscard]] double across_at(double length) const;

private:
    Frame frame_;
    Shape shape_;
    std::vector<double> lengths_; // along() at even steps of x
};

struct SheetFit {
    Sheet sheet;
    double residual = 0; // pixels of the photo, root mean square across the lines
    double top = 0;      // sheet coordinates of the uppermost and the lowest line
    double bottom = 0;
    double left = 0; // outermost points of lines
    double right = 1;
};

// Fits a sheet to lines of writing, given as chains of photo points in reading direction. Nothing when they are too few
// or no sheet explains them. A `rigid` sheet (a screen, a board) stays plane: only the camera's place is fitted.
std::optional<SheetFit> fit_sheet(const std::vector<TextChain>& chains, const Sheet::Frame& frame, double x_height,
                                  bool rigid);

} // namespace saring::image
