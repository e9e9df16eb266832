// A line goes on with the one above unless something says that it begins anew: more space, another size, a list marker,
// an indent, or that its first word would still have fitted on the line above, which a typist or typesetter only leaves
// at the end of a paragraph. What it cannot do: verses and addresses whose lines happen to be full.
#include "text/paragraphs.hpp"

#include "text/boxes.hpp"
#include "text/headings.hpp"
#include "text/hyphens.hpp"
#include "text/list_markers.hpp"
#include "text/page_ink.hpp"
#include "text/table_cells.hpp"
#include "text/text_lines.hpp"
#include "text/unread_markers.hpp"

#include <limits>

namespace saring::text {
namespace {

// In font sizes, but for shares and counts.
constexpr float same_row = 0.4F;      // between baselines of pieces of one line
constexpr float widest_space = 2.5F;  // between pieces of one line
constexpr float marker_space = 5.0F;  // between a list marker and its text
constexpr float more_space = 1.3F;    // of the usual leading, from which a new paragraph begins
constexpr float other_size = 1.2F;    // ratio of font sizes that are not the same
constexpr float indented = 0.8F;      // from the lines around
constexpr float aligned = 0.6F;       // between edges that are one
constexpr float thick = 1.22F;        // of the usual stroke: bold
constexpr float usual_range = 1.35F;  // ratio of font sizes that may be one
constexpr float deepest_indent = 6;   // of a first line
constexpr float usual_leading = 1.2F; // where the page does not tell

float left_of(const TextLine& line) { return line.line.box.left; }

// The lines of one zone, pieces on one height joined.
std::vector<TextLine> lines_of(std::vector<TextLine> pieces) {
    std::stable_sort(pieces.begin(), pieces.end(),
                     [](const TextLine& a, const TextLine& b) { return a.line.baseline < b.line.baseline; });
    std::vector<std::vector<TextLine>> rows;
    for (TextLine& piece : pieces) {
        if (rows.empty() || piece.line.baseline - rows.back().front().line.baseline >
                                same_row * std::max(piece.line.font_size, rows.back().front().line.font_size)) {
            rows.emplace_back();
        }
        rows.back().push_back(std::move(piece));
    }
    std::vector<TextLine> out;
    for (std::vector<TextLine>& row : rows) {
        std::stable_sort(row.begin(), row.end(),
                         [](const TextLine& a, const TextLine& b) { return left_of(a) < left_of(b); });
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool first = i == 0;
            const DocumentLine* before = first ? nullptr : &out.back().line;
            const bool marker =
                !first && before->words.size() == 1 && marker_of(before->words[0].text).kind != ListMarker::Kind::none;
            const float space = (marker ? marker_space : widest_space) * row[i].line.font_size;
            if (!first && left_of(row[i]) - before->box.right < space) {
                out.back() = joined(out.back(), row[i]);
            } else {
                out.push_back(std::move(row[i]));
            }
        }
    }
    for (TextLine& line : out) {
        part_marker(line.line);
    }
    return out;
}

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

bool same_height(const TextLine& above, const TextLine& line) {
    return shared_height(above.line.box, line.line.box) > 0.5F * line.line.box.height();
}

Alignment alignment_of(const std::vector<DocumentLine>& lines, const Box& frame) {
    const float size = lines.front().font_size;
    const Box& first = lines.front().box;
    if (lines.size() == 1) {
        const float left = first.left - frame.left;
        const float right = frame.right - first.right;
        const bool centred =
            std::abs(left - right) < std::max(1.2F * size, 0.05F * frame.width()) && left > 1.5F * size;
        const bool far = right < aligned * size && left > 0.3F * frame.width();
        return centred ? Alignment::centre : far ? Alignment::right : Alignment::left;
    }
    std::vector<float> lefts, rights, middles; // without the indent of the first and the end of the last line
    for (std::size_t i = 0; i < lines.size(); ++i) {
        middles.push_back(middle_x(lines[i].box));
        if (i > 0) {
            lefts.push_back(lines[i].box.left);
        }
        if (i + 1 < lines.size()) {
            rights.push_back(lines[i].box.right);
        }
    }
    const auto spread = [](const std::vector<float>& values) {
        const auto [least, most] = std::minmax_element(values.begin(), values.end());
        return *most - *least;
    };
    lefts.push_back(lefts.size() == 1 ? first.left : lefts.front());
    const bool left_flush = spread(lefts) < aligned * size;
    rights.push_back(rights.size() == 1 ? lines.back().box.right : rights.front());
    const bool right_flush = spread(rights) < aligned * size;
    if (!left_flush && spread(middles) < size) {
        return Alignment::centre;
    }
    constexpr std::size_t least_justified = 3;
    if (right_flush && lines.size() >= least_justified && spread({lefts.begin(), lefts.end() - 1}) < aligned * size) {
        return Alignment::justified;
    }
    return right_flush && !left_flush && lines.size() >= least_justified ? Alignment::right : Alignment::left;
}

// Makes the blocks of one run of lines with nothing between them.
class Zone {
public:
    // `lone`: the zone is no column of text, so that its longest line need not be a full one.
    Zone(std::vector<TextLine> lines, const Box& frame, bool lone, const PageStyle& style,
         const std::vector<Rule>& rules)
        : lines_(std::move(lines)), markers_(list_markers(lines_)), frame_(frame), lone_(lone), style_(style),
          rules_(rules) {}

