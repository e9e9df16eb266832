#include "output/docx_parts.hpp"

#include <pugixml.hpp>

#include <cmath>

namespace saring::output {
namespace {

// On every desk, and with a free font of the same widths elsewhere.
constexpr const char* font = "Arial";

struct Style {
    const char* id;
    const char* name;
    const char* based_on = "Normal";
    const char* next = nullptr;
};

pugi::xml_node add_style(pugi::xml_node styles, const char* type, const Style& style) {
    pugi::xml_node node = add(styles, "w:style", {{"w:type", type}, {"w:styleId", style.id}});
    add(node, "w:name", {{"w:val", style.name}});
    if (style.based_on != nullptr) {
        add(node, "w:basedOn", {{"w:val", style.based_on}});
    }
    if (style.next != nullptr) {
        add(node, "w:next", {{"w:val", style.next}});
    }
    add(node, "w:qFormat");
    return node;
}

void add_size(pugi::xml_node run, double points) {
    const long half_points = std::lround(points * 2);
    add(run, "w:sz", {{"w:val", half_points}});
    add(run, "w:szCs", {{"w:val", half_points}});
}

void add_defaults(pugi::xml_node styles, const Docx& docx) {
    pugi::xml_node defaults = add(styles, "w:docDefaults");
    pugi::xml_node run = add(add(defaults, "w:rPrDefault"), "w:rPr");
    add(run, "w:rFonts", {{"w:ascii", font}, {"w:hAnsi", font}, {"w:eastAsia", font}, {"w:cs", font}});
    add_size(run, docx.sizes.body);
    add(run, "w:lang", {{"w:val", locale_of(docx.document)}});
    add(add(add(defaults, "w:pPrDefault"), "w:pPr"), "w:spacing",
        {{"w:after", 0}, {"w:line", 240}, {"w:lineRule", "auto"}});
}

void add_headings(pugi::xml_node styles, const TypeSizes& sizes) {
    for (std::size_t level = 1; level < sizes.heading.size(); ++level) {
        const std::string id = "Heading" + std::to_string(level);
        const std::string name = "heading " + std::to_string(level);
        pugi::xml_node style = add_style(styles, "paragraph", {id.c_str(), name.c_str(), "Normal", "Normal"});
        pugi::xml_node paragraph = add(style, "w:pPr");
        add(paragraph, "w:keepNext");
        add(paragraph, "w:keepLines");
        add(paragraph, "w:outlineLvl", {{"w:val", level - 1}});
        pugi::xml_node run = add(style, "w:rPr");
        if (sizes.heading_bold[level]) {
            add(run, "w:b");
            add(run, "w:bCs");
        }
        add_size(run, sizes.heading[level]);
    }
}

void add_title(pugi::xml_node styles, double body) {
    constexpr double of_body = 2;
    pugi::xml_node style = add_style(styles, "paragraph", {"Title", "Title", "Normal", "Normal"});
    add_size(add(style, "w:rPr"), std::round(body * of_body));
}

void add_border(pugi::xml_node borders, const char* side) {
    constexpr int half_a_point = 4; // eighths of a point
    add(borders, side, {{"w:val", "single"}, {"w:sz", half_a_point}, {"w:space", 0}, {"w:color", "auto"}});
}

void add_tables(pugi::xml_node styles) {
    pugi::xml_node plain =
        add(styles, "w:style", {{"w:type", "table"}, {"w:default", "1"}, {"w:styleId", "TableNormal"}});
    add(plain, "w:name", {{"w:val", "Normal Table"}});
    pugi::xml_node margins = add(add(plain, "w:tblPr"), "w:tblCellMar");
    add(margins, "w:top", {{"w:w", 20}, {"w:type", "dxa"}});
    add(margins, "w:left", {{"w:w", 80}, {"w:type", "dxa"}});
    add(margins, "w:bottom", {{"w:w", 20}, {"w:type", "dxa"}});
    add(margins, "w:right", {{"w:w", 80}, {"w:type", "dxa"}});
    pugi::xml_node grid = add_style(styles, "table", {"TableGrid", "Table Grid", "TableNormal"});
    pugi::xml_node borders = add(add(grid, "w:tblPr"), "w:tblBorders");
    for (const char* side : {"w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"}) {
        add_border(borders, side);
    }
}

} // namespace

FileBytes docx_styles(const Docx& docx) {
    pugi::xml_document part;
    pugi::xml_node styles = add(part, "w:styles", {{"xmlns:w", word_namespace}});
    add_defaults(styles, docx);
    pugi::xml_node normal =
        add(styles, "w:style", {{"w:type", "paragraph"}, {"w:default", "1"}, {"w:styleId", "Normal"}});
    add(normal, "w:name", {{"w:val", "Normal"}});
    add(normal, "w:qFormat");
    add_headings(styles, docx.sizes);
    add_title(styles, docx.sizes.body);
    add_style(styles, "paragraph", {"ListParagraph", "List Paragraph"});
    add_style(styles, "paragraph", {"Header", "header"});
    add_style(styles, "paragraph", {"Footer", "footer"});
    add_tables(styles);
    return xml_bytes(part);
}

} // namespace saring::output
