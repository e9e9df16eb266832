#include "match/pattern_index.hpp"

#include <re2/filtered_re2.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <array>

namespace saring::match {
namespace {

constexpr int shortest_literal = 2; // bytes; what is shorter lets too many lines through

// A text for patterns, made of one or two lines, with the way back.
struct Haystack {
    struct Part {
        int line = 0;
        std::size_t begin = 0; // in `text`
        std::size_t end = 0;
        const std::vector<std::uint32_t>* source = nullptr; // null where the text is the line's own
    };
    std::string text;
    std::vector<Part> parts;

    void add(std::string_view line_text, int line, const std::vector<std::uint32_t>* source) {
        if (!parts.empty() && text.ends_with('-')) { // a word split over two lines
            text.pop_back();
            --parts.back().end;
        } else if (!parts.empty()) {
            text += '\n';
        }
        parts.push_back({line, text.size(), text.size() + line_text.size(), source});
        text += line_text;
    }

    [[nodiscard]] std::vector<LineSpan> spans(std::size_t begin, std::size_t end) const {
        std::vector<LineSpan> out;
        for (const Part& part : parts) {
            const std::size_t from = std::max(begin, part.begin);
            const std::size_t to = std::min(end, part.end);
            if (from >= to) {
                continue;
            }
            const auto back = [&](std::size_t at) {
                return part.source != nullptr ? std::size_t{(*part.source)[at]} : at;
            };
            const LineSpan span{part.line, back(from - part.begin), back(to - part.begin)};
            if (span.begin < span.end) {
                out.push_back(span);
            }
        }
        return out;
    }
};

// All matches that do not lie within the last part alone, where there are two: those are the next line's own.
template <typename Visit> void search(const re2::RE2& expression, const Haystack& haystack, Visit visit) {
    const std::string& text = haystack.text;
    const bool grouped = expression.NumberOfCapturingGroups() > 0;
    std::size_t from = 0;
    std::array<re2::StringPiece, 2> found;
    while (from <= text.size() &&
           expression.Match(text, from, text.size(), re2::RE2::UNANCHORED, found.data(), grouped ? 2 : 1)) {
        const auto begin = static_cast<std::size_t>(found[0].data() - text.data());
        const std::size_t end = begin + found[0].size();
        from = std::max(end, begin + 1);
        if (haystack.parts.size() > 1 && (begin >= haystack.parts[1].begin || end <= haystack.parts[0].end)) {
            continue;
        }
        const re2::StringPiece& what = grouped && found[1].data() != nullptr ? found[1] : found[0];
        const auto at = static_cast<std::size_t>(what.data() - text.data());
        visit(haystack.spans(at, at + what.size()));
    }
}

} // namespace

// Patterns without a literal in one automaton, which tells in one pass over a text which of them it holds.
class PatternIndex::Automaton {
public:
    void add(int number, const re2::RE2& expression) {
        if (!set_) {
            set_ = std::make_unique<re2::RE2::Set>(expression.options(), re2::RE2::UNANCHORED);
        }
        set_->Add(expression.pattern(), nullptr); // RE2 has taken it before
        numbers_.push_back(number);
    }

    [[nodiscard]] bool empty() const { return numbers_.empty(); }

    void compile() { usable_ = set_ && set_->Compile(); }