    std::vector<Block> blocks() {
        std::vector<Block> out;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            const bool item = begins_item(i);
            if (item || out.empty() || breaks(out.back(), i)) {
                out.emplace_back();
                first_ = i;
                if (item) {
                    begin_item(out.back(), i);
                    continue;
                }
            }
            out.back().lines.push_back(lines_[i].line);
        }
        for (Block& block : out) {
            finish(block);
        }
        return out;
    }

private:
    [[nodiscard]] bool more_space_above(std::size_t i) const {
        const DocumentLine& above = lines_[i - 1].line;
        const float pitch = lines_[i].line.baseline - above.baseline;
        return pitch > more_space * style_.leading * std::max(above.font_size, 0.8F * style_.size);
    }

    // The right edge that lines around `i` reach: of the column, or of a narrower block in it.
    [[nodiscard]] float right_edge(std::size_t i) const {
        constexpr std::size_t near = 5; // lines
        const std::size_t begin = i > near ? i - near : 0;
        const std::size_t end = std::min(lines_.size(), i + near);
        float furthest = 0;
        for (std::size_t j = begin; j < end; ++j) {
            furthest = std::max(furthest, lines_[j].line.box.right);
        }
        const auto reaching = std::count_if(
            lines_.begin() + static_cast<std::ptrdiff_t>(begin), lines_.begin() + static_cast<std::ptrdiff_t>(end),
            [&](const TextLine& line) { return furthest - line.line.box.right < aligned * line.line.font_size; });
        constexpr std::ptrdiff_t enough = 3;
        if (reaching < enough && lone_) {
            return std::numeric_limits<float>::max();
        }
        return reaching >= enough ? std::min(furthest, frame_.right) : frame_.right;
    }

    // Whether the first word of line `i` had no room on the line above.
    [[nodiscard]] bool had_no_room(std::size_t i) const {
        const DocumentLine& above = lines_[i - 1].line;
        const float word = lines_[i].line.words.front().box.width();
        const float space = 0.3F * above.font_size;
        constexpr float slack = 0.5F;
        const bool centred = is_centred(above) && is_centred(lines_[i].line) && !lone_;
        const float room = centred ? frame_.width() - above.box.width() : right_edge(i) - above.box.right;
        return room < word + space + slack * above.font_size;
    }

