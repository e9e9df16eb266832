// What DOCX and PPTX have in common: the package around their parts (ECMA-376 part 2).
#pragma once

#include "output/document_writer.hpp"
#include "output/zip_archive.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace saring::output {

// A part points to another by an id of its own.
struct Relation {
    std::string id;
    std::string type; // the last word of its URI: "image", "header" …
    std::string target;
};
FileBytes relations_part(const std::vector<Relation>& relations);

// A part whose content type is not told by its extension.
struct TypedPart {
    std::string name; // "/word/document.xml"
    std::string type; // without "application/vnd.openxmlformats-" and "+xml"
};

// The archive of the parts, with what every package has: content types, the way to the main part, properties.
FileBytes ooxml_package(const text::Document& document, std::string_view main_part, const std::vector<TypedPart>& typed,
                        std::vector<ZipEntry> parts);

// Twentieths of a point, WordprocessingML's measure, and English Metric Units, DrawingML's.
long twips(double points);
long long emu(double points);

// "2026-08-17T09:30:00+07:00" as the same moment at Greenwich, "2026-08-17T02:30:00Z": what Office expects. Empty for
// what is no date.
std::string utc_date(std::string_view date);

} // namespace saring::output
