// Phrases and patterns say where something may stand (PhraseIndex, PatternIndex); here every such place is weighed as
// its rule asks: where it stands, what stands near, whether the value is one. Whatever is decided is told with its
// reason.
#include "match/matcher.hpp"

#include "match/enumeration.hpp"
#include "match/normalise.hpp"
#include "match/surroundings.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <map>

namespace saring::match {
namespace {

constexpr float edit_cost = 0.12F;           // of confidence, for each edit
constexpr float skeleton_cost = 0.03F;       // of confidence, where signs had to be taken for letters
constexpr float shape_cost = 0.3F;           // where a value has the form but not the proof
constexpr std::size_t most_of_a_rule = 1000; // found places of a rule in one flow that are told, beside graver ones

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

// What a rule's tail finds behind its place, up to the next place that is told, belongs to what is told: the hour at
// which an embargo ends. The places are in reading order.
void add_tails(std::vector<Considered>& all, std::span<const Line> lines) {
    for (std::size_t i = 0; i < all.size(); ++i) {
        Match& match = all[i].match;
        if (all[i].outcome != Outcome::found || match.rule->tail == nullptr) {
            continue;
        }
        LineSpan& last = match.spans.back();
        const std::string& line = lines[static_cast<std::size_t>(last.line)].text;
        std::size_t end = line.size();
        for (std::size_t other = i + 1; other < all.size() && all[other].match.spans[0].line <= last.line; ++other) {
            const LineSpan& next = all[other].match.spans[0];
            if (all[other].outcome == Outcome::found && next.line == last.line && next.begin >= last.end) {
                end = std::min(end, next.begin);
            }
        }
        re2::StringPiece tail;
        if (match.rule->tail->Match(line, last.end, end, re2::RE2::ANCHOR_START, &tail, 1)) {
            match.text.append(tail.data(), tail.size());
            last.end += tail.size();
        }
    }
}

Severity stepped(Severity severity, int steps) {
    const int level = std::clamp(static_cast<int>(severity) + steps, static_cast<int>(Severity::low),
                                 static_cast<int>(Severity::critical));
    return static_cast<Severity>(level);
}

} // namespace

std::string_view name_of(Outcome outcome) {
    constexpr std::array<std::string_view, 9> names{"found",      "overlapped", "allowed", "excused", "out_of_place",
                                                    "unlabelled", "single_cue", "refused", "doubtful"};
    return names.at(static_cast<std::size_t>(outcome));
}

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
        for (std::size_t list = 0; list < rules_.cues[i].lists.size(); ++list) {
            for (const Phrase& item : rules_.cues[i].lists[list].items) {
                add_phrase(item, Role::Kind::item, i, list);
            }
        }
    }
    for (const Phrase& phrase : rules_.allow) {
        add_phrase(phrase, Role::Kind::allow, 0);
    }
}

void Matcher::add_phrase(const Phrase& phrase, Role::Kind kind, std::size_t owner, std::size_t list) {
    const std::uint32_t number = phrases_.add(phrase);
    if (number >= roles_.size()) {
        roles_.resize(number + 1);
    }
    roles_[number].push_back({kind, static_cast<std::uint32_t>(owner), static_cast<std::uint32_t>(list)});
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

Match Matcher::measured(const Candidate& candidate, const Surroundings& around) const {
    const Rule& rule = rules_.rules[candidate.rule];
    const Window window{candidate.first, candidate.last};
    Match match;
    match.rule = &rule;
    match.spans = candidate.spans;
    match.text = around.source(match.spans);
    const auto near = [&](std::size_t cue, bool apart) { return around.is_near(rules_.cues[cue], cue, window, apart); };
    const auto add = [&](std::string what, float by) {
        match.confidence += by;
        match.steps.emplace_back(std::move(what), by);
    };
    add("read", around.confidence(window));
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
        if (around.is_at(window, where)) {
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

Considered Matcher::judged(const Candidate& candidate, const Surroundings& around) const {
    const Rule& rule = rules_.rules[candidate.rule];
    const Window window{candidate.first, candidate.last};
    Match match = measured(candidate, around);
    const auto as = [&](Outcome outcome, std::string detail = {}) {
        return Considered{std::move(match), outcome, std::move(detail)};
    };
    if (around.is_allowed(window)) {
        return as(Outcome::allowed);
    }
    if (match.proof == Proof::none) {
        return as(Outcome::refused);
    }
    if (const auto excuse = around.excuse(candidate.rule, window)) {
        return as(Outcome::excused, around.source(around.spans(*excuse)));
    }
    const auto holds = [&](const std::vector<Place>& group) {
        return std::all_of(group.begin(), group.end(), [&](Place where) { return around.is_at(window, where); });
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
                                            [&](std::size_t cue) { return around.is_labelled(cue, window); })) {
        return as(Outcome::unlabelled, rules_.cues[rule.after.front()].name);
    }
    for (const std::size_t cue : rule.with) {
        if (!around.is_near(rules_.cues[cue], cue, window, true)) {
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
    Surroundings around(lines, text);
    std::vector<Candidate> candidates;
    std::vector<Item> items;
    for (const Hit& hit : hits) {
        for (const Role& role : roles_[hit.phrase]) {
            switch (role.kind) {
            case Role::Kind::cue: around.add_cue(role.owner, {hit.first, hit.last}, !hit.exact); break;
            case Role::Kind::excuse: around.add_excuse(role.owner, hit); break;
            case Role::Kind::allow: around.add_allowed(hit); break;
            case Role::Kind::term: add_term(role.owner, hit, candidates); break;
            case Role::Kind::item:
                items.push_back(
                    {role.owner, &rules_.cues[role.owner].lists[role.list], hit.phrase, {hit.first, hit.last}});
                break;
            }
        }
    }
    for (const Item& joined : joined_items(items, text)) {
        around.add_cue(joined.cue, joined.window);
    }
    for (Candidate& candidate : candidates) {
        candidate.spans = around.spans({candidate.first, candidate.last});
    }
    for (PatternHit& hit : patterns_.find(text, lines)) {
        const Window window = around.window(hit.spans);
        if (window.first >= window.last) {
            continue;
        }
        if (hit.owner < rules_.rules.size()) {
            candidates.push_back({hit.owner, window.first, window.last, std::move(hit.spans), nullptr});
        } else {
            around.add_cue(hit.owner - static_cast<std::uint32_t>(rules_.rules.size()), window);
        }
    }
    around.sort();
    std::vector<Considered> out;
    struct Told {
        std::size_t places = 0;
        Severity gravest = Severity::low;
        bool blocks = false;
    };
    std::vector<Told> told(rules_.rules.size());
    for (const Candidate& candidate : candidates) {
        Considered considered = judged(candidate, around);
        Told& so_far = told[candidate.rule];
        const Match& match = considered.match;
        const bool found = considered.outcome == Outcome::found;
        const bool graver = match.severity > so_far.gravest || (match.blocks && !so_far.blocks);
        if (found && so_far.places >= most_of_a_rule && !graver) {
            continue; // one more changes no verdict
        }
        if (found) {
            ++so_far.places;
            so_far.gravest = std::max(so_far.gravest, match.severity);
            so_far.blocks |= match.blocks;
        }
        out.push_back(std::move(considered));
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
    add_tails(all, lines);
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
