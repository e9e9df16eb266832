// The notes of a slide: the text of its page, to be read aloud or copied as a whole.
#include "output/pptx_parts.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <string_view>

namespace saring::output {

FileBytes pptx_notes(const std::string& text, const text::Document& document) {
    pugi::xml_document part;
    pugi::xml_node root =
        add(part, "p:notes",
            {{"xmlns:a", drawing_namespace}, {"xmlns:r", relation_namespace}, {"xmlns:p", presentation_namespace}});
    pugi::xml_node tree = add(add(root, "p:cSld"), "p:spTree");
    pugi::xml_node group = add(tree, "p:nvGrpSpPr");
    add(group, "p:cNvPr", {{"id", 1}, {"name", ""}});
    add(group, "p:cNvGrpSpPr");
    add(group, "p:nvPr");
    add(tree, "p:grpSpPr");
    int id = 2;
    for (const char* kind : {"sldImg", "body"}) {
        const bool body = std::string_view(kind) == "body";
        pugi::xml_node shape = add(tree, "p:sp");
        pugi::xml_node facts = add(shape, "p:nvSpPr");
        add(facts, "p:cNvPr", {{"id", id}, {"name", body ? "Notes" : "Slide Image"}});
        add(add(facts, "p:cNvSpPr"), "a:spLocks", {{"noGrp", "1"}});
        add(add(facts, "p:nvPr"), "p:ph", {{"type", kind}, {"idx", id++}});
        add(shape, "p:spPr");
        if (body) {
            pugi::xml_node words = add(shape, "p:txBody");
            add(words, "a:bodyPr");
            add(words, "a:lstStyle");
            std::size_t begin = 0;
            do { // a paragraph for each line
                const std::size_t end = std::min(text.find('\n', begin), text.size());
                pugi::xml_node paragraph = add(words, "a:p");
                if (end > begin) {
                    pugi::xml_node run = add(paragraph, "a:r");
                    add(run, "a:rPr", {{"lang", locale_of(document)}});
                    add_text(run, "a:t", std::string_view(text).substr(begin, end - begin));
                }
                begin = end + 1;
            } while (begin < text.size());
        }
    }
    add(add(root, "p:clrMapOvr"), "a:masterClrMapping");
    return xml_bytes(part);
}

} // namespace saring::output
