// The reader's lines are trusted for the order of words, not for their ends: a line is cut where a gap is wider than
// the space between words ever is, and two are joined where one goes on at the other's height. Gaps that are wide and
// run down through several lines are left to columns.cpp, which sees more than one line.
#include "text/text_lines.hpp"

#include "text/boxes.hpp"
#include "text/page_ink.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <limits>
#include <map>
#include <utility>

namespace saring::text {
namespace {

constexpr std::size_t most_words = 20'000;    // of one page; a broadsheet has 6,000
constexpr float widest_space = 1.0F;          // font sizes between two words of one line, also a justified one
constexpr float same_height = 0.35F;          // font sizes between the baselines of one line
constexpr float least_ink = 0.015F;           // of a word's box; a thin letter in a large box has more
constexpr float same_place = 0.35F;           // of the smaller of two words, to be the same word read twice
constexpr float other_size = 1.6F;            // from which two heights are no longer the same
constexpr float usual_point_size = 11 / 72.F; // inches

bool is_finite(const Quad& quad) {
    return std::all_of(quad.corners.begin(), quad.corners.end(), [](Point p) {
        constexpr float far = 1e6F;                        // beyond any picture
        return std::abs(p.x) < far && std::abs(p.y) < far; // false for NaN
    });
}

Box clipped(const Box& box, const Box& page) {
    return {std::clamp(box.left, page.left, page.right), std::clamp(box.top, page.top, page.bottom),
            std::clamp(box.right, page.left, page.right), std::clamp(box.bottom, page.top, page.bottom)};
}

// Words of a line that came without any: its text, spread over its quad.
std::vector<Word> spread(const Line& line) {
    std::vector<Word> out;
    const Box box = bounding_box(line.quad);
    const float step = box.width() / static_cast<float>(std::max<std::size_t>(1, line.text.size()));
    for (std::size_t begin = 0; begin < line.text.size() && out.size() < most_words;) {
        const std::size_t end = std::min(line.text.find(' ', begin), line.text.size());
        if (end > begin) {
            const Box place{box.left + static_cast<float>(begin) * step, box.top,
                            box.left + static_cast<float>(end) * step, box.bottom};
            out.push_back({line.text.substr(begin, end - begin), quad_of(place), line.confidence, {}});
        }
        begin = end + 1;
    }
    return out;
}

// Of words that lie on each other only the surer one stays. Words are looked up by the cell of their middle.
class Occupied {
public:
    explicit Occupied(float cell) : cell_(std::max(1.0F, cell)) {}

    bool has(const std::vector<PageWord>& words, const PageWord& word) const {
        const auto [column, row] = place(word.word.box);
        for (int y = row - 1; y <= row + 1; ++y) {
            for (int x = column - 1; x <= column + 1; ++x) {
                const auto found = cells_.find({x, y});
                if (found != cells_.end() && is_taken(words, found->second, word)) {
                    return true;
                }
            }
        }
        return false;
    }

    void add(const Box& box, std::size_t word) {
        std::vector<std::size_t>& cell = cells_[place(box)];
        constexpr std::size_t most = 40; // words in a quarter of a square inch; more is noise
        if (cell.size() < most) {
            cell.push_back(word);
        }
    }

private:
    [[nodiscard]] std::pair<int, int> place(const Box& box) const {
        return {static_cast<int>(middle_x(box) / cell_), static_cast<int>(middle_y(box) / cell_)};
    }

    static bool is_taken(const std::vector<PageWord>& words, const std::vector<std::size_t>& cell,
                         const PageWord& word) {
        const Box& box = word.word.box;
        return std::any_of(cell.begin(), cell.end(), [&](std::size_t i) {
            const Box& other = words[i].word.box;
            const float ratio = box.height() / std::max(1.0F, other.height());
            // A stamp lies over print of another size; coloured print is read in both ways.
            const bool laid_over = words[i].stamp != word.stamp && (ratio > other_size || ratio * other_size < 1);
            return !laid_over && intersection_area(other, box) > same_place * std::min(other.area(), box.area());
        });
    }

