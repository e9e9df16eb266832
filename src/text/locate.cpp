// A small segmentation network in the manner of DB (Liao et al., "Real-time scene text detection with differentiable
// binarization", 2020), trained by scripts/train/train_locator.py. It marks the x-height band of every line, four
// fifths as high as the band itself, so that neighbouring lines stay apart; connected marks become regions, grown back
// to the height of ascenders and descenders. Further channels tell foreign scripts, handwriting and the reading
// direction.
//
// What it cannot do: a strongly curved line comes out as one wide region.
#include "text/locate.hpp"

#include "image/area_average.hpp"
#include "text/large_lines.hpp"

#include <opencv2/dnn.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace saring::text {
namespace {

constexpr int stride = 32;        // the network halves its input five times
constexpr int cell = 4;           // pixels of the picture to one of the maps
constexpr float threshold = 0.4F; // probability from which a cell belongs to a line
constexpr float least_confidence = 0.5F;
constexpr float band_share = 0.8F; // of the x-height that the mark is high
constexpr float ascender = 0.75F;  // x-heights above the band that letters reach
constexpr float descender = 0.5F;  // … and below
constexpr float overhang = 0.4F;   // … and beyond both ends
constexpr float tallest_line = 16; // pixels of x-height: what is located as taller may be a block of several lines
// Large letters are seen better on smaller copies of the picture.
struct Copy {
    double size;
    float from;             // pixels of the picture: x-height from which this copy sees lines better
    int least_side;         // pixels of the copy: on less, every shape looks like a letter
    float least_confidence; // the smaller the copy, the more a whole sign or window looks like a line
};
constexpr std::array copies{Copy{0.3, 45, stride, 0.5F}, Copy{0.1, 140, 3 * stride, 0.7F}};

float sigmoid(float x) { return 1 / (1 + std::exp(-x)); }
float logit(float p) { return std::log(p / (1 - p)); }

constexpr int channels = 5; // text, foreign, handwriting, cosine and sine of the direction
using Maps = std::array<cv::Mat, channels>;

// The network wants -2 to 2, which OpenCV makes of bytes as it copies them.
constexpr double middle = 127.5;
constexpr double spread = 63.75;

// 1 x 3 x rows x columns, of bytes.
cv::Mat planes_of(const cv::Mat& bgr) {
    cv::Mat blob(std::vector<int>{1, bgr.channels(), bgr.rows, bgr.cols}, CV_8U);
    std::vector<cv::Mat> planes;
    for (int i = 0; i < bgr.channels(); ++i) {
        planes.emplace_back(bgr.size(), CV_8U, blob.ptr(0, i));
    }
    cv::split(bgr, planes);
    return blob;
}

Maps run_whole(cv::dnn::Net& net, const cv::Mat& bgr) {
    const auto padded = [](int length) { return (length + stride - 1) / stride * stride; };
    cv::Mat whole;
    cv::copyMakeBorder(bgr, whole, 0, padded(bgr.rows) - bgr.rows, 0, padded(bgr.cols) - bgr.cols,
                       cv::BORDER_REPLICATE);
    net.setInput(planes_of(whole), {}, 1 / spread, cv::Scalar::all(middle));
    cv::Mat blob = net.forward();
    Maps maps;
    for (int i = 0; i < channels; ++i) {
        maps[static_cast<std::size_t>(i)] = cv::Mat(blob.size[2], blob.size[3], CV_32F, blob.ptr<float>(0, i)).clone();
    }
    return maps;
}

// Large pictures go through the network in strips, so that memory does not grow with the photo. Strips overlap by more
// than what a cell of the maps sees, and only their middles are kept.
Maps run(cv::dnn::Net& net, const cv::Mat& bgr) {
    constexpr double most_pixels = 4e6; // of a strip
    constexpr int overlap = 4 * stride; // rows on either side
    const int rows = std::max(4 * overlap, static_cast<int>(most_pixels / bgr.cols) / stride * stride);
    if (bgr.rows <= rows) {
        return run_whole(net, bgr);
    }
    std::array<std::vector<cv::Mat>, channels> pieces;
    for (int top = 0; top < bgr.rows; top += rows - 2 * overlap) {
        const int bottom = std::min(bgr.rows, top + rows);
        const bool last = bottom == bgr.rows;
        const Maps strip = run_whole(net, bgr.rowRange(top, bottom));
        const int from = top == 0 ? 0 : overlap / cell;
        const int to = last ? strip[0].rows : (rows - overlap) / cell;
        for (std::size_t i = 0; i < channels; ++i) {
            pieces[i].push_back(strip[i].rowRange(from, to));
        }
        if (last) {
            break;
        }
    }
    Maps maps;
    for (std::size_t i = 0; i < channels; ++i) {
        cv::vconcat(pieces[i], maps[i]);
    }
    return maps;
}

// The rectangle around a mark, its first corner the start of the line. `mass` is the area of the mark in square pixels,
// which tells its thickness more finely than the cells of its outline.
Quad grown(const cv::RotatedRect& mark, float reading_angle, float mass, float& x_height) {
    float width = mark.size.width;
    float height = mark.size.height;
    float degrees = mark.angle;
    if (width < height) {
        std::swap(width, height);
        degrees += 90;
    }
    // Of the two directions along the longer side, the one that the network saw; a nearly square mark may also be
    // turned.
    float turn = std::remainder(reading_angle - degrees, 360.0F);
    if (width < 1.6F * height && std::abs(std::abs(turn) - 90) < 45) {
        std::swap(width, height);
        degrees += 90;
        turn = std::remainder(reading_angle - degrees, 360.0F);
    }
    if (std::abs(turn) > 90) {
        degrees += 180;
    }
    x_height = std::min(height, 1.15F * mass / std::max(1.0F, width)) / band_share;
    const float radians = degrees * std::numbers::pi_v<float> / 180;
    const cv::Point2f along(std::cos(radians), std::sin(radians));
    const cv::Point2f down(-along.y, along.x);
    const float half_width = width / 2 + overhang * x_height;
    const float up = x_height / 2 + ascender * x_height;
    const float below = x_height / 2 + descender * x_height;
    const auto corner = [&](float a, float d) { return image::point_of(mark.center + along * a + down * d); };
    return {
        {{corner(-half_width, -up), corner(half_width, -up), corner(half_width, below), corner(-half_width, below)}}};
}

constexpr int fewest_cells = 3; // of a region

cv::Rect box_of(const int* stats) {
    return {stats[cv::CC_STAT_LEFT], stats[cv::CC_STAT_TOP], stats[cv::CC_STAT_WIDTH], stats[cv::CC_STAT_HEIGHT]};
}

// The cells within `box` that have this label.
TextRegion region_of(const Maps& planes, const cv::Mat& labels, int label, const cv::Rect& box) {
    std::vector<cv::Point2f> corners;
    std::array<double, channels> sums{};
    for (int y = box.y; y < box.br().y; ++y) {
        for (int x = box.x; x < box.br().x; ++x) {
            if (labels.at<int>(y, x) != label) {
                continue;
            }
            for (std::size_t k = 0; k < 3; ++k) {
                sums[k] += sigmoid(planes[k].at<float>(y, x));
            }
            const float c = planes[3].at<float>(y, x);
            const float s = planes[4].at<float>(y, x);
            const float length = std::hypot(c, s) + 1e-3F;
            sums[3] += c / length;
            sums[4] += s / length;
            for (const auto& [dx, dy] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}}) {
                corners.emplace_back(static_cast<float>((x + dx) * cell), static_cast<float>((y + dy) * cell));
            }
        }
    }
    const std::size_t cells = corners.size() / 4;
    const auto area = static_cast<double>(cells);
    TextRegion region;
    region.confidence = static_cast<float>(sums[0] / area);
    region.foreign = static_cast<float>(sums[1] / area);
    region.handwriting = static_cast<float>(sums[2] / area);
    const auto reading_angle = static_cast<float>(std::atan2(sums[4], sums[3]) * 180 / std::numbers::pi);
    const auto mass = static_cast<float>(sums[0] * cell * cell);
    region.quad = grown(cv::minAreaRect(corners), reading_angle, mass, region.x_height);
    constexpr std::size_t most_marks = 40;
    const std::size_t step = (cells + most_marks - 1) / most_marks;
    for (std::size_t k = step / 2; k < cells; k += step) {
        region.marks.push_back(image::point_of((corners[4 * k] + corners[4 * k + 2]) * 0.5F));
    }
    return region;
}

