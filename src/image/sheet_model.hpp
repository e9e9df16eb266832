// The sheet's projection, written once for numbers and for Ceres' dual numbers. Only sheet*.cpp include it.
#pragma once

#include <ceres/rotation.h>

namespace saring::image {

// Height of the sheet above the chord from its left to its right text edge. The first two terms are a cubic with free
// slopes at both ends, as a page held by its binding bends; the others let it bend more sharply at the gutter.
template <typename T> T bend_at(const T* bend, const T& x) {
    const T middle = x - 0.5;
    return x * (1.0 - x) * (bend[0] + middle * (bend[1] + middle * (bend[2] + middle * bend[3])));
}

// Where the camera sees the sheet's point, at height z above the chord; in frame units.
template <typename T>
void project(const T* turn, const double* place, const T& log_focal, const T& x, const T& y, const T& z, T* seen) {
    using std::exp;
    const T point[3] = {x - 0.5, y, z};
    T turned[3];
    ceres::AngleAxisRotatePoint(turn, point, turned);
    const T scale = exp(log_focal) / (turned[2] + place[2]);
    seen[0] = scale * (turned[0] + place[0]);
    seen[1] = scale * (turned[1] + place[1]);
}

} // namespace saring::image
