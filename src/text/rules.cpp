// Opening the ink with a long flat element leaves only what is long and flat. The picture is reduced first, which is
// fast and forgives lines that run a little aslant, and closed along the line, which forgives gaps. Strokes of large
// letters are told by the ink above and below them: a rule stands free, but for lines that cross it. What it cannot do:
// dotted lines, and lines more than about one degree aslant.
#include "text/rules.hpp"

#include "image/area_average.hpp"
#include "text/boxes.hpp"

#include <opencv2/imgproc.hpp>

namespace saring::text {
namespace {

constexpr float rule_dpi = 120;       // of the reduced picture
constexpr float shortest = 0.30F;     // inches; the bars of letters are shorter up to 30 points
constexpr float least_piece = 0.2F;   // inches, of a piece of a rule
constexpr float widest_gap = 0.12F;   // inches, between pieces of one rule
constexpr float thickest = 0.05F;     // inches; more is an area, or a row of small letters
constexpr float least_band = 0.067F;  // inches, of a black area in both directions
constexpr float band_words = 0.2F;    // inches between black parts of a band: its words
constexpr float widest_letter = 1.0F; // inches; wider black areas are bands
constexpr double inked = 40;          // of 255: a line of one pixel at 300 dpi that falls between two reduced rows
constexpr std::size_t most_rules = 600;

cv::Mat reduced(const PageInk& ink, double scale) { return image::area_averaged(ink.strokes, scale) > inked; }

// Large black areas, which hide the rules that meet them.
cv::Mat solid_of(const cv::Mat& ink, float dpi) {
    const int side = static_cast<int>(std::lround(least_band * dpi));
    cv::Mat out;
    cv::morphologyEx(ink, out, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {side, side}));
    return out;
}

// Dark rows, as under the heads of tables: solid but for the light words in them.
std::vector<Box> bands_of(const cv::Mat& solid, float dpi) {
    const int reach = static_cast<int>(band_words * dpi) | 1;
    cv::Mat closed;
    cv::morphologyEx(solid, closed, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {reach, reach / 3}));
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(closed, labels, stats, centres);
    std::vector<Box> out;
    for (int i = 1; i < count; ++i) {
        const auto at = [&](int what) { return static_cast<float>(stats.at<int>(i, what)); };
        const Box box{at(cv::CC_STAT_LEFT), at(cv::CC_STAT_TOP), at(cv::CC_STAT_LEFT) + at(cv::CC_STAT_WIDTH),
                      at(cv::CC_STAT_TOP) + at(cv::CC_STAT_HEIGHT)};
        constexpr float full = 0.6F;
        // Letters in a row have no straight edge.
        const cv::Mat inner = solid(
            cv::Rect(cv::Point(static_cast<int>(box.left), std::min(static_cast<int>(box.top) + 2, solid.rows - 1)),
                     cv::Size(static_cast<int>(box.width()), 1)));
        const bool straight = static_cast<float>(cv::countNonZero(inner)) > 0.8F * box.width();
        const bool wide = straight && box.width() > widest_letter * dpi && box.height() < 1.0F * dpi;
        if (wide && at(cv::CC_STAT_AREA) > full * box.area()) {
            out.push_back(box);
        }
    }
    return out;
}

// The edges of a band part rows, and rules that end at it go on below its colour.
void add_bands(const std::vector<Box>& bands, std::vector<Rule>& rules, float reach) {
    for (const Box& band : bands) {
        for (Rule& rule : rules) {
            const bool meets = !rule.horizontal && rule.at() > band.left - reach && rule.at() < band.right + reach &&
                               rule.box.top < band.bottom + reach && rule.box.bottom > band.top - reach;
            if (meets) {
                rule.box.top = std::min(rule.box.top, band.top);
                rule.box.bottom = std::max(rule.box.bottom, band.bottom);
            }
        }
        rules.push_back({{band.left, band.top, band.right, band.top + 1}, true});
        rules.push_back({{band.left, band.bottom - 1, band.right, band.bottom}, true});
    }
}

