// Lines: neighbours on one height are joined pairwise, so that a line may run aslant or bend. Order: recursive cuts
// along the widest white gap (XY-cut, Nagy and Seth 1984). What it cannot do: text that flows around a picture.
#include "text/layout.hpp"

#include "text/merge.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace saring::text {
namespace {

constexpr float widest_gap = 1.6F;    // word heights between two words of one line
constexpr float least_overlap = 0.5F; // of the lower of two words that must be shared
constexpr float most_ratio = 2.2F;    // of the heights of two words of one line

float typical_height(const std::vector<Box>& boxes) {
    std::vector<float> heights;
    for (const Box& box : boxes) {
        heights.push_back(box.height());
    }
    const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
    std::nth_element(heights.begin(), middle, heights.end());
    return *middle;
}

bool are_neighbours(const Box& left, const Box& right) {
    const float lower = std::min(left.height(), right.height());
    const float higher = std::max(left.height(), right.height());
    const float shared = std::min(left.bottom, right.bottom) - std::max(left.top, right.top);
    const float gap = right.left - left.right;
    return shared > least_overlap * lower && higher < most_ratio * lower && gap < widest_gap * higher &&
           gap > -0.6F * higher;
}

// A white gap that crosses all boxes: its middle and its width.
struct Cut {
    float at = 0;
    float width = 0;
};

template <typename Begin, typename End> Cut widest_cut(const std::vector<std::size_t>& which, Begin begin, End end) {
    std::vector<std::size_t> sorted = which;
    std::sort(sorted.begin(), sorted.end(), [&](std::size_t a, std::size_t b) { return begin(a) < begin(b); });
    Cut best;
    float reached = end(sorted.front());
    for (const std::size_t i : sorted) {
        if (begin(i) - reached > best.width) {
            best = {(begin(i) + reached) / 2, begin(i) - reached};
        }
        reached = std::max(reached, end(i));
    }
    return best;
}

class XyCut {
public:
    XyCut(const std::vector<Box>& boxes, float unit) : boxes_(boxes), unit_(unit) {}

    void run(const std::vector<std::size_t>& which, std::vector<std::vector<std::size_t>>& blocks) const {
        if (which.empty()) {
            return;
        }
        const Cut across = widest_cut(
            which, [&](std::size_t i) { return boxes_[i].top; }, [&](std::size_t i) { return boxes_[i].bottom; });
        const Cut down = widest_cut(
            which, [&](std::size_t i) { return boxes_[i].left; }, [&](std::size_t i) { return boxes_[i].right; });
        constexpr float column_gap = 1.5F; // typical heights
        constexpr float block_gap = 0.9F;
        const bool columns = down.width > column_gap * unit_;
        const bool rows = across.width > block_gap * unit_;
        if (columns && down.width >= across.width * 0.8F) {
            split(which, blocks, [&](std::size_t i) { return boxes_[i].left < down.at; });
        } else if (rows) {
            split(which, blocks, [&](std::size_t i) { return boxes_[i].top < across.at; });
        } else if (columns) {
            split(which, blocks, [&](std::size_t i) { return boxes_[i].left < down.at; });
        } else {
            std::vector<std::size_t> block = which;
            std::sort(block.begin(), block.end(), [&](std::size_t a, std::size_t b) {
                return boxes_[a].top + boxes_[a].bottom < boxes_[b].top + boxes_[b].bottom;
            });
            blocks.push_back(std::move(block));
        }
    }

private:
    template <typename First>
    void split(const std::vector<std::size_t>& which, std::vector<std::vector<std::size_t>>& blocks,
               First first) const {
        std::vector<std::size_t> before;
        std::vector<std::size_t> after;
        for (const std::size_t i : which) {
            (first(i) ? before : after).push_back(i);
        }
        run(before, blocks);
        run(after, blocks);
    }

    const std::vector<Box>& boxes_;
    float unit_;
};

} // namespace

void complete(Line& line) {
    line.text.clear();
    float confidence = 0;
    float weight = 0;
    Box box{std::numeric_limits<float>::max(), std::numeric_limits<float>::max(), std::numeric_limits<float>::lowest(),
            std::numeric_limits<float>::lowest()};
    for (const Word& word : line.words) {
        line.text += (line.text.empty() ? "" : " ") + word.text;
        const auto length = static_cast<float>(length_of(word.text));
        confidence += word.confidence * length;
        weight += length;
        const Box b = bounding_box(word.quad);
        box = {std::min(box.left, b.left), std::min(box.top, b.top), std::max(box.right, b.right),
               std::max(box.bottom, b.bottom)};
    }
    line.confidence = weight > 0 ? confidence / weight : 0;
    if (!line.words.empty()) {
        line.quad = quad_of(box);
    }
}

std::vector<Line> lines_of_words(const std::vector<Word>& words, std::string_view engine) {
    std::vector<std::size_t> sorted(words.size());
    std::iota(sorted.begin(), sorted.end(), 0);
    std::vector<Box> boxes;
    for (const Word& word : words) {
        boxes.push_back(bounding_box(word.quad));
    }
    std::sort(sorted.begin(), sorted.end(),
              [&](std::size_t a, std::size_t b) { return boxes[a].left < boxes[b].left; });

    // Each word goes to the line whose last word is its nearest neighbour on the left.
    std::vector<std::vector<std::size_t>> rows;
    for (const std::size_t i : sorted) {
        std::vector<std::size_t>* home = nullptr;
        float nearest = std::numeric_limits<float>::max();
        for (auto& row : rows) {
            const Box& last = boxes[row.back()];
            const float gap = std::abs(boxes[i].left - last.right);
            const float level = std::abs(boxes[i].top + boxes[i].bottom - last.top - last.bottom);
            if (are_neighbours(last, boxes[i]) && gap + level < nearest) {
                nearest = gap + level;
                home = &row;
            }
        }
        if (home == nullptr) {
            home = &rows.emplace_back();
        }
        home->push_back(i);
    }
    std::vector<Line> lines;
    for (const auto& row : rows) {
        Line line;
        line.engine = engine;
        for (const std::size_t i : row) {
            line.words.push_back(words[i]);
        }
        complete(line);
        lines.push_back(std::move(line));
    }
    return lines;
}

void order(std::vector<Line>& lines) {
    if (lines.empty()) {
        return;
    }
    std::vector<Box> boxes;
    for (const Line& line : lines) {
        boxes.push_back(bounding_box(line.quad));
    }
    std::vector<std::size_t> all(lines.size());
    std::iota(all.begin(), all.end(), 0);
    std::vector<std::vector<std::size_t>> blocks;
    XyCut(boxes, typical_height(boxes)).run(all, blocks);
    std::vector<Line> sorted;
    sorted.reserve(lines.size());
    int number = 0;
    for (const auto& block : blocks) {
        for (const std::size_t i : block) {
            Line& line = lines[i];
            line.block = number;
            line.alone = std::none_of(all.begin(), all.end(), [&](std::size_t j) {
                const float shared = std::min(boxes[i].bottom, boxes[j].bottom) - std::max(boxes[i].top, boxes[j].top);
                return i != j && shared > least_overlap * std::min(boxes[i].height(), boxes[j].height());
            });
            sorted.push_back(std::move(line));
        }
        ++number;
    }
    lines = std::move(sorted);
}

} // namespace saring::text
