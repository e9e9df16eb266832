// Text of slides: sizes that fill the places, paragraphs with bullets and numbers.
#include "output/pptx_parts.hpp"

#include <pugixml.hpp>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace saring::output {
namespace {

using text::DocumentLine;

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

// On slides light ink stands on the dark ground that stays behind it.
std::uint32_t colour_on_ground(const TextRun& run) {
    constexpr std::uint32_t light = 0x80;
    const bool is_light = std::max({(run.ink >> 16U) & 0xFFU, (run.ink >> 8U) & 0xFFU, run.ink & 0xFFU}) > light;
    return is_light ? run.ink : run.colour;
}

const char* name_of(text::Alignment alignment) {
    switch (alignment) {
    case text::Alignment::centre: return "ctr";
    case text::Alignment::right: return "r";
    case text::Alignment::justified: return "just";
    case text::Alignment::left: break;
    }
    return "l";
}

void add_marker(pugi::xml_node properties, const SlideText& facts) {
    const std::string scheme = facts.marker == nullptr ? "" : auto_numbering(*facts.marker);
    if (!scheme.empty()) {
        add(properties, "a:buFont", {{"typeface", "+mj-lt"}});
        add(properties, "a:buAutoNum", {{"type", scheme}, {"startAt", facts.marker->value}});
    } else if (facts.marker != nullptr && facts.marker->numbering == Numbering::bullet) {
        add(properties, "a:buFont", {{"typeface", "Arial"}});
        add(properties, "a:buChar", {{"char", facts.marker->text}});
    } else {
        add(properties, "a:buNone");
    }
}

void add_paragraph_properties(pugi::xml_node paragraph, const SlideText& facts) {
    pugi::xml_node properties =
        add(paragraph, "a:pPr",
            {{"marL", emu(facts.left)}, {"indent", emu(-facts.hanging)}, {"algn", name_of(facts.alignment)}});
    if (facts.level > 0) {
        properties.append_attribute("lvl").set_value(facts.level);
    }
    constexpr double hundred_percent = 100'000;
    add(add(properties, "a:lnSpc"), "a:spcPct", {{"val", std::lround(facts.spacing * hundred_percent)}});
    add(add(properties, "a:spcBef"), "a:spcPts", {{"val", std::lround(facts.before * 100)}});
    add_marker(properties, facts);
}

void add_run(pugi::xml_node paragraph, const std::string& text, bool bold, std::uint32_t colour, double size,
             const std::string& locale) {
    pugi::xml_node run = add(paragraph, "a:r");
    pugi::xml_node properties =
        add(run, "a:rPr", {{"lang", locale}, {"sz", std::lround(size * 100)}, {"b", bold ? "1" : "0"}});
    if (colour != 0) {
        add(add(properties, "a:solidFill"), "a:srgbClr", {{"val", hex_colour(colour)}});
    }
    add_text(run, "a:t", text);
}

} // namespace

double fitted_size(const std::vector<DocumentLine>& lines, double scale) {
    constexpr double least = 0.6; // of the measured size: narrower fonts than that are not made up for
    constexpr double most = 1.15;
    const double size = size_of(lines, scale);
    std::vector<double> fits;
    for (const DocumentLine& line : lines) {
        const double natural = width_in_sizes(line);
        if (natural > 2) { // two sizes: shorter lines tell little
            fits.push_back(line.box.width() * scale / natural);
        }
    }
    if (fits.empty()) {
        return std::max(1.0, size);
    }
    // Justified lines are stretched; the narrowest of the lines tell the font best, but a single one may err.
    const auto quarter = fits.begin() + static_cast<std::ptrdiff_t>(fits.size() / 4);
    std::nth_element(fits.begin(), quarter, fits.end());
    return std::max(1.0, std::round(2 * std::clamp(*quarter, least * size, most * size)) / 2);
}

std::string auto_numbering(const Marker& marker) {
    std::string kind;
    switch (marker.numbering) {
    case Numbering::decimal: kind = "arabic"; break;
    case Numbering::lower_letter: kind = "alphaLc"; break;
    case Numbering::upper_letter: kind = "alphaUc"; break;
    case Numbering::lower_roman: kind = "romanLc"; break;
    case Numbering::upper_roman: kind = "romanUc"; break;
    case Numbering::literal:
    case Numbering::bullet: return "";
    }
    if (marker.prefix.empty() && marker.suffix == ".") {
        return kind + "Period";
    }
    if (marker.suffix != ")" || !(marker.prefix.empty() || marker.prefix == "(")) {
        return "";
    }
    return kind + (marker.prefix.empty() ? "ParenR" : "ParenBoth");
}

std::string pptx_literal(const text::Block& block) {
    const Marker marker = parse_marker(block.marker);
    const bool counted = !auto_numbering(marker).empty() || marker.numbering == Numbering::bullet;
    return block.kind != text::BlockKind::list_item || counted ? "" : block.marker;
}

void pptx_paragraph(pugi::xml_node body, const std::vector<DocumentLine>& lines, float measure, const SlideText& facts,
                    const std::string& locale) {
    pugi::xml_node paragraph = add(body, "a:p");
    add_paragraph_properties(paragraph, facts);
    std::vector<TextRun> runs = runs_of(lines, measure);
    if (!facts.literal.empty()) {
        add_run(paragraph, facts.literal + " ", false, runs.empty() ? 0 : colour_on_ground(runs.front()), facts.size,
                locale);
    }
    for (const TextRun& run : runs) {
        if (run.line_break) {
            add(add(paragraph, "a:br"), "a:rPr", {{"lang", locale}, {"sz", std::lround(facts.size * 100)}});
        }
        add_run(paragraph, run.text, run.bold, colour_on_ground(run), facts.size, locale);
    }
    if (runs.empty()) {
        add(paragraph, "a:endParaRPr", {{"lang", locale}, {"sz", std::lround(facts.size * 100)}});
    }
}

} // namespace saring::output