// Lines so close that their marks run together into a block are parted where the network doubts that there is text.
// Empty where the block, which has the cells of a label within `box`, does not fall into long and much thinner pieces.
// They are as sure as the block: bricks fall apart, too.
std::vector<TextRegion> lines_of_block(const Maps& planes, const cv::Mat& labels, int label, const cv::Rect& box,
                                       const TextRegion& block) {
    constexpr std::array levels{0.5F, 0.6F, 0.7F, 0.8F};
    constexpr double least_kept = 0.4; // of the block's cells
    constexpr double thin = 0.45;      // of the block's x-height
    constexpr double least_long = 0.6; // of the cells that are kept
    constexpr float lengths = 5;       // x-heights
    const cv::Mat mask = labels(box) == label;
    const double cells = cv::countNonZero(mask);
    for (const float level : levels) {
        cv::Mat cores = planes[0](box) > logit(level);
        cores &= mask;
        cv::Mat pieces = cv::Mat::zeros(labels.size(), CV_32S);
        cv::Mat stats;
        cv::Mat centroids;
        cv::Mat within = pieces(box);
        const int count = cv::connectedComponentsWithStats(cores, within, stats, centroids, 4, CV_32S);
        double kept = 0;
        double height = 0;
        double length = 0;
        std::vector<std::pair<int, TextRegion>> lines;
        for (int i = 1; i < count; ++i) {
            const int* row = stats.ptr<int>(i);
            const double area = row[cv::CC_STAT_AREA];
            if (area >= fewest_cells) {
                lines.emplace_back(i, region_of(planes, pieces, i, box_of(row) + box.tl()));
                const TextRegion& line = lines.back().second;
                kept += area;
                height += area * line.x_height;
                length += reading_width(line.quad) > lengths * line.x_height ? area : 0;
            }
        }
        if (kept < least_kept * cells || height > thin * block.x_height * kept || length < least_long * kept) {
            continue;
        }
        std::vector<TextRegion> out;
        for (auto& [i, line] : lines) {
            line.confidence = block.confidence;
            std::vector<TextRegion> parts;
            if (line.x_height > tallest_line) {
                parts = lines_of_block(planes, pieces, i, box_of(stats.ptr<int>(i)) + box.tl(), line);
            }
            if (parts.empty()) {
                parts.push_back(std::move(line));
            }
            out.insert(out.end(), std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()));
        }
        return out;
    }
    return {};
}

} // namespace

