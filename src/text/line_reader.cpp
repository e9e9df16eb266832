#include "text/line_reader.hpp"

#include "image/enhance.hpp"
#include "text/drawn_patterns.hpp"
#include "text/layout.hpp"
#include "text/merge.hpp"
#include "text/target.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <numeric>
#include <optional>

namespace saring::text {
namespace {

using image::View;

constexpr double line_x_height = 26; // pixels, of a line read alone
constexpr int widest_line = 2800;    // pixels, of a line read alone
constexpr int border = 10;           // pixels of paper that the engine wants around a line
constexpr float along = 0.6F;        // x-heights shown before and behind the located line

// When a line counts as read although its words are not sure. Scores are mean log-likelihoods per sign (spot()); the
// figures behind them are measured by scripts/train/measure_spotting.py and stand in models/README.md.
constexpr float same_reading = 0.75F;     // likeness from which two independent readers agree
constexpr std::size_t fewest_letters = 3; // so that they agree on something
constexpr float fairly_read = 0.6F;       // mean probability of the free reading
constexpr float far_from_terms = -1.3F;   // score below which a term does not stand in a line that is fairly read

// A poorer reading still tells something when every term is farther from what was seen.
struct PoorRule {
    float read_from; // mean probability of the free reading
    float score_below;
};
constexpr std::array poor_rules{PoorRule{0.5F, -1.6F}, PoorRule{0.45F, -1.7F}, PoorRule{0.4F, -2.3F},
                                PoorRule{0.3F, -3.5F}};

// What both readers saw alike in part, and ours well and very far from every term, is none, though it resembles one.
constexpr float half_same = 0.5F;
constexpr float well_read = 0.75F; // mean probability of the free reading
constexpr float very_far = -2.5F;
constexpr float rather_far = -3; // a term that only the letters resemble may still be one
// Below this a term has nothing in common with what was seen, even if that was only some of the letters.
constexpr float nothing_alike = -4.5F;

constexpr float wholly_seen = 0.2F; // LineReading::path from which the reading is not only of some of the letters

constexpr float suspect_from = 0.45F; // mean probability of the free reading from which being near a term is suspicious
constexpr float spotted_score = -1.0F;     // score from which a term is reported
constexpr float suspect_score = -1.1F;     // … in a line that nobody could read, which is held in any case
constexpr float spotted_confidence = 0.5F; // of such a report: no block unless its surroundings speak for it
constexpr float surely_read = 0.85F;   // mean probability of the free reading from which the engine need not try twice
constexpr std::size_t few_letters = 8; // may be the middle of a longer word, whose large letters are located in part

// When nothing stands in a located line. The surer the locator, the surer the recogniser must be of its blanks.
struct BlankRule {
    float located_below; // confidence of the locator
    float blank_from;    // mean probability of the blanks
};
constexpr std::array blank_rules{BlankRule{0.76F, 0.65F}, BlankRule{0.82F, 0.85F}};
// Smudges are drawn like letters, and only paler.
constexpr BlankRule smudge_rule{0.9F, 0.96F};
constexpr double smudge_contrast = 0.1;

// Confidence of the locator.
constexpr float rather_text = 0.64F;  // above it, a script that it doubts is believed in
constexpr float perhaps_text = 0.66F; // below it, blanks decide without the engine, and one look is enough

constexpr float perhaps_foreign = 0.5F; // probability of a script in which our readers only see shapes
constexpr float hardly_foreign = 0.3F;  // … below which the locator does not speak for one
constexpr float also_foreign = 0.15F;   // … that the locator must see where the recogniser sees one

// How a line is cut out of its page.
struct Cutting {
    float across = 0;  // x-heights shown above and below it
    float slant = 0;   // tangent of the angle by which its letters lean to the right, and are set upright
    float stretch = 1; // of its letters along the line
};

// Cuts the line out of the page, upright and of one height.
View cut(const View& page, const Quad& quad, float x_height, const Cutting& how) {
    const Quad shown = slanted(grown(quad, along * x_height, how.across * x_height), how.slant);
    const double scale = line_x_height / std::max(1.0F, x_height);
    const int width = std::clamp(static_cast<int>(reading_width(shown) * scale * how.stretch), 24, widest_line);
    const int height = std::clamp(static_cast<int>(reading_height(shown) * scale), 24, 160);
    return image::warp(page, shown, {width, height});
}

cv::Mat plain_gray(const cv::Mat& bgr) {
    const cv::Mat gray = image::stretch(image::gray(bgr));
    return image::is_dark_ground(gray) ? cv::Mat(255 - gray) : gray;
}

float mean_trust(const std::vector<Line>& lines) {
    float sum = 0;
    float weight = 0;
    for (const Line& line : lines) {
        for (const Word& word : line.words) {
            const auto length = static_cast<float>(length_of(word.text));
            sum += trust(word) * length;
            weight += length;
        }
    }
    return weight > 0 ? sum / weight : 0;
}

// Letters and digits of ASCII, folded to lower case: what two readings of one line are compared by.
std::string folded_letters(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    return out;
}

std::string letters_of(const std::vector<Line>& lines) {
    std::string out;
    for (const Line& line : lines) {
        out += folded_letters(line.text);
    }
    return out;
}

// 1 minus the edit distance over the longer length.
float likeness(const std::string& a, const std::string& b) {
    if (a.empty() || b.empty()) {
        return 0;
    }
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) {
        row[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return 1 - static_cast<float>(row[b.size()]) / static_cast<float>(std::max(a.size(), b.size()));
}

// How many letters the longest of the terms has that some part of `letters` is, with at most a third of it misread
// (Sellers 1980); 0 where there is none. Short terms are like anything.
std::size_t length_of_term_like(const std::string& letters, const std::vector<std::string>& terms) {
    constexpr std::size_t shortest = 6;
    constexpr std::size_t misread = 3; // one letter of so many
    std::size_t longest = 0;
    for (const std::string& term : terms) {
        const std::string wanted = folded_letters(term);
        if (wanted.size() < shortest) {
            continue;
        }
        std::vector<std::size_t> row(wanted.size() + 1);
        std::iota(row.begin(), row.end(), std::size_t{0});
        std::size_t least = row.back();
        for (const char c : letters) {
            std::size_t diagonal = 0; // the term may begin anywhere
            for (std::size_t j = 0; j < wanted.size(); ++j) {
                const std::size_t above = row[j + 1];
                row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (c == wanted[j] ? 0U : 1U)});
                diagonal = above;
            }
            least = std::min(least, row.back());
        }
        if (least <= wanted.size() / misread) {
            longest = std::max(longest, wanted.size());
        }
    }
    return longest;
}

bool is_like_a_term(const std::string& letters, const std::vector<std::string>& terms) {
    return length_of_term_like(letters, terms) > 0;
}

struct LetterCases {
    int capitals = 0;
    int small = 0;
};

LetterCases cases_of(std::string_view text) {
    LetterCases out;
    for (const char c : text) {
        out.capitals += std::isupper(static_cast<unsigned char>(c)) != 0 ? 1 : 0;
        out.small += std::islower(static_cast<unsigned char>(c)) != 0 ? 1 : 0;
    }
    return out;
}

// Whether half of a term and more, of five letters at least, stands as it is written in a line that is mostly of
// capitals: what is left of a mark of which the rest is hidden.
bool holds_piece_of_a_term(const std::vector<Line>& lines, const std::vector<std::string>& terms) {
    std::string text;
    for (const Line& line : lines) {
        text += line.text;
    }
    const auto [capitals, small] = cases_of(text);
    const std::string letters = folded_letters(text);
    constexpr std::size_t shortest = 5;
    return capitals > small && std::any_of(terms.begin(), terms.end(), [&](const std::string& term) {
               const std::string wanted = folded_letters(term);
               const std::size_t length = std::max(shortest, (wanted.size() + 1) / 2);
               for (std::size_t at = 0; at + length <= wanted.size(); ++at) {
                   if (letters.find(wanted.substr(at, length)) != std::string::npos) {
                       return true;
                   }
               }
               return false;
           });
}

// The free reading with the spotted term in place of what was read there, in the case in which most of the line is
// written.
Line with_term(const Line& line, const Spotting& spotted, std::string_view term) {
    const auto [capitals, small] = cases_of(line.text);
    Line out = line;
    out.words.clear();
    const auto middle = [](const Word& word) { return centre(word.quad).x; };
    for (const Word& word : line.words) {
        if (middle(word) < spotted.begin) {
            out.words.push_back(word);
        }
    }
    const Box height = bounding_box(line.quad);
    const float width = (spotted.end - spotted.begin) / static_cast<float>(term.size());
    for (std::size_t at = 0; at < term.size();) {
        const std::size_t end = std::min(term.find(' ', at), term.size());
        Word word;
        for (const char c : term.substr(at, end - at)) {
            word.text += capitals > small ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
        }
        word.confidence = spotted_confidence;
        word.quad = quad_of({spotted.begin + static_cast<float>(at) * width, height.top,
                             spotted.begin + static_cast<float>(end) * width, height.bottom});
        out.words.push_back(std::move(word));
        at = end + 1;
    }
    for (const Word& word : line.words) {
        if (middle(word) > spotted.end) {
            out.words.push_back(word);
        }
    }
    out.engine = "saring-spotting";
    complete(out);
    return out;
}

// How much a reading speaks for its direction: upside down, letters still look like letters, but seldom like sure ones.
float weight_of(const LineReading& reading) {
    constexpr std::size_t most_letters = 20;
    const auto letters = static_cast<float>(std::min(length_of(reading.line.text), most_letters));
    return reading.line.words.empty() ? 0 : static_cast<float>(std::pow(reading.confidence, 3)) * letters;
}

Nearest nearest_of(const LineReading& reading, const std::vector<std::string>& terms) {
    Nearest out;
    for (const std::string& term : terms) {
        const Spotting place = spot(reading, term);
        if (place.score > out.place.score) {
            out = {place, term};
        }
    }
    return out;
}

// Of the terms that fit nearly as well and cover the place of the best, the longest: the letters before "amat rahasia"
// tell "sangat rahasia" from it, and the best fit need not explain them.
Nearest fullest_of(const LineReading& reading, const std::vector<std::string>& terms, const Nearest& best) {
    constexpr float nearly = 0.4F;
    const float sign =
        (best.place.end - best.place.begin) / static_cast<float>(std::max<std::size_t>(1, best.term.size()));
    Nearest out = best;
    for (const std::string& term : terms) {
        if (term.size() <= out.term.size()) {
            continue;
        }
        const Spotting place = spot(reading, term);
        const bool covers = place.begin <= best.place.begin + sign / 2 && place.end >= best.place.end - sign / 2;
        if (covers && place.score >= best.place.score - nearly) {
            out = {place, term};
        }
    }
    return out;
}

bool is_blank(const LineReading& reading, const TextRegion& region, const cv::Mat& line) {
    const auto holds = [&](const BlankRule& rule) {
        return region.confidence < rule.located_below && reading.confidence >= rule.blank_from;
    };
    return reading.line.words.empty() && reading.foreign == 0 && region.foreign < hardly_foreign &&
           (std::any_of(blank_rules.begin(), blank_rules.end(), holds) ||
            (holds(smudge_rule) && is_faint(line, smudge_contrast)));
}

// Whether the recogniser surely sees signs, but none of the Latin letters, where the locator sees no other script
// either: rows of asterisks, arrows, rings.
bool is_of_shapes(const LineReading& reading, const Nearest& nearest, const TextRegion& region) {
    constexpr float surely = 0.9F;
    constexpr float no_script = 0.05F;
    const bool signs = letters_of({reading.line}).empty() && reading.confidence >= fairly_read;
    const bool seen = reading.line.words.empty() ? reading.foreign >= surely : signs;
    return seen && region.foreign < no_script && nearest.place.score < nothing_alike;
}

// Whether signs are surely seen all along, and hardly a Latin letter among them: ornate and outlined ones look so, too.
bool is_surely_foreign(const LineReading& reading) {
    constexpr float surely = 0.9F;
    constexpr float all_along = 0.8F;
    return reading.line.words.empty() && reading.foreign >= surely && reading.path >= all_along;
}

// `borne_out`: another reader saw much of the same term.
bool is_spotted(const LineReading& reading, const Nearest& nearest, float least_score, bool borne_out) {
    constexpr float sees_anything = 0.4F; // below this mean probability every term is as likely as what was read
    return (reading.confidence >= sees_anything || borne_out) && nearest.place.score >= least_score;
}

// Whether a term comes so near to what is read with some certainty that a person should look.
bool is_near(const LineReading& reading, const Nearest& nearest) {
    return reading.confidence >= suspect_from && nearest.place.score >= far_from_terms;
}

// Capitals that are unsurely read are now and then taken for small letters.
bool is_mostly_of_capitals(const LineReading& reading) {
    constexpr int fewest = 4;
    const auto [capitals, small] = cases_of(reading.line.text);
    return capitals >= fewest && 2 * small <= capitals;
}

bool is_of_capitals(const LineReading& reading) {
    return is_mostly_of_capitals(reading) && cases_of(reading.line.text).small == 0;
}

// Marks are mostly written in capitals: what is mostly read as such, with no more than middling certainty, is no
// everyday word only because no term comes as near as elsewhere.
bool may_be_a_mark(const LineReading& reading, const Nearest& nearest) {
    constexpr float surely_read_from = 0.75F;
    constexpr float not_far = -2;
    return is_mostly_of_capitals(reading) && reading.confidence >= suspect_from &&
           reading.confidence < surely_read_from && nearest.place.score >= not_far;
}

bool is_short(const LineReading& reading) {
    return !reading.line.words.empty() && length_of(reading.line.text) <= few_letters;
}

// A line with so much, in heights of it, of what stands before and behind it.
TextRegion widened(TextRegion region, float heights = 1) {
    region.quad = grown(region.quad, heights * reading_height(region.quad), 0);
    return region;
}

// … with room for the letters that the line lacks of a term of so many, as wide as those that it has.
TextRegion widened_for(const TextRegion& region, std::size_t letters_of_term, std::size_t letters) {
    constexpr float three_letters = 2; // heights of a line
    constexpr float more = 2;          // letters: some are wider
    const float missing = static_cast<float>(letters_of_term) - static_cast<float>(letters);
    const float letter = reading_width(region.quad) / static_cast<float>(std::max<std::size_t>(1, letters));
    return widened(region, std::max(three_letters, (missing + more) * letter / reading_height(region.quad)));
}

// The middle of a line, no longer than so much.
Quad middle_of(const Quad& quad, float longest) {
    return grown(quad, -std::max(0.0F, reading_width(quad) - longest) / 2, 0);
}

constexpr float longest_line = 25; // x-heights: longer ones cost more and tell no more of which way they stand

// The lines of which most is seen, longest first.
std::vector<const TextRegion*> longest_of(const std::vector<TextRegion>& regions, std::size_t most) {
    std::vector<const TextRegion*> out;
    for (const TextRegion& region : regions) {
        out.push_back(&region);
    }
    const auto signs = [&](const TextRegion* r) {
        return std::min(longest_line, reading_width(r->quad) / std::max(1.0F, r->x_height)) * r->confidence;
    };
    std::stable_sort(out.begin(), out.end(),
                     [&](const TextRegion* a, const TextRegion* b) { return signs(a) > signs(b); });
    out.resize(std::min(out.size(), most));
    return out;
}

// The middle of a line as the recogniser likes it.
cv::Mat picture_of(const View& page, const TextRegion& region) {
    constexpr float around = 0.1F;
    const Quad middle = middle_of(region.quad, longest_line * region.x_height);
    return image::project_colours(cut(page, middle, region.x_height, {around}).mat);
}

// Whether the line is read at least so well, and every term so far from it, that none stands in it.
bool has_no_term(const LineReading& reading, const Nearest& nearest, const TextRegion& region, float least_confidence,
                 float most_score) {
    constexpr float least_letters = 0.4F; // for each x-height of the line: fewer were not all that stands there
    const float room = reading_width(region.quad) / std::max(1.0F, region.x_height) - 1;
    return !reading.line.words.empty() && static_cast<float>(length_of(reading.line.text)) >= least_letters * room &&
           (reading.path >= wholly_seen || nearest.place.score < nothing_alike) &&
           reading.confidence >= least_confidence && nearest.place.score < most_score;
}

// Rows of a line picture that hold ink, as [begin, end), from the top.
std::vector<std::pair<int, int>> bands_of(const cv::Mat& gray) {
    constexpr double softness = 1.5; // pixels
    constexpr double full = 0.35;    // of the strongest row's ink, from which a row belongs to a band
    constexpr int least_height = 5;  // pixels
    cv::Mat ink;
    cv::reduce(255 - image::stretch(gray), ink, 1, cv::REDUCE_AVG, CV_32F);
    cv::GaussianBlur(ink, ink, {1, 0}, 0.1, softness);
    double weakest = 0;
    double strongest = 0;
    cv::minMaxLoc(ink, &weakest, &strongest);
    std::vector<std::pair<int, int>> out;
    int begin = -1;
    for (int y = 0; y <= ink.rows; ++y) {
        const bool inked = y < ink.rows && ink.at<float>(y) - weakest > full * (strongest - weakest);
        if (inked && begin < 0) {
            begin = y;
        } else if (!inked && begin >= 0) {
            // What the edge cuts off belongs to a neighbour.
            if (y - begin >= least_height && begin > 0 && y < ink.rows) {
                out.emplace_back(begin, y);
            }
            begin = -1;
        }
    }
    return out;
}

// How clearly rows of ink and of paper alternate in a line picture.
double contrast_of_rows(const cv::Mat& gray) {
    cv::Mat ink;
    cv::reduce(255 - image::stretch(gray), ink, 1, cv::REDUCE_AVG, CV_32F);
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(ink, mean, deviation);
    return deviation[0];
}

// The lines that stand in a located line, by where its ink lies: small print is at times located as one tall line, and
// several lines run into one. Empty where the picture shows nothing else than what was located.
std::vector<TextRegion> lines_within(const View& page, const TextRegion& located) {
    constexpr float around = 0.1F;
    // Two lines that run together are at times located as one that runs from the begin of this to the end of that.
    TextRegion region;
    View view;
    cv::Mat gray;
    double clearest = -1;
    for (const float tilt : {0.0F, -0.02F, 0.02F, -0.04F, 0.04F, -0.06F, 0.06F}) {
        TextRegion turned = located;
        turned.quad = tilted(located.quad, tilt);
        View seen = cut(page, turned.quad, turned.x_height, {around});
        const cv::Mat there = image::project_colours(seen.mat);
        constexpr double clearly = 1.1; // than as it was located
        const double contrast = contrast_of_rows(there) / (tilt == 0 ? 1 : clearly);
        if (contrast > clearest) {
            clearest = contrast;
            region = std::move(turned);
            view = std::move(seen);
            gray = there;
        }
    }
    const auto bands = bands_of(gray);
    constexpr std::size_t most_lines = 6;
    constexpr double same_size = 0.75; // of the expected x-height
    if (bands.empty() || bands.size() > most_lines ||
        (bands.size() == 1 && bands[0].second - bands[0].first > same_size * line_x_height)) {
        return {};
    }
    std::vector<TextRegion> out;
    for (const auto& [top, bottom] : bands) {
        const auto height = static_cast<float>(bottom - top);
        const auto width = static_cast<float>(view.mat.cols);
        constexpr float above = 0.75F; // x-heights of ascenders, and of descenders
        constexpr float below = 0.5F;
        TextRegion line = region;
        line.uncut.reset(); // searched with the whole
        line.quad = view.mapping.to_original(
            quad_of({0, static_cast<float>(top) - above * height, width, static_cast<float>(bottom) + below * height}));
        line.quad = page.mapping.from_original(line.quad);
        line.x_height = height / static_cast<float>(line_x_height) * region.x_height;
        out.push_back(std::move(line));
    }
    return out;
}

} // namespace

