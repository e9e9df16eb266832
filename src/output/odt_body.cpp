// The body of an ODT file: flows to sections, blocks to paragraphs, lists, tables and frames.
#include "output/odt_parts.hpp"
#include "output/office_pictures.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;

constexpr double size_step = 1;        // points: sizes that differ less are the same, measured twice
constexpr double size_tolerance = 0.1; // of the style's size

class BodyWriter {
public:
    BodyWriter(Odt& odt, pugi::xml_node text) : odt_(odt), text_(text) {}

    void write() {
        for (const Flow& flow : odt_.flows) {
            write(flow);
        }
        if (odt_.flows.empty()) {
            add(text_, "text:p", {{"text:style-name", "Standard"}});
        }
    }

private:
    void write(const Flow& flow) {
        end_list();
        const PageShape& shape = odt_.shapes[flow.page];
        const bool in_columns = flow.columns.size() > 1;
        parent_ = text_;
        const float above = flow.starts_page ? static_cast<float>(shape.margins.top / shape.scale) : above_;
        double seam = in_columns ? std::clamp((top_of(flow) - above) * shape.scale, 0.0, most_seam) : 0;
        if (flow.starts_page) {
            figures_ = figures_of(odt_.document.pages[flow.page]);
            next_figure_ = 0;
            begin_page(flow.page);
        }
        if (in_columns) {
            // Breaks within a section do not begin a page everywhere, and columns should begin at one height.
            add_spacer(seam);
            const std::string name = "Section" + std::to_string(++sections_);
            parent_ = add(text_, "text:section",
                          {{"text:style-name", odt_.styles.columns(flow, shape)}, {"text:name", name}});
        }
        const std::vector<double> gaps = gaps_of(flow, shape, in_columns ? top_of(flow) : above);
        above_ = bottom_of(flow);
        for (std::size_t i = 0; i < flow.blocks.size(); ++i) {
            start_.column_break = i > 0 && flow.places[i] > flow.places[i - 1];
            write(*flow.blocks[i], flow.columns[flow.places[i]], shape, gaps[i]);
        }
        if (flow.blocks.empty()) {
            add_spacer(0);
        }
    }

    void begin_page(std::size_t page) {
        start_ = {};
        if (page > 0 && odt_.goes_on(page)) {
            start_.page_break = true;
            return;
        }
        start_.master = odt_master_name(odt_.master_of(page));
        start_.page_number = odt_.furniture[page].number.value_or(0);
    }

    // What the next paragraph begins goes to it and to no other.
    OdtParagraph take_start() { return std::exchange(start_, {}); }

    void add_spacer(double before) {
        OdtParagraph facts = take_start();
        facts.tiny = true;
        facts.before = before;
        add(parent_, "text:p", {{"text:style-name", odt_.styles.paragraph(facts)}});
    }

    void write(const Block& block, const Extent& column, const PageShape& shape, double gap) {
        if (block.kind != BlockKind::list_item) {
            end_list();
        }
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
        const bool restarts = item && starts_anything();
        OdtParagraph facts = take_start();
        facts.parent = heading ? "Heading_20_" + std::to_string(level) : item ? "List" : "Standard";
        facts.alignment = block.alignment;
        facts.before = gap;
        facts.spacing = line_spacing(block.lines, shape.type_ratio());
        if (!item) {
            facts.left = inset_of(block, column, shape.scale);
            facts.first = first_line_of(block, shape.scale);
        }
        const double style_size = heading ? odt_.sizes.heading[level] : odt_.sizes.body;
        const double size = size_of(block.lines, shape.type);
        const double difference = std::abs(size - style_size);
        facts.size = size > 0 && difference >= size_step && difference > size_tolerance * style_size ? size : 0;
        pugi::xml_node parent = item ? list_item(block, restarts) : parent_;
        pugi::xml_node paragraph =
            add(parent, heading ? "text:h" : "text:p", {{"text:style-name", odt_.styles.paragraph(facts)}});
        if (heading) {
            paragraph.append_attribute("text:outline-level").set_value(level);
        }
        odt_runs(paragraph, runs_of(block.lines, measure_of(block, column)), odt_.styles,
                 heading && odt_.sizes.heading_bold[level]);
    }

    [[nodiscard]] bool starts_anything() const {
        return start_.page_break || start_.column_break || !start_.master.empty();
    }

