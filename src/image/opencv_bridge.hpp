// The one header through which OpenCV's matrices enter other headers of src/image and src/text. Nothing here reaches a
// user of the library.
#pragma once

#include "saring/geometry.hpp"
#include "saring/image.hpp"

#include <opencv2/core.hpp>

namespace saring::image {

// A matrix over the borrowed pixels of `view`; copies nothing, so the view must outlive it.
cv::Mat mat_over(ImageView view);

// A copy of an 8-bit matrix of one or three channels.
Image image_of(const cv::Mat& mat);

inline cv::Point2f cv_point(Point p) { return {p.x, p.y}; }
inline Point point_of(cv::Point2f p) { return {p.x, p.y}; }

} // namespace saring::image
