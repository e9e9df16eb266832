// How large type must be set so that lines come out as wide as they were. The photographed font is not known; ours is
// Arial or its like, which is wider than most. Sizes measured by height alone would make lines wrap.
#include "output/office_layout.hpp"

#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;
using text::DocumentLine;

constexpr double telling_width = 2; // sizes: shorter lines tell little

// Widths of Arial's glyphs from U+0020 to U+007E in thousandths of the size: facts of the font, as in Adobe's metrics
// of Helvetica.
constexpr std::array<std::uint16_t, 95> widths{
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};
constexpr double other_width = 0.6; // of the size
constexpr double bold_width = 1.04; // of the plain letters' widths

double width_in_sizes(const DocumentLine& line) {
    double width = 0;
    const std::string text = text::text_of(line);
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U8_NEXT(bytes, i, length, c);
        const bool known = c >= 0x20 && c < 0x7F;
        width += known ? widths[static_cast<std::size_t>(c - 0x20)] / 1000.0 : other_width;
    }
    return line.bold ? width * bold_width : width;
}

// Of the lines' width to that of ours at the measured size. Justified lines are stretched: the narrower ones tell the
// font best, but a single one may err.
double lower_quartile(std::vector<double>& values) {
    const auto quarter = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 4);
    std::nth_element(values.begin(), quarter, values.end());
    return *quarter;
}

void take(const std::vector<DocumentLine>& lines, std::vector<double>& ratios) {
    for (const DocumentLine& line : lines) {
        const double natural = width_in_sizes(line);
        if (natural > telling_width && line.font_size > 0) {
            ratios.push_back(line.box.width() / (natural * line.font_size));
        }
    }
}

} // namespace

double type_ratio(const text::Document& document) {
    constexpr double least = 0.75; // narrower fonts than that are not made up for
    constexpr double most = 1.1;
    std::vector<double> ratios;
    for (const text::DocumentPage& page : document.pages) {
        for (const Block& block : page.blocks) {
            if (block.kind == BlockKind::paragraph || block.kind == BlockKind::list_item) {
                take(block.lines, ratios);
            }
        }
    }
    return ratios.empty() ? 1 : std::clamp(lower_quartile(ratios), least, most);
}

double fitted_size(const std::vector<DocumentLine>& lines, double scale) {
    constexpr double least = 0.4; // of the measured size; condensed capitals are half as wide as Arial's
    constexpr double most = 1.15;
    const double size = size_of(lines, scale);
    std::vector<double> fits;
    for (const DocumentLine& line : lines) {
        const double natural = width_in_sizes(line);
        if (natural > telling_width) {
            fits.push_back(line.box.width() * scale / natural);
        }
    }
    if (fits.empty()) {
        return std::max(1.0, size);
    }
    return std::max(1.0, std::round(2 * std::clamp(lower_quartile(fits), least * size, most * size)) / 2);
}

} // namespace saring::output
