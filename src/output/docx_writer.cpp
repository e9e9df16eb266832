// Puts the parts of a DOCX file together.
#include "output/docx_parts.hpp"

#include <pugixml.hpp>

#include <utility>

namespace saring::output {
namespace {

FileBytes settings(const text::Document& document) {
    pugi::xml_document part;
    pugi::xml_node root = add(part, "w:settings", {{"xmlns:w", word_namespace}});
    add(root, "w:defaultTabStop", {{"w:val", 720}});
    // Without it Word opens the file in the manner of 2007.
    add(add(root, "w:compat"), "w:compatSetting",
        {{"w:name", "compatibilityMode"}, {"w:uri", "http://schemas.microsoft.com/office/word"}, {"w:val", "15"}});
    add(root, "w:themeFontLang", {{"w:val", locale_of(document)}});
    return xml_bytes(part);
}

} // namespace

std::string Docx::add_part(std::string_view type, const std::string& name, FileBytes bytes, bool stored) {
    relations.push_back({"rId" + std::to_string(relations.size() + 1), std::string(type), name});
    parts.push_back({"word/" + name, std::move(bytes), stored});
    return relations.back().id;
}

FileBytes write_docx(const text::Document& document, const std::optional<Protection>& protection) {
    Docx docx(document);
    docx.add_part("styles", "styles.xml", docx_styles(docx));
    docx.add_part("numbering", "numbering.xml", docx_numbering(docx));
    docx.add_part("settings", "settings.xml", settings(document));
    docx.parts.push_back({"word/document.xml", docx_document(docx)});
    docx.parts.push_back({"word/_rels/document.xml.rels", relations_part(docx.relations)});

    const std::string word = "officedocument.wordprocessingml.";
    std::vector<TypedPart> typed{{"/word/document.xml", word + "document.main"}};
    for (const Relation& relation : docx.relations) {
        if (relation.type != "image") {
            typed.push_back({"/word/" + relation.target, word + relation.type});
        }
    }
    FileBytes archive = ooxml_package(document, "word/document.xml", typed, std::move(docx.parts));
    return protection ? lock_ooxml(archive, protection->user_password) : archive;
}

} // namespace saring::output
