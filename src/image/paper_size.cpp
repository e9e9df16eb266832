// Aspect from one view of a rectangle: its two vanishing points fix the focal length (their directions are at right
// angles), and with it the ratio of the sides (Zhang and He, "Whiteboard scanning and image enhancement", Digital
// Signal Processing 17, 2007, section 3). Seen nearly from the front the vanishing points are far away and the focal
// length is undetermined, but then it hardly matters: a phone's usual one is taken. Cropped photos have their principal
// point elsewhere, which costs a few percent on steep views.
#include "image/paper_size.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace saring::image {
namespace {

constexpr double mm_an_inch = 25.4;
constexpr double usual_focal = 0.78;   // of the photo's longer side: 28 mm on a frame of 36 mm
constexpr double shortest_focal = 0.5; // beyond these bounds the estimate is noise
constexpr double longest_focal = 2.5;
constexpr double near_paper = 0.035;   // relative difference of aspects; A4 and Letter are 9 % apart, A4 and F4 8 %
constexpr double long_strip = 2.1;     // height over width from which a sheet is a receipt
constexpr double receipt_width = 80;   // mm, the common roll
constexpr double a4_width = 210;       // mm
constexpr double a4_height = 297;      // mm
constexpr double note_width = 76;      // mm, a sticky note of 3 inches
constexpr double slide_height = 190.5; // mm: slides of 16:9 are 13.333 by 7.5 inches
constexpr double most_pixels = 14e6;   // a page never becomes larger than a photo

struct Format {
    Paper paper;
    double width; // mm, upright
    double height;
};

constexpr std::array formats{
    Format{Paper::a4, a4_width, a4_height},
    Format{Paper::f4, 215, 330},
    Format{Paper::letter, 215.9, 279.4},
    Format{Paper::legal, 215.9, 355.6},
    Format{Paper::a5, 148, 210},
    Format{Paper::wide, slide_height, slide_height * 16 / 9},
};

bool is_projected(SurfaceKind kind) { return kind == SurfaceKind::slide || kind == SurfaceKind::screen; }

double unlike(double a, double b) { return std::abs(std::log(a / b)); }

// Physical size in mm of a page that is no known paper.
cv::Size2d natural_size(double aspect, SurfaceKind kind) {
    if (is_projected(kind)) {
        return {slide_height * aspect, slide_height};
    }
    if (kind == SurfaceKind::note) {
        return {note_width, note_width / aspect};
    }
    if (1 / aspect > long_strip) {
        return {receipt_width, receipt_width / aspect};
    }
    const double width = aspect > 1 ? a4_height : a4_width;
    return {width, width / aspect};
}

} // namespace

double aspect_of(const Quad& quad, cv::Size photo) {
    const double longer = std::max(photo.width, photo.height);
    const auto ray = [&](Point p) {
        return cv::Vec3d((p.x - photo.width / 2.0) / longer, (p.y - photo.height / 2.0) / longer, 1);
    };
    const cv::Vec3d m1 = ray(quad.corners[0]);
    const cv::Vec3d m2 = ray(quad.corners[1]);
    const cv::Vec3d m4 = ray(quad.corners[2]);
    const cv::Vec3d m3 = ray(quad.corners[3]);
    const double below2 = m2.cross(m4).dot(m3);
    const double below3 = m3.cross(m4).dot(m2);
    const double plain = reading_width(quad) / std::max(1.0F, reading_height(quad));
    if (std::abs(below2) < 1e-12 || std::abs(below3) < 1e-12) {
        return plain;
    }
    const cv::Vec3d across = m1.cross(m4).dot(m3) / below2 * m2 - m1;
    const cv::Vec3d down = m1.cross(m4).dot(m2) / below3 * m3 - m1;
    const double depths = across[2] * down[2];
    const double square = std::abs(depths) < 1e-9 ? -1 : -(across[0] * down[0] + across[1] * down[1]) / depths;
    const bool plausible = square > shortest_focal * shortest_focal && square < longest_focal * longest_focal;
    const double focal = plausible ? std::sqrt(square) : usual_focal;
    const auto length = [&](const cv::Vec3d& v) { return std::hypot(v[0] / focal, v[1] / focal, v[2]); };
    const double aspect = length(across) / std::max(1e-9, length(down));
    return std::isfinite(aspect) && aspect > 0.02 && aspect < 50 ? aspect : plain;
}

Paper paper_near(double aspect, SurfaceKind kind) {
    if (is_projected(kind)) {
        return unlike(aspect, 16.0 / 9) < near_paper ? Paper::wide : Paper::automatic;
    }
    if (kind != SurfaceKind::paper) {
        return Paper::automatic;
    }
    Paper best = Paper::automatic;
    double least = near_paper;
    for (const Format& format : formats) {
        const double difference = unlike(std::max(aspect, 1 / aspect), format.height / format.width);
        const bool is_guess = format.paper == Paper::a5 || format.paper == Paper::wide; // A5 has the aspect of A4
        if (!is_guess && difference < least) {
            least = difference;
            best = format.paper;
        }
    }
    return best;
}

PaperSize paper_size(cv::Size2d detail, Paper paper, SurfaceKind kind, double most_dpi) {
    double aspect = detail.width / detail.height;
    cv::Size2d mm = natural_size(aspect, kind);
    for (const Format& format : formats) {
        if (format.paper == paper) {
            const bool lying = aspect > 1;
            mm = lying ? cv::Size2d(format.height, format.width) : cv::Size2d(format.width, format.height);
            aspect = mm.width / mm.height;
        }
    }
    const double pixels = std::min(detail.width * detail.height, most_pixels);
    double width = std::sqrt(pixels * aspect);
    const double dpi = width / mm.width * mm_an_inch;
    width *= std::min(1.0, most_dpi / dpi);
    const auto whole = [](double length) { return std::max(1, static_cast<int>(std::lround(length))); };
    return {{whole(width), whole(width / aspect)}, std::min(dpi, most_dpi)};
}

} // namespace saring::image
