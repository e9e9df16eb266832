// Whatever differs from the paper is a mark. Words and rules are wiped away; what is left grows together over small
// gaps, and each heap of it is a figure, if it is neither a speck nor the dark edge of the sheet nor the coloured
// ground under words. Colour and density tell stamps, signatures and pictures from each other; that is a guess for
// people who cannot see the figure, nothing more. What it cannot do: pictures that are as pale as the paper.
#include "text/figures.hpp"

#include "image/area_average.hpp"
#include "text/boxes.hpp"
#include "text/page_ink.hpp"

#include <opencv2/imgproc.hpp>

#include <set>
#include <string>

namespace saring::text {
namespace {

constexpr float growth = 0.09F;        // inches over which marks grow together
constexpr float least_side = 0.14F;    // inches, of a figure's shorter side
constexpr float least_length = 0.28F;  // inches, of its longer side
constexpr float least_ink = 0.006F;    // square inches
constexpr float edge_strip = 0.35F;    // inches: what hugs an edge of the page and is thinner is its shadow or hem
constexpr float join_reach = 0.12F;    // inches between pieces of one figure
constexpr float ground_words = 0.22F;  // of a heap's box that words cover when it is the ground under them
constexpr float ground_text = 0.1F;    // the same, of so many words
constexpr std::size_t much_text = 12;  // words
constexpr float around_word = 0.12F;   // of a word's height: its letters reach out of its box
constexpr float largest_stamp = 4;     // inches: coloured words on a wider heap do not make it a stamp
constexpr float bar = 0.4F;            // inches: a lower even heap is a bar, not a picture
constexpr double coloured = 60;        // saturation of 255 from which ink is no black
constexpr float sure_rule = 1.0F;      // inches, from which a rule that meets no other is one
constexpr double even_colour = 16;     // standard deviation in levels of 255
constexpr double least_strokes = 0.06; // of a heap's marks; soft edges have none
constexpr float sure_word = 0.5F;      // confidence that saves a word on a picture
constexpr std::size_t most_figures = 200;

struct Heap {
    Box box;
    float ink = 0;     // square pixels of the page
    bool even = false; // of one colour throughout
    bool soft = false; // no strokes and edges in it: a shadow, a crease, the ground of a table's row
    bool colour = false;
    bool unread = false;
};

cv::Rect pixels_of(const Box& box, float scale, const cv::Mat& mat) {
    const int left = std::clamp(static_cast<int>(std::floor(box.left * scale)), 0, mat.cols);
    const int top = std::clamp(static_cast<int>(std::floor(box.top * scale)), 0, mat.rows);
    const int right = std::clamp(static_cast<int>(std::ceil(box.right * scale)), left, mat.cols);
    const int bottom = std::clamp(static_cast<int>(std::ceil(box.bottom * scale)), top, mat.rows);
    return {left, top, right - left, bottom - top};
}

// Grain, and the dots of lines to write on.
void drop_dots(cv::Mat& marks) {
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(marks, labels, stats, centres);
    constexpr int dot = 4; // pixels of the reduced picture
    std::vector<std::uint8_t> kept(static_cast<std::size_t>(count), 255);
    kept[0] = 0;
    for (int i = 1; i < count; ++i) {
        const int* stat = stats.ptr<int>(i);
        if (stat[cv::CC_STAT_WIDTH] <= dot && stat[cv::CC_STAT_HEIGHT] <= dot) {
            kept[static_cast<std::size_t>(i)] = 0;
        }
    }
    for (int y = 0; y < marks.rows; ++y) {
        const int* label = labels.ptr<int>(y);
        auto* mark = marks.ptr<std::uint8_t>(y);
        for (int x = 0; x < marks.cols; ++x) {
            mark[x] = kept[static_cast<std::size_t>(label[x])];
        }
    }
}

cv::Mat unexplained(const PageInk& ink, const std::vector<PageWord>& words, const std::vector<Rule>& rules) {
    cv::Mat out = ink.marks.clone();
    for (const PageWord& word : words) {
        if (word.stamp) {
            continue;
        }
        const float margin = around_word * word.word.box.height();
        out(pixels_of(grown(word.word.box, margin, 2 * margin), ink.marks_scale, out)).setTo(0);
    }
    for (const Rule& rule : rules) {
        // The flat parts of a pen stroke are no rules.
        const bool meets = std::any_of(rules.begin(), rules.end(), [&](const Rule& other) {
            return other.horizontal != rule.horizontal && shared_width(other.box, rule.box) > -ink.inches(0.05F) &&
                   shared_height(other.box, rule.box) > -ink.inches(0.05F);
        });
        if (!meets && std::max(rule.box.width(), rule.box.height()) < ink.inches(sure_rule)) {
            continue;
        }
        const float margin = ink.inches(0.02F);
        out(pixels_of(grown(rule.box, margin, margin), ink.marks_scale, out)).setTo(0);
    }
    drop_dots(out);
    return out;
}

bool hugs_edge(const Box& box, const Box& page, float thin) {
    constexpr float at = 3; // pixels
    const bool vertical = (box.left < page.left + at || box.right > page.right - at) && box.width() < thin;
    const bool horizontal = (box.top < page.top + at || box.bottom > page.bottom - at) && box.height() < thin;
    return vertical || horizontal;
}

std::vector<Heap> heaps_of(const cv::Mat& marks, const PageInk& ink) {
    const float scale = ink.marks_scale;
    const int reach = std::max(1, static_cast<int>(growth * ink.dpi * scale)) | 1;
    cv::Mat grown_marks;
    cv::dilate(marks, grown_marks, cv::getStructuringElement(cv::MORPH_RECT, {reach, reach}));
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(grown_marks, labels, stats, centres);
    const cv::Mat small = image::area_averaged(ink.picture, marks.size());
    const cv::Mat strokes = image::area_averaged(ink.strokes, marks.size()) > 80;
    cv::Mat hsv;
    cv::cvtColor(small, hsv, cv::COLOR_BGR2HSV);
    std::vector<Heap> out;
    for (int i = 1; i < count; ++i) {
        const int* stat = stats.ptr<int>(i);
        const int inset = reach / 2; // what the growth added
        cv::Rect area(stat[cv::CC_STAT_LEFT], stat[cv::CC_STAT_TOP], stat[cv::CC_STAT_WIDTH], stat[cv::CC_STAT_HEIGHT]);
        if (area.width < 2 * inset + 2 || area.height < 2 * inset + 2) {
            continue;
        }
        const cv::Mat own = (labels(area) == i) & marks(area);
        const auto inked = static_cast<float>(cv::countNonZero(own)) / (scale * scale);
        if (inked < least_ink * ink.dpi * ink.dpi) {
            continue;
        }
        const cv::Rect box = cv::boundingRect(own) + area.tl();
        Heap heap;
        heap.box = {static_cast<float>(box.x) / scale, static_cast<float>(box.y) / scale,
                    static_cast<float>(box.x + box.width) / scale, static_cast<float>(box.y + box.height) / scale};
        heap.ink = inked;
        cv::Scalar mean;
        cv::Scalar deviation;
        cv::meanStdDev(small(area), mean, deviation, own);
        heap.even = std::max({deviation[0], deviation[1], deviation[2]}) < even_colour;
        heap.colour = cv::mean(hsv(area), own)[1] > coloured;
        heap.soft = cv::countNonZero(strokes(area) & own) < least_strokes * cv::countNonZero(own);
        out.push_back(heap);
    }
    return out;
}

void join_near(std::vector<Heap>& heaps, float reach, const std::vector<PageWord>& words) {
    const auto word_between = [&](const Box& a, const Box& b) {
        const Box both = united(a, b);
        return std::any_of(words.begin(), words.end(), [&](const PageWord& word) {
            const Box& box = word.word.box;
            return !word.stamp && covered(box, both) > 0.5F && covered(box, a) < 0.5F && covered(box, b) < 0.5F;
        });
    };
    // Unread writing beside a picture that is much larger is no part of it.
    const auto belong = [](const Heap& a, const Heap& b) {
        constexpr float much_larger = 4;
        const Heap& writing = a.unread ? a : b;
        const Heap& other = a.unread ? b : a;
        return a.unread == b.unread || other.box.area() < much_larger * writing.box.area();
    };
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < heaps.size() && !changed; ++i) {
            for (std::size_t j = i + 1; j < heaps.size() && !changed; ++j) {
                const Box& a = heaps[i].box;
                const Box& b = heaps[j].box;
                const float near = heaps[i].unread && heaps[j].unread
                                       ? std::max(reach, 0.8F * std::max(a.height(), b.height()))
                                       : reach;
                if (shared_width(a, b) > -near && shared_height(a, b) > -near && belong(heaps[i], heaps[j]) &&
                    !word_between(a, b)) {
                    const Heap& other = heaps[j];
                    Heap& kept = heaps[i];
                    kept.colour = kept.ink >= other.ink ? kept.colour : other.colour;
                    kept.unread = kept.unread || other.unread;
                    kept.box = united(a, b);
                    kept.ink += other.ink;
                    kept.even = kept.even && other.even;
                    kept.soft = kept.soft && other.soft;
                    heaps.erase(heaps.begin() + static_cast<std::ptrdiff_t>(j));
                    changed = true;
                }
            }
        }
    }
}

