// Sections: paper, columns, and the heads and feet that go with them.
#include "output/docx_parts.hpp"

#include <pugixml.hpp>

#include <algorithm>

namespace saring::output {
namespace {

void add_part(pugi::xml_node paragraph, const FurniturePart& part, const Docx& docx, const std::string& number) {
    const DocxRunStyle style{docx.sizes.body, part.size, false};
    if (!part.is_number) {
        docx_runs(paragraph, part.runs, style);
        return;
    }
    const auto piece = [&](pugi::xml_node parent, const std::string& text) {
        if (!text.empty()) {
            docx_runs(parent, {TextRun{.text = text}}, style);
        }
    };
    piece(paragraph, part.before);
    piece(add(paragraph, "w:fldSimple", {{"w:instr", " PAGE "}}), number);
    piece(paragraph, part.after);
}

void add_tab(pugi::xml_node tabs, const char* kind, double points) {
    add(tabs, "w:tab", {{"w:val", kind}, {"w:pos", twips(points)}});
}

// Parts of a row that stand beside each other are set off by tabs.
void add_row(pugi::xml_node root, const FurnitureRow& row, const Docx& docx, const PageShape& shape, const char* style,
             const std::string& number) {
    pugi::xml_node paragraph = docx_paragraph(root, style);
    if (row.parts.size() == 1) {
        docx_properties(paragraph, {.alignment = row.parts.front().place});
        add_part(paragraph, row.parts.front(), docx, number);
        return;
    }
    pugi::xml_node tabs = add(paragraph.child("w:pPr"), "w:tabs");
    add_tab(tabs, "center", shape.text_width() / 2);
    add_tab(tabs, "right", shape.text_width());
    auto reached = text::Alignment::left;
    for (const FurniturePart& part : row.parts) {
        for (; reached < part.place; reached = static_cast<text::Alignment>(static_cast<int>(reached) + 1)) {
            add(add(paragraph, "w:r"), "w:tab");
        }
        add_part(paragraph, part, docx, number);
    }
}

FileBytes furniture_part(const char* root_name, const std::vector<FurnitureRow>& rows, const Docx& docx,
                         std::size_t page) {
    const bool is_header = std::string_view(root_name) == "w:hdr";
    const std::string number = std::to_string(docx.furniture[page].number.value_or(1));
    pugi::xml_document part;
    pugi::xml_node root = add(part, root_name, {{"xmlns:w", word_namespace}});
    for (const FurnitureRow& row : rows) {
        add_row(root, row, docx, docx.shapes[page], is_header ? "Header" : "Footer", number);
    }
    if (rows.empty()) {
        docx_paragraph(root, is_header ? "Header" : "Footer");
    }
    return xml_bytes(part);
}

const DocxFurniture& drawn_furniture(Docx& docx, std::size_t page) {
    const Furniture& furniture = docx.furniture[page];
    const auto same = [&](const DocxFurniture& drawn) { return docx.furniture[drawn.page].alike(furniture); };
    const auto found = std::ranges::find_if(docx.drawn, same);
    if (found != docx.drawn.end()) {
        return *found;
    }
    const std::string number = std::to_string(docx.drawn.size() + 1);
    DocxFurniture drawn{page, "", ""};
    drawn.header_id =
        docx.add_part("header", "header" + number + ".xml", furniture_part("w:hdr", furniture.header, docx, page));
    drawn.footer_id =
        docx.add_part("footer", "footer" + number + ".xml", furniture_part("w:ftr", furniture.footer, docx, page));
    return docx.drawn.emplace_back(drawn);
}

void add_references(pugi::xml_node section, Docx& docx, std::size_t page) {
    const bool any = std::ranges::any_of(
        docx.furniture, [](const Furniture& each) { return !each.header.empty() || !each.footer.empty(); });
    if (!any) {
        return;
    }
    const DocxFurniture drawn = drawn_furniture(docx, page);
    for (const auto& [name, id] :
         {std::pair{"w:headerReference", drawn.header_id}, {"w:footerReference", drawn.footer_id}}) {
        add(section, name, {{"w:type", "default"}, {"r:id", id}});
    }
}

void add_paper(pugi::xml_node section, const PageShape& shape) {
    pugi::xml_node size = add(section, "w:pgSz", {{"w:w", twips(shape.width)}, {"w:h", twips(shape.height)}});
    if (shape.width > shape.height) {
        size.append_attribute("w:orient").set_value("landscape");
    }
    const Margins& m = shape.margins;
    add(section, "w:pgMar",
        {{"w:top", twips(m.top)},
         {"w:right", twips(m.right)},
         {"w:bottom", twips(m.bottom)},
         {"w:left", twips(m.left)},
         {"w:header", twips(shape.header)},
         {"w:footer", twips(shape.footer)},
         {"w:gutter", 0}});
}

// The first column begins and the last ends where the margins are; gaps are as on the page.
void add_columns(pugi::xml_node section, const Flow& flow, const PageShape& shape) {
    const std::size_t count = flow.columns.size();
    if (count < 2) {
        return;
    }
    pugi::xml_node columns = add(section, "w:cols", {{"w:num", count}, {"w:equalWidth", "0"}});
    double from = shape.margins.left;
    for (std::size_t i = 0; i < count; ++i) {
        const bool last = i + 1 == count;
        const double next = last ? shape.width - shape.margins.right : flow.columns[i + 1].left * shape.scale;
        const double gap = last ? 0 : std::max(6.0, next - flow.columns[i].right * shape.scale);
        pugi::xml_node column = add(columns, "w:col", {{"w:w", twips(std::max(36.0, next - gap - from))}});
        if (!last) {
            column.append_attribute("w:space").set_value(twips(gap));
        }
        from = next;
    }
}

} // namespace

bool begins_section(const Docx& docx, std::size_t index) {
    if (index == 0) {
        return true;
    }
    const Flow& flow = docx.flows[index];
    const bool columns = flow.columns.size() > 1 || docx.flows[index - 1].columns.size() > 1;
    return !flow.starts_page || columns || !docx.goes_on(flow.page);
}

void docx_section(pugi::xml_node parent, Docx& docx, std::size_t index) {
    const Flow& flow = docx.flows[index];
    const std::size_t page = flow.page;
    pugi::xml_node section = add(parent, "w:sectPr");
    if (flow.starts_page) {
        add_references(section, docx, page);
    }
    add(section, "w:type", {{"w:val", flow.starts_page ? "nextPage" : "continuous"}});
    add_paper(section, docx.shapes[page]);
    const std::optional<int>& number = docx.furniture[page].number;
    if (flow.starts_page && number && !docx.goes_on(page)) {
        add(section, "w:pgNumType", {{"w:start", *number}});
    }
    add_columns(section, flow, docx.shapes[page]);
}

} // namespace saring::output
