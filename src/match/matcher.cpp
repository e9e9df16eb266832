// Phrases and patterns say where something may stand (PhraseIndex, PatternIndex); here every such place is weighed as
// its rule asks: where it stands, what stands near, whether the value is one. Whatever is decided is told with its
// reason.
#include "match/matcher.hpp"

#include "match/normalise.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <optional>

namespace saring::match {
namespace {

constexpr float edit_cost = 0.12F;           // of confidence, for each edit
constexpr float skeleton_cost = 0.03F;       // of confidence, where signs had to be taken for letters
constexpr float shape_cost = 0.3F;           // where a value has the form but not the proof
constexpr std::size_t most_of_a_rule = 1000; // places of a rule in one flow: more of them change no verdict
constexpr std::size_t stray = 2;             // letters of dirt beside a stamp

// A run of tokens.
struct Window {
    std::size_t first = 0;
    std::size_t last = 0; // one behind
};

std::size_t length_of(const Match& match) {
    std::size_t sum = 0;
    for (const LineSpan& span : match.spans) {
        sum += span.end - span.begin;
    }
    return sum;
}

// Places that are taken, by what took them; taken places of one group never overlap.
class Taken {
public:
    // Who holds a part of the match's place among those of its group; null, and the place is taken, where nobody does.
    const Match* holder_or_take(std::size_t group, const Match& match) {
        for (const LineSpan& span : match.spans) {
            auto& line = lines_[{group, span.line}];
            const auto behind = line.lower_bound(span.end);
            if (behind != line.begin() && std::prev(behind)->second.first > span.begin) {
                return std::prev(behind)->second.second;
            }
        }
        for (const LineSpan& span : match.spans) {
            lines_[{group, span.line}].emplace(span.begin, std::pair(span.end, &match));
        }
        return nullptr;
    }

private:
    std::map<std::pair<std::size_t, int>, std::map<std::size_t, std::pair<std::size_t, const Match*>>> lines_;
};

// Among found places that overlap within a group, all but the best become `overlapped`.
template <typename Better, typename Group> void keep_best(std::vector<Considered>& all, Better better, Group group) {
    std::stable_sort(all.begin(), all.end(),
                     [&](const Considered& a, const Considered& b) { return better(a.match, b.match); });
    Taken taken;
    for (Considered& considered : all) {
        if (considered.outcome != Outcome::found) {
            continue;
        }
        if (const Match* holder = taken.holder_or_take(group(considered.match), considered.match)) {
            considered.outcome = Outcome::overlapped;
            considered.detail = holder->rule->id;
        }
    }
}

Severity stepped(Severity severity, int steps) {
    const int level = std::clamp(static_cast<int>(severity) + steps, static_cast<int>(Severity::low),
                                 static_cast<int>(Severity::critical));
    return static_cast<Severity>(level);
}

// A reader's small l among capitals is a capital I.
bool is_capital(const Token& token, std::string_view source) {
    const bool letterless =
        std::all_of(token.folded.begin(), token.folded.end(), [](char c) { return c < 'a' || c > 'z'; });
    if (token.capitals || letterless) {
        return true;
    }
    const auto small = std::count_if(source.begin(), source.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    const auto small_l = std::count_if(source.begin(), source.end(), [](char c) { return c == 'l' || c == 'i'; });
    const auto capital = std::count_if(source.begin(), source.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return small == small_l && capital >= small;
}

bool is_red(std::uint32_t ink) {
    const int red = static_cast<int>(ink >> 16U & 0xFFU);
    const int other = std::max(static_cast<int>(ink >> 8U & 0xFFU), static_cast<int>(ink & 0xFFU));
    constexpr int difference = 60; // of 255 levels
    return red - other > difference;
}

} // namespace

std::string_view name_of(Outcome outcome) {
    constexpr std::array<std::string_view, 9> names{"found",      "overlapped", "allowed", "excused", "out_of_place",
                                                    "unlabelled", "single_cue", "refused", "doubtful"};
    return names.at(static_cast<std::size_t>(outcome));
}

// One flow of lines with all that the rules ask about it.
class Matcher::Page {
public:
    Page(std::span<const Line> lines, const NormalText& text) : lines_(lines), text_(text) {
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

    void add_cue(std::uint32_t cue, Window window) { cues_.push_back({cue, window}); }
    void add_excuse(std::uint32_t rule, const Hit& hit) { excuses_.push_back({rule, {hit.first, hit.last}}); }
    void add_allowed(const Hit& hit) { allowed_.push_back({0, {hit.first, hit.last}}); }

    // To be called when all of the above are known.
    void sort() {
        for (auto* owned : {&cues_, &excuses_, &allowed_}) {
            std::sort(owned->begin(), owned->end(), [](const Owned& a, const Owned& b) {
                return std::pair(a.owner, a.window.first) < std::pair(b.owner, b.window.first);
            });
        }
    }

    [[nodiscard]] std::vector<LineSpan> spans(Window window) const {
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

    // The tokens that spans touch.
    [[nodiscard]] Window window(const std::vector<LineSpan>& spans) const {
        const auto begin_of_line = [&](int line) {
            return text_.tokens.begin() +
                   static_cast<std::ptrdiff_t>(text_.first_token[static_cast<std::size_t>(line)]);
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

    [[nodiscard]] std::string source(const std::vector<LineSpan>& spans) const {
        std::string out;
        for (const LineSpan& span : spans) {
            out += (out.empty() ? "" : " ") + line(span.line).text.substr(span.begin, span.end - span.begin);
        }
        return out;
    }

    // Mean confidence of the tokens, weighted by their letters.
    [[nodiscard]] float confidence(Window window) const {
        float sum = 0;
        float weight = 0;
        for (std::size_t i = window.first; i < window.last; ++i) {
            const auto length = static_cast<float>(text_.tokens[i].folded.size());
            sum += text_.tokens[i].confidence * length;
            weight += length;
        }
        return weight > 0 ? sum / weight : 0;
    }

    [[nodiscard]] bool is_allowed(Window window) const {
        return find_between(allowed_, 0, window.first, window.last, [&](Window at) { return touches(at, window); })
            .has_value();
    }

    // The harmless phrase of the rule that touches the window.
    [[nodiscard]] std::optional<Window> excuse(std::size_t rule, Window window) const {
        return find_between(excuses_, rule, window.first, window.last, [&](Window at) { return touches(at, window); });
    }

    // Whether a cue stands near enough. Where `apart`, words of the match itself are none.
    [[nodiscard]] bool is_near(const Cue& cue, std::size_t number, Window window, bool apart) const {
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
                            [&](Window at) { return touches(at, window) ? !apart : at.first < to && at.last > from; })
            .has_value();
    }

    // Whether a cue ends right before the window, on its line or the one above.
    [[nodiscard]] bool is_labelled(std::size_t cue, Window window) const {
        const auto& tokens = text_.tokens;
        constexpr std::size_t pieces = 2; // of dirt between them
        return find_between(cues_, cue, window.first - std::min(window.first, pieces + 1), window.first,
                            [&](Window at) {
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

    [[nodiscard]] bool is_at(Window window, Place place) const {
        const Token& first = text_.tokens[window.first];
        const Token& last = text_.tokens[window.last - 1];
        switch (place) {
        case Place::anywhere: return true;
        case Place::capitals:
            return std::all_of(
                text_.tokens.begin() + static_cast<std::ptrdiff_t>(window.first),
                text_.tokens.begin() + static_cast<std::ptrdiff_t>(window.last), [&](const Token& token) {
                    return is_capital(
                        token, std::string_view(line(token.line).text).substr(token.begin, token.end - token.begin));
                });
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
        }
        return false;
    }

private:
    // A window that belongs to a rule or a cue.
    struct Owned {
        std::size_t owner = 0;
        Window window;
    };

    static bool touches(Window a, Window b) { return a.first < b.last && b.first < a.last; }

    // The first window of an owner that reaches into the tokens [from, to) and is accepted. A window has at most as
    // many tokens as the longest hit.
    template <typename Accept>
    static std::optional<Window> find_between(const std::vector<Owned>& all, std::size_t owner, std::size_t from,
                                              std::size_t to, Accept accept) {
        const std::size_t begin = from - std::min(from, PhraseIndex::most_tokens);
        auto at = std::lower_bound(all.begin(), all.end(), std::pair(owner, begin),
                                   [](const Owned& o, const std::pair<std::size_t, std::size_t>& wanted) {
                                       return std::pair(o.owner, o.window.first) < wanted;
                                   });
        for (; at != all.end() && at->owner == owner && at->window.first < to; ++at) {
            if (accept(at->window)) {
                return at->window;
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] const Line& line(int index) const { return lines_[static_cast<std::size_t>(index)]; }

    // Letters on the line before the window; counted no further than to tell whether it is more than dirt.
    [[nodiscard]] std::size_t letters_before(Window window) const {
        std::size_t sum = 0;
        const int line = text_.tokens[window.first].line;
        const std::size_t begin = text_.first_token[static_cast<std::size_t>(line)];
        for (std::size_t i = window.first; i > begin && sum <= stray; --i) {
            sum += text_.tokens[i - 1].folded.size();
        }
        return sum;
    }

    [[nodiscard]] std::size_t letters_behind(Window window) const {
        std::size_t sum = 0;
        const int line = text_.tokens[window.last - 1].line;
        const std::size_t end = text_.first_token[static_cast<std::size_t>(line) + 1];
        for (std::size_t i = window.last; i < end && sum <= stray; ++i) {
            sum += text_.tokens[i].folded.size();
        }
        return sum;
    }

    [[nodiscard]] bool is_label(Window window) const {
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
    [[nodiscard]] bool is_in_part(int index, bool upper) const {
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

    std::span<const Line> lines_;
    const NormalText& text_;
    std::vector<Owned> cues_;
    std::vector<Owned> excuses_;
    std::vector<Owned> allowed_;
    float top_ = 0;
    float bottom_ = 0;
    float usual_height_ = 0;
};

Matcher::Matcher(RuleSet rules, Thresholds thresholds)
    : rules_(std::move(rules)), thresholds_(thresholds), patterns_(rules_.rules, rules_.cues) {
    for (std::size_t i = 0; i < rules_.rules.size(); ++i) {
        for (const Phrase& term : rules_.rules[i].terms) {
            add_phrase(term, Role::Kind::term, i);
        }
        for (const Phrase& phrase : rules_.rules[i].unless) {
            add_phrase(phrase, Role::Kind::excuse, i);
        }
    }
    for (std::size_t i = 0; i < rules_.cues.size(); ++i) {
        for (const Phrase& word : rules_.cues[i].words) {
            add_phrase(word, Role::Kind::cue, i);
        }
    }
    for (const Phrase& phrase : rules_.allow) {
        add_phrase(phrase, Role::Kind::allow, 0);
    }
}

void Matcher::add_phrase(const Phrase& phrase, Role::Kind kind, std::size_t owner) {
    const std::uint32_t number = phrases_.add(phrase);
    if (number >= roles_.size()) {
        roles_.resize(number + 1);
    }
    roles_[number].push_back({kind, static_cast<std::uint32_t>(owner)});
}

// Of one rule's terms that begin at the same word, the best fits: fewest edits, then the longest.
void Matcher::add_term(std::uint32_t rule, const Hit& hit, std::vector<Candidate>& candidates) {
    const auto known = std::find_if(candidates.rbegin(), candidates.rend(), [&](const Candidate& other) {
        return other.first != hit.first || other.rule == rule;
    });
    if (known == candidates.rend() || known->first != hit.first) {
        candidates.push_back({rule, hit.first, hit.last, {}, &hit});
    } else if (std::pair(hit.edits, known->last) < std::pair(known->hit->edits, hit.last)) {
        known->last = hit.last;
        known->hit = &hit;
    }
}

Match Matcher::measured(const Candidate& candidate, const Page& page) const {
    const Rule& rule = rules_.rules[candidate.rule];
    const Window window{candidate.first, candidate.last};
    Match match;
    match.rule = &rule;
    match.spans = candidate.spans;
    match.text = page.source(match.spans);
    const auto near = [&](std::size_t cue, bool apart) { return page.is_near(rules_.cues[cue], cue, window, apart); };
    const auto add = [&](std::string what, float by) {
        match.confidence += by;
        match.steps.emplace_back(std::move(what), by);
    };
    add("read", page.confidence(window));
    if (candidate.hit != nullptr && !candidate.hit->exact) {
        match.edits = candidate.hit->edits;
        add("signs", -skeleton_cost);
        if (match.edits > 0) {
            add("edits", -edit_cost * static_cast<float>(match.edits));
        }
    }
    const bool checked = candidate.hit == nullptr && rule.validator != nullptr;
    match.proof = checked ? rule.validator(compatible(match.text)) : Proof::valid;
    if (match.proof == Proof::shape) {
        add("unproved", -shape_cost);
    }
    for (const auto& [where, by] : rule.raise) {
        if (page.is_at(window, where)) {
            add(std::string(name_of(where)), by);
        }
    }
    for (const Weight& weight : rule.lower) {
        if (near(weight.cue, false)) {
            add("@" + rules_.cues[weight.cue].name, -weight.confidence);
        }
    }
    match.confidence = std::clamp(match.confidence, 0.0F, 1.0F);
    const auto any_near = [&](const std::vector<std::size_t>& cues) {
        return std::any_of(cues.begin(), cues.end(), [&](std::size_t cue) { return near(cue, true); });
    };
    match.severity = stepped(rule.severity, (any_near(rule.graver) ? 1 : 0) - (any_near(rule.milder) ? 1 : 0));
    match.blocks = match.severity >= Severity::high && match.confidence >= rule.block_confidence + thresholds_.block;
    return match;
}

Considered Matcher::judged(const Candidate& candidate, const Page& page) const {
    const Rule& rule = rules_.rules[candidate.rule];
    const Window window{candidate.first, candidate.last};
    Match match = measured(candidate, page);
    const auto as = [&](Outcome outcome, std::string detail = {}) {
        return Considered{std::move(match), outcome, std::move(detail)};
    };
    if (page.is_allowed(window)) {
        return as(Outcome::allowed);
    }
    if (match.proof == Proof::none) {
        return as(Outcome::refused);
    }
    if (const auto excuse = page.excuse(candidate.rule, window)) {
        return as(Outcome::excused, page.source(page.spans(*excuse)));
    }
    const auto holds = [&](const std::vector<Place>& group) {
        return std::all_of(group.begin(), group.end(), [&](Place where) { return page.is_at(window, where); });
    };
    if (!rule.places.empty() && std::none_of(rule.places.begin(), rule.places.end(), holds)) {
        std::string wanted;
        for (const std::vector<Place>& group : rule.places) {
            for (std::size_t i = 0; i < group.size(); ++i) {
                wanted += (i > 0 ? "+" : wanted.empty() ? "" : ", ") + std::string(name_of(group[i]));
            }
        }
        return as(Outcome::out_of_place, wanted);
    }
    if (!rule.after.empty() && std::none_of(rule.after.begin(), rule.after.end(),
                                            [&](std::size_t cue) { return page.is_labelled(cue, window); })) {
        return as(Outcome::unlabelled, rules_.cues[rule.after.front()].name);
    }
    for (const std::size_t cue : rule.with) {
        if (!page.is_near(rules_.cues[cue], cue, window, true)) {
            return as(Outcome::single_cue, rules_.cues[cue].name);
        }
    }
    if (match.confidence < rule.minimum_confidence + thresholds_.minimum) {
        return as(Outcome::doubtful);
    }
    return as(Outcome::found);
}

std::vector<Considered> Matcher::weighed(std::span<const Line> lines) const {
    const NormalText text = normalise(lines);
    const std::vector<Hit> hits = phrases_.find(text);
    Page page(lines, text);
    std::vector<Candidate> candidates;
    for (const Hit& hit : hits) {
        for (const Role& role : roles_[hit.phrase]) {
            switch (role.kind) {
            case Role::Kind::cue: page.add_cue(role.owner, {hit.first, hit.last}); break;
            case Role::Kind::excuse: page.add_excuse(role.owner, hit); break;
            case Role::Kind::allow: page.add_allowed(hit); break;
            case Role::Kind::term: add_term(role.owner, hit, candidates); break;
            }
        }
    }
    for (Candidate& candidate : candidates) {
        candidate.spans = page.spans({candidate.first, candidate.last});
    }
    for (PatternHit& hit : patterns_.find(text, lines)) {
        const Window window = page.window(hit.spans);
        if (window.first >= window.last) {
            continue;
        }
        if (hit.owner < rules_.rules.size()) {
            candidates.push_back({hit.owner, window.first, window.last, std::move(hit.spans), nullptr});
        } else {
            page.add_cue(hit.owner - static_cast<std::uint32_t>(rules_.rules.size()), window);
        }
    }
    page.sort();
    std::vector<Considered> out;
    std::vector<std::size_t> found(rules_.rules.size());
    for (const Candidate& candidate : candidates) {
        if (found[candidate.rule] < most_of_a_rule) {
            out.push_back(judged(candidate, page));
            found[candidate.rule] += out.back().outcome == Outcome::found ? 1 : 0;
        }
    }
    return out;
}

std::vector<Considered> Matcher::consider(std::span<const Line> lines) const {
    std::vector<Considered> all = weighed(lines);
    // Of one rule's places on the same words, the exact one tells where it stands. Of several rules with the same
    // meaning, the gravest tells, then the longest: "SANGAT RAHASIA" hides "RAHASIA" in it.
    keep_best(
        all,
        [](const Match& a, const Match& b) {
            return a.edits != b.edits ? a.edits < b.edits : length_of(a) > length_of(b);
        },
        [&](const Match& match) { return static_cast<std::size_t>(match.rule - rules_.rules.data()); });
    keep_best(
        all,
        [](const Match& a, const Match& b) {
            return a.severity != b.severity ? a.severity > b.severity : length_of(a) > length_of(b);
        },
        [](const Match& match) { return static_cast<std::size_t>(match.rule->category); });
    std::stable_sort(all.begin(), all.end(), [](const Considered& a, const Considered& b) {
        return std::pair(a.match.spans[0].line, a.match.spans[0].begin) <
               std::pair(b.match.spans[0].line, b.match.spans[0].begin);
    });
    return all;
}

std::vector<Match> Matcher::find(std::span<const Line> lines) const {
    std::vector<Match> out;
    for (Considered& considered : consider(lines)) {
        if (considered.outcome == Outcome::found) {
            out.push_back(std::move(considered.match));
        }
    }
    return out;
}

bool Matcher::fires(std::size_t rule, std::span<const Line> lines) const {
    const std::vector<Considered> all = weighed(lines);
    return std::any_of(all.begin(), all.end(), [&](const Considered& considered) {
        return considered.outcome == Outcome::found && considered.match.rule == &rules_.rules[rule];
    });
}

} // namespace saring::match
