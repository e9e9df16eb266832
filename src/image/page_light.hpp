// What bare paper would look like in the light that fell on a page.
#pragma once

#include "image/opencv_bridge.hpp"

namespace saring::image {

constexpr int light_side = 640; // pixels, longer side of the picture on which light is found

struct Light {
    cv::Mat colour;         // 32FC3, reduced: bare paper everywhere; empty where no paper was found
    double paper_share = 0; // of the page that is near it
};

Light light_of(const cv::Mat& page);

// At most `side` pixels long.
cv::Mat reduced_to(const cv::Mat& mat, int side);

} // namespace saring::image