// What our recogniser sees of a line, from the end from which it makes more sense.
struct LineReader::Seen {
    View view;
    Quad quad; // in pixels of the page
    LineReading reading;
    std::optional<LineReading> farther; // of the line as it was located, where a closer look was surer
};

// Lines that told which way the page stands are soon read once more.
LineReading LineReader::reading_of(const cv::Mat& gray) {
    constexpr std::size_t most = 12;
    const auto known = std::find_if(recent_.begin(), recent_.end(), [&](const auto& picture_and_reading) {
        const cv::Mat& picture = picture_and_reading.first;
        return picture.size() == gray.size() && cv::norm(picture, gray, cv::NORM_INF) == 0;
    });
    if (known != recent_.end()) {
        return known->second;
    }
    recent_.emplace_front(gray, recogniser_.read(gray));
    recent_.resize(std::min(recent_.size(), most));
    return recent_.front().second;
}

LineReader::Seen LineReader::look(const View& page, const TextRegion& region) {
    constexpr float around = 0.1F; // x-heights: what the recogniser was trained on
    Seen out{cut(page, region.quad, region.x_height, {around}), region.quad, {}, {}};
    out.reading = reading_of(image::project_colours(out.view.mat));
    // Steeper lines may also stand on their heads, and any line of an overlay: it is one of a few, whose capitals make
    // nearly as much sense so, and cannot be told by those about it.
    constexpr float level = 12; // degrees
    const bool doubtful = out.reading.line.words.empty() && region.confidence < perhaps_text;
    const bool steep = std::abs(std::remainder(angle(region.quad), 360.0F)) > level;
    if ((steep || layer_ == Layer::overlay) && !doubtful) {
        const View over = image::turned_by(out.view, 180);
        LineReading other = reading_of(image::project_colours(over.mat));
        if (weight_of(other) > weight_of(out.reading)) {
            out = {over, from_other_end(region.quad), std::move(other), {}};
        }
    }
    // Lines of uneven writing are often lower than they were located, and their neighbours are in the way; capitals
    // fill less than half of the height that a line with small letters needs; hands lean and crowd their letters. A
    // closer look counts where it is surer of its signs, and of passing over none.
    constexpr float unsure = 0.85F;     // mean probability
    constexpr float of_anything = 0.3F; // … below which it is of no letters
    constexpr Cutting closer{-0.15F, 0, 1.15F};
    constexpr Cutting closer_to_capitals{-0.35F, 0.15F, 1.15F};
    if (!out.reading.line.words.empty() && out.reading.confidence < unsure && out.reading.confidence >= of_anything &&
        region.confidence >= perhaps_text) {
        const bool small_letters = cases_of(out.reading.line.text).small > 0;
        View near = cut(page, out.quad, region.x_height, small_letters ? closer : closer_to_capitals);
        LineReading other = reading_of(image::project_colours(near.mat));
        if (!other.line.words.empty() && other.confidence > out.reading.confidence && other.path > out.reading.path) {
            out = {std::move(near), out.quad, std::move(other), std::move(out.reading)};
        }
    }
    return out;
}

