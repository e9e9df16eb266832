// Stage "enhance": the picture as each reader likes it. All functions are pure; grey pictures are 8 bit, one channel.
#pragma once

#include "image/opencv_bridge.hpp"

#include <cstdint>

namespace saring::image {

cv::Mat gray(const cv::Mat& bgr);

// Evens out the light: divides by the paper's own brightness, estimated by a closing and a blur at reduced size, so
// that paper becomes about 245 everywhere and ink keeps its relative darkness. Made for dark writing on a bright
// ground; a dark slide must go through project_colours() instead. [RESEARCH.md of the project's measurements: the
// biggest win.]
cv::Mat flatten(const cv::Mat& gray);

// The grey picture in which text and ground differ most: the main axis of the colours' local differences (principal
// component in Lab), so that yellow on blue of equal brightness becomes readable. Polarity is fixed so that the larger
// part is bright.
cv::Mat project_colours(const cv::Mat& bgr);

// What is paler than print and drawn with a broader pen, dark on white: watermarks. Strokes of print up to `pen` pixels
// wide are taken away first, so that what lies under them stays whole. `bright_ground`: the text is darker than the
// ground. Empty where the picture has nothing of the kind.
cv::Mat pale_ink(const cv::Mat& gray, double pen, bool bright_ground);

// What is drawn with a broader pen than print and at least so high, in the shade of print, dark on white: large letters
// over small ones. `pen`, `bright_ground` as above. Empty where the picture has nothing of the kind.
cv::Mat broad_ink(const cv::Mat& gray, double pen, double height, bool bright_ground);

enum class Shade : std::uint8_t { darker, brighter };

// What tints the picture darker or brighter, by the same share of its light whatever it lies on (boxes and pictures of
// a slide), dark on white: watermarks again, where the ground is not all paper. `pen` as above; more than a tint is
// print, and is filled from around it. Empty where the picture has nothing of the kind.
cv::Mat tint(const cv::Mat& gray, double pen, Shade shade);

// Dark strokes on white, broader by a pixel on every side and smooth: what is torn or pale holds together. Any number
// of channels.
cv::Mat thickened(const cv::Mat& strokes);

// The mean colour of the strokes in the picture of a line, 0xRRGGBB: of the smaller part that Otsu's threshold leaves.
std::uint32_t ink_of(const cv::Mat& bgr);

// Whether lines are drawn above, below, left and right of `text`, as around a stamp or a label. `text` must lie within
// the picture; the frame is looked for within one and a half of its heights.
bool is_boxed(const cv::Mat& bgr, const cv::Rect& text);

// True when most of the picture is darker than its text would be: a dark slide, a blackboard.
bool is_dark_ground(const cv::Mat& gray);

// Stretches the contrast so that the darkest and brightest percent of pixels become 0 and 255.
cv::Mat stretch(const cv::Mat& gray);

// Tames glare: where a blurred brightness map is saturated, the picture is replaced by its local high frequencies
// around the bright level, so that faint strokes inside a reflection stay and its outline does not count as strokes.
cv::Mat tame_glare(const cv::Mat& gray);

} // namespace saring::image
