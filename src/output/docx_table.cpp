#include "output/docx_parts.hpp"
#include "output/office_table.hpp"

#include <pugixml.hpp>

#include <algorithm>

namespace saring::output {
namespace {

// Rows as high as on paper, nearly: borders and other fonts take their part.
constexpr double row_reserve = 0.95;
constexpr double most_height = 200; // points; what is taller is a form's empty field

// One table while it is written; widths in twips.
class TableWriter {
public:
    TableWriter(const text::Block& table, const Docx& docx, const PageShape& shape, double most_width)
        : grid_(table), docx_(docx), scale_(shape.scale), type_(shape.type) {
        double sum = 0;
        for (const float width : grid_.widths()) {
            sum += width * scale_;
        }
        const double fit = std::min(1.0, most_width / sum);
        for (const float width : grid_.widths()) {
            widths_.push_back(std::max(1L, twips(width * scale_ * fit)));
        }
    }

    void write(pugi::xml_node node, const text::Block& table, double left) {
        add_properties(node, table, left);
        pugi::xml_node columns = add(node, "w:tblGrid");
        for (const long width : widths_) {
            add(columns, "w:gridCol", {{"w:w", width}});
        }
        for (int row = 0; row < grid_.rows(); ++row) {
            add_row(node, row);
        }
    }

private:
    [[nodiscard]] long width_of(int column, int span) const {
        long sum = 0;
        for (int i = column; i < column + span; ++i) {
            sum += widths_[static_cast<std::size_t>(i)];
        }
        return sum;
    }

    void add_properties(pugi::xml_node node, const text::Block& table, double left) const {
        pugi::xml_node properties = add(node, "w:tblPr");
        add(properties, "w:tblStyle", {{"w:val", table.ruled ? "TableGrid" : "TableNormal"}});
        add(properties, "w:tblW", {{"w:w", width_of(0, grid_.columns())}, {"w:type", "dxa"}});
        add(properties, "w:tblInd", {{"w:w", twips(left)}, {"w:type", "dxa"}});
        add(properties, "w:tblLayout", {{"w:type", "fixed"}});
        add(properties, "w:tblLook",
            {{"w:val", "0020"}, {"w:firstRow", grid_.heading_rows() > 0 ? "1" : "0"}, {"w:noVBand", "1"}});
    }

    void add_row(pugi::xml_node node, int row) {
        pugi::xml_node line = add(node, "w:tr");
        pugi::xml_node properties = add(line, "w:trPr");
        add(properties, "w:cantSplit");
        const double height = grid_.heights()[static_cast<std::size_t>(row)] * scale_ * row_reserve;
        add(properties, "w:trHeight", {{"w:val", twips(std::min(height, most_height))}, {"w:hRule", "atLeast"}});
        if (row < grid_.heading_rows()) {
            add(properties, "w:tblHeader");
        }
        for (int column = 0; column < grid_.columns(); column += grid_.at(row, column).column_span) {
            add_cell(line, row, column);
        }
    }

    // A cell that spans rows is continued by an empty one in each of them (17.4.84).
    void add_cell(pugi::xml_node row_node, int row, int column) {
        const GridCell& place = grid_.at(row, column);
        const bool begins = grid_.is_origin(row, column);
        pugi::xml_node node = add(row_node, "w:tc");
        pugi::xml_node properties = add(node, "w:tcPr");
        add(properties, "w:tcW", {{"w:w", width_of(column, place.column_span)}, {"w:type", "dxa"}});
        if (place.column_span > 1) {
            add(properties, "w:gridSpan", {{"w:val", place.column_span}});
        }
        if (place.row_span > 1) {
            add(properties, "w:vMerge", {{"w:val", begins ? "restart" : "continue"}});
        }
        if (TableGrid::is_middle(place)) {
            add(properties, "w:vAlign", {{"w:val", "center"}});
        }
        pugi::xml_node paragraph = docx_paragraph(node, "");
        if (begins && place.cell != nullptr) {
            docx_properties(paragraph, {.alignment = grid_.alignment(place)});
            docx_runs(paragraph, runs_of(place.cell->lines),
                      {docx_.sizes.body, size_of(place.cell->lines, type_), false});
        }
    }

    TableGrid grid_;
    const Docx& docx_;
    double scale_;
    double type_;
    std::vector<long> widths_;
};

} // namespace

void docx_table(pugi::xml_node body, const text::Block& table, const Docx& docx, const PageShape& shape, double left,
                double most_width) {
    TableWriter(table, docx, shape, most_width).write(add(body, "w:tbl"), table, left);
}

} // namespace saring::output
