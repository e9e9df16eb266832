// Figures, backdrops and whole pages as encoded pictures.
#include "output/office_pictures.hpp"

#include "image/area_average.hpp"
#include "image/encode.hpp"
#include "image/page_layers.hpp"
#include "output/erase_text.hpp"
#include "saring/error.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;
using text::DocumentPage;

constexpr int figure_quality = 88;
constexpr int backdrop_quality = 80;
constexpr double most_backdrop = 1920; // pixels of the longer side: what a projector shows
constexpr double near_white = 236;     // of 255: paper
constexpr double mostly_white = 0.995; // of the pixels: nothing is left worth keeping

Picture as_jpeg(const cv::Mat& bgr, int quality) {
    return {image::encode_jpeg(bgr, {.quality = quality}), "jpeg", bgr.cols, bgr.rows};
}

Picture as_png(const cv::Mat& bgr) { return {image::encode_png(bgr), "png", bgr.cols, bgr.rows}; }

// Whether most of it is one flat colour, as under a drawing or a signature.
bool is_drawing(const cv::Mat& bgr) {
    constexpr double near = 12;  // of 255
    constexpr double most = 0.6; // of the pixels
    cv::Mat flat;
    const cv::Scalar ground(median_colour(bgr));
    cv::inRange(bgr, ground - cv::Scalar::all(near), ground + cv::Scalar::all(near), flat);
    return cv::countNonZero(flat) > most * static_cast<double>(flat.total());
}

// Drawings may be smaller and sharper as PNG, photos are smaller as JPEG.
Picture smaller_of_two(const cv::Mat& bgr) {
    Picture photo = as_jpeg(bgr, figure_quality);
    if (!is_drawing(bgr)) {
        return photo;
    }
    Picture drawing = as_png(bgr);
    return drawing.bytes.size() <= photo.bytes.size() ? drawing : photo;
}

Picture figure_of(const cv::Mat& page, const Block& block) {
    const cv::Rect place = rect_of(block.box, page.size());
    return place.empty() ? as_png(cv::Mat(1, 1, CV_8UC3, cv::Scalar::all(255))) : smaller_of_two(page(place));
}

cv::Mat reduced(const cv::Mat& page, double& factor) {
    factor = std::min(1.0, most_backdrop / std::max(page.cols, page.rows));
    return image::area_averaged(page, factor);
}

bool is_white_paper(const cv::Mat& bgr) {
    cv::Mat gray;
    cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
    const int white = cv::countNonZero(gray > near_white);
    return white >= mostly_white * static_cast<double>(gray.total());
}

std::uint32_t rgb_of(const cv::Vec3b& bgr) {
    return (std::uint32_t{bgr[2]} << 16U) | (std::uint32_t{bgr[1]} << 8U) | bgr[0];
}

Backdrop backdrop_of(const cv::Mat& page, const DocumentPage& facts) {
    double factor = 1;
    cv::Mat small = reduced(page, factor);
    fill_holes(small, places_of_blocks(small, facts, static_cast<float>(factor)));
    Backdrop backdrop;
    backdrop.colour = rgb_of(median_colour(small));
    if (!is_white_paper(small)) {
        backdrop.picture = as_jpeg(small, backdrop_quality);
    }
    return backdrop;
}

InkOnGround ink_of(const cv::Mat& page, const std::vector<text::DocumentLine>& lines) {
    constexpr float around = 0.3F; // of the line's height: bold capitals leave less ground than they cover
    const cv::Rect place =
        lines.empty() ? cv::Rect() : rect_of(lines.front().box, page.size(), around * lines.front().box.height());
    if (place.empty()) {
        return {};
    }
    const auto [stroke, ground] = stroke_and_ground(page, place);
    return {rgb_of(stroke), rgb_of(ground)};
}

std::vector<InkOnGround> cell_inks(const cv::Mat& page, const Block& table) {
    std::vector<InkOnGround> inks;
    for (const text::TableCell& cell : table.cells) {
        const cv::Rect place = rect_of(cell.box, page.size(), -3); // within its rules
        InkOnGround& ink = inks.emplace_back(ink_of(page, cell.lines));
        ink.ground = place.empty() ? 0xFFFFFF : rgb_of(median_colour(page(place)));
    }
    return inks;
}

// Gray pages need no colour channels.
cv::Mat without_idle_colour(const cv::Mat& bgr) {
    constexpr double least_colour = 10; // of 255, between channels
    std::vector<cv::Mat> channels;
    cv::split(bgr, channels);
    const double most =
        std::max(cv::norm(channels[0], channels[1], cv::NORM_INF), cv::norm(channels[2], channels[1], cv::NORM_INF));
    return most < least_colour ? channels[1] : bgr;
}

template <typename Work> auto translated(Work work) {
    try {
        return work();
    } catch (const cv::Exception& e) {
        throw Error(ErrorCode::write_failed, "picture", e.what());
    }
}

} // namespace

std::vector<Picture> figures_of(const DocumentPage& page) {
    return translated([&] {
        std::vector<Picture> figures;
        cv::Mat picture; // made only where there is a figure
        for (const Block& block : page.blocks) {
            if (block.kind == BlockKind::figure) {
                picture = picture.empty() ? image::compose(page.picture) : picture;
                figures.push_back(figure_of(picture, block));
            }
        }
        return figures;
    });
}

PagePictures pictures_of(const DocumentPage& page) {
    return translated([&] {
        PagePictures pictures;
        cv::Mat whole = image::compose(page.picture);
        whole = whole.empty() ? cv::Mat(1, 1, CV_8UC3, cv::Scalar::all(255)) : whole; // a page that nobody saw
        for (const Block& block : page.blocks) {
            pictures.inks.push_back(ink_of(whole, block.lines));
            if (block.kind == BlockKind::figure) {
                pictures.figures.push_back(figure_of(whole, block));
            } else if (block.kind == BlockKind::table) {
                pictures.cell_inks.push_back(cell_inks(whole, block));
            }
        }
        pictures.backdrop = backdrop_of(whole, page);
        return pictures;
    });
}

FileBytes page_png(const DocumentPage& page) {
    return translated([&] { return image::encode_png(without_idle_colour(image::compose(page.picture)), page.dpi); });
}

FileBytes page_jpeg(const DocumentPage& page, int quality) {
    return translated([&] {
        return image::encode_jpeg(without_idle_colour(image::compose(page.picture)),
                                  {.quality = quality, .dpi = page.dpi});
    });
}

} // namespace saring::output
