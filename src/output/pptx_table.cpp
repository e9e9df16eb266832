#include "output/office_table.hpp"
#include "output/pptx_parts.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cmath>

namespace saring::output {
namespace {

constexpr double inset = 3;      // points between rules and text
constexpr double line_width = 1; // points
constexpr int white_enough = 24; // of 255: a paler ground is paper

bool is_tinted(std::uint32_t rgb) {
    const std::uint32_t least = std::min({(rgb >> 16U) & 0xFFU, (rgb >> 8U) & 0xFFU, rgb & 0xFFU});
    return least < 255 - white_enough;
}

class TableWriter {
public:
    TableWriter(const text::Block& table, const std::vector<InkOnGround>& inks, const SlideFit& fit,
                const std::string& locale)
        : table_(table), inks_(inks), fit_(fit), locale_(locale), grid_(table) {}

    void write(pugi::xml_node node) {
        pugi::xml_node properties = add(node, "a:tblPr");
        if (grid_.heading_rows() > 0) {
            properties.append_attribute("firstRow").set_value("1");
        }
        pugi::xml_node columns = add(node, "a:tblGrid");
        for (const float width : grid_.widths()) {
            add(columns, "a:gridCol", {{"w", emu(width * fit_.scale)}});
        }
        for (int row = 0; row < grid_.rows(); ++row) {
            const float height = grid_.heights()[static_cast<std::size_t>(row)];
            pugi::xml_node line = add(node, "a:tr", {{"h", emu(height * fit_.scale)}});
            for (int column = 0; column < grid_.columns(); ++column) {
                add_cell(line, row, column);
            }
        }
    }

private:
    // Every place of the grid has its element; covered ones say by what (21.1.3.18).
    void add_cell(pugi::xml_node line, int row, int column) {
        const GridCell& place = grid_.at(row, column);
        pugi::xml_node node = add(line, "a:tc");
        if (place.row_span > 1 && row == place.row) {
            node.append_attribute("rowSpan").set_value(place.row_span);
        }
        if (place.column_span > 1 && column == place.column) {
            node.append_attribute("gridSpan").set_value(place.column_span);
        }
        if (column > place.column) {
            node.append_attribute("hMerge").set_value("1");
        }
        if (row > place.row) {
            node.append_attribute("vMerge").set_value("1");
        }
        const bool told = grid_.is_origin(row, column) && place.cell != nullptr;
        static const std::vector<text::DocumentLine> none;
        const std::vector<text::DocumentLine>& lines = told ? place.cell->lines : none;
        pugi::xml_node body = add(node, "a:txBody");
        add(body, "a:bodyPr");
        add(body, "a:lstStyle");
        const double size = lines.empty() ? 12 : fitted_size(lines, fit_.scale);
        SlideText facts{.size = size, .alignment = grid_.alignment(place)};
        facts.seen = ink_of(place);
        pptx_paragraph(body, lines, 0, facts, locale_);
        add_cell_properties(node, place);
    }

    void add_cell_properties(pugi::xml_node node, const GridCell& place) const {
        pugi::xml_node properties = add(node, "a:tcPr",
                                        {{"marL", emu(inset)},
                                         {"marR", emu(inset)},
                                         {"marT", emu(inset / 2)},
                                         {"marB", emu(inset / 2)},
                                         {"anchor", TableGrid::is_middle(place) ? "ctr" : "t"}});
        for (const char* side : {"a:lnL", "a:lnR", "a:lnT", "a:lnB"}) {
            pugi::xml_node rule = add(properties, side, {{"w", table_.ruled ? emu(line_width) : 0}});
            if (table_.ruled) {
                add(add(rule, "a:solidFill"), "a:schemeClr", {{"val", "tx1"}});
            } else {
                add(rule, "a:noFill");
            }
        }
        const std::uint32_t ground = ink_of(place).ground;
        if (table_.ruled && is_tinted(ground)) { // what was drawn without rules stands on the slide's own ground
            add(add(properties, "a:solidFill"), "a:srgbClr", {{"val", hex_colour(ground)}});
        } else {
            add(properties, "a:noFill");
        }
    }

    [[nodiscard]] InkOnGround ink_of(const GridCell& place) const {
        return place.cell == nullptr ? InkOnGround{}
                                     : inks_.at(static_cast<std::size_t>(place.cell - table_.cells.data()));
    }

    const text::Block& table_;
    const std::vector<InkOnGround>& inks_;
    const SlideFit& fit_;
    const std::string& locale_;
    TableGrid grid_;
};

} // namespace

void pptx_table(pugi::xml_node tree, const text::Block& table, const std::vector<InkOnGround>& inks,
                const SlideFit& fit, int id, const std::string& locale) {
    pugi::xml_node frame = add(tree, "p:graphicFrame");
    pugi::xml_node facts = add(frame, "p:nvGraphicFramePr");
    add(facts, "p:cNvPr", {{"id", id}, {"name", "Table " + std::to_string(id)}});
    add(add(facts, "p:cNvGraphicFramePr"), "a:graphicFrameLocks", {{"noGrp", "1"}});
    add(facts, "p:nvPr");
    pugi::xml_node place = add(frame, "p:xfrm");
    add(place, "a:off",
        {{"x", emu(fit.left + table.box.left * fit.scale)}, {"y", emu(fit.top + table.box.top * fit.scale)}});
    add(place, "a:ext",
        {{"cx", emu(std::max(1.0, table.box.width() * fit.scale))},
         {"cy", emu(std::max(1.0, table.box.height() * fit.scale))}});
    pugi::xml_node data = add(add(frame, "a:graphic"), "a:graphicData",
                              {{"uri", "http://schemas.openxmlformats.org/drawingml/2006/table"}});
    TableWriter(table, inks, fit, locale).write(add(data, "a:tbl"));
}

} // namespace saring::output
