// What covers a whole slide is its ground: a dark slide may have been taken for one large figure, or its edges for the
// rules of a table. Its words become text boxes all the same. So it is with smaller figures on which text stands: cut
// out, they would show it a second time.
#include "output/pptx_parts.hpp"
#include "text/boxes.hpp"

#include <algorithm>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;

constexpr float most_of_page = 0.7F; // of its area

bool covers(const Block& block, const text::DocumentPage& page) {
    const float area = static_cast<float>(page.picture.width) * static_cast<float>(page.picture.height);
    return block.box.area() > most_of_page * area;
}

bool has_words(const Block& block) {
    return !block.lines.empty() ||
           std::ranges::any_of(block.cells, [](const auto& cell) { return !cell.lines.empty(); });
}

bool any_stands_on(const std::vector<text::DocumentLine>& lines, const Block& figure) {
    constexpr float mostly = 0.6F;
    return std::ranges::any_of(
        lines, [&](const text::DocumentLine& line) { return text::covered(line.box, figure.box) > mostly; });
}

bool has_text_on_it(const Block& figure, const std::vector<Block>& blocks) {
    return std::ranges::any_of(blocks, [&](const Block& block) {
        return any_stands_on(block.lines, figure) ||
               std::ranges::any_of(block.cells, [&](const auto& cell) { return any_stands_on(cell.lines, figure); });
    });
}

// A text box for each line of a cell: what stands in such a cell need not belong together.
void append_lines(const text::TableCell& cell, std::vector<Block>& blocks) {
    for (const text::DocumentLine& line : cell.lines) {
        Block block;
        block.box = line.box;
        block.lines = {line};
        blocks.push_back(std::move(block));
    }
}

} // namespace

std::vector<Block> slide_blocks(const text::DocumentPage& page) {
    const bool words = std::ranges::any_of(page.blocks, has_words);
    std::vector<Block> blocks;
    for (const Block& block : page.blocks) {
        const bool under_text = block.kind == BlockKind::figure && has_text_on_it(block, page.blocks);
        const bool ground = under_text || (words && covers(block, page));
        if (ground && block.kind == BlockKind::table && block.columns < 2) {
            std::ranges::for_each(block.cells, [&](const text::TableCell& cell) { append_lines(cell, blocks); });
        } else if (!ground || block.kind != BlockKind::figure) {
            blocks.push_back(block);
        }
    }
    return blocks;
}

} // namespace saring::output