    // Appends the numbers of the patterns that may match: all of them where the automaton outgrows its memory.
    void holding(std::string_view text, std::vector<int>& out) const {
        if (numbers_.empty()) {
            return;
        }
        std::vector<int> found;
        re2::RE2::Set::ErrorInfo error{re2::RE2::Set::kNoError};
        if (usable_ && set_->Match(re2::StringPiece(text.data(), text.size()), &found, &error)) {
            std::transform(found.begin(), found.end(), std::back_inserter(out),
                           [&](int i) { return numbers_[static_cast<std::size_t>(i)]; });
        } else if (!usable_ || error.kind != re2::RE2::Set::kNoError) {
            out.insert(out.end(), numbers_.begin(), numbers_.end());
        }
    }

private:
    std::unique_ptr<re2::RE2::Set> set_;
    std::vector<int> numbers_; // of its patterns, in the order of the set
    bool usable_ = false;
};

// Those that look at one line, and those that look at two lines joined.
struct PatternIndex::Automata {
    Automaton line;
    Automaton two_lines;
};

PatternIndex::PatternIndex(const std::vector<Rule>& rules, const std::vector<Cue>& cues) {
    std::uint32_t owner = 0;
    for (const Rule& rule : rules) {
        for (const Pattern& pattern : rule.patterns) {
            entries_.push_back({pattern, owner, rule.two_lines});
        }
        ++owner;
    }
    for (const Cue& cue : cues) {
        for (const Pattern& pattern : cue.patterns) {
            entries_.push_back({pattern, owner, false});
        }
        ++owner;
    }
    if (entries_.empty()) {
        return;
    }
    filter_ = std::make_unique<re2::FilteredRE2>(shortest_literal);
    for (const Entry& entry : entries_) {
        int number = 0;
        filter_->Add(entry.pattern.expression->pattern(), entry.pattern.expression->options(), &number);
    }
    std::vector<std::string> literals;
    filter_->Compile(&literals);
    for (const std::string& literal : literals) {
        literals_.add(literal); // all different, so that RE2's numbers are the index's
    }
    filter_->AllPotentials({}, &bare_);
    automata_.resize(2);
    for (const int number : bare_) {
        const Entry& entry = entries_[static_cast<std::size_t>(number)];
        Automata& automata = automata_[entry.pattern.raw ? 1 : 0];
        automata.line.add(number, *entry.pattern.expression);
        if (entry.two_lines) {
            automata.two_lines.add(number, *entry.pattern.expression);
        }
    }
    for (Automata& automata : automata_) {
        automata.line.compile();
        automata.two_lines.compile();
    }
}

PatternIndex::PatternIndex(PatternIndex&&) noexcept = default;
PatternIndex& PatternIndex::operator=(PatternIndex&&) noexcept = default;
PatternIndex::~PatternIndex() = default;

std::vector<int> PatternIndex::literals_in(std::string_view line) const {
    std::vector<int> out;
    literals_.scan(line, [&](std::uint32_t number, std::size_t) { out.push_back(static_cast<int>(number)); });
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

std::vector<int> PatternIndex::bare_in(const NormalText& text, std::span<const Line> lines, std::size_t line) const {
    std::vector<int> out;
    const auto ask = [&](const Automata& automata, const auto& text_of) {
        automata.line.holding(text_of(line), out);
        if (!automata.two_lines.empty() && line + 1 < text.lines.size()) {
            Haystack joined;
            joined.add(text_of(line), 0, nullptr);
            joined.add(text_of(line + 1), 1, nullptr);
            automata.two_lines.holding(joined.text, out);
        }
    };
    ask(automata_[0], [&](std::size_t i) { return std::string_view(text.lines[i].text); });
    ask(automata_[1], [&](std::size_t i) { return std::string_view(lines[i].text); });
    return out;
}

std::vector<PatternHit> PatternIndex::find(const NormalText& text, std::span<const Line> lines) const {
    std::vector<PatternHit> out;
    if (!filter_) {
        return out;
    }
    std::vector<int> here;
    std::vector<int> next = text.lines.empty() ? std::vector<int>{} : literals_in(text.lines[0].text);
    std::vector<int> both;
    std::vector<int> let_through;
    std::vector<int> candidates;
    for (std::size_t i = 0; i < text.lines.size(); ++i) {
        here = std::move(next);
        const bool has_next = i + 1 < text.lines.size();
        next = has_next ? literals_in(text.lines[i + 1].text) : std::vector<int>{};
        both.clear();
        std::set_union(here.begin(), here.end(), next.begin(), next.end(), std::back_inserter(both));
        if (has_next && text.lines[i].text.ends_with('-')) { // a literal may be split over the lines
            Haystack joined;
            joined.add(text.lines[i].text, 0, nullptr);
            joined.add(text.lines[i + 1].text, 1, nullptr);
            const std::vector<int> split = literals_in(joined.text);
            both.insert(both.end(), split.begin(), split.end());
            std::sort(both.begin(), both.end());
            both.erase(std::unique(both.begin(), both.end()), both.end());
        }
        filter_->AllPotentials(both, &let_through);
        candidates.clear();
        std::set_difference(let_through.begin(), let_through.end(), bare_.begin(), bare_.end(),
                            std::back_inserter(candidates));
        const std::vector<int> bare = bare_in(text, lines, i);
        candidates.insert(candidates.end(), bare.begin(), bare.end());
        std::sort(candidates.begin(), candidates.end());
        candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
        for (const int number : candidates) {
            const Entry& entry = entries_[static_cast<std::size_t>(number)];
            const auto add = [&](Haystack& haystack, std::size_t line) {
                if (entry.pattern.raw) {
                    haystack.add(lines[line].text, static_cast<int>(line), nullptr);
                } else {
                    haystack.add(text.lines[line].text, static_cast<int>(line), &text.lines[line].source);
                }
            };
            const auto visit = [&](std::vector<LineSpan> spans) {
                if (!spans.empty()) {
                    out.push_back({entry.owner, std::move(spans)});
                }
            };
            Haystack haystack;
            add(haystack, i);
            search(*entry.pattern.expression, haystack, visit);
            if (entry.two_lines && has_next) {
                add(haystack, i + 1);
                search(*entry.pattern.expression, haystack, visit);
            }
        }
    }
    return out;
}

} // namespace saring::match