// The same for columns as for rows, on the transposed picture.
std::vector<Box> flat_strokes(const cv::Mat& ink, float dpi) {
    const auto length = [&](float inches) { return std::max(3, static_cast<int>(std::lround(inches * dpi))); };
    cv::Mat work;
    // Three rows at a time, so that a line may climb a pixel now and then.
    cv::dilate(ink, work, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    cv::erode(work, work, cv::getStructuringElement(cv::MORPH_RECT, {3, 1}));
    const cv::Mat flat = cv::getStructuringElement(cv::MORPH_RECT, {length(least_piece), 1});
    cv::morphologyEx(work, work, cv::MORPH_OPEN, flat);
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(work, labels, stats, centres);
    std::vector<Box> out;
    for (int i = 1; i < count; ++i) {
        const auto at = [&](int what) { return static_cast<float>(stats.at<int>(i, what)); };
        const float thickness = at(cv::CC_STAT_AREA) / at(cv::CC_STAT_WIDTH);
        if (thickness > thickest * dpi + 2) {
            continue;
        }
        // The dilation added a pixel on each side.
        const float top = at(cv::CC_STAT_TOP);
        const float height = at(cv::CC_STAT_HEIGHT);
        const float inset = height > 2 ? 1.0F : 0.0F;
        out.push_back(
            {at(cv::CC_STAT_LEFT), top + inset, at(cv::CC_STAT_LEFT) + at(cv::CC_STAT_WIDTH), top + height - inset});
    }
    return out;
}

void join_pieces(std::vector<Box>& pieces, float dpi) {
    std::sort(pieces.begin(), pieces.end(), [](const Box& a, const Box& b) { return a.left < b.left; });
    std::vector<Box> out;
    for (const Box& piece : pieces) {
        const auto same = std::find_if(out.begin(), out.end(), [&](const Box& rule) {
            return std::abs(middle_y(rule) - middle_y(piece)) < 0.03F * dpi &&
                   piece.left - rule.right < widest_gap * dpi;
        });
        if (same == out.end()) {
            out.push_back(piece);
        } else {
            *same = united(*same, piece);
        }
        if (out.size() >= most_rules) {
            break;
        }
    }
    pieces = std::move(out);
}

// Share of inked pixels in the rows [from, to) along the rule.
float inked_beside(const Box& rule, float from, float to, const cv::Mat& ink) {
    const int top = std::clamp(static_cast<int>(from), 0, ink.rows);
    const int bottom = std::clamp(static_cast<int>(to), top, ink.rows);
    const int left = std::clamp(static_cast<int>(rule.left), 0, ink.cols);
    const int right = std::clamp(static_cast<int>(rule.right), left, ink.cols);
    const cv::Rect area(left, top, right - left, bottom - top);
    return area.empty() ? 0 : static_cast<float>(cv::countNonZero(ink(area))) / static_cast<float>(area.area());
}

// A letter's bar has the rest of the letter above or below it along much of its length. A second rule right beside the
// first is inked all along.
bool stands_free(const Box& rule, const cv::Mat& ink, float dpi) {
    const float reach = std::max(2.0F, 0.03F * dpi);
    const auto crowded = [](float share) {
        constexpr float letters = 0.2F;
        constexpr float second_rule = 0.9F;
        return share > letters && share < second_rule;
    };
    return !crowded(inked_beside(rule, rule.top - 1 - reach, rule.top - 1, ink)) &&
           !crowded(inked_beside(rule, rule.bottom + 1, rule.bottom + 1 + reach, ink));
}

// The opening forgives gaps of a pixel or two, and a row of letters may be no more than such gaps.
bool is_solid(const Box& rule, const cv::Mat& ink) {
    const int top = std::clamp(static_cast<int>(rule.top) - 1, 0, ink.rows - 1);
    const int bottom = std::clamp(static_cast<int>(rule.bottom) + 1, top + 1, ink.rows);
    const int left = std::clamp(static_cast<int>(rule.left), 0, ink.cols - 1);
    const int right = std::clamp(static_cast<int>(rule.right), left + 1, ink.cols);
    cv::Mat along;
    cv::reduce(ink(cv::Rect(left, top, right - left, bottom - top)), along, 0, cv::REDUCE_MAX);
    constexpr float solid = 0.88F;
    return static_cast<float>(cv::countNonZero(along)) > solid * static_cast<float>(along.cols);
}

// Whether most of a rule runs through the middle of words: small bold print is as solid as a rule.
bool is_text(const Rule& rule, const std::vector<PageWord>& words) {
    float through = 0;
    for (const PageWord& word : words) {
        const Box& box = word.word.box;
        constexpr float inset = 0.15F; // of the word's height: a rule may touch its edges
        if (rule.horizontal) {
            const bool inside =
                rule.at() > box.top + inset * box.height() && rule.at() < box.bottom - inset * box.height();
            through += inside ? std::max(0.0F, shared_width(rule.box, box)) : 0;
        } else if (rule.at() > box.left + 0.4F * box.height() && rule.at() < box.right - 0.4F * box.height()) {
            const bool letters = word.word.text.size() > 1; // else the rule itself was read
            through += letters ? std::max(0.0F, shared_height(rule.box, box)) : 0;
        }
    }
    constexpr float most = 0.6F;
    return through > most * std::max(rule.box.width(), rule.box.height());
}

} // namespace

std::vector<Rule> rules_of(const PageInk& ink, const std::vector<PageWord>& words) {
    const double scale = std::min(1.0, static_cast<double>(rule_dpi / ink.dpi));
    const float dpi = ink.dpi * static_cast<float>(scale);
    const cv::Mat all = reduced(ink, scale);
    const cv::Mat solid = solid_of(all, dpi);
    cv::Mat grown_solid;
    cv::dilate(solid, grown_solid, cv::getStructuringElement(cv::MORPH_RECT, {5, 5}));
    const cv::Mat across = all & ~grown_solid;
    cv::Mat down;
    cv::transpose(across, down);
    std::vector<Rule> out;
    for (const bool horizontal : {true, false}) {
        const cv::Mat& picture = horizontal ? across : down;
        std::vector<Box> pieces = flat_strokes(picture, dpi);
        join_pieces(pieces, dpi);
        for (const Box& piece : pieces) {
            if (piece.width() >= shortest * dpi && is_solid(piece, picture) && stands_free(piece, picture, dpi)) {
                const Box box = horizontal ? piece : Box{piece.top, piece.left, piece.bottom, piece.right};
                out.push_back({scaled(box, static_cast<float>(1 / scale)), horizontal});
            }
        }
    }
    std::vector<Box> bands = bands_of(solid, dpi);
    for (Box& band : bands) {
        band = scaled(band, static_cast<float>(1 / scale));
    }
    add_bands(bands, out, ink.inches(0.08F));
    out.erase(std::remove_if(out.begin(), out.end(), [&](const Rule& rule) { return is_text(rule, words); }),
              out.end());
    return out;
}

} // namespace saring::text
