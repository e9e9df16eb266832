#include "output/office_layout.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;
using text::DocumentLine;
using text::DocumentPage;

constexpr double points_per_inch = 72;
constexpr double most_points = 1584; // Word's largest page side, 22 inches
constexpr double least_points = 144; // below two inches margins eat the text

// Width and height in points: A4, F4 (folio), Letter, Legal, A5.
constexpr std::array<std::array<double, 2>, 5> papers{
    {{595.3, 841.9}, {609.4, 935.4}, {612, 792}, {612, 1008}, {419.5, 595.3}}};
constexpr double paper_tolerance = 0.02; // a photographed sheet is cropped by that much at worst

constexpr double least_margin = 28.35;  // one centimetre: what printers reach
constexpr double most_margin = 0.3;     // of the side: a page with one line is no page of margins
constexpr double usual_margin = 0.12;   // of the side, for pages without text
constexpr double bottom_reserve = 0.75; // of the bottom margin: other fonts may run longer than the photographed ones
constexpr double least_edge = 17;       // running heads come as near to the edge as printers allow

struct Size {
    double width;
    double height;
    bool operator<(const Size& other) const { return std::tie(width, height) < std::tie(other.width, other.height); }
};

PageShape bare_shape(const DocumentPage& page) {
    const double dpi = page.dpi > 1 ? page.dpi : 300;
    const double wide = std::max(1, page.picture.width);
    const double high = std::max(1, page.picture.height);
    PageShape shape;
    shape.scale = points_per_inch / dpi;
    const double longest = std::max(wide, high) * shape.scale;
    const double shortest = std::min(wide, high) * shape.scale;
    if (longest > most_points) {
        shape.scale *= most_points / longest;
    } else if (shortest < least_points) {
        shape.scale *= std::min(least_points / shortest, most_points / longest);
    }
    shape.width = wide * shape.scale;
    shape.height = high * shape.scale;
    const bool upright = shape.width <= shape.height;
    for (const auto& [narrow, tall] : papers) {
        const double width = upright ? narrow : tall;
        const double height = upright ? tall : narrow;
        if (std::abs(shape.width / width - 1) < paper_tolerance &&
            std::abs(shape.height / height - 1) < paper_tolerance) {
            shape.scale *= width / shape.width;
            shape.width = width;
            shape.height = height;
            break;
        }
    }
    return shape;
}

std::optional<Box> text_area(const DocumentPage& page) {
    std::optional<Box> area;
    for (const Block& block : page.blocks) {
        if (!is_furniture(block)) {
            const Box& b = block.box;
            area = area ? Box{std::min(area->left, b.left), std::min(area->top, b.top), std::max(area->right, b.right),
                              std::max(area->bottom, b.bottom)}
                        : b;
        }
    }
    return area;
}

Margins margins_of(const DocumentPage& page, const PageShape& shape) {
    const std::optional<Box> area = text_area(page);
    const double usual = usual_margin * std::min(shape.width, shape.height);
    if (!area) {
        return {usual, usual, usual, usual};
    }
    const double below = shape.height - area->bottom * shape.scale;
    return {area->left * shape.scale, area->top * shape.scale, shape.width - area->right * shape.scale,
            std::min(below, usual) * bottom_reserve};
}

Margins narrower(const Margins& a, const Margins& b) {
    return {std::min(a.left, b.left), std::min(a.top, b.top), std::min(a.right, b.right), std::min(a.bottom, b.bottom)};
}

Margins within_reason(const Margins& m, const PageShape& shape) {
    const auto fit = [](double margin, double side) {
        return std::clamp(margin, std::min(least_margin, most_margin * side), most_margin * side);
    };
    return {fit(m.left, shape.width), fit(m.top, shape.height), fit(m.right, shape.width), fit(m.bottom, shape.height)};
}

// How far running heads and feet stand from the edges.
void place_furniture(PageShape& shape, const DocumentPage& page) {
    const double middle = page.picture.height / 2.0;
    double top = shape.margins.top;
    double bottom = shape.margins.bottom;
    for (const Block& block : page.blocks) {
        if (is_furniture(block)) {
            const bool above = (block.box.top + block.box.bottom) / 2 < middle;
            double& edge = above ? top : bottom;
            edge = std::min(edge, above ? block.box.top * shape.scale : shape.height - block.box.bottom * shape.scale);
        }
    }
    shape.header = std::max(least_edge, std::min(top, shape.margins.top * 0.8));
    shape.footer = std::max(least_edge, std::min(bottom, shape.margins.bottom * 0.8));
}

} // namespace

bool is_furniture(const Block& block) {
    return block.kind == BlockKind::page_header || block.kind == BlockKind::page_footer ||
           block.kind == BlockKind::page_number;
}

