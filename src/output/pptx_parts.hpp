// The parts of a PPTX file (ECMA-376 part 1, PresentationML) and what they share while it is written.
#pragma once

#include "output/office_layout.hpp"
#include "output/office_lists.hpp"
#include "output/office_pictures.hpp"
#include "output/ooxml_package.hpp"
#include "output/xml.hpp"

#include <optional>
#include <string>
#include <vector>

namespace saring::output {

// A page on its slide: points = offset + pixels * scale.
struct SlideFit {
    double scale = 1;
    double left = 0;
    double top = 0;
};

struct SlideSize {
    double width = 0; // points
    double height = 0;
};

// One size for all slides: that of most pages; 16:9 and 4:3 as PowerPoint has them.
SlideSize slide_size(const text::Document& document);
SlideFit fit_of(const text::DocumentPage& page, const SlideSize& size);

// A slide or a notes page with what it points to.
struct SlidePart {
    FileBytes xml;
    std::vector<Relation> relations;
    std::vector<ZipEntry> media;
};

// The blocks of a page as a slide shows them.
std::vector<text::Block> slide_blocks(const text::DocumentPage& page);

// `first_picture` numbers the pictures through the whole file.
SlidePart pptx_slide(const text::DocumentPage& page, const text::Document& document, const SlideSize& size,
                     std::size_t first_picture);
FileBytes pptx_notes(const std::string& text, const text::Document& document);

// Theme, master, layouts and notes master: fixed but for the size.
FileBytes pptx_theme();
FileBytes pptx_master(const SlideSize& size);
FileBytes pptx_layout(bool with_title);
FileBytes pptx_notes_master();

// <a:p> elements of a block into a <p:txBody> or <a:txBody>.
struct SlideText {
    double size = 18;   // points
    double before = 0;  // points
    double spacing = 1; // of lines
    text::Alignment alignment = text::Alignment::left;
    const Marker* marker = nullptr; // of a list item
    std::string literal{};          // a marker that PowerPoint cannot count: stands in the text
    int level = 0;
    double left = 0;                   // list item: points
    double hanging = 0;                // of the marker, or of the first line; negative: the first line is indented
    std::optional<InkOnGround> seen{}; // what the picture shows where the text stood
};
void pptx_paragraph(pugi::xml_node body, const std::vector<text::DocumentLine>& lines, float measure,
                    const SlideText& facts, const std::string& locale);

// The name of PowerPoint's own numbering ("arabicPeriod"); empty for what it has none for.
std::string auto_numbering(const Marker& marker);

// The marker of a list item that PowerPoint cannot count: it stands in the text then. Empty otherwise.
std::string pptx_literal(const text::Block& block);

// `inks`: by cell.
void pptx_table(pugi::xml_node tree, const text::Block& table, const std::vector<InkOnGround>& inks,
                const SlideFit& fit, int id, const std::string& locale);

inline constexpr const char* drawing_namespace = "http://schemas.openxmlformats.org/drawingml/2006/main";
inline constexpr const char* presentation_namespace = "http://schemas.openxmlformats.org/presentationml/2006/main";
inline constexpr const char* relation_namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

} // namespace saring::output
