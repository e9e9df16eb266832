// List styles of ODT: what each level counts with, from where, and how far its label hangs.
#include "output/odt_parts.hpp"

#include <pugixml.hpp>

#include <algorithm>

namespace saring::output {
namespace {

const char* format_of(Numbering numbering) {
    switch (numbering) {
    case Numbering::decimal: return "1";
    case Numbering::lower_letter: return "a";
    case Numbering::upper_letter: return "A";
    case Numbering::lower_roman: return "i";
    case Numbering::upper_roman: return "I";
    case Numbering::literal:
    case Numbering::bullet: break;
    }
    return ""; // a literal marker is a prefix of nothing
}

std::string list_level(const ListLevel& level, std::size_t number) {
    pugi::xml_document part;
    const Marker& marker = level.marker;
    const bool bullet = marker.numbering == Numbering::bullet;
    pugi::xml_node node = add(part, bullet ? "text:list-level-style-bullet" : "text:list-level-style-number",
                              {{"text:level", number + 1}});
    if (bullet) {
        node.append_attribute("text:bullet-char").set_value(xml_text(marker.text).c_str());
    } else {
        node.append_attribute("style:num-format").set_value(format_of(marker.numbering));
        node.append_attribute("style:num-prefix")
            .set_value(xml_text(marker.text.empty() ? marker.prefix : marker.text).c_str());
        node.append_attribute("style:num-suffix").set_value(xml_text(marker.suffix).c_str());
        node.append_attribute("text:start-value").set_value(std::max(1, marker.value));
    }
    pugi::xml_node properties =
        add(node, "style:list-level-properties", {{"text:list-level-position-and-space-mode", "label-alignment"}});
    add(properties, "style:list-level-label-alignment",
        {{"text:label-followed-by", "listtab"},
         {"text:list-tab-stop-position", points(level.left)},
         {"fo:text-indent", points(-level.hanging)},
         {"fo:margin-left", points(level.left)}});
    return xml_string(node);
}

} // namespace

std::string odt_list_styles(const ListPlan& plan) {
    std::string out;
    for (std::size_t i = 0; i < plan.lists.size(); ++i) {
        out += "<text:list-style style:name=\"L" + std::to_string(i + 1) + "\">";
        for (std::size_t level = 0; level < list_levels; ++level) {
            out += plan.lists[i].levels[level] ? list_level(*plan.lists[i].levels[level], level) : "";
        }
        out += "</text:list-style>";
    }
    return out;
}

} // namespace saring::output
