// Text of slides: sizes that fill the places, paragraphs with bullets and numbers.
#include "output/pptx_parts.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace saring::output {
namespace {

using text::DocumentLine;

// Brightness of a colour, 0 to 255, as ITU-R BT.601 weighs its channels.
double luma(std::uint32_t rgb) {
    const auto channel = [&](unsigned shift) { return static_cast<double>((rgb >> shift) & 0xFFU); };
    return 0.299 * channel(16) + 0.587 * channel(8) + 0.114 * channel(0);
}

// Whether `ink` is that of the strokes, and not of their dark rims on a dark ground.
bool stands_out(std::uint32_t ink, const InkOnGround& seen) {
    constexpr double least = 30; // of 255
    constexpr double most_share = 0.6;
    const double contrast = std::abs(luma(ink) - luma(seen.ground));
    return contrast > least && contrast > most_share * std::abs(luma(seen.ink) - luma(seen.ground));
}

// On slides light ink stands on the dark ground that stays behind it.
std::uint32_t colour_on_ground(const TextRun& run, const SlideText& facts) {
    if (facts.seen && !stands_out(run.ink, *facts.seen)) {
        return facts.seen->ink;
    }
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
        add_run(paragraph, facts.literal + " ", false, runs.empty() ? 0 : colour_on_ground(runs.front(), facts),
                facts.size, locale);
    }
    for (const TextRun& run : runs) {
        if (run.line_break) {
            add(add(paragraph, "a:br"), "a:rPr", {{"lang", locale}, {"sz", std::lround(facts.size * 100)}});
        }
        add_run(paragraph, run.text, run.bold, colour_on_ground(run, facts), facts.size, locale);
    }
    if (runs.empty()) {
        add(paragraph, "a:endParaRPr", {{"lang", locale}, {"sz", std::lround(facts.size * 100)}});
    }
}

} // namespace saring::output