    float cell_;
    std::map<std::pair<int, int>, std::vector<std::size_t>> cells_;
};

float size_of(const std::vector<PageWord>& words) {
    std::vector<float> sizes;
    for (const PageWord& word : words) {
        if (word.size > 0) {
            sizes.push_back(word.size);
        }
    }
    return median(std::move(sizes));
}

float baseline_of(const std::vector<PageWord>& words) {
    std::vector<float> values;
    for (const PageWord& word : words) {
        if (word.size > 0) {
            values.push_back(word.baseline);
        }
    }
    return values.empty() ? words.front().word.box.bottom : median(std::move(values));
}

// A run while it grows.
struct Run {
    std::vector<PageWord> words;
    Box box;
    float size = 0;
};

bool goes_on(const PageWord& left, const PageWord& right, float size) {
    const float gap = right.word.box.left - left.word.box.right;
    const bool level =
        std::abs(right.baseline - left.baseline) < same_height * size ||
        shared_height(left.word.box, right.word.box) > 0.6F * std::min(left.word.box.height(), right.word.box.height());
    return level && gap < widest_space * size && gap > -size;
}

std::vector<Run> cut_lines(const std::vector<PageWord>& words, float usual) {
    std::vector<Run> runs;
    for (const PageWord& word : words) {
        const bool same_line = !runs.empty() && runs.back().words.back().line == word.line;
        const float size = same_line ? std::max(runs.back().size, usual * 0.7F) : 0;
        if (!same_line || !goes_on(runs.back().words.back(), word, size)) {
            runs.push_back({{}, word.word.box, word.size > 0 ? word.size : usual});
        }
        runs.back().words.push_back(word);
        runs.back().box = united(runs.back().box, word.word.box);
    }
    for (Run& run : runs) {
        const float size = size_of(run.words);
        run.size = size > 0 ? size : usual;
    }
    return runs;
}

// Joins runs that go on where another ends. `runs` are sorted by their left edge; each looks for the nearest end.
std::vector<Run> joined_runs(std::vector<Run> runs) {
    std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.box.left < b.box.left; });
    std::vector<Run> out;
    for (Run& run : runs) {
        Run* home = nullptr;
        float nearest = std::numeric_limits<float>::max();
        constexpr std::size_t most_looked_at = 2000; // bounds the work on hostile pages
        const std::size_t first = out.size() > most_looked_at ? out.size() - most_looked_at : 0;
        for (std::size_t i = first; i < out.size(); ++i) {
            const float size = std::max(out[i].size, run.size);
            const bool alike = size < 1.8F * std::min(out[i].size, run.size);
            const float gap = std::abs(run.box.left - out[i].box.right);
            if (alike && gap < nearest && goes_on(out[i].words.back(), run.words.front(), size)) {
                nearest = gap;
                home = &out[i];
            }
        }
        if (home == nullptr) {
            out.push_back(std::move(run));
            continue;
        }
        home->words.insert(home->words.end(), run.words.begin(), run.words.end());
        home->box = united(home->box, run.box);
    }
    return out;
}

} // namespace

std::vector<PageWord> words_of(const std::vector<Line>& lines, const PageInk& ink) {
    const Box page = ink.box();
    std::vector<PageWord> all;
    for (std::size_t number = 0; number < lines.size() && all.size() < most_words; ++number) {
        const Line& line = lines[number];
        const std::vector<Word> words = line.words.empty() && is_finite(line.quad) ? spread(line) : line.words;
        const std::size_t first = all.size();
        for (const Word& word : words) {
            if (word.text.find_first_not_of(" \t\r\n") == word.text.npos || !is_finite(word.quad)) {
                continue;
            }
            PageWord out;
            out.word = {word.text, clipped(bounding_box(word.quad), page), std::clamp(word.confidence, 0.0F, 1.0F)};
            out.line = static_cast<int>(number);
            out.stamp = line.style == LineStyle::stamp;
            constexpr float least_side = 2; // pixels
            out.light = line.polarity == Polarity::light_on_dark;
            const bool drawn = out.light || inked_share(ink, out.word.box) > least_ink;
            // Rules between cells are read as a letter or two from the side.
            constexpr float upright = 45; // degrees
            const bool sideways = word.text.size() < 3 && std::abs(angle(word.quad)) > upright;
            if (!sideways && out.word.box.width() >= least_side && out.word.box.height() >= least_side && drawn) {
                all.push_back(std::move(out));
            }
        }
        std::stable_sort(all.begin() + static_cast<std::ptrdiff_t>(first), all.end(),
                         [](const PageWord& a, const PageWord& b) { return a.word.box.left < b.word.box.left; });
    }
    all.resize(std::min(all.size(), most_words));
    std::vector<std::size_t> surest(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        surest[i] = i;
    }
    std::stable_sort(surest.begin(), surest.end(), [&](std::size_t a, std::size_t b) {
        // What stands on the page goes before what was seen in its coloured ink alone.
        return std::pair(all[a].stamp, -all[a].word.confidence) < std::pair(all[b].stamp, -all[b].word.confidence);
    });
    Occupied occupied(ink.inches(0.5F));
    std::vector<bool> kept(all.size());
    for (const std::size_t i : surest) {
        kept[i] = !occupied.has(all, all[i]);
        if (kept[i]) {
            occupied.add(all[i].word.box, i);
        }
    }
    std::vector<PageWord> out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (kept[i]) {
            out.push_back(std::move(all[i]));
        }
    }
    return out;
}

