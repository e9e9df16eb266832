#include "output/preview.hpp"

#include "image/encode.hpp"
#include "output/write_file.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <vector>

namespace saring::output {
namespace {

const cv::Scalar blue(220, 130, 30);
const cv::Scalar green(60, 170, 60);
const cv::Scalar yellow(0, 200, 255);
const cv::Scalar red(40, 40, 230);

void draw(cv::Mat& picture, const Quad& quad, double scale, const cv::Scalar& colour, int thickness) {
    constexpr int fraction_bits = 4;
    std::vector<cv::Point> outline;
    for (const Point p : quad.corners) {
        outline.emplace_back(static_cast<int>(p.x * scale * (1 << fraction_bits)),
                             static_cast<int>(p.y * scale * (1 << fraction_bits)));
    }
    cv::polylines(picture, outline, true, colour, thickness, cv::LINE_AA, fraction_bits);
}

} // namespace

cv::Mat preview(const cv::Mat& page, double scale, const Page& facts, const ScanResult& result) {
    cv::Mat out = page.clone();
    const int unit = std::max(1, std::max(page.cols, page.rows) / 800);
    for (const Surface& surface : facts.surfaces) {
        draw(out, surface.quad, scale, blue, 2 * unit);
    }
    for (const Line& line : facts.lines) {
        draw(out, line.quad, scale, green, unit);
    }
    for (const UnreadRegion& region : facts.unread) {
        draw(out, region.quad, scale, yellow, 2 * unit);
    }
    for (const Finding& finding : result.findings) {
        for (const Quad& quad : finding.quads) {
            if (finding.page == facts.index) {
                draw(out, quad, scale, red, 3 * unit);
            }
        }
    }
    return out;
}

void write_picture(const cv::Mat& picture, const std::filesystem::path& file) {
    const std::vector<std::uint8_t> bytes = image::encode_png(picture);
    write_file(file, std::as_bytes(std::span(bytes)));
}

} // namespace saring::output
