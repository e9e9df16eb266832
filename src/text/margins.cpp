// A letterhead is centred above a rule that runs across the top of the page. Running heads and footers are the first
// and last lines of a page if something sets them apart: smaller letters, a rule, or a page number among them. A first
// line that only stands alone is more likely a title, so in doubt it stays with the text.
#include "text/margins.hpp"

#include "text/boxes.hpp"
#include "text/text_lines.hpp"

#include <regex>

namespace saring::text {
namespace {

constexpr float margin_share = 0.11F;       // of the page's height in which heads and feet stand
constexpr float letterhead_share = 0.35F;   // of the page's height above which a letterhead's rule lies
constexpr float letterhead_width = 0.55F;   // of the text's width that this rule has at least
constexpr float apart = 1.5F;               // font sizes of white between a head or foot and the text
constexpr float small = 0.93F;              // of the usual font size
constexpr std::size_t most_margin_rows = 3; // of a head or foot

struct Row {
    std::vector<std::size_t> items; // from left to right
    Box box;
};

std::vector<Row> rows_of(const std::vector<Item>& items) {
    std::vector<std::size_t> sorted(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        sorted[i] = i;
    }
    std::sort(sorted.begin(), sorted.end(),
              [&](std::size_t a, std::size_t b) { return middle_y(items[a].box) < middle_y(items[b].box); });
    std::vector<Row> rows;
    for (const std::size_t i : sorted) {
        const Box& box = items[i].box;
        const bool same = !rows.empty() &&
                          shared_height(rows.back().box, box) > 0.5F * std::min(rows.back().box.height(), box.height());
        if (!same) {
            rows.push_back({{}, box});
        }
        rows.back().items.push_back(i);
        rows.back().box = united(rows.back().box, box);
    }
    for (Row& row : rows) {
        std::sort(row.items.begin(), row.items.end(),
                  [&](std::size_t a, std::size_t b) { return items[a].box.left < items[b].box.left; });
    }
    return rows;
}

Box box_of(const std::vector<Item>& items) {
    Box out = items.front().box;
    for (const Item& item : items) {
        out = united(out, item.box);
    }
    return out;
}

Block block_of(const DocumentLine& line, BlockKind kind, const Box& frame) {
    Block out;
    out.kind = kind;
    out.box = line.box;
    const float left = line.box.left - frame.left;
    const float right = frame.right - line.box.right;
    const float slack = std::max(1.5F * line.font_size, 0.1F * (left + right));
    const bool centred = std::abs(left - right) < slack && left > line.font_size;
    const bool far = left > 0.4F * frame.width() && right < line.font_size;
    out.alignment = centred ? Alignment::centre : far ? Alignment::right : Alignment::left;
    out.lines.push_back(line);
    return out;
}

// The rule under a letterhead; nullptr where there is none.
const Rule* letterhead_rule(const std::vector<Item>& items, const std::vector<Rule>& rules, const PageInk& ink) {
    const Box text = box_of(items);
    const Rule* out = nullptr;
    for (const Rule& rule : rules) {
        const bool high = rule.at() < letterhead_share * ink.box().height();
        const bool wide = rule.horizontal && rule.box.width() > letterhead_width * text.width();
        const bool between = rule.at() > text.top && rule.at() < text.bottom;
        const bool crosses = std::any_of(items.begin(), items.end(), [&](const Item& item) {
            return item.is_block && item.block.kind == BlockKind::table &&
                   item.box.top <= rule.at() + ink.inches(0.1F) && item.box.bottom >= rule.at() - ink.inches(0.1F);
        });
        // Rules below each other are those of a table.
        const bool table = std::any_of(rules.begin(), rules.end(), [&](const Rule& other) {
            const float below = other.at() - rule.at();
            return other.horizontal && below > ink.inches(0.12F) && below < ink.inches(2) &&
                   std::abs(other.box.left - rule.box.left) < ink.inches(0.1F) &&
                   std::abs(other.box.right - rule.box.right) < ink.inches(0.1F);
        });
        if (high && wide && between && !crosses && !table && (out == nullptr || rule.at() < out->at())) {
            out = &rule;
        }
    }
    return out;
}

void take_letterhead(std::vector<Item>& items, const Rule& rule, const PageInk& ink, std::vector<Block>& headers) {
    std::vector<std::size_t> above;
    std::size_t centred = 0;
    std::size_t full = 0; // lines as wide as the rule: running text
    std::vector<float> middles;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!items[i].is_block && items[i].box.bottom < rule.at() + ink.inches(0.04F)) {
            above.push_back(i);
            middles.push_back(middle_x(items[i].box));
            full += items[i].box.width() > 0.93F * rule.box.width() ? 1 : 0;
        } else if (items[i].is_block && items[i].block.kind == BlockKind::table && items[i].box.top < rule.at()) {
            return;
        }
    }
    // Beside a logo the lines are centred to each other rather than to the page.
    const float axis = median(middles);
    for (const float x : middles) {
        centred += std::abs(x - axis) < 0.04F * rule.box.width() ? 1 : 0;
    }
    constexpr std::size_t least_lines = 2;
    constexpr std::size_t most_lines = 12;
    const bool letterhead =
        above.size() >= least_lines && above.size() <= most_lines && 10 * centred >= 6 * above.size() && full < 2;
    if (!letterhead) {
        return;
    }
    std::vector<Item> taken;
    for (const std::size_t i : above) {
        taken.push_back(items[i]);
    }
    for (const Row& row : rows_of(taken)) {
        TextLine line = taken[row.items.front()].line;
        for (std::size_t i = 1; i < row.items.size(); ++i) {
            line = joined(line, taken[row.items[i]].line);
        }
        headers.push_back(block_of(line.line, BlockKind::page_header, rule.box));
        headers.back().alignment = std::abs(middle_x(line.line.box) - axis) < 0.06F * rule.box.width()
                                       ? Alignment::centre
                                       : headers.back().alignment;
    }
    for (auto i = above.rbegin(); i != above.rend(); ++i) {
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(*i));
    }
}

