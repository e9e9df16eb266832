// Takes the words off a page, so that text boxes can stand in their place.
#pragma once

#include "image/opencv_bridge.hpp"
#include "text/document.hpp"

#include <utility>

namespace saring::output {

// Where to erase (8 bit, 255): the strokes of words and markers, tables and figures as a whole. `page` is at `scale` of
// the finished page's size.
cv::Mat places_of_blocks(const cv::Mat& page, const text::DocumentPage& facts, float scale);

// Fills the holes of a BGR picture from their surroundings.
void fill_holes(cv::Mat& bgr, const cv::Mat& holes);

// The colours of the strokes in a place and of what they stand on, BGR.
std::pair<cv::Vec3b, cv::Vec3b> stroke_and_ground(const cv::Mat& page, const cv::Rect& place);

// The box, grown by a margin, as whole pixels within the picture; may be empty.
cv::Rect rect_of(const Box& box, const cv::Size& size, float margin = 0);

cv::Vec3b median_colour(const cv::Mat& bgr);

} // namespace saring::output
