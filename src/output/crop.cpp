// Idea: a box around the quads with a margin, at least as large as the thumbnail where the page allows, is cut from a
// decode that is just fine enough for it, turned so that the words stand upright, and scaled down. Quality gives way
// first, then size, until the JPEG is small.
// Limits: only quarter turns are undone; a finding whose quads lie far apart is shown small.
#include "output/crop.hpp"

#include "image/area_average.hpp"
#include "image/encode.hpp"
#include "output/mask.hpp"
#include "saring/error.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace saring::output {
namespace {

const cv::Scalar outline(40, 40, 230); // BGR
const cv::Scalar cover(70, 70, 70);

constexpr float side_margin = 0.25F; // of the finding's longer side, on each side
constexpr float line_margin = 2.5F;  // of the height of its first line: the lines above and below
constexpr float cover_growth = 0.2F; // of the height of a line: quads are sometimes tight
constexpr float least_growth = 2;    // pixels of the original
constexpr double most_growth = 1000; // pixels; OpenCV draws strokes of 32767 at most
constexpr int first_quality = 70;
constexpr int last_quality = 40;
constexpr int quality_step = 10;
constexpr double size_step = 0.8;
constexpr int fraction_bits = 4; // of the coordinates that OpenCV draws with

Box united(const std::vector<Quad>& quads) {
    Box out = bounding_box(quads.front());
    for (const Quad& quad : quads) {
        const Box box = bounding_box(quad);
        out = {std::min(out.left, box.left), std::min(out.top, box.top), std::max(out.right, box.right),
               std::max(out.bottom, box.bottom)};
    }
    return out;
}

// A stretch of `length` around `middle`, moved to lie within [0, size] and no longer than that.
std::pair<float, float> stretch(float middle, float length, float size) {
    const float whole = std::min(length, size);
    const float begin = std::clamp(middle - whole / 2, 0.0F, size - whole);
    return {begin, begin + whole};
}

// What the crop shows, in pixels of the original; in the shape of the thumbnail where the page has room for it.
Box surroundings(const std::vector<Quad>& quads, cv::Size page, cv::Size most) {
    const Box box = united(quads);
    const auto across = static_cast<float>(most.width);
    const auto down = static_cast<float>(most.height);
    const float margin =
        std::max(side_margin * std::max(box.width(), box.height()), line_margin * reading_height(quads.front()));
    const float wanted = std::max({box.width() + 2 * margin, across, (box.height() + 2 * margin) * across / down});
    const auto [left, right] = stretch((box.left + box.right) / 2, wanted, static_cast<float>(page.width));
    const auto [top, bottom] = stretch((box.top + box.bottom) / 2, std::max(wanted * down / across, box.height()),
                                       static_cast<float>(page.height));
    return {left, top, right, bottom};
}

// The quad for OpenCV to draw, on a picture whose top left corner shows `corner` of the original.
std::vector<cv::Point> drawn(const Quad& quad, Point corner, double scale) {
    const auto at = [&](float value) { return cvRound(value * scale * (1 << fraction_bits)); };
    std::vector<cv::Point> out;
    for (const Point p : quad.corners) {
        out.emplace_back(at(p.x - corner.x), at(p.y - corner.y));
    }
    return out;
}

// The pixels of the page that show the box.
cv::Rect part_of(const cv::Mat& page, const Box& box, double scale) {
    const cv::Point first(cvFloor(box.left * scale), cvFloor(box.top * scale));
    const cv::Point end(cvCeil(box.right * scale), cvCeil(box.bottom * scale));
    return cv::Rect(first, end) & cv::Rect({}, page.size());
}

// Filled, and a stroke around it as wide as the growth.
void hide(cv::Mat& page, const Quad& quad, double scale) {
    const float height = std::min(reading_height(quad), reading_width(quad));
    const double growth = std::min<double>(most_growth, std::max(least_growth, cover_growth * height)) * scale;
    const std::vector<std::vector<cv::Point>> shape{drawn(quad, {}, scale)};
    cv::fillPoly(page, shape, cover, cv::LINE_8, fraction_bits);
    cv::polylines(page, shape, true, cover, 2 * std::max(1, cvCeil(growth)), cv::LINE_8, fraction_bits);
}

// Clockwise quarter turns that set words upright which read in this direction.
int quarters_to_upright(const Quad& quad) {
    constexpr float right_angle = 90;
    return (4 - static_cast<int>(std::lround(angle(quad) / right_angle))) % 4;
}

cv::Mat turned(const cv::Mat& picture, int quarters) {
    if (quarters == 0) {
        return picture;
    }
    cv::Mat out;
    cv::rotate(picture, out,
               quarters == 1   ? cv::ROTATE_90_CLOCKWISE
               : quarters == 2 ? cv::ROTATE_180
                               : cv::ROTATE_90_COUNTERCLOCKWISE);
    return out;
}

Crop encoded(const cv::Mat& picture) {
    Crop out{{}, picture.cols, picture.rows};
    for (int quality = first_quality; quality >= last_quality; quality -= quality_step) {
        out.jpeg = image::encode_jpeg(picture, {.quality = quality, .small = true});
        if (out.jpeg.size() <= most_crop_bytes) {
            return out;
        }
    }
    return encoded(image::area_averaged(picture, size_step));
}

void check(const CropPlan& plan, int pages) {
    const auto is_finite = [](const Quad& quad) {
        constexpr float farthest = 1e6F; // no page is as large
        return std::all_of(quad.corners.begin(), quad.corners.end(),
                           [](Point p) { return std::abs(p.x) <= farthest && std::abs(p.y) <= farthest; });
    };
    if (plan.page < 0 || plan.page >= pages) {
        throw Error(ErrorCode::bad_option, "crop", "there is no such page").at_page(plan.page);
    }
    if (plan.quads.empty() || !std::all_of(plan.quads.begin(), plan.quads.end(), is_finite) ||
        !std::all_of(plan.cover.begin(), plan.cover.end(), is_finite)) {
        throw Error(ErrorCode::bad_option, "crop", "a crop needs quads within the page").at_page(plan.page);
    }
}

} // namespace

