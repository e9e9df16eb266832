// The pictures of stage "enhance" on which stamps and coloured pens stand alone. All functions are pure.
#pragma once

#include "image/opencv_bridge.hpp"

namespace saring::image {

// The coloured strokes alone, dark on white, whatever black print lies under them: stamps, coloured pens; the strongest
// black, however pale its ink. Empty where the picture has none to speak of. What has one colour over a broad place (a
// table, a card, yellowed paper) counts as ground, and colours are seen as on white.
cv::Mat coloured_ink(const cv::Mat& bgr);

// The same with ink that has little more colour than print, whose tinge is measured on the picture: faded stamps, where
// nothing else has a colour. Empty where this shows no more.
cv::Mat paler_coloured_ink(const cv::Mat& bgr);

// The same among papers of many colours (notes on a wall), whose rims are stronger than any ink: the strongest strokes
// of each place become black. Print with a tinge of colour may show, too. Empty where no such paper is.
cv::Mat coloured_ink_among_colours(const cv::Mat& bgr);

} // namespace saring::image
