// The body of a DOCX file: flows to sections, blocks to paragraphs, tables and pictures.
#include "output/docx_parts.hpp"
#include "output/office_pictures.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;

constexpr const char* drawing = "http://schemas.openxmlformats.org/drawingml/2006/";

constexpr double most_seam = 48; // points between flows of a page

class BodyWriter {
public:
    BodyWriter(Docx& docx, pugi::xml_node body) : docx_(docx), body_(body) {}

    void write() {
        for (std::size_t i = 0; i < docx_.flows.size(); ++i) {
            const bool section = begins_section(docx_, i);
            if (section && i > 0) {
                end_section();
            }
            section_ = section ? i : section_;
            page_break_ = docx_.flows[i].starts_page && !section;
            write(docx_.flows[i]);
        }
        if (after_table_ || docx_.flows.empty() || body_.first_child().empty()) {
            docx_spacer(body_);
        }
        if (!docx_.flows.empty()) {
            docx_section(body_, docx_, section_);
        }
    }

private:
    void write(const Flow& flow) {
        const text::DocumentPage& page = docx_.document.pages[flow.page];
        if (flow.starts_page) {
            figures_ = figures_of(page);
            next_figure_ = 0;
        }
        const PageShape& shape = docx_.shapes[flow.page];
        // Between flows the space stands below the upper one: columns then begin at one height.
        if (!flow.starts_page) {
            docx_space_after(seam_, std::clamp((top_of(flow) - above_) * shape.scale, 0.0, most_seam));
        }
        const auto page_top = static_cast<float>(shape.margins.top / shape.scale);
        const std::vector<double> gaps = gaps_of(flow, shape, flow.starts_page ? page_top : top_of(flow));
        above_ = bottom_of(flow);
        for (std::size_t i = 0; i < flow.blocks.size(); ++i) {
            column_break_ = i > 0 && flow.places[i] > flow.places[i - 1];
            write(*flow.blocks[i], flow.columns[flow.places[i]], shape, gaps[i]);
        }
        if (flow.blocks.empty()) {
            finish(docx_spacer(body_));
        }
    }

    void write(const Block& block, const Extent& column, const PageShape& shape, double gap) {
        if (block.kind == BlockKind::table) {
            write_table(block, column, shape, gap);
        } else if (block.kind == BlockKind::figure) {
            write_figure(block, column, shape, gap);
        } else {
            write_text(block, column, shape, gap);
        }
    }

    void write_text(const Block& block, const Extent& column, const PageShape& shape, double gap) {
        const bool heading = block.kind == BlockKind::heading;
        const bool item = block.kind == BlockKind::list_item;
        const auto level = static_cast<std::size_t>(heading ? std::clamp(block.level, 1, 6) : 0);
        pugi::xml_node paragraph = docx_paragraph(body_, heading ? "Heading" + std::to_string(level)
                                                         : item  ? "ListParagraph"
                                                                 : "");
        DocxParagraph facts{
            .before = gap, .spacing = line_spacing(block.lines, shape.type_ratio()), .alignment = block.alignment};
        if (item) {
            const ListPlace& place = docx_.lists.places.at(&block);
            facts.list = static_cast<int>(place.list) + 1;
            facts.level = place.level;
        } else {
            facts.left = inset_of(block, column, shape.scale);
            facts.first = first_line_of(block, shape.scale);
        }
        facts.page_break = std::exchange(page_break_, false);
        docx_properties(paragraph, facts);
        break_column(paragraph);
        const double style_size = heading ? docx_.sizes.heading[level] : docx_.sizes.body;
        docx_runs(paragraph, runs_of(block.lines, measure_of(block, column)),
                  {style_size, size_of(block.lines, shape.type), heading && docx_.sizes.heading_bold[level]});
        finish(paragraph);
    }

    void write_table(const Block& block, const Extent& column, const PageShape& shape, double gap) {
        if (after_table_ || page_break_ || column_break_) { // tables that touch would become one
            pugi::xml_node spacer = docx_spacer(body_);
            if (std::exchange(page_break_, false)) {
                spacer.child("w:pPr").prepend_child("w:pageBreakBefore");
            }
            break_column(spacer);
        }
        if (last_) {
            docx_space_after(last_, gap);
        }
        const double width = (column.right - column.left) * shape.scale;
        const double left = std::clamp((block.box.left - column.left) * shape.scale, 0.0, width / 2);
        docx_table(body_, block, docx_, shape, left, width - left);
        last_ = {};
        after_table_ = true;
    }

