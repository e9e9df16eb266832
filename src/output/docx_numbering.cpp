#include "output/docx_parts.hpp"

#include <pugixml.hpp>

namespace saring::output {
namespace {

const char* format_of(Numbering numbering) {
    switch (numbering) {
    case Numbering::decimal: return "decimal";
    case Numbering::lower_letter: return "lowerLetter";
    case Numbering::upper_letter: return "upperLetter";
    case Numbering::lower_roman: return "lowerRoman";
    case Numbering::upper_roman: return "upperRoman";
    case Numbering::literal:
    case Numbering::bullet: break;
    }
    return "bullet"; // Word lets any text stand for a bullet
}

// A percent sign would be taken for a counter.
std::string label_of(const Marker& marker, std::size_t level) {
    return marker.text.empty() ? marker.prefix + "%" + std::to_string(level + 1) + marker.suffix : marker.text;
}

void add_level(pugi::xml_node list, const ListLevel& level, std::size_t number) {
    pugi::xml_node node = add(list, "w:lvl", {{"w:ilvl", number}});
    add(node, "w:start", {{"w:val", level.marker.value}});
    add(node, "w:numFmt", {{"w:val", format_of(level.marker.numbering)}});
    add(node, "w:lvlText", {{"w:val", label_of(level.marker, number)}});
    add(node, "w:lvlJc", {{"w:val", "left"}});
    add(add(node, "w:pPr"), "w:ind", {{"w:left", twips(level.left)}, {"w:hanging", twips(level.hanging)}});
}

} // namespace

FileBytes docx_numbering(const Docx& docx) {
    pugi::xml_document part;
    pugi::xml_node root = add(part, "w:numbering", {{"xmlns:w", word_namespace}});
    for (std::size_t i = 0; i < docx.lists.lists.size(); ++i) {
        pugi::xml_node list = add(root, "w:abstractNum", {{"w:abstractNumId", i}});
        add(list, "w:multiLevelType", {{"w:val", "multilevel"}});
        const NumberedList& levels = docx.lists.lists[i];
        for (std::size_t level = 0; level < levels.levels.size(); ++level) {
            if (levels.levels[level]) {
                add_level(list, *levels.levels[level], level);
            }
        }
    }
    for (std::size_t i = 0; i < docx.lists.lists.size(); ++i) {
        add(add(root, "w:num", {{"w:numId", i + 1}}), "w:abstractNumId", {{"w:val", i}});
    }
    return xml_bytes(part);
}

} // namespace saring::output
