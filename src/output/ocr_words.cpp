#include "output/ocr_words.hpp"

#include "saring/error.hpp"

#include <algorithm>
#include <cmath>

namespace saring::output {
namespace {

using text::Block;
using text::BlockKind;
using text::DocumentLine;
using text::DocumentPage;
using text::DocumentWord;

// A marker is a word of the first line.
std::vector<DocumentLine> lines_with_marker(const Block& block) {
    std::vector<DocumentLine> lines = block.lines;
    if (!block.marker.empty()) {
        lines.resize(std::max<std::size_t>(1, lines.size()));
        DocumentWord word = block.marker_word;
        word.text = block.marker;
        if (word.box.area() <= 0) {
            word.box = lines.front().box;
            word.box.right = word.box.left;
        }
        lines.front().words.insert(lines.front().words.begin(), word);
        Box& box = lines.front().box;
        box = block.lines.empty() ? word.box
                                  : Box{std::min(box.left, word.box.left), std::min(box.top, word.box.top),
                                        std::max(box.right, word.box.right), std::max(box.bottom, word.box.bottom)};
        lines.front().baseline = block.lines.empty() ? word.box.bottom : lines.front().baseline;
    }
    return lines;
}

} // namespace

void refuse_password(const std::optional<Protection>& protection) {
    if (protection) {
        throw Error(ErrorCode::bad_password, "write", "XML cannot be locked");
    }
}

IntBox whole(const Box& box) {
    return {std::lround(box.left), std::lround(box.top), std::lround(box.right), std::lround(box.bottom)};
}

void for_each_group(const Block& block, const std::function<void(const Box&, const std::vector<DocumentLine>&)>& take) {
    if (block.kind == BlockKind::table) {
        for (const text::TableCell& cell : block.cells) {
            if (!cell.lines.empty()) {
                take(cell.box, cell.lines);
            }
        }
    } else if (block.kind != BlockKind::figure) {
        take(block.box, lines_with_marker(block));
    }
}

std::string words_of(const text::Document& document) {
    std::string out;
    for (const DocumentPage& page : document.pages) {
        for (const Block& block : page.blocks) {
            for_each_group(block, [&](const Box&, const std::vector<DocumentLine>& lines) {
                for (const DocumentLine& line : lines) {
                    out += " " + text::text_of(line);
                }
            });
        }
    }
    return out;
}

} // namespace saring::output
