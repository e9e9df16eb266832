// Runs and tables of ODT.
#include "output/odt_parts.hpp"
#include "output/office_table.hpp"

#include <pugixml.hpp>

#include <algorithm>

namespace saring::output {
namespace {

constexpr double row_reserve = 0.95; // of a row's height on paper: borders and padding take their part
constexpr double most_height = 200;  // points; what is taller is a form's empty field

void add_row(pugi::xml_node parent, const TableGrid& grid, int row, Odt& odt, bool ruled, const PageShape& shape) {
    const double height =
        std::min(most_height, grid.heights()[static_cast<std::size_t>(row)] * shape.scale * row_reserve);
    pugi::xml_node line =
        add(parent, "table:table-row", {{"table:style-name", odt.styles.table_row(std::max(1.0, height))}});
    for (int column = 0; column < grid.columns(); ++column) {
        const GridCell& place = grid.at(row, column);
        if (!grid.is_origin(row, column)) {
            add(line, "table:covered-table-cell");
            continue;
        }
        pugi::xml_node cell = add(line, "table:table-cell",
                                  {{"table:style-name", odt.styles.table_cell(ruled, TableGrid::is_middle(place))},
                                   {"office:value-type", "string"}});
        if (place.column_span > 1 || place.row_span > 1) {
            cell.append_attribute("table:number-columns-spanned").set_value(place.column_span);
            cell.append_attribute("table:number-rows-spanned").set_value(place.row_span);
        }
        static const std::vector<text::DocumentLine> none;
        const std::vector<text::DocumentLine>& lines = place.cell == nullptr ? none : place.cell->lines;
        const OdtParagraph facts{.alignment = grid.alignment(place), .size = size_of(lines, shape.type)};
        odt_runs(add(cell, "text:p", {{"text:style-name", odt.styles.paragraph(facts)}}), runs_of(lines), odt.styles,
                 false);
    }
}

} // namespace

void odt_runs(pugi::xml_node paragraph, const std::vector<TextRun>& runs, OdtStyles& styles, bool bold_style) {
    for (const TextRun& run : runs) {
        if (run.line_break) {
            add(paragraph, "text:line-break");
        }
        const std::string style = styles.run(run, bold_style);
        pugi::xml_node parent = style.empty() ? paragraph : add(paragraph, "text:span", {{"text:style-name", style}});
        append_text(parent, run.text);
    }
}

void odt_table(pugi::xml_node parent, const text::Block& table, Odt& odt, const std::string& name,
               const PageShape& shape, double left, double most_width) {
    const TableGrid grid(table);
    double width = 0;
    for (const float each : grid.widths()) {
        width += each * shape.scale;
    }
    const double fit = std::min(1.0, most_width / width);
    pugi::xml_node node =
        add(parent, "table:table", {{"table:name", name}, {"table:style-name", odt.styles.table(width * fit, left)}});
    for (const float each : grid.widths()) {
        add(node, "table:table-column", {{"table:style-name", odt.styles.table_column(each * shape.scale * fit)}});
    }
    pugi::xml_node headings = grid.heading_rows() > 0 ? add(node, "table:table-header-rows") : node;
    for (int row = 0; row < grid.rows(); ++row) {
        add_row(row < grid.heading_rows() ? headings : node, grid, row, odt, table.ruled, shape);
    }
}

} // namespace saring::output
