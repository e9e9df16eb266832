// One slide: the page's ground behind, figures and tables on it, and text boxes where the words stood. The words are
// erased from the ground, so that nothing shows twice.
#include "output/office_table.hpp"
#include "output/pptx_parts.hpp"
#include "text/boxes.hpp"

#include <pugixml.hpp>

#include <algorithm>
#include <cmath>
#include <list>

namespace saring::output {
namespace {

using text::Alignment;
using text::Block;
using text::BlockKind;
using text::united;

constexpr double ascent = 0.905;     // of the size: from the top of Arial's line to its baseline
constexpr double descent = 0.22;     // and from there to the line's end
constexpr double line_height = 1.15; // of the size
constexpr double slack = 1.2;        // sizes by which a box is wider than its text: other fonts must not wrap sooner
constexpr double title_zone = 0.5;   // of the slide's height: a heading further down is no title
constexpr double same_aspect = 0.01;
constexpr double most_gap = 60; // points between paragraphs of a box

// Blocks that share a text box: the items of a list that follow one another, else one.
struct TextGroup {
    std::vector<const Block*> blocks;
    Box box;
};

class SlideWriter {
public:
    SlideWriter(const text::DocumentPage& page, const text::Document& document, const SlideSize& size,
                std::size_t first_picture)
        : page_{.dpi = page.dpi, .picture = page.picture, .blocks = slide_blocks(page)}, document_(document),
          size_(size), fit_(fit_of(page, size)), locale_(locale_of(document)), pictures_(pictures_of(page_)),
          next_picture_(first_picture) {}

    SlidePart write() {
        pugi::xml_document part;
        pugi::xml_node root =
            add(part, "p:sld",
                {{"xmlns:a", drawing_namespace}, {"xmlns:r", relation_namespace}, {"xmlns:p", presentation_namespace}});
        pugi::xml_node data = add(root, "p:cSld");
        title_ = find_title();
        slide_.relations.push_back(
            {"rId1", "slideLayout",
             title_ != nullptr ? "../slideLayouts/slideLayout1.xml" : "../slideLayouts/slideLayout2.xml"});
        const std::string backdrop = add_backdrop(data);
        pugi::xml_node tree = add(data, "p:spTree");
        add_group_root(tree);
        if (!backdrop.empty()) {
            const Box whole{0, 0, static_cast<float>(page_.picture.width), static_cast<float>(page_.picture.height)};
            add_picture(tree, whole, backdrop, "");
        }
        write_blocks(tree);
        add(add(root, "p:clrMapOvr"), "a:masterClrMapping");
        slide_.xml = xml_bytes(part);
        return std::move(slide_);
    }

private:
    [[nodiscard]] const Block* find_title() const {
        const Block* title = nullptr;
        for (const Block& block : page_.blocks) {
            const bool high = block.box.top < title_zone * page_.picture.height;
            if (block.kind == BlockKind::heading && high && !block.lines.empty() &&
                (title == nullptr || block.level < title->level)) {
                title = &block;
            }
        }
        return title;
    }

    static void add_group_root(pugi::xml_node tree) {
        pugi::xml_node facts = add(tree, "p:nvGrpSpPr");
        add(facts, "p:cNvPr", {{"id", 1}, {"name", ""}});
        add(facts, "p:cNvGrpSpPr");
        add(facts, "p:nvPr");
        add(tree, "p:grpSpPr");
    }

    // A ground of the slide's shape is its background, which nobody moves by accident. Another shape becomes a picture:
    // answers its relation.
    std::string add_backdrop(pugi::xml_node data) {
        const Backdrop& backdrop = pictures_.backdrop;
        if (backdrop.picture.bytes.empty()) {
            return "";
        }
        const std::string id = add_media(backdrop.picture);
        const double aspect = page_.picture.width / static_cast<double>(page_.picture.height);
        const bool fills = std::abs(aspect * size_.height / size_.width - 1) < same_aspect;
        pugi::xml_node properties = add(add(data, "p:bg"), "p:bgPr");
        if (fills) {
            pugi::xml_node fill = add(properties, "a:blipFill");
            add(fill, "a:blip", {{"r:embed", id}});
            add(add(fill, "a:stretch"), "a:fillRect");
        } else {
            add(add(properties, "a:solidFill"), "a:srgbClr", {{"val", hex_colour(backdrop.colour)}});
        }
        add(properties, "a:effectLst");
        return fills ? "" : id;
    }

