// The pictures of stage "enhance" on which stamps and coloured pens stand alone.
#pragma once

#include "image/opencv_bridge.hpp"

namespace saring::image {

// The coloured strokes of a picture alone, dark on white, whatever black print lies under them: stamps, coloured pens.
// What has one colour over a broad place (a table, a card, yellowed paper) counts as ground, and colours are seen as on
// white. What the pictures have in common is made once.
class ColouredInk {
public:
    // `dark_print`: it is known that print is darker than its ground, however dark the desk about the page is.
    explicit ColouredInk(const cv::Mat& bgr, bool dark_print = false);

    // The strongest ink is black, however pale it is. Empty where the picture has no colour to speak of.
    [[nodiscard]] cv::Mat strong() const;

    // The same with ink that has little more colour than print, whose tinge is measured on the picture: faded stamps,
    // where nothing else has a colour. Empty where this shows no more.
    [[nodiscard]] cv::Mat paler() const;

    // The same among papers of many colours (notes on a wall), whose rims are stronger than any ink: the strongest
    // strokes of each place become black. Print with a tinge of colour may show, too. Empty where no such paper is.
    [[nodiscard]] cv::Mat among_colours() const;

private:
    cv::Mat bgr_;
    cv::Mat print_;    // 255 where there is any
    cv::Mat on_white_; // CV_32F: how far from grey; empty on a dark ground
};

} // namespace saring::image