    // A rule between two lines parts them: under a name, say.
    [[nodiscard]] bool ruled_off(std::size_t i) const {
        const DocumentLine& above = lines_[i - 1].line;
        const DocumentLine& line = lines_[i].line;
        return std::any_of(rules_.begin(), rules_.end(), [&](const Rule& rule) {
            const float shorter = std::min(above.box.width(), line.box.width());
            return rule.horizontal && rule.at() > above.baseline - 0.1F * above.font_size &&
                   rule.at() < line.baseline - 0.5F * line.font_size &&
                   shared_width(rule.box, above.box) > 0.6F * shorter;
        });
    }

    [[nodiscard]] bool is_centred(const DocumentLine& line) const {
        const float left = line.box.left - frame_.left;
        return left > 1.5F * line.font_size && std::abs(middle_x(line.box) - middle_x(frame_)) < line.font_size;
    }

    // Few lines in the right half of the page, like date, name and number under a letter: each is one of its own.
    [[nodiscard]] bool is_far_block(std::size_t i) const {
        const float far = frame_.left + 0.35F * frame_.width();
        const auto is_far = [&](std::size_t j) { return left_of(lines_[j]) > far; };
        constexpr std::size_t running_text = 5; // lines
        std::size_t begin = i;
        std::size_t end = i;
        while (begin > 0 && is_far(begin - 1) && i - begin < running_text) {
            --begin;
        }
        while (end < lines_.size() && is_far(end) && end - i < running_text) {
            ++end;
        }
        return begin < i && end > i && end - begin < running_text;
    }

    [[nodiscard]] bool begins_item(std::size_t i) const {
        const ListMarker& marker = markers_[i];
        if (marker.kind == ListMarker::Kind::none) {
            return false;
        }
        if (i == 0 || same_height(lines_[i - 1], lines_[i]) || more_space_above(i) || !had_no_room(i)) {
            return true;
        }
        const float size = lines_[i].line.font_size;
        if (std::abs(left_of(lines_[i]) - left_of(lines_[i - 1])) > indented * size &&
            !is_centred(lines_[i - 1].line)) {
            return true;
        }
        // A full line may happen to end before a number: then the list must speak for itself.
        for (std::size_t j = i; j-- > 0;) {
            const bool fellow = std::abs(left_of(lines_[j]) - left_of(lines_[i])) < aligned * size;
            if (fellow && markers_[j].kind != ListMarker::Kind::none) {
                return follows(markers_[j], marker);
            }
        }
        const bool first = marker.value == 1 && marker.kind == ListMarker::Kind::number;
        return first || (i + 1 < lines_.size() && follows(marker, markers_[i + 1]));
    }

    void begin_item(Block& block, std::size_t i) {
        block.kind = BlockKind::list_item;
        DocumentLine line = lines_[i].line;
        block.marker_word = line.words.front();
        block.marker = markers_[i].kind == ListMarker::Kind::bullet && markers_[i].close == 0
                           ? bullet(line.words.front().text)
                           : line.words.front().text;
        line.words.erase(line.words.begin());
        line.box = line.words.front().box;
        for (const DocumentWord& word : line.words) {
            line.box = united(line.box, word.box);
        }
        block.lines.push_back(std::move(line));
    }

    // What readers make of a bullet is told as a bullet.
    static std::string bullet(const std::string& text) {
        const bool itself = marker_of(text).kind == ListMarker::Kind::bullet;
        return itself ? text : "•";
    }

