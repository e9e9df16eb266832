// Ink is smeared along the reading direction, so that a line of letters becomes a ridge whose crest runs through the
// middle of its small letters: ascenders and descenders weigh little and cancel out. The crests are found column by
// column to a fraction of a pixel and linked from left to right, each link predicted by the slope so far, so that
// a chain follows a bent line and does not jump to the next one.
//
// Printed rules are lines too, and longer than any: the lines of a table say more than the words in its cells.
//
// It cannot follow lines that touch one another, and a line that mixes sizes makes several chains.
#include "image/text_chains.hpp"

#include "image/enhance.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace saring::image {
namespace {

constexpr int ink_level = 185;        // grey level of flattened paper (245) below which a pixel is ink
constexpr int least_letter = 4;       // pixels height; smaller is dust
constexpr double most_letter = 0.06;  // of the picture's height
constexpr double smear_along = 1.8;   // x-heights, sigma: bridges the gaps between letters
constexpr double smear_across = 0.33; // x-heights, sigma: keeps lines apart
constexpr double crest = 0.3;         // of the mean ridge over ink: what counts as a line
constexpr double column_step = 1;     // x-heights between the points of a chain
constexpr double widest_gap = 5;      // x-heights between words of one line
constexpr double most_jump = 0.6;     // x-heights that a point may lie beside its prediction
constexpr double slope_memory = 10;   // x-heights over which a chain's slope is taken
constexpr double steepest = 0.35;     // slope of a line
constexpr double shortest_chain = 12; // x-heights
constexpr double level_share = 0.08;  // of the picture's width that a line must have to tell whether it is level
constexpr double telling_share = 0.2; // the same to tell whether it is straight
constexpr int rule_run = 31;          // pixels: shortest level run of a rule's ink, longer than a letter's bar
constexpr double rule_share = 0.15;   // of the picture's width from which a run is a rule
constexpr double thickest_rule = 0.8; // x-heights

// The ink without everything that is no letter; sets the x-height.
cv::Mat letters(cv::Mat ink, double& x_height) {
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centroids, 8, CV_32S);
    std::vector<int> heights;
    const auto of = [&](int i, int field) { return stats.at<int>(i, field); };
    for (int i = 1; i < count; ++i) {
        const int height = of(i, cv::CC_STAT_HEIGHT);
        const int width = of(i, cv::CC_STAT_WIDTH);
        if (height >= least_letter && height < most_letter * ink.rows && width < 6 * height && 3 * width > height) {
            heights.push_back(height);
        }
    }
    constexpr std::size_t least_letters = 12;
    if (heights.size() < least_letters) {
        x_height = 0;
        return {};
    }
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    x_height = *middle;
    // Rules, frames and pictures go; a word whose letters touch may stay.
    std::vector<std::uint8_t> keep(static_cast<std::size_t>(count), 255);
    keep[0] = 0;
    for (int i = 1; i < count; ++i) {
        const int height = of(i, cv::CC_STAT_HEIGHT);
        const bool is_letter = height >= 2 && height < 4 * x_height && of(i, cv::CC_STAT_WIDTH) < 20 * x_height &&
                               !(of(i, cv::CC_STAT_WIDTH) > 8 * x_height && height < x_height);
        keep[static_cast<std::size_t>(i)] = is_letter ? 255 : 0;
    }
    for (int y = 0; y < ink.rows; ++y) {
        auto* row = ink.ptr<std::uint8_t>(y);
        const auto* label = labels.ptr<int>(y);
        for (int x = 0; x < ink.cols; ++x) {
            row[x] = keep[static_cast<std::size_t>(label[x])];
        }
    }
    return ink;
}