// The line, in pixels of the page, with the term that comes nearest; empty where none comes near enough.
std::vector<Line> LineReader::spotted_in(const View& page, const Seen& seen, const Nearest& nearest, float least_score,
                                         bool borne_out) {
    if (!is_spotted(seen.reading, nearest, least_score, borne_out)) {
        return {};
    }
    const Nearest told = fullest_of(seen.reading, terms_, nearest);
    return moved({with_term(seen.reading.line, told.place, told.term)}, seen.view.mapping, page.mapping);
}

// The same of a term that stands in the line or in what it was cut from, or sticks out of a short one or of one in
// which most of it stands.
std::vector<Line> LineReader::spotted_about(const View& page, const TextRegion& region, const Seen& seen,
                                            const Nearest& nearest, float least_score, const std::string& by_engine) {
    const bool borne_out = is_like_a_term(by_engine, {std::string(nearest.term)});
    std::vector<Line> out = spotted_in(page, seen, nearest, least_score, borne_out);
    if (!out.empty()) {
        return out;
    }
    const auto spotted_where = [&](const Seen& other) {
        return spotted_in(page, other, nearest_of(other.reading, terms_), spotted_score);
    };
    if (region.uncut) {
        TextRegion whole = region;
        whole.quad = *region.uncut;
        out = spotted_where(look(page, whole));
        if (!out.empty()) {
            return out;
        }
    }
    const std::string letters = letters_of({seen.reading.line});
    const std::size_t of_term = length_of_term_like(letters, terms_);
    if (of_term > 0 || is_short(seen.reading)) {
        out = spotted_where(look(page, of_term > 0 ? widened_for(region, of_term, letters.size()) : widened(region)));
    }
    if (out.empty() && is_of_capitals(seen.reading) && nearest.place.score >= rather_far) {
        // Signs of a hand that leans, and crowds its letters, are read for fewer than they are.
        constexpr Cutting leaning{-0.35F, 0.4F, 1.3F};
        const View upright = cut(page, seen.quad, region.x_height, leaning);
        out = spotted_where({upright, seen.quad, reading_of(image::project_colours(upright.mat)), {}});
    }
    if (out.empty() && is_short(seen.reading) && is_of_capitals(seen.reading)) {
        // Large words far apart are located one by one, and cut off in the middle of letters.
        constexpr float two_words = 8; // heights of a line
        out = spotted_where(look(page, widened(region, two_words)));
    }
    return out;
}

