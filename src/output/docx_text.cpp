// Paragraphs and runs.
#include "output/docx_parts.hpp"

#include <pugixml.hpp>

#include <cmath>

namespace saring::output {
namespace {

// Sizes that differ less are the same size, measured twice.
constexpr double size_step = 1;        // points
constexpr double size_tolerance = 0.1; // of the style's size

bool differs(double size, double style_size) {
    const double difference = std::abs(size - style_size);
    return size > 0 && difference >= size_step && difference > size_tolerance * style_size;
}

void add_properties(pugi::xml_node run, const TextRun& text, const DocxRunStyle& style) {
    pugi::xml_node properties = add(run, "w:rPr");
    if (text.bold != style.style_bold) {
        add(properties, "w:b", {{"w:val", text.bold ? "1" : "0"}});
        add(properties, "w:bCs", {{"w:val", text.bold ? "1" : "0"}});
    }
    if (text.colour != 0) {
        add(properties, "w:color", {{"w:val", hex_colour(text.colour)}});
    }
    if (differs(style.size, style.style_size)) {
        const long half_points = std::lround(style.size * 2);
        add(properties, "w:sz", {{"w:val", half_points}});
        add(properties, "w:szCs", {{"w:val", half_points}});
    }
    if (properties.first_child().empty()) {
        run.remove_child(properties);
    }
}

const char* name_of(text::Alignment alignment) {
    switch (alignment) {
    case text::Alignment::centre: return "center";
    case text::Alignment::right: return "right";
    case text::Alignment::justified: return "both";
    case text::Alignment::left: break;
    }
    return "left";
}

void add_indent(pugi::xml_node properties, const DocxParagraph& facts) {
    const long left = twips(facts.left);
    const long first = twips(facts.first);
    if (left == 0 && first == 0) {
        return;
    }
    pugi::xml_node indent = add(properties, "w:ind", {{"w:left", left}});
    if (first != 0) {
        indent.append_attribute(first > 0 ? "w:firstLine" : "w:hanging").set_value(std::abs(first));
    }
}

} // namespace

pugi::xml_node docx_paragraph(pugi::xml_node parent, std::string_view style) {
    pugi::xml_node paragraph = add(parent, "w:p");
    pugi::xml_node properties = add(paragraph, "w:pPr");
    if (!style.empty()) {
        add(properties, "w:pStyle", {{"w:val", style}});
    }
    return paragraph;
}

void docx_properties(pugi::xml_node paragraph, const DocxParagraph& facts) {
    pugi::xml_node properties = paragraph.child("w:pPr");
    if (facts.page_break) {
        add(properties, "w:pageBreakBefore");
    }
    if (facts.list >= 0) {
        pugi::xml_node numbering = add(properties, "w:numPr");
        add(numbering, "w:ilvl", {{"w:val", facts.level}});
        add(numbering, "w:numId", {{"w:val", facts.list}});
    }
    constexpr double single = 240; // of a line
    add(properties, "w:spacing",
        {{"w:before", twips(facts.before)}, {"w:line", std::lround(facts.spacing * single)}, {"w:lineRule", "auto"}});
    add_indent(properties, facts);
    if (facts.alignment != text::Alignment::left) {
        add(properties, "w:jc", {{"w:val", name_of(facts.alignment)}});
    }
}

void docx_runs(pugi::xml_node paragraph, const std::vector<TextRun>& runs, const DocxRunStyle& style) {
    for (const TextRun& text : runs) {
        pugi::xml_node run = add(paragraph, "w:r");
        add_properties(run, text, style);
        if (text.line_break) {
            add(run, "w:br");
        }
        add_text(run, "w:t", text.text, {{"xml:space", "preserve"}});
    }
}

void docx_space_after(pugi::xml_node paragraph, double points) {
    pugi::xml_node spacing = paragraph.child("w:pPr").child("w:spacing");
    pugi::xml_attribute after = spacing.attribute("w:after");
    (after ? after : spacing.append_attribute("w:after")).set_value(twips(points));
}

pugi::xml_node docx_spacer(pugi::xml_node parent) {
    constexpr int least_line = 20; // twentieths of a point
    pugi::xml_node paragraph = docx_paragraph(parent, "");
    pugi::xml_node properties = paragraph.child("w:pPr");
    add(properties, "w:spacing", {{"w:before", 0}, {"w:after", 0}, {"w:line", least_line}, {"w:lineRule", "exact"}});
    add(add(properties, "w:rPr"), "w:sz", {{"w:val", 2}});
    return paragraph;
}

} // namespace saring::output