class TextLocator::Network {
public:
    explicit Network(const std::filesystem::path& model) {
        try {
            net_ = cv::dnn::readNetFromONNX(model.string());
        } catch (const cv::Exception&) {
            throw Error(ErrorCode::missing_model, "locate", model.string());
        }
        net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
        net_.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    }

    std::vector<TextRegion> locate_at_one_size(const cv::Mat& bgr, Blocks blocks);

private:
    cv::dnn::Net net_;
};

std::vector<TextRegion> TextLocator::Network::locate_at_one_size(const cv::Mat& bgr, Blocks blocks) {
    const Maps planes = run(net_, bgr);
    cv::Mat marks = planes[0] > logit(threshold);
    // Cells beyond the picture's own edge only repeat it.
    const int columns = (bgr.cols + cell - 1) / cell;
    const int rows = (bgr.rows + cell - 1) / cell;
    marks.colRange(columns, marks.cols).setTo(0);
    marks.rowRange(rows, marks.rows).setTo(0);

    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(marks, labels, stats, centroids, 4);
    std::vector<TextRegion> out;
    for (int i = 1; i < count; ++i) {
        const int* row = stats.ptr<int>(i);
        const cv::Rect box = box_of(row);
        if (row[cv::CC_STAT_AREA] < fewest_cells) {
            continue;
        }
        TextRegion region = region_of(planes, labels, i, box);
        if (region.confidence < least_confidence) {
            continue;
        }
        if (blocks == Blocks::parted && region.x_height > tallest_line) {
            const std::vector<TextRegion> lines = lines_of_block(planes, labels, i, box, region);
            out.insert(out.end(), lines.begin(), lines.end());
            if (!lines.empty()) {
                continue;
            }
        }
        out.push_back(std::move(region));
    }
    return out;
}

TextLocator::TextLocator(const std::filesystem::path& model) : model_(model) {}
TextLocator::~TextLocator() = default;
TextLocator::TextLocator(TextLocator&&) noexcept = default;
TextLocator& TextLocator::operator=(TextLocator&&) noexcept = default;

void TextLocator::prepare() {
    if (!network_) {
        network_ = std::make_unique<Network>(model_);
    }
}

std::vector<TextRegion> TextLocator::locate(const cv::Mat& bgr, Blocks blocks) {
    prepare();
    std::vector<TextRegion> out = network_->locate_at_one_size(bgr, blocks);
    for (const Copy& copy : copies) {
        if (std::min(bgr.cols, bgr.rows) * copy.size < copy.least_side) {
            break;
        }
        std::vector<TextRegion> large =
            network_->locate_at_one_size(image::area_averaged(bgr, copy.size), Blocks::whole);
        scale_up(large, copy.size);
        std::erase_if(large, [&](const TextRegion& region) {
            return region.x_height < copy.from || region.confidence < copy.least_confidence;
        });
        add_large(std::move(large), out);
    }
    return out;
}

} // namespace saring::text