    std::string add_media(const Picture& picture) {
        const std::string name = "image" + std::to_string(next_picture_++) + "." + picture.extension;
        slide_.media.push_back({"ppt/media/" + name, picture.bytes, true});
        slide_.relations.push_back({"rId" + std::to_string(slide_.relations.size() + 1), "image", "../media/" + name});
        return slide_.relations.back().id;
    }

    void write_blocks(pugi::xml_node tree) {
        std::size_t figure = 0;
        std::size_t table = 0;
        for (const Block& block : page_.blocks) { // first, so that they hide no text beside them
            if (block.kind == BlockKind::figure) {
                add_picture(tree, block.box, add_media(pictures_.figures[figure++]), alternative_of(block, document_));
            }
        }
        for (std::size_t i = 0; i < page_.blocks.size(); ++i) {
            const Block& block = page_.blocks[i];
            if (block.kind == BlockKind::table) {
                pptx_table(tree, block, pictures_.cell_inks[table++], fit_, ++shapes_, locale_);
            } else if (!block.lines.empty() || !block.marker.empty()) {
                const TextGroup group = group_at(i);
                add_text_box(tree, group);
                i += group.blocks.size() - 1;
            }
        }
    }

    [[nodiscard]] TextGroup group_at(std::size_t first) const {
        TextGroup group{{&page_.blocks[first]}, page_.blocks[first].box};
        for (std::size_t i = first + 1; i < page_.blocks.size(); ++i) {
            const Block& block = page_.blocks[i];
            const Block& last = *group.blocks.back();
            const bool follows = block.kind == BlockKind::list_item && last.kind == BlockKind::list_item &&
                                 block.column == last.column && block.box.top > last.box.top;
            if (!follows) {
                break;
            }
            group.blocks.push_back(&block);
            group.box = united(group.box, block.box);
        }
        return group;
    }

    void add_frame(pugi::xml_node properties, double left, double top, double width, double height) const {
        pugi::xml_node frame = add(properties, "a:xfrm");
        add(frame, "a:off", {{"x", emu(left)}, {"y", emu(top)}});
        add(frame, "a:ext", {{"cx", emu(std::max(1.0, width))}, {"cy", emu(std::max(1.0, height))}});
    }

    void add_picture(pugi::xml_node tree, const Box& box, const std::string& relation, const std::string& told) {
        pugi::xml_node node = add(tree, "p:pic");
        pugi::xml_node facts = add(node, "p:nvPicPr");
        const int id = ++shapes_;
        add(facts, "p:cNvPr", {{"id", id}, {"name", "Picture " + std::to_string(id)}, {"descr", told}});
        add(add(facts, "p:cNvPicPr"), "a:picLocks", {{"noChangeAspect", "1"}});
        add(facts, "p:nvPr");
        pugi::xml_node fill = add(node, "p:blipFill");
        add(fill, "a:blip", {{"r:embed", relation}});
        add(add(fill, "a:stretch"), "a:fillRect");
        pugi::xml_node properties = add(node, "p:spPr");
        add_frame(properties, fit_.left + box.left * fit_.scale, fit_.top + box.top * fit_.scale,
                  box.width() * fit_.scale, box.height() * fit_.scale);
        add(add(properties, "a:prstGeom", {{"prst", "rect"}}), "a:avLst");
    }

    // The box begins where the first line does and is somewhat wider than the text, on the side where it may grow.
    void place_text(pugi::xml_node properties, const TextGroup& group, double size) const {
        const Alignment alignment = group.blocks.front()->alignment;
        const double extra = slack * size;
        const double width = group.box.width() * fit_.scale + extra;
        double left = fit_.left + group.box.left * fit_.scale;
        left -= alignment == Alignment::centre ? extra / 2 : alignment == Alignment::right ? extra : 0;
        const auto [first, last] = baselines(group);
        const double extra_white = (spacing_of(*group.blocks.front(), size) - 1) * line_height * size;
        const double top = fit_.top + first * fit_.scale - ascent * size - extra_white;
        const double height = (last - first) * fit_.scale + line_height * size + extra_white;
        add_frame(properties, left, top, width, height);
        add(add(properties, "a:prstGeom", {{"prst", "rect"}}), "a:avLst");
    }

