#include "output/office_layout.hpp"
#include "output/office_verify.hpp"
#include "output/xml.hpp"
#include "saring/error.hpp"

#include <pugixml.hpp>

namespace saring::output {
namespace {

const TextShape& word_text() {
    static const TextShape shape{{"w:t"}, {"w:p", "w:br", "w:tab"}, {}};
    return shape;
}

// Everything in the parts whose name begins so.
std::string text_of_parts(const std::vector<ZipEntry>& entries, std::string_view prefix) {
    std::string out;
    for (const ZipEntry& entry : entries) {
        if (entry.name.starts_with(prefix)) {
            pugi::xml_document part;
            parse_xml(part, entry.bytes, entry.name);
            out += " " + text_below(part, word_text());
        }
    }
    return with_single_blanks(out);
}

std::size_t count(const pugi::xml_node& node, const char* query) { return node.select_nodes(query).size(); }

} // namespace

void verify_docx(const FileBytes& file, const text::Document& document, const std::optional<Protection>& protection) {
    const std::vector<ZipEntry> entries = opened(file, protection, unlock_ooxml);
    const ZipEntry* entry = find_entry(entries, "word/document.xml");
    if (entry == nullptr) {
        throw Error(ErrorCode::write_failed, "verify", "word/document.xml is missing");
    }
    pugi::xml_document part;
    parse_xml(part, entry->bytes, entry->name);
    expect_text("the document", body_text(document), text_below(part, word_text()));
    expect_count("pages", document.pages.size(),
                 count(part, "//w:pageBreakBefore") + count(part, "//w:sectPr/w:type[@w:val='nextPage']"));
    expect_count("list items", count_blocks(document, text::BlockKind::list_item), count(part, "//w:numPr"));
    expect_count("tables", count_blocks(document, text::BlockKind::table), count(part, "//w:tbl"));
    expect_count("pictures", count_blocks(document, text::BlockKind::figure), count(part, "//w:drawing"));
    expect_furniture(text_of_parts(entries, "word/header") + " " + text_of_parts(entries, "word/footer"), document);
}

} // namespace saring::output