// Printed rules: runs of ink that are long, level and thin.
std::vector<TextChain> rules(const cv::Mat& ink, double x_height) {
    cv::Mat level;
    cv::dilate(ink, level, cv::Mat::ones(3, 1, CV_8U)); // a rule that rises is a staircase of short runs
    cv::morphologyEx(level, level, cv::MORPH_OPEN, cv::Mat::ones(1, rule_run, CV_8U));
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centroids;
    const int count = cv::connectedComponentsWithStats(level, labels, stats, centroids, 8, CV_32S);
    const int step = std::max(2, static_cast<int>(std::lround(column_step * x_height)));
    std::vector<TextChain> out;
    for (int i = 1; i < count; ++i) {
        const cv::Rect box(stats.at<int>(i, cv::CC_STAT_LEFT), stats.at<int>(i, cv::CC_STAT_TOP),
                           stats.at<int>(i, cv::CC_STAT_WIDTH), stats.at<int>(i, cv::CC_STAT_HEIGHT));
        const double thickness = static_cast<double>(stats.at<int>(i, cv::CC_STAT_AREA)) / box.width;
        if (box.width < rule_share * ink.cols || thickness > thickest_rule * x_height + 2) {
            continue;
        }
        TextChain chain;
        for (int x = box.x; x < box.x + box.width; x += step) {
            double sum = 0;
            int rows = 0;
            for (int y = box.y; y < box.y + box.height; ++y) {
                if (labels.at<int>(y, x) == i) {
                    sum += y + 0.5;
                    ++rows;
                }
            }
            if (rows > 0) {
                chain.push_back({static_cast<float>(x) + 0.5F, static_cast<float>(sum / rows)});
            }
        }
        out.push_back(std::move(chain));
    }
    return out;
}

// Rows at which the ridge has a crest in this column, to a fraction of a pixel.
std::vector<float> crests(const cv::Mat& ridge, int column, float least) {
    std::vector<float> out;
    for (int y = 1; y + 1 < ridge.rows; ++y) {
        const float before = ridge.at<float>(y - 1, column);
        const float here = ridge.at<float>(y, column);
        const float after = ridge.at<float>(y + 1, column);
        if (here >= least && here > before && here >= after) {
            const float curvature = before - 2 * here + after;
            const float offset = curvature < 0 ? 0.5F * (before - after) / curvature : 0;
            out.push_back(static_cast<float>(y) + 0.5F + std::clamp(offset, -0.5F, 0.5F));
        }
    }
    return out;
}

float slope_at_end(const TextChain& chain, double memory) {
    const Point last = chain.back();
    std::size_t first = chain.size() - 1;
    while (first > 0 && last.x - chain[first].x < memory) {
        --first;
    }
    const float across = last.x - chain[first].x;
    // A short chain's slope is noise: it is drawn to the horizontal.
    const auto doubt = static_cast<float>(memory) / 4;
    return std::clamp((last.y - chain[first].y) / (across + doubt), static_cast<float>(-steepest),
                      static_cast<float>(steepest));
}

// Adds one column's crests to the chains that they continue, nearest first; starts new chains with the others.
void link(std::vector<TextChain>& open, const std::vector<float>& rows, float column, double x_height) {
    struct Pair {
        double beside;
        std::size_t row;
        std::size_t chain;
    };
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < open.size(); ++i) {
        const Point last = open[i].back();
        const float ahead = last.y + slope_at_end(open[i], slope_memory * x_height) * (column - last.x);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            const double beside = std::abs(rows[r] - ahead);
            if (beside < most_jump * x_height) {
                pairs.push_back({beside, r, i});
            }
        }
    }
    std::sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.beside < b.beside; });
    std::vector<bool> is_taken(rows.size(), false);
    std::vector<bool> is_continued(open.size(), false);
    for (const Pair& pair : pairs) {
        if (!is_taken[pair.row] && !is_continued[pair.chain]) {
            open[pair.chain].push_back({column, rows[pair.row]});
            is_taken[pair.row] = true;
            is_continued[pair.chain] = true;
        }
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
        if (!is_taken[r]) {
            open.push_back({{column, rows[r]}});
        }
    }
}

// Least squares of a polynomial over the chain; x runs from -1 to 1.
cv::Mat polynomial(const TextChain& chain, int degree, cv::Mat& powers) {
    const auto n = static_cast<int>(chain.size());
    const double first = chain.front().x;
    const double half = std::max(1.0, (chain.back().x - first) / 2.0);
    powers.create(n, degree + 1, CV_64F);
    cv::Mat y(n, 1, CV_64F);
    for (int i = 0; i < n; ++i) {
        const double x = (chain[static_cast<std::size_t>(i)].x - first) / half - 1;
        for (int k = 0; k <= degree; ++k) {
            powers.at<double>(i, k) = std::pow(x, k);
        }
        y.at<double>(i) = chain[static_cast<std::size_t>(i)].y;
    }
    cv::Mat coefficients;
    cv::solve(powers, y, coefficients, cv::DECOMP_QR);
    return coefficients;
}