    [[nodiscard]] bool breaks(const Block& block, std::size_t i) const {
        const DocumentLine& above = lines_[i - 1].line;
        const DocumentLine& line = lines_[i].line;
        const float size = above.font_size;
        const float ratio = std::max(size, line.font_size) / std::max(1.0F, std::min(size, line.font_size));
        const bool short_line = std::min(above.words.size(), line.words.size()) < 2; // whose size is a guess
        if (same_height(lines_[i - 1], lines_[i]) || more_space_above(i) || ruled_off(i) ||
            ratio > other_size * (short_line ? 1.2F : 1.0F)) {
            return true;
        }
        const float left = line.box.left;
        if (block.kind == BlockKind::list_item) {
            const bool hangs = std::abs(left - block.lines.front().box.left) < aligned * size;
            const bool flush = std::abs(left - block.marker_word.box.left) < aligned * size;
            const bool deeper = block.lines.size() > 1 && std::abs(left - above.box.left) < aligned * size;
            const bool title = block.lines.front().bold && !line.bold; // "1. Introduction", not an item
            return title || !(hangs || flush || deeper) || !had_no_room(i);
        }
        if (!had_no_room(i) || is_far_block(i)) {
            return true;
        }
        if (is_centred(above) && is_centred(line)) {
            return false;
        }
        if (left > above.box.left + indented * size) {
            // The first line of a new paragraph, unless what follows hangs under it.
            const bool hanging =
                i == first_ + 1 && i + 1 < lines_.size() && std::abs(left_of(lines_[i + 1]) - left) < aligned * size;
            return !hanging;
        }
        const float back = above.box.left - left; // after the indent of a first line, no deeper than such are
        return back > indented * size && (i > first_ + 1 || back > deepest_indent * size);
    }

    void finish(Block& block) const {
        block.box = block.lines.front().box;
        for (const DocumentLine& line : block.lines) {
            block.box = united(block.box, line.box);
        }
        std::vector<float> others;
        for (std::size_t i = 1; i < block.lines.size(); ++i) {
            others.push_back(block.lines[i].box.left);
        }
        const float first = block.lines.front().box.left;
        if (block.kind == BlockKind::list_item) {
            block.box = united(block.box, block.marker_word.box);
            block.indent = block.marker_word.box.left - (others.empty() ? first : median(others));
        } else {
            block.alignment = is_centred_stack() ? Alignment::centre : alignment_of(block.lines, frame_);
            const float indent = first - (others.empty() ? frame_.left : median(others));
            const bool counts = block.alignment == Alignment::left || block.alignment == Alignment::justified;
            const bool sensible = std::abs(indent) < deepest_indent * block.lines.front().font_size;
            block.indent =
                counts && sensible && std::abs(indent) > aligned * block.lines.front().font_size ? indent : 0;
        }
        steady_size(block.lines);
        set_joins(block.lines);
    }

    // Lines beside something else that are centred on each other: the longest does not show it by itself.
    [[nodiscard]] bool is_centred_stack() const {
        std::vector<float> lefts;
        std::vector<float> middles;
        for (const TextLine& line : lines_) {
            lefts.push_back(left_of(line));
            middles.push_back(middle_x(line.line.box));
        }
        const auto [left, right] = std::minmax_element(lefts.begin(), lefts.end());
        const auto [first, last] = std::minmax_element(middles.begin(), middles.end());
        const float size = aligned * lines_.front().line.font_size;
        return lone_ && *last - *first<size&& * right - *left> size;
    }

    // Lines of one paragraph have one size; a line of few letters tells it badly.
    static void steady_size(std::vector<DocumentLine>& lines) {
        std::vector<float> sizes;
        for (const DocumentLine& line : lines) {
            sizes.push_back(line.font_size);
        }
        const float size = median(std::move(sizes));
        for (DocumentLine& line : lines) {
            line.font_size = size;
        }
    }

    std::vector<TextLine> lines_;
    std::vector<ListMarker> markers_;
    Box frame_;
    bool lone_;
    const PageStyle& style_;
    const std::vector<Rule>& rules_;
    std::size_t first_ = 0; // line of the block that grows
};

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

void set_levels(std::vector<Block>& blocks) {
    std::vector<float> lefts; // of the markers of the lists that are open
    for (Block& block : blocks) {
        if (block.kind != BlockKind::list_item) {
            lefts.clear();
            continue;
        }
        const float left = block.marker_word.box.left;
        const float size = indented * block.lines.front().font_size;
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
        return style.stroke > 0 && stroke > thick * style.stroke;
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
            Zone(std::move(lines), frame_of(own ? zone : all), items[begin].beside, style, rules).blocks();
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
    set_heading_levels(out, style);
    set_levels(out);
    return out;
}

} // namespace saring::text
