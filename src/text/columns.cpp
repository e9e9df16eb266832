// White rectangles that stand between text on their left and right are gutters. The tallest one parts what lies in its
// height into a left and a right side; what is above it is read before and what is below it after them; each of the
// four is parted on by the other gutters (an XY-cut that is led by white space instead of projections, so a heading
// above two of three columns does not hide the gap below it). What it cannot do: text that flows around a picture.
#include "text/columns.hpp"

#include "text/boxes.hpp"
#include "text/whitespace.hpp"

#include <optional>

namespace saring::text {
namespace {

// In font sizes, but for letters and counts.
constexpr float narrowest_gutter = 0.85F;
constexpr float narrowest_beside = 2.0F; // between things that are no columns of text
constexpr float least_height = 3.4F;     // of a gutter: three lines
constexpr float least_beside = 2.2F;     // two lines
constexpr float hanging_on = 1.3F;       // between the end of the gutter and a line that goes on on one side
constexpr float one_sided = 14.0F;       // of text on one side only, which ends a gutter
constexpr float one_sided_beside = 3.0F;
constexpr float most_blank = 20.0F; // of a gutter between blank sides
constexpr float blank_beside = 9.0F;
constexpr float least_sure = 0.6F;        // confidence of a word that may hide a gutter though it is no wider than …
constexpr float widest_unsure = 2.0F;     // font sizes: specks and ends of lines are read as words
constexpr std::size_t least_letters = 15; // of a line of running text in a narrow column, in the mean
constexpr std::size_t most_items = 3000;  // beyond that no page is; bounds the work
constexpr std::size_t most_words = 6000;

struct Gutter {
    Box box;
};

std::size_t letters(const Item& item) {
    std::size_t out = 0;
    for (const DocumentWord& word : item.line.line.words) {
        out += word.text.size() + 1;
    }
    return out;
}

// Cuts a line in the middle of a gutter that it runs across.
void cut_at(std::vector<Item>& items, const Box& gutter) {
    const std::size_t count = items.size();
    for (std::size_t i = 0; i < count; ++i) {
        const Item& item = items[i];
        if (item.is_block || shared_height(item.box, gutter) < 0.5F * item.box.height() ||
            item.box.left >= gutter.left || item.box.right <= gutter.right) {
            continue;
        }
        std::vector<DocumentWord> left;
        std::vector<DocumentWord> right;
        for (const DocumentWord& word : item.line.line.words) {
            (middle_x(word.box) < middle_x(gutter) ? left : right).push_back(word);
        }
        if (left.empty() || right.empty()) {
            continue;
        }
        const auto with = [&](std::vector<DocumentWord> words) {
            Item part = items[i];
            part.line.line.words = std::move(words);
            part.box = part.line.line.words.front().box;
            for (const DocumentWord& word : part.line.line.words) {
                part.box = united(part.box, word.box);
            }
            part.line.line.box = part.box;
            return part;
        };
        Item rest = with(std::move(right));
        items[i] = with(std::move(left));
        items.push_back(std::move(rest));
    }
}

// What stands on one side of a gutter.
struct Side {
    std::vector<const Item*> items; // next to the gutter
    std::vector<std::pair<float, float>> heights;