LineOutcome LineReader::read(const View& page, const TextRegion& region, Deadline deadline, bool* cut_short) {
    LineOutcome whole = read_one(page, region, deadline, cut_short);
    // Short lines that run together are located as one that is too high to have room for a term.
    const bool too_high = !has_room_for_term(region) && region.confidence >= perhaps_text;
    const bool empty = whole.ground == Ground::empty && !too_high;
    const bool middle_read = whole.ground == Ground::surely_read && whole.closer; // perhaps of three lines
    if ((whole.ground == Ground::surely_read && !middle_read) || empty || whole.foreign || *cut_short) {
        return whole;
    }
    const std::vector<TextRegion> lines = lines_within(page, region);
    if (lines.empty()) {
        return whole;
    }
    // What stands there is smaller than was located, or more than one line: a poor reading of the whole tells nothing.
    const bool nothing_seen = whole.readings.size() < 2; // by our recogniser
    bool all_settled = true;
    bool some_read = false;
    bool suspect = false;
    const auto append = [](auto& to, auto& from) {
        to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
    };
    for (const TextRegion& line : lines) {
        LineOutcome part = read_one(page, line, deadline, cut_short);
        all_settled &= part.ground != Ground::none;
        some_read |= part.ground == Ground::surely_read || part.ground == Ground::poorly_read;
        suspect |= part.suspect;
        whole.near_term |= part.near_term;
        append(whole.readings, part.readings);
        append(whole.others, part.others);
    }
    if ((!all_settled && !middle_read) || *cut_short) {
        whole.ground = Ground::none;
        whole.suspect |= suspect;
    } else if (some_read || middle_read) {
        whole.ground = Ground::surely_read;
        whole.suspect = suspect;
    } else if (nothing_seen) {
        whole.ground = Ground::empty;
    }
    return whole;
}