// How many of the rows, which run from the edge of the page inwards, are a head or foot.
std::size_t margin_rows(const std::vector<Item>& items, const std::vector<Row>& rows, const std::vector<Rule>& rules,
                        const PageInk& ink, float usual, bool top) {
    const float height = ink.box().height();
    std::size_t out = 0;
    bool number = false;
    bool is_small = true;
    for (std::size_t i = 0; i < std::min(rows.size(), most_margin_rows) && i + 1 < rows.size(); ++i) {
        const Row& row = rows[i];
        const bool in_margin = top ? row.box.bottom < margin_share * height : row.box.top > (1 - margin_share) * height;
        if (!in_margin) {
            break;
        }
        for (const std::size_t which : row.items) {
            if (items[which].is_block) {
                return out;
            }
            const DocumentLine& line = items[which].line.line;
            number = number || is_page_number(line);
            is_small = is_small && line.font_size < small * usual;
        }
        const float edge = top ? row.box.bottom : row.box.top;
        const float next = top ? rows[i + 1].box.top : rows[i + 1].box.bottom;
        const bool ruled = std::any_of(rules.begin(), rules.end(), [&](const Rule& rule) {
            return rule.horizontal && rule.box.width() > row.box.width() / 2 && rule.at() > std::min(edge, next) &&
                   rule.at() < std::max(edge, next);
        });
        if (ruled || (std::abs(next - edge) > apart * usual && (number || is_small))) {
            out = i + 1;
        }
    }
    return out;
}

void take_rows(std::vector<Item>& items, const std::vector<Row>& rows, std::size_t count, BlockKind kind,
               const Box& frame, std::vector<Block>& out) {
    std::vector<std::size_t> taken;
    for (std::size_t i = 0; i < count; ++i) {
        for (const std::size_t which : rows[i].items) {
            taken.push_back(which);
            const DocumentLine& line = items[which].line.line;
            out.push_back(block_of(line, is_page_number(line) ? BlockKind::page_number : kind, frame));
        }
    }
    std::sort(taken.rbegin(), taken.rend());
    for (const std::size_t i : taken) {
        items.erase(items.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

} // namespace

bool is_page_number(const DocumentLine& line) {
    constexpr std::size_t longest = 30; // letters; also bounds the expression's work
    const std::string text = text_of(line);
    static const std::regex expression(
        R"(([-–—|.~ ]*)((hal(aman|\.)?|page|p\.|lembar)\s*:?\s*)?(\d{1,4}|[ivx]{1,6})(\s*(/|dari|of)\s*\d{1,4})?([-–—|.~ ]*))",
        std::regex::icase | std::regex::optimize);
    return text.size() <= longest && std::regex_match(text, expression);
}

Margins take_margins(std::vector<Item>& items, const std::vector<Rule>& rules, const PageInk& ink, float usual) {
    Margins out;
    constexpr std::size_t most_items = 3000; // beyond that no page is; bounds the work
    if (items.size() < 2 || items.size() > most_items) {
        return out;
    }
    const Box frame = box_of(items);
    const Rule* rule = letterhead_rule(items, rules, ink);
    if (rule != nullptr) {
        take_letterhead(items, *rule, ink, out.headers);
    }
    if (out.headers.empty()) {
        const std::vector<Row> rows = rows_of(items);
        take_rows(items, rows, margin_rows(items, rows, rules, ink, usual, true), BlockKind::page_header, frame,
                  out.headers);
    }
    std::vector<Row> rows = rows_of(items);
    std::reverse(rows.begin(), rows.end());
    const std::size_t feet = margin_rows(items, rows, rules, ink, usual, false);
    take_rows(items, rows, feet, BlockKind::page_footer, frame, out.footers);
    std::stable_sort(out.footers.begin(), out.footers.end(), [](const Block& a, const Block& b) {
        const bool a_last = a.kind == BlockKind::page_number;
        const bool b_last = b.kind == BlockKind::page_number;
        return a_last != b_last ? b_last : middle_y(a.box) < middle_y(b.box);
    });
    return out;
}

} // namespace saring::text
