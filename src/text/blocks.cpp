#include "text/blocks.hpp"

#include "text/boxes.hpp"
#include "text/headings.hpp"
#include "text/paragraphs.hpp"
#include "text/unread_markers.hpp"

namespace saring::text {
namespace {

constexpr float deeper = 0.8F; // font sizes between the markers of two levels of a list

Box frame_of(const std::vector<const Item*>& items) {
    std::vector<float> lefts;
    std::vector<float> rights;
    Box out = items.front()->box;
    for (const Item* item : items) {
        out = united(out, item->box);
        lefts.push_back(item->box.left);
        rights.push_back(item->box.right);
    }
    constexpr std::size_t few = 5; // lines: then the outermost count
    if (items.size() >= few) {
        out.left = quantile(lefts, 0.08F);
        out.right = quantile(rights, 0.94F);
    }
    return out;
}

// A small figure among lines that go on without a gap, like an unread word, does not part their paragraph.
bool is_within_text(const std::vector<Item>& items, std::size_t which, const PageStyle& style) {
    const Item& item = items[which];
    if (item.block.kind != BlockKind::figure || which == 0 || which + 1 == items.size()) {
        return false;
    }
    const auto line_beside = [&](int step) -> const DocumentLine* {
        for (auto i = static_cast<std::ptrdiff_t>(which) + step;
             i >= 0 && i < static_cast<std::ptrdiff_t>(items.size()); i += step) {
            const Item& other = items[static_cast<std::size_t>(i)];
            if (other.zone != item.zone || (other.is_block && other.block.kind != BlockKind::figure)) {
                return nullptr;
            }
            if (!other.is_block) {
                return &other.line.line;
            }
        }
        return nullptr;
    };
    const DocumentLine* above = line_beside(-1);
    const DocumentLine* below = line_beside(1);
    const float size = above == nullptr ? style.size : std::max(above->font_size, style.size);
    return above != nullptr && below != nullptr && item.box.height() < 2.5F * size &&
           below->baseline - above->baseline < more_space * style.leading * size;
}

// Puts figures behind the blocks in whose height they stand.
void put_after_text(std::vector<Block>& blocks, std::vector<Block> figures) {
    for (Block& figure : figures) {
        const auto after = std::find_if(blocks.rbegin(), blocks.rend(),
                                        [&](const Block& block) { return block.box.top < middle_y(figure.box); });
        blocks.insert(after.base(), std::move(figure));
    }
}

// Signatures in the cells of a table are read after it.
void put_behind_tables(std::vector<Block>& blocks) {
    for (std::size_t table = 0; table < blocks.size(); ++table) {
        if (blocks[table].kind != BlockKind::table) {
            continue;
        }
        const Box box = blocks[table].box;
        const auto inside = [&](const Block& block) {
            constexpr float mostly = 0.7F;
            return block.kind == BlockKind::figure && covered(block.box, box) > mostly;
        };
        const auto begin = blocks.begin() + static_cast<std::ptrdiff_t>(table);
        const auto before = std::stable_partition(blocks.begin(), begin, [&](const Block& b) { return !inside(b); });
        std::rotate(before, begin, begin + 1);
        table = static_cast<std::size_t>(before - blocks.begin());
    }
}

void set_levels(std::vector<Block>& blocks) {
    std::vector<float> lefts; // of the markers of the lists that are open
    for (Block& block : blocks) {
        if (block.kind != BlockKind::list_item) {
            lefts.clear();
            continue;
        }
        const float left = block.marker_word.box.left;
        const float size = deeper * block.lines.front().font_size;
        while (!lefts.empty() && left < lefts.back() - size) {
            lefts.pop_back();
        }
        if (lefts.empty() || left > lefts.back() + size) {
            lefts.push_back(left);
        }
        block.level = static_cast<int>(lefts.size()) - 1;
    }
}

} // namespace

std::vector<Block> blocks_of(const std::vector<Item>& items, const std::vector<Rule>& rules, const PageStyle& style,
                             const PageInk& ink) {
    std::vector<const Item*> all;
    for (const Item& item : items) {
        if (!item.is_block || item.block.kind == BlockKind::table) { // a figure may lie anywhere
            all.push_back(&item);
        }
    }
    std::vector<Block> out;
    for (std::size_t begin = 0; begin < items.size();) {
        if (items[begin].is_block) {
            out.push_back(items[begin].block);
            out.back().column = items[begin].column;
            ++begin;
            continue;
        }
        std::size_t end = begin;
        std::vector<TextLine> lines;
        std::vector<Block> within;
        while (end < items.size() && items[end].zone == items[begin].zone) {
            if (items[end].is_block && !is_within_text(items, end, style)) {
                break;
            }
            if (items[end].is_block) {
                within.push_back(items[end].block);
            } else {
                lines.push_back(items[end].line);
            }
            ++end;
        }
        std::vector<const Item*> zone;
        for (const Item& item : items) {
            if (item.zone == items[begin].zone && !item.is_block) {
                zone.push_back(&item);
            }
        }
        const bool own = items[begin].beside || items[begin].column > 0;
        lines = lines_of(std::move(lines));
        add_unread_markers(lines, ink);
        std::vector<Block> blocks =
            paragraphs_of(std::move(lines), frame_of(own ? zone : all), items[begin].beside, style, rules);
        for (Block& block : blocks) {
            block.column = items[begin].column;
        }
        if (!items[begin].beside) {
            find_headings(blocks, style);
        }
        put_after_text(blocks, std::move(within));
        std::move(blocks.begin(), blocks.end(), std::back_inserter(out));
        begin = end;
    }
    put_behind_tables(out);
    set_heading_levels(out, style);
    set_levels(out);
    return out;
}

} // namespace saring::text
