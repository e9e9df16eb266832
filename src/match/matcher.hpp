// Words to findings.
#pragma once

#include "match/pattern_index.hpp"
#include "match/phrase_index.hpp"
#include "match/rule_pack.hpp"
#include "saring/page.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace saring::match {

class Surroundings;

// What a rule found in one flow of lines.
struct Match {
    const Rule* rule = nullptr;
    std::vector<LineSpan> spans;          // one for each line that it touches, in the flow's lines
    std::string text;                     // as read, the spans joined by blanks
    Severity severity = Severity::medium; // the rule's, a step more or less by what stands near
    float confidence = 0;                 // the sum of `steps`, within 0 and 1
    bool blocks = false;                  // critical or high, and sure enough
    Proof proof = Proof::valid;           // what the rule's validator said
    int edits = 0;
    std::vector<std::pair<std::string, float>> steps; // what the confidence is made of: "read", "edits", "@published" …
};

// What became of a place that some rule looked at.
enum class Outcome : std::uint8_t {
    found,
    overlapped,   // another finding tells more of the same words
    allowed,      // a phrase that the allowlist holds
    excused,      // a harmless phrase of the rule
    out_of_place, // not where the rule wants it: alone, in capitals …
    unlabelled,   // no label right before it
    single_cue,   // a second cue is missing
    refused,      // the validator says that it is no such value
    doubtful,     // below the rule's minimum of confidence
};
std::string_view name_of(Outcome outcome);

struct Considered {
    Match match;
    Outcome outcome = Outcome::found;
    std::string detail; // the phrase, cue or place that decided
};

// Moves every rule's thresholds of confidence.
struct Thresholds {
    float minimum = 0;
    float block = 0;
};

class Matcher {
public:
    explicit Matcher(RuleSet rules, Thresholds thresholds = {});
    Matcher(Matcher&&) noexcept = default;
    Matcher& operator=(Matcher&&) noexcept = default;
    Matcher(const Matcher&) = delete; // matches point to the rules
    Matcher& operator=(const Matcher&) = delete;
    ~Matcher() = default;

    // Matches in the order of the text, overlapping ones of like meaning reduced to the gravest and longest.
    [[nodiscard]] std::vector<Match> find(std::span<const Line> lines) const;

    // Every place that a rule looked at, with what became of it.
    [[nodiscard]] std::vector<Considered> consider(std::span<const Line> lines) const;

    // Whether one rule finds something, whatever others say of the same words.
    [[nodiscard]] bool fires(std::size_t rule, std::span<const Line> lines) const;

    [[nodiscard]] const RuleSet& rules() const { return rules_; }

private:
    // What a phrase of the index is to a rule.
    struct Role {
        enum class Kind : std::uint8_t { term, excuse, allow, cue, item };
        Kind kind = Kind::term;
        std::uint32_t owner = 0; // rule or cue
        std::uint32_t list = 0;  // of the cue, for its items
    };
    // A place that a term or pattern of a rule fits.
    struct Candidate {
        std::uint32_t rule = 0;
        std::size_t first = 0; // tokens
        std::size_t last = 0;  // one behind
        std::vector<LineSpan> spans;
        const Hit* hit = nullptr; // null for patterns
    };

    void add_phrase(const Phrase& phrase, Role::Kind kind, std::size_t owner, std::size_t list = 0);
    static void add_term(std::uint32_t rule, const Hit& hit, std::vector<Candidate>& candidates);
    [[nodiscard]] Match measured(const Candidate& candidate, const Surroundings& around) const;
    [[nodiscard]] Considered judged(const Candidate& candidate, const Surroundings& around) const;
    [[nodiscard]] std::vector<Considered> weighed(std::span<const Line> lines) const;

    RuleSet rules_;
    Thresholds thresholds_;
    PhraseIndex phrases_;
    std::vector<std::vector<Role>> roles_; // for each phrase
    PatternIndex patterns_;
};

} // namespace saring::match
