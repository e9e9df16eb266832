// Text is erased in two steps. Where words stand, strokes are told from what they stand on by their distance from the
// median colour, so that a photo behind the letters stays as it is. Then the holes are filled from their surroundings
// by pull-push: the picture is halved again and again, known pixels alone counting, and holes take what the next
// coarser picture knows (Gortler et al., "The Lumigraph", 1996, section 3.4.2). Linear in the pixels. It does not
// continue patterns: text on a busy photo leaves soft spots.
#include "output/office_pictures.hpp"

#include "image/page_layers.hpp"
#include "saring/error.hpp"

#include <opencv2/imgcodecs.hpp>
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
constexpr int clear_stroke = 36;       // of 255: strokes that differ less from their ground are not told apart
constexpr double near_white = 236;     // of 255: paper
constexpr double mostly_white = 0.995; // of the pixels: nothing is left worth keeping

cv::Rect rect_of(const Box& box, const cv::Size& size, float margin = 0) {
    const cv::Rect rect(cv::Point(cvFloor(box.left - margin), cvFloor(box.top - margin)),
                        cv::Point(cvCeil(box.right + margin), cvCeil(box.bottom + margin)));
    return rect & cv::Rect({0, 0}, size);
}

Picture encoded(const cv::Mat& bgr, const std::string& extension, int quality) {
    Picture picture{{}, extension, bgr.cols, bgr.rows};
    constexpr int png_effort = 6; // of 9; more takes twice the time for a hundredth of the size
    const std::vector<int> options = extension == "png" ? std::vector<int>{cv::IMWRITE_PNG_COMPRESSION, png_effort}
                                                        : std::vector<int>{cv::IMWRITE_JPEG_QUALITY, quality};
    if (!cv::imencode(extension == "png" ? ".png" : ".jpg", bgr, picture.bytes, options)) {
        throw Error(ErrorCode::write_failed, "picture", "cannot be encoded as " + extension);
    }
    return picture;
}

cv::Vec3b median_colour(const cv::Mat& bgr) {
    cv::Vec3b median;
    for (int channel = 0; channel < 3; ++channel) {
        std::array<int, 256> counts{};
        for (int y = 0; y < bgr.rows; ++y) {
            const auto* row = bgr.ptr<cv::Vec3b>(y);
            for (int x = 0; x < bgr.cols; ++x) {
                ++counts[row[x][channel]];
            }
        }
        int seen = 0;
        int value = 0;
        while (value < 255 && 2 * (seen + counts[static_cast<std::size_t>(value)]) < bgr.rows * bgr.cols) {
            seen += counts[static_cast<std::size_t>(value++)];
        }
        median[channel] = static_cast<std::uint8_t>(value);
    }
    return median;
}

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
    Picture photo = encoded(bgr, "jpeg", figure_quality);
    if (!is_drawing(bgr)) {
        return photo;
    }
    Picture drawing = encoded(bgr, "png", 0);
    return drawing.bytes.size() <= photo.bytes.size() ? drawing : photo;
}

Picture figure_of(const cv::Mat& page, const Block& block) {
    const cv::Rect place = rect_of(block.box, page.size());
    return place.empty() ? encoded(cv::Mat(1, 1, CV_8UC3, cv::Scalar::all(255)), "png", 0)
                         : smaller_of_two(page(place));
}

// Marks the strokes of a word in `holes`; the whole place where they cannot be told from their ground.
void mark_strokes(const cv::Mat& page, const cv::Rect& place, cv::Mat& holes) {
    cv::Mat difference;
    const cv::Vec3b ground = median_colour(page(place));
    cv::absdiff(page(place), cv::Scalar(ground), difference);
    std::vector<cv::Mat> channels;
    cv::split(difference, channels);
    cv::Mat distance = cv::max(cv::max(channels[0], channels[1]), channels[2]);
    cv::Mat strokes;
    const double split = cv::threshold(distance, strokes, 0, 255, cv::THRESH_BINARY | cv::THRESH_OTSU);
    if (split < clear_stroke) {
        holes(place) = 255;
        return;
    }
    // The soft edges of strokes belong to them.
    cv::threshold(distance, strokes, split / 3, 255, cv::THRESH_BINARY);
    const int reach = std::max(3, place.height / 12) | 1;
    cv::dilate(strokes, strokes, cv::getStructuringElement(cv::MORPH_ELLIPSE, {reach, reach}));
    holes(place) |= strokes;
}