float usual_size(const std::vector<PageWord>& words, float dpi) {
    const float size = size_of(words);
    return size > 0 ? size : usual_point_size * dpi;
}

TextLine line_of(const std::vector<PageWord>& words, const PageInk& ink) {
    TextLine out;
    out.line.box = words.front().word.box;
    for (const PageWord& word : words) {
        out.line.words.push_back(word.word);
        out.line.box = united(out.line.box, word.word.box);
    }
    const float size = size_of(words);
    out.line.font_size = size > 0 ? size : out.line.box.height();
    out.line.baseline = baseline_of(words);
    measure_strokes(out, ink);
    return out;
}

std::vector<TextLine> runs_of(const std::vector<PageWord>& words, const PageInk& ink) {
    std::vector<TextLine> out;
    for (const Run& run : joined_runs(cut_lines(words, usual_size(words, ink.dpi)))) {
        out.push_back(line_of(run.words, ink));
    }
    return out;
}

std::vector<TextLine> rows_of(const std::vector<PageWord>& words, const PageInk& ink) {
    std::vector<PageWord> sorted = words;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const PageWord& a, const PageWord& b) { return a.baseline < b.baseline; });
    const float usual = usual_size(words, ink.dpi);
    std::vector<std::vector<PageWord>> rows;
    for (PageWord& word : sorted) {
        if (rows.empty() || word.baseline - rows.back().back().baseline > same_height * usual) {
            rows.emplace_back();
        }
        rows.back().push_back(std::move(word));
    }
    std::vector<TextLine> out;
    for (std::vector<PageWord>& row : rows) {
        std::stable_sort(row.begin(), row.end(),
                         [](const PageWord& a, const PageWord& b) { return a.word.box.left < b.word.box.left; });
        out.push_back(line_of(row, ink));
    }
    return out;
}

TextLine joined(const TextLine& left, const TextLine& right) {
    TextLine out = left;
    const auto wide = [](const TextLine& line) { return line.line.box.width(); };
    const TextLine& longer = wide(left) >= wide(right) ? left : right;
    out.line.words.insert(out.line.words.end(), right.line.words.begin(), right.line.words.end());
    out.line.box = united(left.line.box, right.line.box);
    out.line.baseline = longer.line.baseline;
    out.line.font_size = longer.line.font_size;
    out.line.ink = longer.line.ink;
    out.stroke = longer.stroke;
    return out;
}

void drop_junk(std::vector<TextLine>& lines) {
    const auto is_junk = [](const TextLine& line) {
        int letters = 0;
        int signs = 0;
        float confidence = 0;
        for (const DocumentWord& word : line.line.words) {
            const auto* text = reinterpret_cast<const std::uint8_t*>(word.text.data()); // what U8_NEXT reads
            const auto length = static_cast<std::int32_t>(word.text.size());
            for (std::int32_t i = 0; i < length;) {
                UChar32 c = 0;
                U8_NEXT_OR_FFFD(text, i, length, c);
                ++(u_isalnum(c) ? letters : signs);
            }
            confidence += word.confidence / static_cast<float>(line.line.words.size());
        }
        constexpr float doubtful = 0.6F;
        constexpr float hopeless = 0.25F;
        constexpr int few = 3; // letters: what texture is taken for
        constexpr float certain = 0.9F;
        const bool alone = line.line.words.size() == 1 && letters + signs == 1;
        const bool digit = alone && line.line.words[0].text[0] >= '0' && line.line.words[0].text[0] <= '9';
        if (alone && !digit && confidence < certain) {
            return true;
        }
        return confidence < hopeless || (confidence < doubtful && (letters < few || signs > letters));
    };
    lines.erase(std::remove_if(lines.begin(), lines.end(), is_junk), lines.end());
}

} // namespace saring::text
