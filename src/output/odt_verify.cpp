#include "output/office_layout.hpp"
#include "output/office_verify.hpp"
#include "output/xml.hpp"
#include "saring/error.hpp"

#include <pugixml.hpp>

#include <set>

namespace saring::output {
namespace {

[[noreturn]] void fail(const std::string& what) { throw Error(ErrorCode::write_failed, "verify", what); }

const TextShape& odf_text() {
    static const TextShape shape{{"text:p", "text:h", "text:span", "text:page-number"},
                                 {"text:p", "text:h", "text:line-break", "text:tab", "text:s"},
                                 {"draw:frame"}};
    return shape;
}

void load(pugi::xml_document& part, const std::vector<ZipEntry>& entries, std::string_view name) {
    const ZipEntry* entry = find_entry(entries, name);
    if (entry == nullptr) {
        fail(std::string(name) + " is missing");
    }
    parse_xml(part, entry->bytes, name);
}

// A page begins where a paragraph asks for a break or for a master page.
std::size_t count_pages(const pugi::xml_document& content) {
    std::set<std::string> breaking;
    for (const pugi::xpath_node& found :
         content.select_nodes("//office:automatic-styles/style:style[@style:family='paragraph']")) {
        const pugi::xml_node style = found.node();
        const std::string_view before = style.child("style:paragraph-properties").attribute("fo:break-before").value();
        if (before == "page" || style.attribute("style:master-page-name")) {
            breaking.insert(style.attribute("style:name").value());
        }
    }
    std::size_t pages = 0;
    for (const pugi::xpath_node& found : content.select_nodes("//text:p | //text:h")) {
        pages += breaking.contains(found.node().attribute("text:style-name").value()) ? 1U : 0U;
    }
    return pages;
}

// What the heads and feet of all page styles say.
std::string furniture_text(const std::vector<ZipEntry>& entries) {
    pugi::xml_document styles;
    load(styles, entries, "styles.xml");
    return with_single_blanks(text_below(styles.document_element().child("office:master-styles"), odf_text()));
}

} // namespace

void verify_odt(const FileBytes& file, const text::Document& document, const std::optional<Protection>& protection) {
    const std::vector<ZipEntry> entries = opened(file, protection, unlock_odf);
    const bool typed = !entries.empty() && entries.front().name == "mimetype" && entries.front().stored &&
                       entries.front().bytes == bytes_of("application/vnd.oasis.opendocument.text");
    if (!typed) {
        fail("the archive does not begin with its mimetype");
    }
    pugi::xml_document content;
    load(content, entries, "content.xml");
    const auto count = [&](const char* query) { return content.select_nodes(query).size(); };
    expect_text("the document", body_text(document),
                text_below(content.document_element().child("office:body"), odf_text()));
    expect_count("pages", document.pages.size(), count_pages(content));
    expect_count("list items", count_blocks(document, text::BlockKind::list_item), count("//text:list-item/text:p"));
    expect_count("tables", count_blocks(document, text::BlockKind::table), count("//table:table"));
    expect_count("pictures", count_blocks(document, text::BlockKind::figure), count("//draw:image"));
    expect_furniture(furniture_text(entries), document);
}

} // namespace saring::output