std::vector<Heap> unread_heaps(const std::vector<Quad>& unread, const PageInk& ink,
                               const std::vector<PageWord>& words) {
    std::vector<Heap> out;
    for (const Quad& quad : unread) {
        const Box page = ink.box();
        const Box raw = bounding_box(quad);
        Heap heap;
        heap.box = {std::max(raw.left, page.left), std::max(raw.top, page.top), std::min(raw.right, page.right),
                    std::min(raw.bottom, page.bottom)};
        constexpr float least = 4; // pixels; a comparison that is false for NaN too
        if (!(heap.box.width() > least && heap.box.height() > least) || out.size() >= most_figures) {
            continue;
        }
        float read = 0; // width of sure words in it: their boxes are lower than those around writing
        for (const PageWord& word : words) {
            const Box& box = word.word.box;
            const bool within = word.word.confidence >= sure_word && shared_height(box, heap.box) > 0.5F * box.height();
            read += within ? std::max(0.0F, shared_width(box, heap.box)) : 0;
        }
        constexpr float mostly = 0.5F;
        heap.unread = true;
        heap.ink = inked_share(ink, heap.box) * heap.box.area();
        if (read < mostly * heap.box.width()) {
            out.push_back(heap);
        }
    }
    return out;
}

// A word that texture does not give by chance.
bool is_sure(const PageWord& word) {
    constexpr std::size_t fewest_letters = 3;
    return word.word.confidence >= sure_word && word.word.text.size() >= fewest_letters;
}

