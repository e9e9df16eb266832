// Answers what rules ask about the place of a match and about what stands near it.
#include "match/surroundings.hpp"

#include "saring/geometry.hpp"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <string_view>
#include <utility>

namespace saring::match {
namespace {

constexpr std::size_t stray = 2; // letters of dirt beside a stamp

// How many letters of some tokens are capitals, and how many small ones look alike but for their size: readers mistake
// these, and a capital I for a small l.
struct LetterCases {
    std::size_t capitals = 0;
    std::size_t alike = 0;
    std::size_t small = 0;

    void add(const Token& token, std::string_view source) {
        if (token.capitals) {
            capitals += token.folded.size();
            return;
        }
        for (const char c : source) {
            constexpr std::string_view same_shape = "licosvwxz";
            capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
            alike += same_shape.find(c) != std::string_view::npos ? 1 : 0;
            small += c >= 'a' && c <= 'z' && same_shape.find(c) == std::string_view::npos ? 1 : 0;
        }
    }
    [[nodiscard]] bool are_capitals() const { return small == 0 && capitals >= alike; }
};

bool is_red(std::uint32_t ink) {
    const int red = static_cast<int>(ink >> 16U & 0xFFU);
    const int other = std::max(static_cast<int>(ink >> 8U & 0xFFU), static_cast<int>(ink & 0xFFU));
    constexpr int difference = 60; // of 255 levels
    return red - other > difference;
}

bool touches(Window a, Window b) { return a.first < b.last && b.first < a.last; }

} // namespace

Surroundings::Surroundings(std::span<const Line> lines, const NormalText& text) : lines_(lines), text_(text) {
    std::vector<float> heights;
    top_ = std::numeric_limits<float>::max();
    bottom_ = std::numeric_limits<float>::lowest();
    for (const Line& line : lines) {
        if (line.x_height > 0) {
            heights.push_back(line.x_height);
        }
        const Box box = bounding_box(line.quad);
        if (box.area() > 0) {
            top_ = std::min(top_, box.top);
            bottom_ = std::max(bottom_, box.bottom);
        }
    }
    if (!heights.empty()) {
        const auto middle = heights.begin() + static_cast<std::ptrdiff_t>(heights.size() / 2);
        std::nth_element(heights.begin(), middle, heights.end());
        usual_height_ = *middle;
    }
}

// The first window of an owner that reaches into the tokens [from, to) and is accepted. A window has at most as many
// tokens as the longest hit.
template <typename Accept>
std::optional<Window> Surroundings::find_between(const std::vector<Owned>& all, std::size_t owner, std::size_t from,
                                                 std::size_t to, Accept accept) {
    const std::size_t begin = from - std::min(from, PhraseIndex::most_tokens);
    auto at = std::lower_bound(all.begin(), all.end(), std::pair(owner, begin),
                               [](const Owned& o, const std::pair<std::size_t, std::size_t>& wanted) {
                                   return std::pair(o.owner, o.window.first) < wanted;
                               });
    for (; at != all.end() && at->owner == owner && at->window.first < to; ++at) {
        if (accept(*at)) {
            return at->window;
        }
    }
    return std::nullopt;
}

void Surroundings::sort() {
    for (auto* owned : {&cues_, &excuses_, &allowed_}) {
        std::sort(owned->begin(), owned->end(), [](const Owned& a, const Owned& b) {
            return std::pair(a.owner, a.window.first) < std::pair(b.owner, b.window.first);
        });
    }
}

std::vector<LineSpan> Surroundings::spans(Window window) const {
    std::vector<LineSpan> out;
    for (std::size_t i = window.first; i < window.last; ++i) {
        const Token& token = text_.tokens[i];
        if (out.empty() || out.back().line != token.line) {
            out.push_back({token.line, token.begin, token.end});
        } else {
            out.back().end = token.end;
        }
    }
    return out;
}

Window Surroundings::window(const std::vector<LineSpan>& spans) const {
    const auto begin_of_line = [&](int line) {
        return text_.tokens.begin() + static_cast<std::ptrdiff_t>(text_.first_token[static_cast<std::size_t>(line)]);
    };
    const LineSpan& front = spans.front();
    const LineSpan& back = spans.back();
    const auto first = std::partition_point(begin_of_line(front.line), begin_of_line(front.line + 1),
                                            [&](const Token& token) { return token.end <= front.begin; });
    const auto last = std::partition_point(begin_of_line(back.line), begin_of_line(back.line + 1),
                                           [&](const Token& token) { return token.begin < back.end; });
    return {static_cast<std::size_t>(first - text_.tokens.begin()),
            static_cast<std::size_t>(std::max(first, last) - text_.tokens.begin())};
}

std::string Surroundings::source(const std::vector<LineSpan>& spans) const {
    std::string out;
    for (const LineSpan& span : spans) {
        out += (out.empty() ? "" : " ") + line(span.line).text.substr(span.begin, span.end - span.begin);
    }
    return out;
}

float Surroundings::confidence(Window window) const {
    float sum = 0;
    float weight = 0;
    for (std::size_t i = window.first; i < window.last; ++i) {
        const auto length = static_cast<float>(text_.tokens[i].folded.size());
        sum += text_.tokens[i].confidence * length;
        weight += length;
    }
    return weight > 0 ? sum / weight : 0;
}

bool Surroundings::is_allowed(Window window) const {
    return find_between(allowed_, 0, window.first, window.last,
                        [&](const Owned& at) { return touches(at.window, window); })
        .has_value();
}

std::optional<Window> Surroundings::excuse(std::size_t rule, Window window) const {
    return find_between(excuses_, rule, window.first, window.last,
                        [&](const Owned& at) { return touches(at.window, window); });
}

bool Surroundings::is_near(const Cue& cue, std::size_t number, Window window, bool apart) const {
    std::size_t from = 0;
    std::size_t to = text_.tokens.size();
    if (cue.reach == Cue::Reach::words) {
        const auto distance = static_cast<std::size_t>(cue.distance);
        from = window.first - std::min(window.first, distance + 1);
        to = window.last + distance + 1;
    } else if (cue.reach == Cue::Reach::line) {
        from = text_.first_token[static_cast<std::size_t>(text_.tokens[window.first].line)];
        to = text_.first_token[static_cast<std::size_t>(text_.tokens[window.last - 1].line) + 1];
    }
    return find_between(cues_, number, from, to,
                        [&](const Owned& at) {
                            return touches(at.window, window) ? !apart && !at.misread
                                                              : at.window.first < to && at.window.last > from;
                        })
        .has_value();
}

bool Surroundings::is_labelled(std::size_t cue, Window window) const {
    const auto& tokens = text_.tokens;
    constexpr std::size_t pieces = 2; // of dirt between them
    return find_between(cues_, cue, window.first - std::min(window.first, pieces + 1), window.first,
                        [&](const Owned& owned) {
                            const Window at = owned.window;
                            if (at.last > window.first || window.first - at.last > pieces ||
                                tokens[window.first].line > tokens[at.last - 1].line + 1) {
                                return false;
                            }
                            return std::all_of(tokens.begin() + static_cast<std::ptrdiff_t>(at.last),
                                               tokens.begin() + static_cast<std::ptrdiff_t>(window.first),
                                               [](const Token& token) { return token.folded.size() <= 1; });
                        })
        .has_value();
}

bool Surroundings::is_at(Window window, Place place) const {
    const Token& first = text_.tokens[window.first];
    const Token& last = text_.tokens[window.last - 1];
    switch (place) {
    case Place::anywhere: return true;
    case Place::capitals: return is_in_capitals(window);
    case Place::emphasised: return is_in_capitals(window) && is_emphasised(window);
    case Place::start: return letters_before(window) <= stray;
    case Place::alone: return letters_before(window) <= stray && letters_behind(window) <= stray;
    case Place::label: return is_label(window);
    case Place::top: return is_in_part(first.line, true);
    case Place::bottom: return is_in_part(last.line, false);
    case Place::large: {
        constexpr float larger = 1.4F;
        return usual_height_ > 0 && line(first.line).x_height > larger * usual_height_;
    }
    case Place::red: return is_red(line(first.line).ink);
    case Place::stamp: return line(first.line).style == LineStyle::stamp;
    case Place::boxed: return line(first.line).boxed;
    }
    return false;
}

// Letters on the line before the window; counted no further than to tell whether it is more than dirt.
std::size_t Surroundings::letters_before(Window window) const {
    std::size_t sum = 0;
    const int line = text_.tokens[window.first].line;
    const std::size_t begin = text_.first_token[static_cast<std::size_t>(line)];
    for (std::size_t i = window.first; i > begin && sum <= stray; --i) {
        sum += text_.tokens[i - 1].folded.size();
    }
    return sum;
}

std::size_t Surroundings::letters_behind(Window window) const {
    std::size_t sum = 0;
    const int line = text_.tokens[window.last - 1].line;
    const std::size_t end = text_.first_token[static_cast<std::size_t>(line) + 1];
    for (std::size_t i = window.last; i < end && sum <= stray; ++i) {
        sum += text_.tokens[i].folded.size();
    }
    return sum;
}

bool Surroundings::is_in_capitals(Window window) const {
    LetterCases cases;
    for (std::size_t i = window.first; i < window.last; ++i) {
        const Token& token = text_.tokens[i];
        cases.add(token, std::string_view(line(token.line).text).substr(token.begin, token.end - token.begin));
    }
    return cases.are_capitals();
}

// Whether of the letters that stand beside the window on its lines few belong to words in capitals.
bool Surroundings::is_emphasised(Window window) const {
    constexpr std::size_t few = 4; // one letter of so many
    std::size_t beside = 0;
    std::size_t capitals = 0;
    const auto begin = text_.first_token[static_cast<std::size_t>(text_.tokens[window.first].line)];
    const auto end = text_.first_token[static_cast<std::size_t>(text_.tokens[window.last - 1].line) + 1];
    for (std::size_t i = begin; i < end; ++i) {
        if (i < window.first || i >= window.last) {
            const std::size_t length = text_.tokens[i].folded.size();
            beside += length;
            capitals += is_in_capitals({i, i + 1}) ? length : 0;
        }
    }
    return beside > stray && capitals * few < beside;
}

bool Surroundings::is_label(Window window) const {
    const std::size_t behind = letters_behind(window);
    if (letters_before(window) > stray) {
        return false;
    }
    const Token& last = text_.tokens[window.last - 1];
    const std::string_view rest = std::string_view(line(last.line).text).substr(last.end);
    const bool ends = last.after == '-' || last.after == ':' || last.after == '/' || behind <= stray;
    return ends || rest.starts_with(" - ") || rest.starts_with(" – ") || rest.starts_with(" — ") ||
           rest.starts_with(" : ");
}

// The upper or lower part of the page, by pixels or, in plain text, by lines.
bool Surroundings::is_in_part(int index, bool upper) const {
    constexpr float part = 0.15F;
    if (bottom_ > top_) {
        const Box box = bounding_box(line(index).quad);
        const float place = ((box.top + box.bottom) / 2 - top_) / (bottom_ - top_);
        return upper ? place < part : place > 1 - part;
    }
    constexpr int few = 3;
    if (lines_.size() <= 2 * static_cast<std::size_t>(few)) { // too short to have parts
        return false;
    }
    return upper ? index < few : index + few >= static_cast<int>(lines_.size());
}

} // namespace saring::match