Crop crop(image::Document& document, const CropPlan& plan) {
    check(plan, document.page_count());
    const int quarters = quarters_to_upright(plan.quads.front());
    const cv::Size most = quarters % 2 == 1 ? cv::Size(most_crop_height, most_crop_width)
                                            : cv::Size(most_crop_width, most_crop_height); // before it is turned
    const cv::Size size = document.page_size(plan.page);
    const Box box = surroundings(plan.quads, size, most);
    const double scale =
        std::min({1.0, most.width / static_cast<double>(box.width()), most.height / static_cast<double>(box.height())});
    const image::Pixels pixels =
        document.load(plan.page, std::max(1, cvCeil(scale * std::max(size.width, size.height))));
    cv::Mat page = pixels.mat.clone();
    for (const Quad& quad : plan.cover) {
        hide(page, quad, pixels.scale);
    }
    const cv::Rect part = part_of(page, box, pixels.scale);
    const double down = std::min(1.0, scale / pixels.scale);
    const cv::Size target(std::clamp(cvRound(part.width * down), 1, most.width),
                          std::clamp(cvRound(part.height * down), 1, most.height));
    cv::Mat small = image::area_averaged(page(part), target);
    for (const Quad& quad : plan.quads) {
        const Point corner{static_cast<float>(part.x / pixels.scale), static_cast<float>(part.y / pixels.scale)};
        const std::vector<cv::Point> shape = drawn(quad, corner, pixels.scale * down);
        cv::polylines(small, shape, true, outline, 2, cv::LINE_AA, fraction_bits);
    }
    return encoded(turned(small, quarters));
}

std::map<std::string, std::string> crops_of(image::Document& document, const ScanResult& result) {
    std::map<std::string, std::string> out;
    for (const Finding& finding : result.findings) {
        if (!finding.page || finding.quads.empty()) {
            continue;
        }
        CropPlan plan{*finding.page, finding.quads, {}};
        for (const Finding& other : result.findings) {
            if (other.page == finding.page && is_masked(other.category)) {
                plan.cover.insert(plan.cover.end(), other.quads.begin(), other.quads.end());
            }
        }
        try {
            const Crop made = crop(document, plan);
            out[finding.fingerprint].assign(made.jpeg.begin(), made.jpeg.end());
        } catch (const Error&) {
        } catch (const cv::Exception&) {
        }
    }
    return out;
}

} // namespace saring::output
