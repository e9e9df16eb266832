// styles.xml: named styles, papers, and master pages with their heads and feet.
#include "output/odt_parts.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cmath>

namespace saring::output {
namespace {

constexpr const char* font = "Arial";

void set_size(pugi::xml_node properties, double size) {
    for (const char* name : {"fo:font-size", "style:font-size-asian", "style:font-size-complex"}) {
        properties.append_attribute(name).set_value(points(size).c_str());
    }
}

void add_default(pugi::xml_node styles, const Odt& odt) {
    const std::string locale = locale_of(odt.document);
    const std::size_t dash = locale.find('-');
    pugi::xml_node style = add(styles, "style:default-style", {{"style:family", "paragraph"}});
    add(style, "style:paragraph-properties", {{"style:tab-stop-distance", "36pt"}});
    pugi::xml_node text = add(style, "style:text-properties",
                              {{"style:font-name", font},
                               {"fo:language", locale.substr(0, dash)},
                               {"fo:country", dash == std::string::npos ? "none" : locale.substr(dash + 1)}});
    set_size(text, odt.sizes.body);
}

void add_style(pugi::xml_node styles, const char* name, const char* parent, const char* kind) {
    pugi::xml_node style =
        add(styles, "style:style", {{"style:name", name}, {"style:family", "paragraph"}, {"style:class", kind}});
    if (parent != nullptr) {
        style.append_attribute("style:parent-style-name").set_value(parent);
    }
}

void add_headings(pugi::xml_node styles, const TypeSizes& sizes) {
    for (std::size_t level = 1; level < sizes.heading.size(); ++level) {
        const std::string number = std::to_string(level);
        pugi::xml_node style = add(styles, "style:style",
                                   {{"style:name", "Heading_20_" + number},
                                    {"style:display-name", "Heading " + number},
                                    {"style:family", "paragraph"},
                                    {"style:parent-style-name", "Standard"},
                                    {"style:next-style-name", "Standard"},
                                    {"style:default-outline-level", number},
                                    {"style:class", "text"}});
        add(style, "style:paragraph-properties", {{"fo:keep-with-next", "always"}});
        pugi::xml_node text = add(style, "style:text-properties");
        if (sizes.heading_bold[level]) {
            for (const char* name : {"fo:font-weight", "style:font-weight-asian", "style:font-weight-complex"}) {
                text.append_attribute(name).set_value("bold");
            }
        }
        set_size(text, sizes.heading[level]);
    }
}

std::string named_styles(const Odt& odt) {
    pugi::xml_document part;
    pugi::xml_node styles = add(part, "office:styles");
    add_default(styles, odt);
    add_style(styles, "Standard", nullptr, "text");
    add_headings(styles, odt.sizes);
    add_style(styles, "List", "Standard", "list");
    add_style(styles, "Header", "Standard", "extra");
    add_style(styles, "Footer", "Standard", "extra");
    return xml_string(styles);
}

// A head stands in the upper margin: it reaches from its own edge to where the text begins.
std::string layout_of(const Odt& odt, std::size_t master) {
    const std::size_t page = odt.masters[master];
    const PageShape& shape = odt.shapes[page];
    const Furniture& furniture = odt.furniture[page];
    const Margins& m = shape.margins;
    const bool header = !furniture.header.empty();
    const bool footer = !furniture.footer.empty();
    pugi::xml_document part;
    pugi::xml_node layout = add(part, "style:page-layout", {{"style:name", "Layout" + std::to_string(master + 1)}});
    add(layout, "style:page-layout-properties",
        {{"fo:page-width", points(shape.width)},
         {"fo:page-height", points(shape.height)},
         {"style:print-orientation", shape.width > shape.height ? "landscape" : "portrait"},
         {"fo:margin-top", points(header ? shape.header : m.top)},
         {"fo:margin-bottom", points(footer ? shape.footer : m.bottom)},
         {"fo:margin-left", points(m.left)},
         {"fo:margin-right", points(m.right)}});
    if (header) {
        add(add(layout, "style:header-style"), "style:header-footer-properties",
            {{"fo:min-height", points(std::max(1.0, m.top - shape.header))}, {"fo:margin-bottom", "0pt"}});
    }
    if (footer) {
        add(add(layout, "style:footer-style"), "style:header-footer-properties",
            {{"fo:min-height", points(std::max(1.0, m.bottom - shape.footer))}, {"fo:margin-top", "0pt"}});
    }
    return xml_string(layout);
}

void add_part(pugi::xml_node paragraph, const FurniturePart& part, Odt& odt, const std::string& number) {
    if (!part.is_number) {
        odt_runs(paragraph, part.runs, odt.master_styles, false);
        return;
    }
    append_text(paragraph, part.before);
    add_text(paragraph, "text:page-number", number, {{"text:select-page", "current"}});
    append_text(paragraph, part.after);
}

void add_rows(pugi::xml_node parent, const std::vector<FurnitureRow>& rows, Odt& odt, std::size_t page,
              const char* style) {
    const double width = odt.shapes[page].text_width();
    const std::string number = std::to_string(odt.furniture[page].number.value_or(1));
    for (const FurnitureRow& row : rows) {
        OdtParagraph facts{.parent = style, .size = row.parts.front().size};
        const bool alone = row.parts.size() == 1;
        facts.alignment = alone ? row.parts.front().place : text::Alignment::left;
        facts.tab_middle = alone ? 0 : width / 2;
        facts.tab_right = alone ? 0 : width;
        pugi::xml_node paragraph = add(parent, "text:p", {{"text:style-name", odt.master_styles.paragraph(facts)}});
        int reached = 0;
        for (const FurniturePart& part : row.parts) {
            for (; !alone && reached < static_cast<int>(part.place); ++reached) {
                add(paragraph, "text:tab");
            }
            add_part(paragraph, part, odt, number);
        }
    }
}

std::string master_page(Odt& odt, std::size_t master) {
    const std::size_t page = odt.masters[master];
    pugi::xml_document part;
    pugi::xml_node node = add(
        part, "style:master-page",
        {{"style:name", odt_master_name(master)}, {"style:page-layout-name", "Layout" + std::to_string(master + 1)}});
    if (!odt.furniture[page].header.empty()) {
        add_rows(add(node, "style:header"), odt.furniture[page].header, odt, page, "Header");
    }
    if (!odt.furniture[page].footer.empty()) {
        add_rows(add(node, "style:footer"), odt.furniture[page].footer, odt, page, "Footer");
    }
    return xml_string(node);
}

} // namespace

std::string odt_master_name(std::size_t master) {
    return master == 0 ? "Standard" : "Page" + std::to_string(master + 1);
}

std::size_t Odt::master_of(std::size_t page) {
    const auto same = [&](std::size_t other) {
        return shapes[other].width == shapes[page].width && shapes[other].height == shapes[page].height &&
               shapes[other].margins == shapes[page].margins && furniture[other].alike(furniture[page]);
    };
    const auto found = std::ranges::find_if(masters, same);
    if (found != masters.end()) {
        return static_cast<std::size_t>(found - masters.begin());
    }
    masters.push_back(page);
    return masters.size() - 1;
}

std::string odt_namespaces() {
    const std::string oasis = "urn:oasis:names:tc:opendocument:xmlns:";
    return " xmlns:office=\"" + oasis + "office:1.0\" xmlns:style=\"" + oasis + "style:1.0\" xmlns:text=\"" + oasis +
           "text:1.0\" xmlns:table=\"" + oasis + "table:1.0\" xmlns:draw=\"" + oasis + "drawing:1.0\" xmlns:fo=\"" +
           oasis + "xsl-fo-compatible:1.0\" xmlns:svg=\"" + oasis + "svg-compatible:1.0\" xmlns:meta=\"" + oasis +
           "meta:1.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
           "office:version=\"1.3\"";
}

FileBytes odt_styles(Odt& odt) {
    std::string layouts;
    std::string masters;
    for (std::size_t i = 0; i < odt.masters.size(); ++i) {
        layouts += layout_of(odt, i);
        masters += master_page(odt, i);
    }
    return bytes_of("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-styles" + odt_namespaces() +
                    "><office:font-face-decls><style:font-face style:name=\"" + font + "\" svg:font-family=\"" + font +
                    "\" style:font-family-generic=\"swiss\"/></office:font-face-decls>" + named_styles(odt) +
                    "<office:automatic-styles>" + layouts + odt.master_styles.elements() +
                    "</office:automatic-styles><office:master-styles>" + masters +
                    "</office:master-styles></office:document-styles>");
}

} // namespace saring::output
