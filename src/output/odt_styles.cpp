// Automatic styles of ODT.
#include "output/odt_parts.hpp"

#include <pugixml.hpp>

#include <algorithm>

namespace saring::output {
namespace {

std::string attribute(const char* name, const std::string& value) {
    return std::string(" ") + name + "=\"" + value + "\"";
}

const char* name_of(text::Alignment alignment) {
    switch (alignment) {
    case text::Alignment::centre: return "center";
    case text::Alignment::right: return "end";
    case text::Alignment::justified: return "justify";
    case text::Alignment::left: break;
    }
    return "start";
}

std::string tab_stops(const OdtParagraph& facts) {
    const auto stop = [](double place, const char* kind) {
        return "<style:tab-stop" + attribute("style:position", points(place)) + attribute("style:type", kind) + "/>";
    };
    return facts.tab_right <= 0 ? ""
                                : "<style:tab-stops>" + stop(facts.tab_middle, "center") +
                                      stop(facts.tab_right, "right") + "</style:tab-stops>";
}

std::string spacing_of(const OdtParagraph& facts) {
    std::string out;
    out += facts.before > 0 ? attribute("fo:margin-top", points(facts.before)) : "";
    out += facts.after > 0 ? attribute("fo:margin-bottom", points(facts.after)) : "";
    out += facts.spacing > 1 ? attribute("fo:line-height", decimal(facts.spacing * 100, 0) + "%") : "";
    if (facts.left > 0 || facts.first != 0) {
        out += attribute("fo:margin-left", points(facts.left)) + attribute("fo:text-indent", points(facts.first));
    }
    return out;
}

std::string paragraph_properties(const OdtParagraph& facts) {
    std::string out = spacing_of(facts);
    out += facts.alignment != text::Alignment::left ? attribute("fo:text-align", name_of(facts.alignment)) : "";
    out += facts.page_break ? attribute("fo:break-before", "page") : "";
    out += facts.column_break ? attribute("fo:break-before", "column") : "";
    out += facts.page_number > 0 ? attribute("style:page-number", std::to_string(facts.page_number)) : "";
    out += facts.tiny ? attribute("fo:line-height", "1pt") : "";
    const std::string tabs = tab_stops(facts);
    return out.empty() && tabs.empty()
               ? ""
               : "<style:paragraph-properties" + out + ">" + tabs + "</style:paragraph-properties>";
}

std::string size_attributes(double size) {
    const std::string value = points(size);
    return attribute("fo:font-size", value) + attribute("style:font-size-asian", value) +
           attribute("style:font-size-complex", value);
}

} // namespace

std::string points(double length) { return decimal(length) + "pt"; }

std::string OdtStyles::named(std::string_view family, const std::string& attributes, const std::string& content) {
    const std::string key = std::string(family) + attributes + content;
    const auto [place, fresh] = names_.try_emplace(key, prefix_ + std::to_string(names_.size() + 1));
    if (fresh) {
        elements_.push_back("<style:style" + attribute("style:name", place->second) +
                            attribute("style:family", std::string(family)) + attributes + ">" + content +
                            "</style:style>");
    }
    return place->second;
}

std::string OdtStyles::paragraph(const OdtParagraph& facts) {
    std::string content = paragraph_properties(facts);
    const double size = facts.tiny ? 1 : facts.size;
    content += size > 0 ? "<style:text-properties" + size_attributes(size) + "/>" : "";
    if (content.empty() && facts.master.empty()) {
        return facts.parent;
    }
    const std::string master = facts.master.empty() ? "" : attribute("style:master-page-name", facts.master);
    return named("paragraph", attribute("style:parent-style-name", facts.parent) + master, content);
}

std::string OdtStyles::run(const TextRun& run, bool bold_style) {
    std::string look;
    if (run.bold != bold_style) {
        const std::string weight = run.bold ? "bold" : "normal";
        look = attribute("fo:font-weight", weight) + attribute("style:font-weight-asian", weight) +
               attribute("style:font-weight-complex", weight);
    }
    look += run.colour != 0 ? attribute("fo:color", "#" + hex_colour(run.colour)) : "";
    return look.empty() ? "" : named("text", "", "<style:text-properties" + look + "/>");
}

std::string OdtStyles::columns(const Flow& flow, const PageShape& shape) {
    const std::size_t count = flow.columns.size();
    if (count < 2) {
        return named("section", "", "<style:section-properties/>");
    }
    std::string columns;
    double from = shape.margins.left;
    double indent = 0; // what the gap before a column leaves to it
    for (std::size_t i = 0; i < count; ++i) {
        const bool last = i + 1 == count;
        const double next = last ? shape.width - shape.margins.right : flow.columns[i + 1].left * shape.scale;
        const double half_gap = last ? 0 : std::max(6.0, next - flow.columns[i].right * shape.scale) / 2;
        const double to = next - half_gap;
        columns += "<style:column" + attribute("style:rel-width", decimal(std::max(1.0, to - from) * 20, 0) + "*") +
                   attribute("fo:start-indent", points(indent)) + attribute("fo:end-indent", points(half_gap)) + "/>";
        from = to;
        indent = half_gap;
    }
    return named("section", "",
                 "<style:section-properties text:dont-balance-text-columns=\"true\"><style:columns" +
                     attribute("fo:column-count", std::to_string(count)) + ">" + columns +
                     "</style:columns></style:section-properties>");
}

std::string OdtStyles::table(double width, double left) {
    return named("table", "",
                 "<style:table-properties" + attribute("style:width", points(width)) +
                     attribute("fo:margin-left", points(left)) + attribute("table:align", "left") +
                     attribute("table:border-model", "collapsing") + "/>");
}

std::string OdtStyles::table_column(double width) {
    return named("table-column", "",
                 "<style:table-column-properties" + attribute("style:column-width", points(width)) + "/>");
}

std::string OdtStyles::table_row(double height) {
    return named("table-row", "",
                 "<style:table-row-properties" + attribute("style:min-row-height", points(height)) +
                     attribute("fo:keep-together", "always") + "/>");
}

std::string OdtStyles::table_cell(bool ruled, bool middle) {
    return named("table-cell", "",
                 "<style:table-cell-properties" + attribute("fo:border", ruled ? "0.5pt solid #000000" : "none") +
                     attribute("fo:padding", "2pt") + attribute("style:vertical-align", middle ? "middle" : "top") +
                     "/>");
}

std::string OdtStyles::frame() {
    return named("graphic", "",
                 "<style:graphic-properties style:vertical-pos=\"top\" style:vertical-rel=\"baseline\" "
                 "fo:border=\"none\" fo:padding=\"0pt\"/>");
}

std::string OdtStyles::elements() const {
    std::string out;
    for (const std::string& element : elements_) {
        out += element;
    }
    return out;
}

} // namespace saring::output
