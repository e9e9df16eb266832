// The page is divided into targets (target.hpp). Over a target run full passes, the most fruitful first, until every
// located region is covered by words that the engine is sure of; what is still uncovered, and all of a page that is
// surely handwritten, is then read line by line (line_reader.hpp). What no pass covered and no line reading settled is
// unread.
#include "text/read.hpp"

#include "image/enhance.hpp"
#include "text/aslant.hpp"
#include "text/layout.hpp"
#include "text/line_reader.hpp"
#include "text/target.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace saring::text {
namespace {

using image::View;

constexpr float least_trust = 0.22F;       // below this, a word is noise and not kept
constexpr float unread_x_height = 9.5F;    // pixels of the original: the promise of DESIGN.md begins at 10
constexpr float unread_confidence = 0.72F; // of the locator, for a region that nothing could read
constexpr float enough_read = 0.5F;        // of the located length, from which full passes end and single lines begin
constexpr float certainly_read = 0.9F;     // mean confidence of a line's words that leaves no doubt
constexpr float passed_over = 1.5F;        // x-heights without a sure word in a line that counts as read
constexpr std::size_t few_regions = 3;     // so few are read alone at once: a full pass would mostly see scenery
constexpr std::size_t most_single_lines = 90; // lines read alone on one target
constexpr float head_over = 0.6F;             // share of readings upside down from which a target is turned over

// The picture as the engine likes it.
cv::Mat prepared(const cv::Mat& bgr) {
    const cv::Mat gray = image::gray(bgr);
    return image::is_dark_ground(gray) ? image::project_colours(bgr) : image::flatten(gray);
}

// Raw pixels, and a third pass over them, found no further words once lines were read singly.
constexpr std::array passes{Segmentation::sparse, Segmentation::automatic};

constexpr float fairly_sure = 0.65F; // trust in a word whose height is believed

// Whether a word has signs that reach above small letters.
bool is_tall(std::string_view word) {
    return std::any_of(word.begin(), word.end(), [](char c) {
        constexpr std::string_view tall = "bdfhklt";
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || tall.find(c) != std::string_view::npos;
    });
}

// Drops unsure words that are much lower than the line they stand in, though their signs need its height: Tesseract at
// times takes commas, and what hangs below a line, for words of their own.
void drop_too_low(std::vector<Line>& lines, const std::vector<TextRegion>& regions) {
    const auto each_within = [&](const TextRegion& region, const auto& work) {
        for (Line& line : lines) {
            for (Word& word : line.words) {
                if (is_tall(word.text) && contains(region.quad, centre(word.quad))) {
                    work(word);
                }
            }
        }
    };
    for (const TextRegion& region : regions) {
        std::vector<float> heights;
        each_within(region, [&](const Word& word) {
            if (trust(word) >= fairly_sure) {
                heights.push_back(reading_height(word.quad));
            }
        });
        if (heights.empty()) {
            continue;
        }
        const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
        std::nth_element(heights.begin(), middle, heights.end());
        each_within(region, [&](Word& word) {
            constexpr float least = 0.7F; // of the usual height
            if (trust(word) < fairly_sure && reading_height(word.quad) < least * *middle) {
                word.text.clear();
            }
        });
    }
    for (Line& line : lines) {
        std::erase_if(line.words, [](const Word& word) { return word.text.empty(); });
    }
}

// Whether there is a run of capitals, as most marks are written.
bool has_capitals(std::string_view text) {
    constexpr int fewest = 5;
    int run = 0;
    return std::any_of(text.begin(), text.end(), [&](char c) {
        run = c >= 'A' && c <= 'Z' ? run + 1 : 0;
        return run >= fewest;
    });
}

// Whether a word is so long, and read so surely, that no leaves or bricks were read as it.
bool is_plain_word(const Word& word) {
    constexpr float surely = 0.88F;
    constexpr std::size_t least_letters = 4;
    return word.confidence >= surely && word.text.size() >= least_letters &&
           std::all_of(word.text.begin(), word.text.end(),
                       [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
}

// Where text was located, as the words on it are told: a little beyond both ends.
std::vector<Box> boxes_of(const std::vector<TextRegion>& regions) {
    std::vector<Box> out;
    for (const TextRegion& region : regions) {
        out.push_back(bounding_box(grown(region.quad, region.x_height, 0.3F * region.x_height)));
    }
    return out;
}

bool lies_on_one_of(const std::vector<Box>& boxes, const Word& word) {
    const Box box = bounding_box(word.quad);
    const float share = 0.35F * box.area();
    return std::any_of(boxes.begin(), boxes.end(),
                       [&](const Box& text) { return intersection_area(box, text) > share; });
}

// Lines with a plain word where no text was located. They are whole: what stands around a word tells what it means.
std::vector<Line> beside_text(std::vector<Line> lines, const std::vector<TextRegion>& regions) {
    const std::vector<Box> boxes = boxes_of(regions);
    std::erase_if(lines, [&](const Line& line) {
        return std::none_of(line.words.begin(), line.words.end(),
                            [&](const Word& word) { return is_plain_word(word) && !lies_on_one_of(boxes, word); });
    });
    for (Line& line : lines) {
        complete(line);
    }
    return lines;
}

// Words that lie on located text; Tesseract also reads leaves and bricks.
std::vector<Line> on_text(std::vector<Line> lines, const std::vector<TextRegion>& regions) {
    drop_too_low(lines, regions);
    const std::vector<Box> boxes = boxes_of(regions);
    for (Line& line : lines) {
        std::erase_if(line.words,
                      [&](const Word& word) { return trust(word) < least_trust || !lies_on_one_of(boxes, word); });
        complete(line);
    }
    std::erase_if(lines, [](const Line& line) { return line.words.empty(); });
    return lines;
}

// The region in the page's own pixels, which may be finer than the target's.
TextRegion in_page(const TextRegion& region, const View& target, const View& page) {
    TextRegion out = moved(
        region, [&](Point p) { return page.mapping.from_original(target.mapping.to_original(p)); }, 1);
    out.x_height = region.x_height * reading_height(out.quad) / std::max(1e-3F, reading_height(region.quad));
    return out;
}

std::vector<TextRegion> in_page(const Target& target, const View& page) {
    std::vector<TextRegion> out;
    for (const TextRegion& region : target.regions) {
        out.push_back(in_page(region, target.view, page));
    }
    return out;
}

// Reads the page in passes for one target.
class TargetReader {
public:
    TargetReader(OcrEngine& engine, LineReader& line_reader, const View& page, Target& target, Deadline deadline,
                 bool& cut_short)
        : engine_(engine), line_reader_(line_reader), page_(page), target_(target), deadline_(deadline),
          cut_short_(cut_short) {}

    // `is_upright`: the page is known to stand upright, but the located lines need not know.
    void set_upright(bool is_upright) {
        constexpr int upside_down = 180;
        const int turn = target_.rotation();
        if (is_upright && turn % upside_down == 0) {
            if (turn == upside_down) {
                turn_over(target_);
            }
        } else if (line_reader_.stands_on_its_head(page_, in_page(target_, page_)).share > head_over) {
            turn_over(target_);
        }
    }

    void full_passes() {
        // Handwriting is as well read singly at once, and no second pass reads it better than the first. Italics are
        // taken for it, too, up to 0.67.
        constexpr float surely_hand = 0.7F;
        const float handwriting = handwriting_of(target_.regions);
        if (target_.regions.size() <= few_regions || handwriting > surely_hand) {
            return;
        }
        const cv::Mat gray = prepared(target_.view.mat);
        for (const Segmentation segmentation : passes) {
            std::vector<Line> lines = engine_.read(gray, segmentation, deadline_, &cut_short_);
            target_.flows.push_back(beside_text(lines, target_.regions)); // only searched
            lines = on_text(std::move(lines), target_.regions);
            target_.pool.add(lines);
            target_.flows.push_back(std::move(lines));
            if (cut_short_ || target_.share_read() >= enough_read || handwriting > rather_hand) {
                return;
            }
        }
    }

    void single_lines() {
        // A reading may displace words of its neighbours that were read: what they lost is looked at in a second round.
        constexpr int rounds = 2;
        std::vector<bool> tried(target_.regions.size(), false);
        for (int round = 0; round < rounds; ++round) {
            std::vector<std::size_t> waiting;
            for (std::size_t i = 0; i < target_.regions.size(); ++i) {
                if (!tried[i] && !target_.is_read(i)) {
                    waiting.push_back(i);
                }
            }
            // The largest first: a marker is seldom the smallest print.
            std::sort(waiting.begin(), waiting.end(), [&](std::size_t a, std::size_t b) {
                return target_.regions[a].x_height > target_.regions[b].x_height;
            });
            waiting.resize(std::min(waiting.size(), most_single_lines));
            for (const std::size_t i : waiting) {
                if (cut_short_) {
                    return;
                }
                tried[i] = true;
                add_line(i);
            }
        }
    }

    // The engine is at times sure of a wrong reading. Where that is likely (handwriting, a word of low confidence, some
    // letters passed over, capitals like a term's) or would matter most (letters larger than the rest), terms are also
    // looked for by shape.
    void spot_terms() {
        const float tall = 1.5F * typical_x_height(target_.regions);
        for (std::size_t i = 0; i < target_.regions.size() && Clock::now() < deadline_; ++i) {
            const TextRegion& region = target_.regions[i];
            const bool doubtful = target_.mean_confidence(i) < certainly_read;
            const bool has_gap = target_.widest_gap(i) >= passed_over;
            const std::string text = target_.text_on(i);
            const bool likely_wrong = region.handwriting >= perhaps_hand || doubtful || has_gap ||
                                      line_reader_.has_capitals_like_a_term(text);
            if (!(likely_wrong || region.x_height >= tall) || !target_.is_read(i)) {
                continue;
            }
            SpottedLine seen = line_reader_.spotted(page_, in_page(region, target_.view, page_), text);
            if (!seen.lines.empty()) {
                target_.flows.push_back(moved(std::move(seen.lines), page_.mapping, target_.view.mapping));
            }
            // The engine guesses at letters as at any shape.
            target_.suspect[i] = (seen.foreign || seen.suspect) && doubtful;
            if ((doubtful || has_gap) && !seen.foreign) {
                add_reading(moved(std::move(seen.reading), page_.mapping, target_.view.mapping), region);
            }
        }
    }

private:
    void add_line(std::size_t index) {
        const TextRegion& region = target_.regions[index];
        LineOutcome outcome = line_reader_.read(page_, in_page(region, target_.view, page_), deadline_, &cut_short_);
        target_.grounds[index] = outcome.ground;
        target_.suspect[index] = outcome.suspect;
        target_.near_term[index] = outcome.near_term;
        target_.regions[index].foreign = outcome.foreign ? 1 : region.foreign;
        for (std::vector<Line>& other : outcome.others) {
            target_.flows.push_back(moved(std::move(other), page_.mapping, target_.view.mapping));
        }
        for (std::vector<Line>& reading : outcome.readings) {
            add_reading(moved(std::move(reading), page_.mapping, target_.view.mapping), region);
        }
    }

    void add_reading(std::vector<Line> lines, const TextRegion& region) {
        for (Line& line : lines) {
            std::erase_if(line.words, [](const Word& word) { return trust(word) < least_trust; });
        }
        std::erase_if(lines, [](const Line& line) { return line.words.empty(); });
        target_.flows.push_back(lines);
        constexpr float level = 12; // degrees: words of a steeper line do not mix with the others'
        if (std::abs(angle(region.quad)) <= level) {
            target_.pool.add(lines);
            return;
        }
        for (Line& line : lines) {
            const Quad quad = line.quad;
            complete(line);
            line.quad = quad;
            target_.turned.push_back(std::move(line));
        }
    }

    OcrEngine& engine_;
    LineReader& line_reader_;
    const View& page_;
    Target& target_;
    Deadline deadline_;
    bool& cut_short_;
};

void add_outcomes(const Target& target, bool cut_short, PageReading& out) {
    const Aslant aslant(target.regions);
    for (std::size_t i = 0; i < target.regions.size(); ++i) {
        const TextRegion& region = target.regions[i];
        const double magnification = target.view.mapping.magnification(centre(region.quad));
        const float size = target.suspect[i] ? region.x_height : x_height_of_row(target.regions, region);
        const auto x_height = static_cast<float>(size * magnification);
        constexpr float foreign_sure = 0.75F;
        constexpr float any_text = 0.55F; // of the locator: grilles and mats look like rows of letters, too
        const bool is_foreign = region.foreign > foreign_sure && region.confidence >= any_text;
        const bool text =
            region.confidence >= unread_confidence || is_foreign || target.suspect[i] || aslant.is_text(region);
        const bool read = target.is_read(i) && !target.suspect[i];
        if (target.grounds[i] == Ground::surely_read && !target.suspect[i]) {
            out.surely_read.push_back(target.view.mapping.to_original(region.quad));
        }
        if (x_height < unread_x_height || !text || read || (!target.suspect[i] && target.is_read_beside(i))) {
            continue;
        }
        UnreadRegion unread;
        unread.quad = target.view.mapping.to_original(region.quad);
        unread.reason = cut_short    ? UnreadReason::time_limit
                        : is_foreign ? UnreadReason::unsupported_script
                                     : UnreadReason::low_confidence;
        if (target.suspect[i] && target.near_term[i]) {
            out.near_term.push_back(unread.quad);
        }
        out.unread.push_back(std::move(unread));
    }
}

} // namespace

PageReading Reader::read(const View& page, const std::vector<Surface>& surfaces, const std::vector<TextRegion>& regions,
                         Deadline deadline, bool is_upright) {
    PageReading out;
    bool cut_short = false;
    std::size_t most_regions = 0;
    LineReader line_reader(engine_, recogniser_, terms_, layer_);
    for (Target& target : targets_of(page, surfaces, regions)) {
        TargetReader reader(engine_, line_reader, page, target, deadline, cut_short);
        reader.set_upright(is_upright);
        reader.full_passes();
        reader.spot_terms(); // before single lines are read, which look for terms themselves
        reader.single_lines();
        add_outcomes(target, cut_short, out);
        std::vector<Line> lines = lines_of_words(target.pool.words(), engine_.name());
        order(lines);
        lines.insert(lines.end(), target.turned.begin(), target.turned.end());
        const image::Mapping identity;
        lines = moved(std::move(lines), target.view.mapping, identity);
        out.lines.insert(out.lines.end(), std::make_move_iterator(lines.begin()), std::make_move_iterator(lines.end()));
        for (std::vector<Line>& flow : target.flows) {
            out.other_readings.push_back(moved(std::move(flow), target.view.mapping, identity));
        }
        if (target.regions.size() > most_regions) {
            most_regions = target.regions.size();
            out.rotation = target.rotation();
        }
    }
    return out;
}

void Reader::spot(const View& page, std::vector<TextRegion> lines, Deadline deadline, PageReading& reading) {
    const image::Mapping identity;
    LineReader line_reader(engine_, recogniser_, terms_, layer_);
    Target target;
    target.view = page;
    target.regions = std::move(lines);
    target.pool.add(moved(reading.lines, identity, page.mapping));
    for (std::size_t i = 0; i < target.regions.size() && Clock::now() < deadline; ++i) {
        const TextRegion& region = target.regions[i];
        const std::string text = target.text_on(i);
        if (!has_room_for_term(region) || !has_capitals(text) || target.mean_confidence(i) >= certainly_read) {
            continue;
        }
        SpottedLine seen = line_reader.spotted(page, region, text);
        if (seen.fairly_read && !seen.lines.empty()) { // of hundreds of lines, some poor reading is like any term
            reading.other_readings.push_back(moved(std::move(seen.lines), page.mapping, identity));
        } else if (seen.suspect) {
            reading.unread.push_back({page.mapping.to_original(region.quad), UnreadReason::low_confidence, {}});
        }
    }
}

Upright Reader::upright(const View& page, const std::vector<Surface>& surfaces,
                        const std::vector<TextRegion>& regions) {
    std::vector<Target> targets = targets_of(page, surfaces, regions);
    const auto most = std::max_element(targets.begin(), targets.end(), [](const Target& a, const Target& b) {
        return a.regions.size() < b.regions.size();
    });
    if (most == targets.end()) {
        return {};
    }
    const HeadOver over = LineReader(engine_, recogniser_, terms_).stands_on_its_head(page, in_page(*most, page));
    if (over.share > head_over) {
        turn_over(*most);
    }
    return {most->rotation(), over.sure};
}

bool Reader::is_mirrored(const View& page, const std::vector<TextRegion>& regions) {
    return LineReader(engine_, recogniser_, terms_).is_mirrored(page, regions);
}

} // namespace saring::text
