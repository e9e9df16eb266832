// Rules are data: models/rules/*.toml. A pack proves itself on its own examples when it is loaded.
#pragma once

#include "match/phrase_index.hpp"
#include "match/validators.hpp"
#include "saring/finding.hpp"
#include "saring/language.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace re2 {
class RE2;
}

namespace saring::match {

struct TwoLanguages {
    std::string indonesian;
    std::string english;

    [[nodiscard]] const std::string& in(Language language) const {
        return language == Language::indonesian ? indonesian : english;
    }
};

// Where a match stands. `places` of a rule are conditions, one of which is enough; `raise` adds to the confidence.
enum class Place : std::uint8_t {
    anywhere,
    capitals,   // every letter of the match is a capital
    emphasised, // the same, on a line whose other words are not
    alone,      // nothing else of weight on its line
    label,      // first on its line, before a dash, a colon or the end of the line
    start,      // first on its line
    top,        // in the uppermost or
    bottom,     // lowest part of the page
    large,      // in letters larger than the page's usual ones
    red,        // in red ink
    stamp,      // in ink laid over the page
    boxed,      // with lines drawn around it
};
std::string_view name_of(Place place);

struct Pattern {
    std::shared_ptr<const re2::RE2> expression;
    bool raw = false; // on the line as it is, instead of on its folded form
};

// Terms of which two different ones make a cue where a comma or a word like "and" joins them on one line.
struct Enumeration {
    std::vector<Phrase> items;
    std::vector<std::string> joints;  // words that join
    std::vector<std::string> fillers; // that may stand between as well: "when", "strictly"
};

// Words that say something about a match near them: "draft", "has been announced".
struct Cue {
    enum class Reach : std::uint8_t { words, line, page };

    std::string name;
    std::vector<Phrase> words;
    std::vector<Pattern> patterns; // of one line
    std::vector<Enumeration> lists;
    Reach reach = Reach::words;
    int distance = 10; // words between it and the match at most, for Reach::words
};

// A cue by its place in RuleSet::cues, and what it does to the confidence of a match near it.
struct Weight {
    std::size_t cue = 0;
    float confidence = 0;
};

struct Rule {
    std::string id;
    std::string pack;
    Category category = Category::marker;
    Severity severity = Severity::medium;
    TwoLanguages title;
    TwoLanguages advice;
    std::string source; // key into the facts of the domain notes
    std::string ask;    // whom to ask, for an agency's own words
    std::vector<Phrase> terms;
    std::vector<Pattern> patterns;          // of one line; the first group, where there is one, is what was found
    bool two_lines = false;                 // patterns may begin on one line and end on the next
    std::shared_ptr<const re2::RE2> tail;   // what right behind the found place, on its line, is told with it; or null
    Validator validator = nullptr;          // of what a pattern found
    std::vector<std::vector<Place>> places; // one of these groups must hold whole; empty: anywhere
    std::vector<Phrase> unless;             // harmless phrases: a match that touches one does not count
    std::vector<std::size_t> with;          // cues that must all stand near
    std::vector<std::size_t> after;         // cues of which one must stand right before
    std::vector<std::size_t> graver;        // cues that raise the severity by a step
    std::vector<std::size_t> milder;        // cues that lower it by one
    std::vector<Weight> lower;              // cues that speak against it
    std::vector<std::pair<Place, float>> raise;
    std::string metadata;                       // "gps": found in the file's own facts instead of in text
    std::string opt_in;                         // only active where this name is enabled; empty: always
    std::optional<std::chrono::sys_days> until; // the last day on which it counts
    bool spot = true; // its terms are also looked for by their shape in writing that cannot be read
    float minimum_confidence = 0.3F;
    float block_confidence = 0.6F;
    std::vector<std::string> flag;  // texts that must be found by this rule
    std::vector<std::string> clean; // texts that this rule must leave alone
    std::filesystem::path path;     // of the pack, for complaints
    std::uint32_t line = 0;
};

// What stands in one file, for lists and provenance.
struct RulePack {
    std::string name;
    std::string sha256; // of the file
    std::filesystem::path path;
};

struct RuleSet {
    std::vector<RulePack> packs;
    std::vector<Rule> rules;
    std::vector<Cue> cues;
    std::vector<Phrase> allow; // phrases that are nothing to any rule
};

// How strict: thresholds are moved by it, see models/rules/README.md.
struct LoadOptions {
    std::set<std::string> enable;               // names of opt-in rules, or their ids
    std::optional<std::chrono::sys_days> as_of; // the day on which rules must still count; empty: today
    bool all_optional = false;                  // whatever has to be opted in is active
    bool check_examples = true;                 // false: for a look at all of failed_examples() at once
};

// An example that its rule gets wrong.
struct FailedExample {
    const Rule* rule = nullptr;
    bool missed = false; // a `flag` example; else a `clean` one that fires
    std::string text;
};

// Runs all rules on their own examples. The rules must outlive the answer.
std::vector<FailedExample> failed_examples(const RuleSet& rules);

// All packs of the folders, and single files, by file name. A rule id that comes twice without `override`, an unknown
// cue and a rule that fails one of its examples are errors: Error(bad_rules) with file, line and what to change.
RuleSet load_rules(const std::vector<std::filesystem::path>& folders_and_files, const LoadOptions& options = {});

// The day of the system's clock, or of "2026-08-17". Throws Error(bad_option).
std::chrono::sys_days day_of(std::string_view date);
std::string text_of(std::chrono::sys_days day); // "2026-08-17"

} // namespace saring::match