std::string seems(const Heap& heap, const PageInk& ink, const std::string& stamp_text) {
    const float fill = heap.ink / std::max(1.0F, heap.box.area());
    const float width = heap.box.width() / ink.dpi;
    const float height = heap.box.height() / ink.dpi;
    constexpr float thin = 0.22F; // of the box that pen strokes fill
    if (heap.unread) {
        return "Handwriting";
    }
    const bool stamp_size = width > 0.5F && width < 3 && height > 0.3F && height < 3;
    if (!stamp_text.empty() || (heap.colour && stamp_size && fill < 0.6F && fill > 0.08F && height > 0.45F * width)) {
        return stamp_text.empty() ? "Stamp" : "Stamp: " + stamp_text;
    }
    const bool low = heap.box.top > 0.18F * ink.box().height(); // logos stand above
    constexpr float thin_flat = 0.4F;                           // of a low and wide box
    const bool pen = fill < thin || (fill < thin_flat && height < 0.5F && width > 2 * height);
    return pen && low && width < 3.5F && height < 2 ? "Signature" : "Picture";
}

// What was read in a heap's box.
struct Reading {
    float area = 0;        // of sure words, square pixels
    std::size_t words = 0; // sure ones
    std::string stamp;
};

Reading reading_in(const Box& box, const std::vector<PageWord>& words) {
    Reading out;
    for (const PageWord& word : words) {
        if (covered(word.word.box, box) < 0.5F) {
            continue;
        }
        if (word.stamp) {
            out.stamp += (out.stamp.empty() ? "" : " ") + word.word.text;
        } else if (word.word.confidence >= sure_word) {
            out.area += word.word.box.area();
            ++out.words;
        }
    }
    return out;
}