LineOutcome LineReader::read_one(const View& page, const TextRegion& region, Deadline deadline, bool* cut_short) {
    if (Clock::now() >= deadline) {
        *cut_short = true;
        return {};
    }
    const Seen seen = look(page, region);
    const LineReading& own = seen.reading;
    LineOutcome out;
    out.closer = seen.farther.has_value();
    const bool blank = is_blank(own, region, seen.view.mat) || is_faint(seen.view.mat);
    const bool no_room = !has_room_for_term(region);
    if ((blank || no_room) && own.foreign < perhaps_foreign && region.confidence < perhaps_text) {
        // The engine would only see letters in leaves and bricks.
        out.ground = Ground::empty;
        out.readings.push_back(moved({own.line}, seen.view.mapping, page.mapping));
        return out;
    }

    const View line = image::bordered(cut(page, seen.quad, region.x_height, {}), border);
    const auto by_engine = [&](const cv::Mat& gray) {
        std::vector<Line> lines =
            moved(engine_.read(gray, Segmentation::single_line, deadline, cut_short), line.mapping, page.mapping);
        std::for_each(lines.begin(), lines.end(), complete);
        return lines;
    };
    std::vector<Line> best = by_engine(image::project_colours(line.mat));
    const std::vector<Line> ours = own.line.words.empty() ? std::vector<Line>{} : std::vector<Line>{own.line};
    const std::string letters = letters_of(ours); // not as the language has it, which the engine knows too
    const auto is_same = [&](const std::string& of_engine) {
        return letters.size() >= fewest_letters && likeness(of_engine, letters) >= same_reading;
    };
    const bool doubtful = own.confidence < suspect_from && region.confidence < perhaps_text;
    const bool scrawl = region.handwriting >= rather_hand && own.confidence < fairly_read; // the engine reads print
    if (mean_trust(best) < sure && own.confidence < surely_read && !doubtful && !scrawl && !is_same(letters_of(best))) {
        std::vector<Line> other = by_engine(plain_gray(line.mat));
        if (mean_trust(other) > mean_trust(best)) {
            std::swap(best, other);
        }
        out.others.push_back(std::move(other));
    }
    const Nearest nearest = nearest_of(own, terms_);
    const std::string of_engine = letters_of(best);
    const float same = likeness(of_engine, letters);
    // Capitals of which both readers miss the same letter of a term (TLE RED) are no agreement where it may stand
    // there.
    const bool misread_alike =
        is_near(own, nearest) && nearest.place.score < spotted_score && has_capitals_like_a_term(own.line.text);
    const bool agreed = is_same(of_engine) && !misread_alike;
    const bool surely_other = same >= half_same && has_no_term(own, nearest, region, well_read, very_far);
    const bool seemed_a_mark = seen.farther && may_be_a_mark(*seen.farther, nearest_of(*seen.farther, terms_));
    const bool half_saw_term = !agreed && !surely_other &&
                               (is_like_a_term(of_engine, terms_) || is_like_a_term(letters, terms_) ||
                                (same < half_same && (may_be_a_mark(own, nearest) || seemed_a_mark)));
    const bool is_piece = layer_ == Layer::overlay && !agreed &&
                          (holds_piece_of_a_term(best, terms_) || holds_piece_of_a_term(ours, terms_));
    const bool engine_sure = mean_trust(best) >= sure;
    const bool other_script = own.foreign >= perhaps_foreign && own.signs >= fewest_letters;
    out.foreign =
        other_script && region.foreign >= also_foreign && region.confidence >= rather_text && !agreed && !engine_sure;
    const bool latin = !other_script && region.foreign < perhaps_foreign && !half_saw_term && !is_piece;
    if (*cut_short) {
        out.ground = Ground::none;
    } else if (agreed || (latin && has_no_term(own, nearest, region, fairly_read, far_from_terms))) {
        out.ground = Ground::surely_read;
    } else if (latin && std::any_of(poor_rules.begin(), poor_rules.end(), [&](const PoorRule& rule) {
                   return has_no_term(own, nearest, region, rule.read_from, rule.score_below);
               })) {
        out.ground = Ground::poorly_read;
    } else if (((blank || is_of_shapes(own, nearest, region) || is_periodic(seen.view.mat)) && !engine_sure) ||
               (no_room && !out.foreign)) {
        out.ground = Ground::empty;
    }
    const bool ornate = out.ground == Ground::none && other_script && is_surely_foreign(own);
    out.suspect = !agreed && (!engine_sure || misread_alike) && !no_room &&
                  (is_near(own, nearest) || half_saw_term || is_piece || ornate);
    out.near_term = out.suspect && (is_piece || (own.path >= wholly_seen && nearest.place.score >= rather_far));
    out.others.push_back(
        spotted_about(page, region, seen, nearest, out.suspect ? suspect_score : spotted_score, of_engine));
    out.readings.push_back(std::move(best));
    if (!ours.empty()) {
        out.readings.push_back(moved({recogniser_.likely(own)}, seen.view.mapping, page.mapping));
        out.others.push_back(moved(ours, seen.view.mapping, page.mapping));
    }
    return out;
}