    // Levels are lists within items (ODF 1.3 part 3, 5.3.1). An item goes into the list that is open on its level.
    pugi::xml_node list_item(const Block& block, bool restarts) {
        const ListPlace& place = odt_.lists.places.at(&block);
        if (restarts || (!lists_.empty() && list_ != place.list)) {
            end_list();
        }
        list_ = place.list;
        const auto level = static_cast<std::size_t>(place.level);
        bool fresh = lists_.size() <= level;
        while (lists_.size() <= level) {
            pugi::xml_node parent = parent_;
            if (!lists_.empty()) {
                const pugi::xml_node last = lists_.back().last_child();
                parent = last ? last : add(lists_.back(), "text:list-item");
            }
            lists_.push_back(add(parent, "text:list"));
            if (lists_.size() == 1) {
                lists_.back().append_attribute("text:style-name").set_value(("L" + std::to_string(list_ + 1)).c_str());
            }
        }
        lists_.resize(level + 1);
        pugi::xml_node item = add(lists_.back(), "text:list-item");
        const Numbering numbering = odt_.lists.lists[list_].levels[level]->marker.numbering;
        if (fresh && numbering != Numbering::bullet && numbering != Numbering::literal) {
            item.append_attribute("text:start-value").set_value(place.value);
        }
        return item;
    }

    void end_list() { lists_.clear(); }

    void write_table(const Block& block, const Extent& column, const PageShape& shape, double gap) {
        // The space above, and a break where one is due, stand in a paragraph of their own.
        if (gap > 0 || starts_anything()) {
            add_spacer(gap);
        }
        const double width = (column.right - column.left) * shape.scale;
        const double left = std::clamp((block.box.left - column.left) * shape.scale, 0.0, width / 2);
        odt_table(parent_, block, odt_, "Table" + std::to_string(++tables_), shape, left, width - left);
    }

    void write_figure(const Block& block, const Extent& column, const PageShape& shape, double gap) {
        const Picture& picture = figures_.at(next_figure_++);
        const std::string number = std::to_string(odt_.pictures.size() + 1);
        const std::string name = "Pictures/image" + number + "." + picture.extension;
        odt_.pictures.push_back({name, picture.bytes, true});
        OdtParagraph facts = take_start();
        facts.before = gap;
        facts.alignment = alignment_of(block, column);
        facts.left = facts.alignment == text::Alignment::left ? inset_of(block, column, shape.scale) : 0;
        const double width = std::max(1.0, block.box.width() * shape.scale);
        const double height = std::max(1.0, block.box.height() * shape.scale);
        const double room = std::max(36.0, (column.right - column.left) * shape.scale - facts.left);
        const double fit = std::min({1.0, room / width, shape.text_height() * 0.95 / height});
        pugi::xml_node paragraph = add(parent_, "text:p", {{"text:style-name", odt_.styles.paragraph(facts)}});
        pugi::xml_node frame = add(paragraph, "draw:frame",
                                   {{"draw:style-name", odt_.styles.frame()},
                                    {"draw:name", "Picture" + number},
                                    {"text:anchor-type", "as-char"},
                                    {"svg:width", points(width * fit)},
                                    {"svg:height", points(height * fit)}});
        add(frame, "draw:image",
            {{"xlink:href", name}, {"xlink:type", "simple"}, {"xlink:show", "embed"}, {"xlink:actuate", "onLoad"}});
        add_text(frame, "svg:title", alternative_of(block, odt_.document));
    }

    static constexpr double most_seam = 48; // points between flows of a page

    Odt& odt_;
    pugi::xml_node text_;
    pugi::xml_node parent_;             // the text, or the section with the columns
    OdtParagraph start_;                // the breaks that are due
    std::vector<pugi::xml_node> lists_; // open, by level
    std::size_t list_ = 0;
    std::vector<Picture> figures_; // of the page
    std::size_t next_figure_ = 0;
    float above_ = 0; // where the flow before ended, in pixels
    int sections_ = 0;
    int tables_ = 0;
};

} // namespace

FileBytes odt_content(Odt& odt) {
    pugi::xml_document part;
    pugi::xml_node text = add(part, "office:text");
    BodyWriter(odt, text).write();
    return bytes_of("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content" + odt_namespaces() +
                    "><office:automatic-styles>" + odt.styles.elements() + odt_list_styles(odt.lists) +
                    "</office:automatic-styles><office:body>" + xml_string(text) +
                    "</office:body></office:document-content>");
}

} // namespace saring::output
