// Pages and photos that tests of src/image draw themselves.
#pragma once

#include "image/flat_page.hpp"

#include <opencv2/imgproc.hpp>

#include <functional>
#include <string>

namespace saring::test {

// A page of printed lines, dark on white.
inline cv::Mat printed_page(cv::Size size = {1050, 1485}) {
    cv::Mat page(size, CV_8UC3, cv::Scalar::all(246));
    for (int y = 150; y < size.height - 120; y += 42) {
        cv::putText(page, "the quick brown fox jumps over the lazy dog and runs", {90, y}, cv::FONT_HERSHEY_SIMPLEX,
                    0.031 * size.width / 32, cv::Scalar::all(35), 2, cv::LINE_AA);
    }
    return page;
}

// A photo on which every pixel inside the sheet shows the page's point that `onto_page` names; elsewhere a brown desk.
inline cv::Mat photo_of(const cv::Mat& page, cv::Size size, const std::function<cv::Point2d(cv::Point2d)>& onto_page) {
    // Every eighth pixel is asked, in the middle of its cell; between them the way is as good as straight.
    constexpr int cell = 8;
    cv::Mat coarse((size.height + cell - 1) / cell, (size.width + cell - 1) / cell, CV_32FC2);
    for (int y = 0; y < coarse.rows; ++y) {
        for (int x = 0; x < coarse.cols; ++x) {
            const cv::Point2d p = onto_page({(x + 0.5) * cell, (y + 0.5) * cell});
            coarse.at<cv::Vec2f>(y, x) = {static_cast<float>(p.x - 0.5), static_cast<float>(p.y - 0.5)};
        }
    }
    cv::Mat map;
    cv::resize(coarse, map, {coarse.cols * cell, coarse.rows * cell}, 0, 0, cv::INTER_LINEAR);
    map = map(cv::Rect({}, size));
    cv::Mat out;
    cv::remap(page, out, map, cv::noArray(), cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(50, 80, 110));
    // A camera's noise: a picture without any is a screenshot.
    cv::Mat noise(size, CV_8UC3);
    cv::theRNG().state = 17;
    cv::randn(noise, 6, 3);
    return out + noise - cv::Scalar::all(6);
}

// The flat page seen as `quad` of the photo.
inline cv::Mat photo_of(const cv::Mat& page, cv::Size size, const Quad& quad) {
    const std::array<cv::Point2f, 4> corners{cv::Point2f(0, 0), cv::Point2f(static_cast<float>(page.cols), 0),
                                             cv::Point2f(static_cast<float>(page.cols), static_cast<float>(page.rows)),
                                             cv::Point2f(0, static_cast<float>(page.rows))};
    std::array<cv::Point2f, 4> there;
    std::transform(quad.corners.begin(), quad.corners.end(), there.begin(), image::cv_point);
    const cv::Mat m = cv::getPerspectiveTransform(there.data(), corners.data());
    const cv::Matx33d h(m.ptr<double>());
    return photo_of(page, size, [h](cv::Point2d p) {
        const cv::Vec3d v = h * cv::Vec3d(p.x, p.y, 1);
        return cv::Point2d(v[0] / v[2], v[1] / v[2]);
    });
}

inline Line read_line(const Box& box, const std::string& text = "some words") {
    Line line;
    line.text = text;
    line.quad = quad_of(box);
    line.confidence = 0.9F;
    return line;
}

inline Page facts_with(cv::Size size, const std::vector<Surface>& surfaces, const std::vector<Line>& lines = {}) {
    Page page;
    page.width = size.width;
    page.height = size.height;
    page.surfaces = surfaces;
    page.lines = lines;
    return page;
}

} // namespace saring::test
