// What covers a whole slide is its ground: a dark slide may have been taken for one large figure, or its edges for the
// rules of a table. Its words become text boxes all the same.
#include "output/pptx_parts.hpp"

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
        const bool ground = words && covers(block, page);
        if (ground && block.kind == BlockKind::table && block.columns < 2) {
            std::ranges::for_each(block.cells, [&](const text::TableCell& cell) { append_lines(cell, blocks); });
        } else if (!ground || block.kind != BlockKind::figure) {
            blocks.push_back(block);
        }
    }
    return blocks;
}

} // namespace saring::output
