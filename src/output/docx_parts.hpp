// The parts of a DOCX file (ECMA-376 part 1, WordprocessingML) and what they share while it is written.
#pragma once

#include "output/office_plan.hpp"
#include "output/ooxml_package.hpp"
#include "output/xml.hpp"
#include "output/zip_archive.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace saring::output {

inline constexpr const char* word_namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

// The parts that show the furniture of a page, and of those after it that have the same.
struct DocxFurniture {
    std::size_t page = 0;
    std::string header_id;
    std::string footer_id;
};

struct Docx : OfficePlan {
    using OfficePlan::OfficePlan;

    std::vector<ZipEntry> parts; // word/…: pictures, heads and feet as they are met
    std::vector<DocxFurniture> drawn;
    std::vector<Relation> relations;

    // Adds a part and a relation to it; answers its id.
    std::string add_part(std::string_view type, const std::string& name, FileBytes bytes, bool stored = false);
};

FileBytes docx_styles(const Docx& docx);
FileBytes docx_numbering(const Docx& docx);
FileBytes docx_document(Docx& docx);

// A <w:p> of the named style; empty for Normal.
pugi::xml_node docx_paragraph(pugi::xml_node parent, std::string_view style);

// The runs as <w:r>. What they share with the style (its size and weight) is not repeated.
struct DocxRunStyle {
    double style_size = 0; // points
    double size = 0;       // of the runs; 0: as the style
    bool style_bold = false;
};
void docx_runs(pugi::xml_node paragraph, const std::vector<TextRun>& runs, const DocxRunStyle& style);

// Child elements of <w:pPr> stand in the order of the schema (CT_PPr); these are what we need of it.
struct DocxParagraph {
    bool page_break = false;
    int list = -1; // numbering instance
    int level = 0;
    double before = 0; // points
    double spacing = 1;
    double left = 0;
    double first = 0; // of the first line; negative hangs
    text::Alignment alignment = text::Alignment::left;
};
void docx_properties(pugi::xml_node paragraph, const DocxParagraph& facts);

// Space below a paragraph that stands above a table, which has none of its own.
void docx_space_after(pugi::xml_node paragraph, double points);

// A paragraph that shows nothing: Word wants one after a table.
pugi::xml_node docx_spacer(pugi::xml_node parent);

// A table whose left edge stands `left` points from the column's.
void docx_table(pugi::xml_node body, const text::Block& table, const Docx& docx, const PageShape& shape, double left,
                double most_width);

// Whether a flow needs a section of its own: other columns, another paper, another head or foot, a number that does not
// go on counting.
bool begins_section(const Docx& docx, std::size_t flow);

// <w:sectPr> of the section that the flow begins.
void docx_section(pugi::xml_node parent, Docx& docx, std::size_t flow);

} // namespace saring::output
