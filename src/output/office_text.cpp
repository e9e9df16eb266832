// Lines to runs, and the sizes of type.
#include "output/office_layout.hpp"

#include <algorithm>
#include <cmath>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;
using text::DocumentLine;

// Ink darker than this in all channels is black print, photographed.
constexpr std::uint32_t darkest = 0x6C;
// Two channels that differ by less are no colour to the eye.
constexpr std::uint32_t least_saturation = 0x28;
// Ink lighter than this (its luma) cannot be read on white paper: it stood on something dark.
constexpr double lightest = 190;

constexpr double least_size = 5; // points
constexpr double most_size = 96;
constexpr double half_point = 0.5;

// A line that ends so many of its sizes before the block's edge, with room for the next word, was ended on purpose.
constexpr float room_to_spare = 0.8F;

std::uint32_t colour_on_paper(std::uint32_t rgb) {
    const std::uint32_t r = (rgb >> 16U) & 0xFFU;
    const std::uint32_t g = (rgb >> 8U) & 0xFFU;
    const std::uint32_t b = rgb & 0xFFU;
    const auto [low, high] = std::minmax({r, g, b});
    const double luma = 0.299 * r + 0.587 * g + 0.114 * b;
    const bool gray = high - low < least_saturation;
    return (gray && high < darkest) || luma > lightest ? 0 : rgb;
}

// Colours are measured and waver from line to line.
bool same_colour(std::uint32_t a, std::uint32_t b) {
    constexpr int tolerance = 40;
    for (const unsigned shift : {0U, 8U, 16U}) {
        const int difference = static_cast<int>((a >> shift) & 0xFFU) - static_cast<int>((b >> shift) & 0xFFU);
        if (std::abs(difference) > tolerance) {
            return false;
        }
    }
    return (a == 0) == (b == 0);
}

bool ends_on_purpose(const DocumentLine& line, const DocumentLine& next, float widest) {
    if (line.joins_next || next.words.empty()) {
        return false;
    }
    const float size = std::max(1.0F, line.font_size);
    const float room = widest - line.box.width();
    return room > next.words.front().box.width() + room_to_spare * size;
}

double median(std::vector<double>& values) {
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

double to_half_points(double size) {
    return std::clamp(std::round(size / half_point) * half_point, least_size, most_size);
}

// A value for each line, so that long blocks weigh more.
struct Sizes {
    std::vector<double> values;
    std::size_t bold = 0;

    void take(const std::vector<DocumentLine>& lines, double scale) {
        for (const DocumentLine& line : lines) {
            values.push_back(line.font_size * scale);
            bold += line.bold ? 1U : 0U;
        }
    }
};

} // namespace

std::vector<TextRun> runs_of(const std::vector<DocumentLine>& lines, float measure) {
    std::vector<TextRun> runs;
    float widest = measure;
    for (const DocumentLine& line : lines) {
        widest = std::max(widest, line.box.width());
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const DocumentLine& line = lines[i];
        const bool glued = i == 0 || lines[i - 1].joins_next;
        const bool broken = i > 0 && ends_on_purpose(lines[i - 1], line, widest);
        const std::uint32_t colour = colour_on_paper(line.ink);
        if (!glued && !broken) {
            runs.back().text += ' ';
        }
        if (runs.empty() || broken || runs.back().bold != line.bold || !same_colour(runs.back().colour, colour)) {
            runs.push_back({"", line.bold, colour, broken, line.ink});
        }
        // Alone, the line ends as running_text() ends it: without the hyphen that only broke a word. The very last
        // hyphen of a block falls as well: what it joins stands in the next block.
        runs.back().text += text::running_text({line});
    }
    return runs;
}

float measure_of(const Block& block, const Extent& column) {
    constexpr std::size_t short_block = 4; // lines
    if (block.lines.size() > short_block) {
        return 0;
    }
    const bool centred = block.alignment == text::Alignment::centre;
    const float left = centred || block.alignment == text::Alignment::right ? column.left : block.box.left;
    return column.right - left;
}

double size_of(const std::vector<DocumentLine>& lines, double scale) {
    Sizes sizes;
    sizes.take(lines, scale);
    return sizes.values.empty() ? 0 : to_half_points(median(sizes.values));
}

TypeSizes type_sizes(const text::Document& document, const std::vector<PageShape>& shapes) {
    constexpr std::array<double, 7> usual{0, 1.6, 1.35, 1.2, 1.1, 1, 1}; // of the running text
    Sizes body;
    std::array<Sizes, 7> headings;
    for (std::size_t i = 0; i < document.pages.size(); ++i) {
        for (const Block& block : document.pages[i].blocks) {
            if (block.kind == BlockKind::heading) {
                headings[static_cast<std::size_t>(std::clamp(block.level, 1, 6))].take(block.lines, shapes[i].type);
            } else if (block.kind == BlockKind::paragraph || block.kind == BlockKind::list_item) {
                body.take(block.lines, shapes[i].type);
            }
        }
    }
    TypeSizes sizes;
    sizes.body = body.values.empty() ? sizes.body : to_half_points(median(body.values));
    for (std::size_t level = 1; level < headings.size(); ++level) {
        Sizes& seen = headings[level];
        const bool used = !seen.values.empty();
        sizes.heading[level] = to_half_points(used ? median(seen.values) : sizes.body * usual[level]);
        sizes.heading_bold[level] = !used || 2 * seen.bold >= seen.values.size();
    }
    return sizes;
}

double baseline_pitch(const std::vector<DocumentLine>& lines) {
    std::vector<double> pitches;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        pitches.push_back(lines[i].baseline - lines[i - 1].baseline);
    }
    return pitches.empty() ? 0 : std::max(0.0, median(pitches));
}

double line_spacing(const std::vector<DocumentLine>& lines, double ratio) {
    constexpr double step = 0.05;
    std::vector<double> pitches;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const double pitch = lines[i].baseline - lines[i - 1].baseline;
        const double single = (lines[i].font_size + lines[i - 1].font_size) / 2.0 * single_pitch * ratio;
        if (pitch > 0 && single > 0) {
            pitches.push_back(pitch / single);
        }
    }
    return pitches.empty() ? 1 : std::clamp(std::floor(median(pitches) / step) * step, 1.0, 2.0);
}

} // namespace saring::output
