#include "text/page_style.hpp"

#include "text/boxes.hpp"
#include "text/hyphens.hpp"
#include "text/page_ink.hpp"
#include "text/table_cells.hpp"

namespace saring::text {
namespace {

constexpr float thick = 1.22F;        // of the usual stroke: bold
constexpr float usual_range = 1.35F;  // ratio of font sizes that may be one
constexpr float usual_leading = 1.2F; // where the page does not tell

} // namespace

PageStyle style_of(const std::vector<Item>& items, float usual) {
    std::vector<float> strokes;
    std::vector<float> leadings;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].is_block) {
            continue;
        }
        const TextLine& line = items[i].line;
        // By the number of words, so that running text outweighs what is short.
        strokes.insert(strokes.end(), line.stroke > 0 ? line.line.words.size() : 0, line.stroke);
        if (i > 0 && !items[i - 1].is_block && items[i - 1].zone == items[i].zone) {
            const float leading =
                (line.line.baseline - items[i - 1].line.line.baseline) / std::max(1.0F, line.line.font_size);
            constexpr float tightest = 0.9F;
            constexpr float widest = 2.6F;
            if (leading > tightest && leading < widest) {
                leadings.push_back(leading);
            }
        }
    }
    return {usual, median(std::move(strokes)), leadings.empty() ? usual_leading : median(std::move(leadings))};
}

void set_bold(std::vector<Item>& items, const PageStyle& style, const PageInk& ink) {
    // The size of a short line is a guess; where it may as well be the usual one, that is the better guess.
    const auto is_bold = [&](const TextLine& line) {
        const float ratio = line.line.font_size / std::max(1.0F, style.size);
        const bool usual = ratio > 1 / usual_range && ratio < usual_range;
        const float stroke = line.stroke * (usual ? ratio : 1.0F);
        const bool one_sign = line.line.words.size() == 1 && line.line.words.front().text.size() == 1;
        return style.stroke > 0 && !one_sign && stroke > thick * style.stroke;
    };
    for (Item& item : items) {
        item.line.line.bold = !item.is_block && is_bold(item.line);
        for (TableCell& cell : item.block.cells) {
            for (DocumentLine& line : cell.lines) {
                TextLine measured{line, 0};
                measure_strokes(measured, ink);
                line.bold = is_bold(measured);
            }
            set_joins(cell.lines);
        }
        const bool head = std::any_of(item.block.cells.begin(), item.block.cells.end(),
                                      [](const TableCell& cell) { return cell.heading; });
        if (item.is_block && item.block.kind == BlockKind::table && !head) {
            mark_heading_row(item.block);
        }
    }
}

} // namespace saring::text