    void add_text_box(pugi::xml_node tree, const TextGroup& group) {
        const bool title = group.blocks.front() == title_;
        pugi::xml_node node = add(tree, "p:sp");
        pugi::xml_node facts = add(node, "p:nvSpPr");
        const int id = ++shapes_;
        add(facts, "p:cNvPr", {{"id", id}, {"name", (title ? "Title " : "TextBox ") + std::to_string(id)}});
        pugi::xml_node kind = add(facts, "p:cNvSpPr");
        pugi::xml_node role = add(facts, "p:nvPr");
        if (title) {
            add(kind, "a:spLocks", {{"noGrp", "1"}});
            add(role, "p:ph", {{"type", "title"}});
        } else {
            kind.append_attribute("txBox").set_value("1");
        }
        std::vector<text::DocumentLine> lines;
        for (const Block* block : group.blocks) {
            lines.insert(lines.end(), block->lines.begin(), block->lines.end());
        }
        const double size = fitted_size(lines, fit_.scale);
        pugi::xml_node properties = add(node, "p:spPr");
        place_text(properties, group, size);
        add(properties, "a:noFill");
        pugi::xml_node body = add(node, "p:txBody");
        add(body, "a:bodyPr",
            {{"wrap", "square"}, {"lIns", 0}, {"tIns", 0}, {"rIns", 0}, {"bIns", 0}, {"anchor", "t"}});
        add(body, "a:lstStyle");
        write_paragraphs(body, group);
    }

    // Of the first and the last line of a group, in pixels.
    static std::pair<double, double> baselines(const TextGroup& group) {
        double first = group.box.bottom;
        double last = group.box.top;
        for (const Block* block : group.blocks) {
            for (const text::DocumentLine& line : block->lines) {
                first = std::min<double>(first, line.baseline);
                last = std::max<double>(last, line.baseline);
            }
        }
        return {first, std::max(first, last)};
    }

    [[nodiscard]] double spacing_of(const Block& block, double size) const {
        const double pitch = baseline_pitch(block.lines) * fit_.scale;
        return pitch > 0 ? std::clamp(pitch / (size * line_height), 0.8, 2.0) : 1;
    }

    void write_paragraphs(pugi::xml_node body, const TextGroup& group) {
        const Block* above = nullptr;
        std::list<Marker> markers; // by level, what the next one goes on from
        std::array<const Marker*, list_levels> last{};
        for (const Block* block : group.blocks) {
            const double size = fitted_size(block->lines, fit_.scale);
            SlideText facts{.size = size, .alignment = block->alignment};
            facts.seen = pictures_.inks.at(static_cast<std::size_t>(block - page_.blocks.data()));
            facts.spacing = spacing_of(*block, size);
            if (above != nullptr && !above->lines.empty() && !block->lines.empty()) {
                const double step = (block->lines.front().baseline - above->lines.back().baseline) * fit_.scale;
                const double above_size = fitted_size(above->lines, fit_.scale);
                // On slides what a line spacing adds stands above each line, the first one too.
                const double natural = above_size * descent + size * (line_height * facts.spacing - descent);
                facts.before = std::clamp(step - natural, 0.0, most_gap);
            }
            facts.hanging = -first_line_of(*block, fit_.scale);
            if (block->kind == BlockKind::list_item) {
                facts.level = std::clamp(block->level, 0, list_levels - 1);
                const Marker*& previous = last[static_cast<std::size_t>(facts.level)];
                previous = &markers.emplace_back(parse_marker(block->marker, previous));
                set_list(facts, *block, *previous, group.box);
            }
            pptx_paragraph(body, block->lines, group.box.width(), facts, locale_);
            above = block;
        }
    }

    void set_list(SlideText& facts, const Block& block, const Marker& marker, const Box& box) const {
        facts.marker = &marker;
        facts.literal = pptx_literal(block);
        float left = block.box.right;
        for (const text::DocumentLine& line : block.lines) {
            left = std::min(left, line.box.left);
        }
        const bool placed = block.marker_word.box.width() > 0;
        const float marker_left = placed ? block.marker_word.box.left : block.box.left;
        facts.left = std::max(0.0, (left - box.left) * fit_.scale);
        facts.hanging =
            facts.literal.empty() ? std::clamp((left - marker_left) * fit_.scale, 0.0, facts.left) : facts.left;
        facts.hanging = std::min(facts.hanging, facts.left);
    }

    text::DocumentPage page_; // as the slide shows it
    const text::Document& document_;
    const SlideSize& size_;
    SlideFit fit_;
    std::string locale_;
    PagePictures pictures_;
    std::size_t next_picture_;
    int shapes_ = 1; // the tree itself has the first id
    const Block* title_ = nullptr;
    SlidePart slide_;
};

} // namespace

SlidePart pptx_slide(const text::DocumentPage& page, const text::Document& document, const SlideSize& size,
                     std::size_t first_picture) {
    return SlideWriter(page, document, size, first_picture).write();
}

} // namespace saring::output