bool LineReader::has_capitals_like_a_term(const std::string& text) const {
    // Small letters that resemble a term are an everyday word's.
    return cases_of(text).small == 0 && is_like_a_term(folded_letters(text), terms_);
}

SpottedLine LineReader::spotted(const View& page, const TextRegion& region, const std::string& by_engine) {
    // A short line of Latin letters is at once looked at with what stands beside it.
    constexpr float widest_letter = 1.2F; // x-heights, in the mean of a few
    const bool is_small =
        region.foreign < also_foreign && reading_width(region.quad) <= widest_letter * few_letters * region.x_height;
    const Seen seen = look(page, is_small ? widened(region) : region);
    const Nearest nearest = nearest_of(seen.reading, terms_);
    const std::string letters = folded_letters(by_engine);
    SpottedLine out;
    out.lines = is_small ? spotted_in(page, seen, nearest, spotted_score)
                         : spotted_about(page, region, seen, nearest, spotted_score, letters);
    const bool same = likeness(letters, letters_of({seen.reading.line})) >= same_reading;
    const bool whole = seen.reading.path >= wholly_seen;
    const bool near = whole && is_near(seen.reading, nearest);
    out.fairly_read = whole && seen.reading.confidence >= fairly_read;
    out.suspect = out.lines.empty() && (near || (has_capitals_like_a_term(by_engine) && !same));
    if (!is_small) {
        out.foreign = seen.reading.foreign >= perhaps_foreign && seen.reading.signs >= fewest_letters;
        out.reading = moved({recogniser_.likely(seen.reading)}, seen.view.mapping, page.mapping);
    }
    return out;
}

