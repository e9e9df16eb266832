// A page's picture from its way back to the photo: every crop, warp and unrolling becomes one grid, and the photo is
// interpolated only once.
#pragma once

#include "image/flat_page.hpp"

#include <functional>

namespace saring::image {

// Where a point of the page lies on the photo; both in continuous pixels.
using WayBack = std::function<Point(Point)>;

DenseMapping dense_mapping(const WayBack& way, cv::Size page);

// What the photo shows along the mapping. Points outside the photo take the colour of its edge.
cv::Mat taken_along(const cv::Mat& photo, const DenseMapping& mapping, cv::Size page);

// Where a photo's point lies on the page: the way there, searched along the grid.
Point from_original(const DenseMapping& mapping, Point p);
Quad from_original(const DenseMapping& mapping, const Quad& quad);

// 255 where the page's pixels lie outside the photo; `size` may be smaller than the page's.
cv::Mat outside_of_photo(const DenseMapping& mapping, cv::Size page, cv::Size photo, cv::Size size);

} // namespace saring::image