    void write_figure(const Block& block, const Extent& column, const PageShape& shape, double gap) {
        const Picture& picture = figures_.at(next_figure_++);
        pugi::xml_node paragraph = docx_paragraph(body_, "");
        DocxParagraph facts{.before = gap, .left = 0, .alignment = alignment_of(block, column)};
        facts.left = facts.alignment == text::Alignment::left ? inset_of(block, column, shape.scale) : 0;
        facts.page_break = std::exchange(page_break_, false);
        docx_properties(paragraph, facts);
        break_column(paragraph);
        const double width = block.box.width() * shape.scale;
        const double height = block.box.height() * shape.scale;
        const double room = std::max(36.0, (column.right - column.left) * shape.scale - facts.left);
        const double fit =
            std::min({1.0, room / std::max(1.0, width), shape.text_height() * 0.95 / std::max(1.0, height)});
        add_drawing(paragraph, block, picture, std::max(1.0, width * fit), std::max(1.0, height * fit));
        finish(paragraph);
    }

    // An inline picture (ECMA-376 part 1, 20.4.2.8).
    void add_drawing(pugi::xml_node paragraph, const Block& block, const Picture& picture, double width,
                     double height) {
        const std::string number = std::to_string(++pictures_);
        const std::string name = "image" + number + "." + picture.extension;
        const std::string id = docx_.add_part("image", "media/" + name, picture.bytes, true);
        const std::string told = alternative_of(block, docx_.document);
        const XmlAttributes size = {{"cx", emu(width)}, {"cy", emu(height)}};
        pugi::xml_node inline_node = add(add(add(paragraph, "w:r"), "w:drawing"), "wp:inline",
                                         {{"distT", 0}, {"distB", 0}, {"distL", 0}, {"distR", 0}});
        add(inline_node, "wp:extent", size);
        add(inline_node, "wp:docPr", {{"id", number}, {"name", name}, {"descr", told}});
        add(add(inline_node, "wp:cNvGraphicFramePr"), "a:graphicFrameLocks", {{"noChangeAspect", "1"}});
        pugi::xml_node data =
            add(add(inline_node, "a:graphic"), "a:graphicData", {{"uri", std::string(drawing) + "picture"}});
        pugi::xml_node node = add(data, "pic:pic");
        pugi::xml_node facts = add(node, "pic:nvPicPr");
        add(facts, "pic:cNvPr", {{"id", number}, {"name", name}, {"descr", told}});
        add(facts, "pic:cNvPicPr");
        pugi::xml_node fill = add(node, "pic:blipFill");
        add(fill, "a:blip", {{"r:embed", id}});
        add(add(fill, "a:stretch"), "a:fillRect");
        pugi::xml_node shape = add(node, "pic:spPr");
        pugi::xml_node transform = add(shape, "a:xfrm");
        add(transform, "a:off", {{"x", 0}, {"y", 0}});
        add(transform, "a:ext", size);
        add(add(shape, "a:prstGeom", {{"prst", "rect"}}), "a:avLst");
    }

    void break_column(pugi::xml_node paragraph) {
        if (std::exchange(column_break_, false)) {
            add(add(paragraph, "w:r"), "w:br", {{"w:type", "column"}});
        }
    }

    // A section's properties stand in its last paragraph (17.6.18).
    void end_section() {
        pugi::xml_node paragraph = last_ ? last_ : docx_spacer(body_);
        docx_section(paragraph.child("w:pPr"), docx_, section_);
        seam_ = paragraph;
        last_ = {};
        after_table_ = false;
    }

    void finish(pugi::xml_node paragraph) {
        last_ = paragraph;
        after_table_ = false;
    }

    Docx& docx_;
    pugi::xml_node body_;
    pugi::xml_node last_; // the paragraph just written
    bool after_table_ = false;
    bool page_break_ = false;
    bool column_break_ = false;
    std::size_t section_ = 0;      // the flow that began it
    std::vector<Picture> figures_; // of the page
    std::size_t next_figure_ = 0;
    pugi::xml_node seam_; // the last paragraph of the section before
    float above_ = 0;     // where the flow before ended, in pixels
    int pictures_ = 0;
};

} // namespace

FileBytes docx_document(Docx& docx) {
    pugi::xml_document part;
    pugi::xml_node root = add(part, "w:document",
                              {{"xmlns:w", word_namespace},
                               {"xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"},
                               {"xmlns:wp", std::string(drawing) + "wordprocessingDrawing"},
                               {"xmlns:a", std::string(drawing) + "main"},
                               {"xmlns:pic", std::string(drawing) + "picture"}});
    BodyWriter(docx, add(root, "w:body")).write();
    return xml_bytes(part);
}

} // namespace saring::output
