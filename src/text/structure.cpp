// The order of the steps. Words first lose what is no running text (figures, cells of drawn tables, margins); then
// columns of text are parted, tables found within each, and what still stands beside each other put into order.
#include "text/structure.hpp"

#include "text/blocks.hpp"
#include "text/boxes.hpp"
#include "text/columns.hpp"
#include "text/figures.hpp"
#include "text/margins.hpp"
#include "text/page_ink.hpp"
#include "text/page_style.hpp"
#include "text/plain_tables.hpp"
#include "text/ruled_tables.hpp"
#include "text/rules.hpp"
#include "text/table_rows_in_use.hpp"
#include "text/text_lines.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace saring::text {
namespace {

Item item_of(TextLine line) {
    Item out;
    out.box = line.line.box;
    out.line = std::move(line);
    return out;
}

Item item_of(Block block) {
    Item out;
    out.box = block.box;
    out.block = std::move(block);
    out.is_block = true;
    return out;
}

// Tables within each column, then the order of what is left beside each other there.
std::vector<Item> within_columns(const std::vector<Item>& items, const std::vector<Rule>& rules, float usual) {
    std::vector<Item> out;
    int zones = 0;
    for (std::size_t begin = 0; begin < items.size();) {
        std::size_t end = begin;
        while (end < items.size() && items[end].zone == items[begin].zone) {
            ++end;
        }
        std::vector<Item> zone(items.begin() + static_cast<std::ptrdiff_t>(begin),
                               items.begin() + static_cast<std::ptrdiff_t>(end));
        find_plain_tables(zone, rules, usual);
        std::vector<Item> ordered = in_reading_order(std::move(zone), Columns::any, usual, zones);
        std::move(ordered.begin(), ordered.end(), std::back_inserter(out));
        begin = end;
    }
    return out;
}

// Strokes of one short line are a poor witness: headings of one level, and the cells of a heading row, are bold
// together where half of their lines are.
void set_bold_together(const std::vector<std::vector<DocumentLine>*>& kin) {
    std::size_t bold = 0;
    std::size_t all = 0;
    for (const std::vector<DocumentLine>* lines : kin) {
        all += lines->size();
        bold += static_cast<std::size_t>(
            std::count_if(lines->begin(), lines->end(), [](const DocumentLine& line) { return line.bold; }));
    }
    for (std::vector<DocumentLine>* lines : kin) {
        for (DocumentLine& line : *lines) {
            line.bold = 2 * bold >= all;
        }
    }
}

void even_out_bold(std::vector<Block>& blocks) {
    std::map<int, std::vector<std::vector<DocumentLine>*>> headings; // by level
    for (Block& block : blocks) {
        if (block.kind == BlockKind::heading) {
            headings[block.level].push_back(&block.lines);
        }
        std::vector<std::vector<DocumentLine>*> row;
        for (TableCell& cell : block.cells) {
            if (cell.heading) {
                row.push_back(&cell.lines);
            }
        }
        set_bold_together(row);
    }
    for (const auto& [level, kin] : headings) {
        set_bold_together(kin);
    }
}

// A short word that was located as tall as its cell tells no size: no line is much larger than most of its table.
void bound_sizes(Block& table) {
    constexpr float most = 1.5F; // of the usual size
    std::vector<float> sizes;
    for (const TableCell& cell : table.cells) {
        for (const DocumentLine& line : cell.lines) {
            sizes.push_back(line.font_size);
        }
    }
    const float usual = median(std::move(sizes));
    for (TableCell& cell : table.cells) {
        for (DocumentLine& line : cell.lines) {
            line.font_size = std::min(line.font_size, most * usual);
        }
    }
}

} // namespace

std::vector<Block> structure(const cv::Mat& page, const std::vector<Line>& lines, const std::vector<Quad>& unread,
                             float dpi) {
    constexpr float least_dpi = 50; // below, and without one, sizes in inches mean nothing
    constexpr float most_dpi = 1200;
    if (page.empty()) {
        return {};
    }
    PageInk ink = ink_of(page, dpi >= least_dpi ? std::min(dpi, most_dpi) : 150);
    std::vector<PageWord> words = words_of(lines, ink);
    const std::vector<Rule> rules = rules_of(ink, words);
    wipe_rules(ink, rules);
    for (PageWord& word : words) {
        measure(word, ink);
    }
    const float usual = usual_size(words, ink.dpi);
    const std::vector<Block> figures = figures_of(ink, words, rules, unread);
    const std::vector<Block> tables = ruled_tables(rules, words, ink);
    std::vector<TextLine> runs = runs_of(words, ink);
    drop_junk(runs);

    std::vector<Item> items;
    std::transform(runs.begin(), runs.end(), std::back_inserter(items),
                   [](TextLine& run) { return item_of(std::move(run)); });
    for (const std::vector<Block>* blocks : {&tables, &figures}) {
        std::transform(blocks->begin(), blocks->end(), std::back_inserter(items),
                       [](const Block& b) { return item_of(b); });
    }
    Margins margins = take_margins(items, rules, ink, usual);
    int zones = 0;
    items = in_reading_order(std::move(items), Columns::of_text, usual, zones);
    items = within_columns(items, rules, usual);
    const PageStyle style = style_of(items, usual);
    set_bold(items, style, ink);

    std::vector<Block> out = std::move(margins.headers);
    std::vector<Block> body = blocks_of(items, rules, style, ink);
    std::move(body.begin(), body.end(), std::back_inserter(out));
    std::move(margins.footers.begin(), margins.footers.end(), std::back_inserter(out));
    even_out_bold(out);
    for (Block& block : out) {
        if (block.kind == BlockKind::table) {
            drop_unused_rows_and_columns(block);
            bound_sizes(block);
        }
    }
    return out;
}

} // namespace saring::text
