// Puts the parts of an ODT file together (ODF 1.3 part 2: the mimetype comes first, stored and without extra fields, so
// that anybody can tell the format from the first bytes).
#include "output/odt_parts.hpp"
#include "output/office_verify.hpp"
#include "output/ooxml_package.hpp"
#include "saring/error.hpp"

#include <pugixml.hpp>

#include <utility>

namespace saring::output {
namespace {

constexpr const char* media_type = "application/vnd.oasis.opendocument.text";

FileBytes metadata(const text::Document& document) {
    pugi::xml_document part;
    pugi::xml_node meta = add(part, "office:meta");
    add_text(meta, "meta:generator", document.producer);
    add_text(meta, "dc:title", document.title);
    add_text(meta, "dc:language", locale_of(document));
    const std::string date = utc_date(document.creation_date);
    if (!date.empty()) {
        add_text(meta, "meta:creation-date", date);
        add_text(meta, "dc:date", date);
    }
    return bytes_of("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-meta" + odt_namespaces() + ">" +
                    xml_string(meta) + "</office:document-meta>");
}

FileBytes manifest(const std::vector<ZipEntry>& entries) {
    pugi::xml_document part;
    pugi::xml_node root =
        add(part, "manifest:manifest",
            {{"xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"}, {"manifest:version", "1.3"}});
    add(root, "manifest:file-entry",
        {{"manifest:full-path", "/"}, {"manifest:version", "1.3"}, {"manifest:media-type", media_type}});
    for (const ZipEntry& entry : entries) {
        const bool xml = entry.name.ends_with(".xml");
        const char* type = xml ? "text/xml" : entry.name.ends_with(".png") ? "image/png" : "image/jpeg";
        if (entry.name != "mimetype") {
            add(root, "manifest:file-entry", {{"manifest:full-path", entry.name}, {"manifest:media-type", type}});
        }
    }
    return xml_bytes(part);
}

} // namespace

FileBytes write_odt(const text::Document& document, const std::optional<Protection>& protection) {
    Odt odt(document);
    FileBytes content = odt_content(odt); // first: it finds the master pages
    std::vector<ZipEntry> entries;
    entries.push_back({"mimetype", bytes_of(media_type), true});
    entries.push_back({"content.xml", std::move(content)});
    entries.push_back({"styles.xml", odt_styles(odt)});
    entries.push_back({"meta.xml", metadata(document)});
    std::move(odt.pictures.begin(), odt.pictures.end(), std::back_inserter(entries));
    entries.push_back({"META-INF/manifest.xml", manifest(entries)});
    FileBytes archive = zip(entries);
    return protection ? lock_odf(archive, protection->user_password) : archive;
}

} // namespace saring::output