bool LineReader::is_mirrored(const View& page, const std::vector<TextRegion>& regions) {
    // Mirrored lines are read as letters, too (0.45 to 0.78, one in ten above 0.88), and weigh half of what their
    // reflection does.
    constexpr std::size_t most = 3;
    constexpr float surely_not = 0.92F; // mean probability of a line as it stands
    constexpr float much = 10;          // letters that were read well
    constexpr float clearly = 1.4F;
    const auto best_of = [&](const cv::Mat& gray) {
        cv::Mat turned;
        cv::rotate(gray, turned, cv::ROTATE_180);
        return std::max(reading_of(gray), reading_of(turned),
                        [](const LineReading& a, const LineReading& b) { return weight_of(a) < weight_of(b); });
    };
    float as_they_stand = 0;
    float reflected = 0;
    for (const TextRegion* region : longest_of(regions, most)) {
        const cv::Mat gray = picture_of(page, *region);
        const LineReading reading = best_of(gray);
        if (reading.confidence >= surely_not && !reading.line.words.empty()) {
            return false;
        }
        cv::Mat reflection;
        cv::flip(gray, reflection, 1);
        as_they_stand += weight_of(reading);
        reflected += weight_of(best_of(reflection));
        if (as_they_stand >= reflected) {
            return false;
        }
    }
    return reflected >= much && reflected >= clearly * as_they_stand;
}