double root_mean_square(const cv::Mat& m) { return cv::norm(m) / std::sqrt(static_cast<double>(m.total())); }

struct Weighted {
    double value;
    double weight; // the line's length: a long line tells more than a word
};

double quantile(std::vector<Weighted> values, double share) {
    std::sort(values.begin(), values.end(), [](const Weighted& a, const Weighted& b) { return a.value < b.value; });
    double all = 0;
    for (const Weighted& v : values) {
        all += v.weight;
    }
    double sum = 0;
    for (const Weighted& v : values) {
        sum += v.weight;
        if (sum >= share * all) {
            return v.value;
        }
    }
    return 0;
}

// Of dark writing on a bright ground.
TextChains chains_of(const cv::Mat& gray) {
    TextChains out;
    cv::Mat all_ink;
    cv::compare(flatten(gray), ink_level, all_ink, cv::CMP_LT);
    const cv::Mat ink = letters(all_ink.clone(), out.x_height);
    if (ink.empty()) {
        return out;
    }
    out.chains = rules(all_ink, out.x_height);
    cv::Mat ridge;
    ink.convertTo(ridge, CV_32F);
    cv::GaussianBlur(ridge, ridge, {}, smear_along * out.x_height, smear_across * out.x_height);
    const auto least = static_cast<float>(crest * cv::mean(ridge, ink)[0]);

    const int step = std::max(2, static_cast<int>(std::lround(column_step * out.x_height)));
    std::vector<TextChain> open;
    const auto close = [&](float column) {
        std::erase_if(open, [&](const TextChain& chain) {
            if (column - chain.back().x <= widest_gap * out.x_height) {
                return false;
            }
            if (chain.back().x - chain.front().x >= shortest_chain * out.x_height) {
                out.chains.push_back(chain);
            }
            return true;
        });
    };
    for (int x = step / 2; x < ridge.cols; x += step) {
        const float column = static_cast<float>(x) + 0.5F;
        close(column);
        link(open, crests(ridge, x, least), column, out.x_height);
    }
    close(static_cast<float>(ridge.cols + widest_gap * out.x_height) + 1);
    return out;
}

double total_length(const TextChains& text) {
    double sum = 0;
    for (const TextChain& chain : text.chains) {
        sum += chain.back().x - chain.front().x;
    }
    return sum;
}

} // namespace

TextChains find_text_chains(const cv::Mat& gray) {
    TextChains dark = chains_of(gray);
    if (!is_dark_ground(gray)) {
        return dark;
    }
    // A dark slide, or a sheet on a dark desk: what holds more writing.
    TextChains bright = chains_of(255 - gray);
    return total_length(bright) > total_length(dark) ? bright : dark;
}

Straightness straightness(const TextChains& text, int picture_width) {
    constexpr int smooth = 3; // a cubic: what a bent sheet does to a line, without the letters' own ups and downs
    constexpr std::size_t least_points = 8;
    std::vector<Weighted> bends;
    std::vector<Weighted> slopes;
    std::vector<Weighted> residuals;
    for (const TextChain& chain : text.chains) {
        const double length = chain.back().x - chain.front().x;
        if (length < level_share * picture_width || chain.size() < least_points) {
            continue;
        }
        cv::Mat powers;
        const cv::Mat line = polynomial(chain, 1, powers);
        const cv::Mat straight = powers * line;
        const cv::Mat course = polynomial(chain, smooth, powers);
        const cv::Mat curve = powers * course;
        if (length >= telling_share * picture_width) {
            bends.push_back({root_mean_square(curve - straight), length});
        }
        slopes.push_back({std::atan2(2 * line.at<double>(1), length) * 180 / std::numbers::pi, length});
        residuals.push_back({root_mean_square(curve - cv::mean(curve)[0]), length});
    }
    constexpr double middle = 0.5;
    constexpr double upper = 0.7; // the lines at the camera's height are straight on any sheet, a few are found wrongly
    Straightness out;
    out.lines = static_cast<int>(residuals.size());
    out.bend = quantile(bends, upper);
    out.skew = quantile(slopes, middle);
    for (Weighted& slope : slopes) {
        slope.value = std::abs(slope.value - out.skew);
    }
    out.fan = quantile(slopes, middle);
    out.residual = quantile(residuals, upper);
    return out;
}

} // namespace saring::image