std::vector<PageShape> page_shapes(const text::Document& document) {
    std::vector<PageShape> shapes;
    std::map<Size, Margins> shared;
    const double ratio = type_ratio(document);
    for (const DocumentPage& page : document.pages) {
        const PageShape& shape = shapes.emplace_back(bare_shape(page));
        const Margins own = margins_of(page, shape);
        const auto [place, fresh] = shared.try_emplace(Size{shape.width, shape.height}, own);
        place->second = fresh ? own : narrower(place->second, own);
    }
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        shapes[i].type = shapes[i].scale * ratio;
        shapes[i].margins = within_reason(shared.at({shapes[i].width, shapes[i].height}), shapes[i]);
        place_furniture(shapes[i], document.pages[i]);
    }
    return shapes;
}

double natural_step(double size_above, double spacing_above, double size_below) {
    constexpr double descent = 0.22; // of the size
    return size_above * (descent + single_pitch * (spacing_above - 1)) + size_below * (single_pitch - descent);
}

float top_of(const Flow& flow) {
    float top = flow.blocks.empty() ? 0 : flow.blocks.front()->box.top;
    for (const Block* block : flow.blocks) {
        top = std::min(top, block->box.top);
    }
    return top;
}

float bottom_of(const Flow& flow) {
    float bottom = 0;
    for (const Block* block : flow.blocks) {
        bottom = std::max(bottom, block->box.bottom);
    }
    return bottom;
}

std::vector<double> gaps_of(const Flow& flow, const PageShape& shape, float above) {
    constexpr double most_gap = 48; // points; larger holes on a page need not be kept by empty space
    constexpr double step = 2;
    constexpr double white_above =
        0.25; // of the size: what a line brings above its ink, while boxes are tight around it
    std::vector<double> gaps;
    for (std::size_t i = 0; i < flow.blocks.size(); ++i) {
        const Block& block = *flow.blocks[i];
        const bool first = i == 0 || flow.places[i] != flow.places[i - 1];
        const float edge = first ? above : flow.blocks[i - 1]->box.bottom;
        const double size = size_of(block.lines, shape.type);
        double gap = (block.box.top - edge) * shape.scale - white_above * size;
        if (!first && !block.lines.empty() && !flow.blocks[i - 1]->lines.empty()) {
            const float step_down = block.lines.front().baseline - flow.blocks[i - 1]->lines.back().baseline;
            const std::vector<DocumentLine>& lines = flow.blocks[i - 1]->lines;
            gap = step_down * shape.scale -
                  natural_step(size_of(lines, shape.type), line_spacing(lines, shape.type_ratio()), size);
        }
        gaps.push_back(std::clamp(std::round(gap / step) * step, 0.0, most_gap));
    }
    return gaps;
}

double inset_of(const Block& block, const Extent& column, double scale) {
    if (block.alignment == text::Alignment::centre || block.alignment == text::Alignment::right) {
        return 0;
    }
    const double size = std::max(8.0, size_of(block.lines, scale));
    const double first = block.lines.size() < 2 ? 0 : std::min(0.0F, block.indent);
    const double inset = (block.box.left - first - column.left) * scale;
    const double most = (column.right - column.left) * scale / 2;
    return inset < size ? 0 : std::min(std::round(inset), most);
}

double first_line_of(const Block& block, double scale) {
    // A single line stands where its box does.
    const bool set_off = block.alignment == text::Alignment::centre || block.alignment == text::Alignment::right ||
                         block.lines.size() < 2;
    const double size = std::max(8.0, size_of(block.lines, scale));
    const double first = std::round(block.indent * scale);
    return set_off || std::abs(first) < size / 2 ? 0 : std::clamp(first, -6 * size, 6 * size);
}

text::Alignment alignment_of(const Block& block, const Extent& column) {
    constexpr float tolerance = 0.06F; // of the column's width
    const float width = column.right - column.left;
    const float left = block.box.left - column.left;
    const float right = column.right - block.box.right;
    if (std::abs(left - right) < 2 * tolerance * width) {
        return text::Alignment::centre;
    }
    return right < tolerance * width ? text::Alignment::right : text::Alignment::left;
}

std::string locale_of(const text::Document& document) {
    if (document.language == "id" || document.language.empty()) {
        return "id-ID";
    }
    return document.language == "en" ? "en-US" : document.language;
}

std::string alternative_of(const Block& figure, const text::Document& document) {
    const bool english = document.language == "en";
    if (!figure.alternative.empty()) {
        return figure.alternative;
    }
    if (figure.handwriting) {
        return english ? "Handwriting" : "Tulisan tangan";
    }
    return english ? "Picture" : "Gambar";
}

} // namespace saring::output