HeadOver LineReader::stands_on_its_head(const View& page, const std::vector<TextRegion>& regions) {
    constexpr std::size_t most = 5;
    const std::vector<const TextRegion*> longest = longest_of(regions, most);
    float upright = 0;
    float over = 0;
    HeadOver out;
    for (std::size_t i = 0; i < longest.size(); ++i) {
        const cv::Mat gray = picture_of(page, *longest[i]);
        const LineReading as_it_stands = reading_of(gray);
        constexpr float surely_nothing = 0.96F; // writing that stands on its head may also read as nothing, less surely
        if (as_it_stands.line.words.empty() && as_it_stands.confidence >= surely_nothing) {
            continue;
        }
        cv::Mat turned;
        cv::rotate(gray, turned, cv::ROTATE_180);
        upright += weight_of(as_it_stands);
        over += weight_of(reading_of(turned));
        const float weight = upright + over;
        if (weight > 0) {
            out.share = over / weight;
        }
        constexpr float half = 0.5F;
        constexpr float much = 10; // letters that were read well
        constexpr float clear = 0.2F;
        constexpr float very_clear = 0.3F;
        const float apart = std::abs(out.share - half);
        out.sure = weight >= much && apart >= clear;
        if (out.sure && (i >= 2 || (i == 1 && apart >= very_clear))) {
            break;
        }
    }
    return out;
}

} // namespace saring::text