void mark_words(const cv::Mat& page, const Block& block, cv::Mat& holes) {
    constexpr float margin = 0.15F; // of the line's height: swashes and blur
    for (const text::DocumentLine& line : block.lines) {
        for (const text::DocumentWord& word : line.words) {
            const cv::Rect place = rect_of(word.box, page.size(), margin * line.box.height());
            if (!place.empty()) {
                mark_strokes(page, place, holes);
            }
        }
    }
    const cv::Rect marker = rect_of(block.marker_word.box, page.size(), margin * block.marker_word.box.height());
    if (!block.marker.empty() && !marker.empty()) {
        mark_strokes(page, marker, holes);
    }
}

// Holes that a native table or a picture of its own will cover go as a whole.
void mark_place(const cv::Mat& page, const Block& block, cv::Mat& holes) {
    constexpr float margin = 4; // pixels: the outer half of drawn rules
    const cv::Rect place = rect_of(block.box, page.size(), margin);
    if (!place.empty()) {
        holes(place) = 255;
    }
}

// Fills where `weight` is 0; between 0 and 1 it blends.
void pull_push(cv::Mat& colour, cv::Mat& weight) {
    if (colour.rows < 2 && colour.cols < 2) {
        return;
    }
    const cv::Size half((colour.cols + 1) / 2, (colour.rows + 1) / 2);
    cv::Mat weights;
    cv::merge(std::array{weight, weight, weight}, weights);
    cv::Mat sums;
    cv::Mat share;
    cv::resize(colour.mul(weights), sums, half, 0, 0, cv::INTER_AREA);
    cv::resize(weight, share, half, 0, 0, cv::INTER_AREA);
    cv::Mat shares;
    cv::merge(std::array<cv::Mat, 3>{cv::max(share, 1e-6), cv::max(share, 1e-6), cv::max(share, 1e-6)}, shares);
    cv::Mat coarse = sums / shares;
    cv::Mat known = cv::min(share * 4, 1.0); // a quarter of known pixels tells the colour
    pull_push(coarse, known);
    cv::Mat filled;
    cv::resize(coarse, filled, colour.size(), 0, 0, cv::INTER_LINEAR);
    colour = colour.mul(weights) + filled.mul(cv::Scalar::all(1) - weights);
    weight.setTo(1);
}

void fill(cv::Mat& bgr, const cv::Mat& holes) {
    cv::Mat colour;
    bgr.convertTo(colour, CV_32FC3);
    cv::Mat weight;
    cv::Mat(holes == 0).convertTo(weight, CV_32F, 1.0 / 255);
    pull_push(colour, weight);
    cv::Mat whole;
    colour.convertTo(whole, CV_8UC3);
    whole.copyTo(bgr, holes);
}

cv::Mat reduced(const cv::Mat& page, double& factor) {
    factor = std::min(1.0, most_backdrop / std::max(page.cols, page.rows));
    cv::Mat small;
    cv::resize(page, small, {}, factor, factor, cv::INTER_AREA);
    return small;
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
    cv::Mat holes = cv::Mat::zeros(page.size(), CV_8U);
    for (const Block& block : facts.blocks) {
        const bool replaced = block.kind == BlockKind::table || block.kind == BlockKind::figure;
        replaced ? mark_place(page, block, holes) : mark_words(page, block, holes);
    }
    double factor = 1;
    cv::Mat small = reduced(page, factor);
    cv::Mat small_holes;
    cv::resize(holes, small_holes, small.size(), 0, 0, cv::INTER_AREA);
    fill(small, small_holes > 0);
    Backdrop backdrop;
    backdrop.colour = rgb_of(median_colour(small));
    if (!is_white_paper(small)) {
        backdrop.picture = encoded(small, "jpeg", backdrop_quality);
    }
    return backdrop;
}

std::vector<std::uint32_t> cell_colours(const cv::Mat& page, const Block& table) {
    std::vector<std::uint32_t> colours;
    for (const text::TableCell& cell : table.cells) {
        const cv::Rect place = rect_of(cell.box, page.size(), -3); // within its rules
        colours.push_back(place.empty() ? 0xFFFFFF : rgb_of(median_colour(page(place))));
    }
    return colours;
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
        const cv::Mat whole = image::compose(page.picture);
        for (const Block& block : page.blocks) {
            if (block.kind == BlockKind::figure) {
                pictures.figures.push_back(figure_of(whole, block));
            } else if (block.kind == BlockKind::table) {
                pictures.cell_colours.push_back(cell_colours(whole, block));
            }
        }
        pictures.backdrop = backdrop_of(whole, page);
        return pictures;
    });
}

FileBytes page_png(const DocumentPage& page) {
    return translated([&] { return encoded(without_idle_colour(image::compose(page.picture)), "png", 0).bytes; });
}

FileBytes page_jpeg(const DocumentPage& page, int quality) {
    return translated(
        [&] { return encoded(without_idle_colour(image::compose(page.picture)), "jpeg", quality).bytes; });
}

} // namespace saring::output