bool is_figure(const Heap& heap, const Reading& reading, const PageInk& ink) {
    if (heap.unread) {
        return true;
    }
    const float shorter = std::min(heap.box.width(), heap.box.height());
    const float longer = std::max(heap.box.width(), heap.box.height());
    const bool speck = shorter < ink.inches(least_side) || longer < ink.inches(least_length);
    if (speck || hugs_edge(heap.box, ink.box(), ink.inches(edge_strip))) {
        return false;
    }
    constexpr float full = 0.85F; // of its box, from which an evenly coloured heap is the ground of words, or a bar
    const bool even = heap.even && heap.ink + reading.area > full * heap.box.area();
    const bool ground = even && (reading.words > 0 || shorter < ink.inches(bar));
    const bool stamp = !reading.stamp.empty() && longer < ink.inches(largest_stamp);
    const float words = reading.words >= much_text ? ground_text : ground_words;
    const bool under_words = !stamp && reading.area > words * heap.box.area();
    return !heap.soft && !ground && !under_words;
}

// Words in the texture of a figure, and those of a stamp, which the figure tells.
void drop_words_on(const Box& figure, std::vector<PageWord>& words) {
    std::set<int> sure_lines; // a short word beside a sure one is no texture
    for (const PageWord& word : words) {
        if (is_sure(word)) {
            sure_lines.insert(word.line);
        }
    }
    const auto lost = [&](const PageWord& word) {
        const bool unsure = !is_sure(word) && sure_lines.count(word.line) == 0;
        return (word.stamp || unsure) && covered(word.word.box, figure) > 0.6F;
    };
    words.erase(std::remove_if(words.begin(), words.end(), lost), words.end());
}

} // namespace

std::vector<Block> figures_of(const PageInk& ink, std::vector<PageWord>& words, const std::vector<Rule>& rules,
                              const std::vector<Quad>& unread) {
    std::vector<Heap> heaps = heaps_of(unexplained(ink, words, rules), ink);
    std::sort(heaps.begin(), heaps.end(), [](const Heap& a, const Heap& b) { return a.ink > b.ink; });
    heaps.resize(std::min(heaps.size(), most_figures));
    for (Heap& heap : unread_heaps(unread, ink, words)) {
        heaps.push_back(heap);
    }
    join_near(heaps, ink.inches(join_reach), words);
    std::vector<Block> out;
    for (const Heap& heap : heaps) {
        const Reading reading = reading_in(heap.box, words);
        if (!is_figure(heap, reading, ink)) {
            continue;
        }
        constexpr float mostly = 0.8F;
        if (std::any_of(out.begin(), out.end(),
                        [&](const Block& other) { return covered(heap.box, other.box) > mostly; })) {
            continue; // shown already
        }
        drop_words_on(heap.box, words);
        Block figure;
        figure.kind = BlockKind::figure;
        figure.box = heap.box;
        figure.handwriting = heap.unread;
        figure.alternative = seems(heap, ink, reading.stamp);
        out.push_back(std::move(figure));
    }
    return out;
}

} // namespace saring::text
