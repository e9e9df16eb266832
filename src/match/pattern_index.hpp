// Regular expressions of all rules over lines, those left out whose literals are missing.
#pragma once

#include "match/literal_index.hpp"
#include "match/normalise.hpp"
#include "match/rule_pack.hpp"

#include <memory>
#include <span>
#include <vector>

namespace re2 {
class FilteredRE2;
}

namespace saring::match {

// Where a pattern stands.
struct PatternHit {
    std::uint32_t owner = 0;
    std::vector<LineSpan> spans; // of its first group, or of the whole
};

class PatternIndex {
public:
    // The patterns of rules, then of cues: owners are counted through both.
    PatternIndex(const std::vector<Rule>& rules, const std::vector<Cue>& cues);
    PatternIndex(PatternIndex&&) noexcept;
    PatternIndex& operator=(PatternIndex&&) noexcept;
    ~PatternIndex();

    // Linear in the text for each pattern that its literals let through (RE2).
    [[nodiscard]] std::vector<PatternHit> find(const NormalText& text, std::span<const Line> lines) const;

private:
    struct Entry {
        Pattern pattern;
        std::uint32_t owner = 0;
        bool two_lines = false;
    };

    class Automaton;
    struct Automata;

    // Numbers of the patterns without a literal that may match on a line, or on it and the next.
    [[nodiscard]] std::vector<int> bare_in(const NormalText& text, std::span<const Line> lines, std::size_t line) const;
    // Numbers of the literals that a line holds.
    [[nodiscard]] std::vector<int> literals_in(std::string_view line) const;

    std::vector<Entry> entries_;
    std::unique_ptr<re2::FilteredRE2> filter_; // numbers patterns as entries_; null where there are none
    LiteralIndex literals_;
    std::vector<int> bare_;          // patterns without a literal, ordered
    std::vector<Automata> automata_; // for those of them on folded lines, and on lines as they are
};

} // namespace saring::match