    [[nodiscard]] bool is_running_text() const {
        std::size_t all = 0;
        std::size_t lines = 0;
        for (const Item* item : items) {
            all += item->is_block ? 0 : letters(*item);
            lines += item->is_block ? 0 : 1;
        }
        constexpr std::size_t least_lines = 3;
        return lines >= least_lines && all >= least_letters * lines;
    }
};

// Joins ranges that are no further apart than `slack`.
std::vector<std::pair<float, float>> merged(std::vector<std::pair<float, float>> ranges, float slack) {
    std::sort(ranges.begin(), ranges.end());
    std::vector<std::pair<float, float>> out;
    for (const auto& range : ranges) {
        if (out.empty() || range.first > out.back().second + slack) {
            out.push_back(range);
        } else {
            out.back().second = std::max(out.back().second, range.second);
        }
    }
    return out;
}

Side side_of(const std::vector<Item>& items, const Box& white, bool left, float size) {
    Side out;
    for (const Item& item : items) {
        const bool here = left ? item.box.right <= white.left + 1 : item.box.left >= white.right - 1;
        if (!here || shared_height(item.box, white) < 0.5F * std::min(item.box.height(), white.height())) {
            continue;
        }
        out.heights.emplace_back(item.box.top, item.box.bottom);
        const bool hidden = std::any_of(items.begin(), items.end(), [&](const Item& other) {
            return &other != &item && shared_height(other.box, item.box) > 0.5F * item.box.height() &&
                   (left ? other.box.left >= item.box.right && other.box.right <= white.left + 1
                         : other.box.right <= item.box.left && other.box.left >= white.right - 1);
        });
        if (!hidden) {
            out.items.push_back(&item);
        }
    }
    out.heights = merged(std::move(out.heights), 1.2F * size);
    return out;
}

// Where both have something.
std::vector<std::pair<float, float>> shared(const std::vector<std::pair<float, float>>& a,
                                            const std::vector<std::pair<float, float>>& b) {
    std::vector<std::pair<float, float>> out; // from top to bottom, as both are
    for (const auto& x : a) {
        for (const auto& y : b) {
            const std::pair<float, float> both{std::max(x.first, y.first), std::min(x.second, y.second)};
            if (both.second > both.first) {
                out.push_back(both);
            }
        }
    }
    return out;
}

// How much of the height between two ranges something stands in on one of the sides.
float filled_between(float top, float bottom, const Side& left, const Side& right) {
    float out = 0;
    for (const Side* side : {&left, &right}) {
        for (const auto& [begin, end] : side->heights) {
            out += std::max(0.0F, std::min(end, bottom) - std::max(begin, top));
        }
    }
    return out;
}

// Heights in which something stands on both sides. What is blank on both, like the place for signatures, parts nothing;
// where much stands on one side only, the gutter ends.
std::vector<std::pair<float, float>> shared_heights(const Side& left, const Side& right, float one_side, float blank) {
    std::vector<std::pair<float, float>> out;
    for (const auto& range : shared(left.heights, right.heights)) {
        const bool goes_on = !out.empty() && range.first - out.back().second < blank &&
                             filled_between(out.back().second, range.first, left, right) < one_side;
        if (goes_on) {
            out.back().second = std::max(out.back().second, range.second);
        } else {
            out.push_back(range);
        }
    }
    return out;
}

// Lines that stand on one side only, right above or below, belong to their column.
void reach_on(Box& gutter, const Box& white, const std::vector<Item>& items, float size) {
    for (bool grew = true; grew;) {
        grew = false;
        for (const Item& item : items) {
            const bool beside = item.box.right <= gutter.left + 1 || item.box.left >= gutter.right - 1;
            const bool within = item.box.bottom <= white.bottom + size && item.box.top >= white.top - size;
            const bool below = item.box.bottom > gutter.bottom + 1 && item.box.top - gutter.bottom < hanging_on * size;
            if (!item.is_block && beside && within && below) {
                gutter.bottom = item.box.bottom;
                grew = true;
            }
        }
    }
}

std::vector<Gutter> gutters_of(std::vector<Item>& items, Columns columns, float size) {
    const bool text = columns == Columns::of_text;
    std::vector<Box> boxes;
    for (const Item& item : items) {
        if (item.is_block) {
            boxes.push_back(item.box);
        }
        for (const DocumentWord& word : item.line.line.words) {
            if (!text || word.confidence >= least_sure || word.box.width() > widest_unsure * size) {
                boxes.push_back(word.box);
            }
        }
    }
    if (items.size() > most_items || boxes.size() > most_words) {
        return {};
    }
    std::vector<Gutter> out;
    const float width = (text ? narrowest_gutter : narrowest_beside) * size;
    const float height = (text ? least_height : least_beside) * size;
    for (const Box& white : white_columns(boxes, width, height)) {
        std::vector<Item> trial = items;
        cut_at(trial, white);
        const Side left = side_of(trial, white, true, size);
        const Side right = side_of(trial, white, false, size);
        if (text && !(left.is_running_text() && right.is_running_text())) {
            continue;
        }
        bool any = false;
        for (const auto& [top, bottom] : shared_heights(left, right, (text ? one_sided : one_sided_beside) * size,
                                                        (text ? most_blank : blank_beside) * size)) {
            if (bottom - top >= height) {
                Gutter gutter{{white.left, top, white.right, bottom}};
                reach_on(gutter.box, white, trial, size);
                out.push_back(gutter);
                any = true;
            }
        }
        if (any) {
            items = std::move(trial);
        }
    }
    std::sort(out.begin(), out.end(), [](const Gutter& a, const Gutter& b) { return a.box.height() > b.box.height(); });
    return out;
}

class Order {
public:
    Order(const std::vector<Gutter>& gutters, Columns columns, int& zones)
        : gutters_(gutters), columns_(columns), zones_(zones) {}

    void run(std::vector<Item> items, std::size_t next, int column, std::vector<Item>& out) {
        if (items.empty()) {
            return;
        }
        for (; next < gutters_.size(); ++next) {
            const Box& gutter = gutters_[next].box;
            std::vector<Item> above, left, right, below;
            for (Item& item : items) {
                const float y = middle_y(item.box);
                const bool first = middle_x(item.box) < middle_x(gutter);
                (y < gutter.top ? above : y > gutter.bottom ? below : first ? left : right).push_back(item);
            }
            if (left.empty() || right.empty()) {
                continue;
            }
            const bool counts = columns_ == Columns::of_text;
            const int base = std::max(1, column);
            if (!counts) {
                for (std::vector<Item>* side : {&left, &right}) {
                    for (Item& item : *side) {
                        item.beside = true;
                    }
                }
            }
            run(std::move(above), next + 1, column, out);
            run(std::move(left), next + 1, counts ? base : column, out);
            const int last = counts ? std::max(base, highest(out)) : column;
            run(std::move(right), next + 1, counts ? last + 1 : column, out);
            run(std::move(below), next + 1, column, out);
            return;
        }
        std::sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
            return middle_y(a.box) != middle_y(b.box) ? middle_y(a.box) < middle_y(b.box) : a.box.left < b.box.left;
        });
        for (Item& item : items) {
            item.zone = zones_;
            item.column = column;
            out.push_back(std::move(item));
        }
        ++zones_;
    }

private:
    // The column of the side that was just read.
    static int highest(const std::vector<Item>& out) { return out.empty() ? 0 : out.back().column; }

    const std::vector<Gutter>& gutters_;
    Columns columns_;
    int& zones_;
};

} // namespace

std::vector<Item> in_reading_order(std::vector<Item> items, Columns columns, float usual, int& zones) {
    const std::vector<Gutter> gutters = gutters_of(items, columns, usual);
    const int column = items.empty() ? 0 : items.front().column;
    std::vector<Item> out;
    Order(gutters, columns, zones).run(std::move(items), 0, column, out);
    return out;
}

} // namespace saring::text
