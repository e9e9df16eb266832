// Rules are data: models/rules/*.toml. A pack proves itself on its own examples when it is loaded.
#pragma once

#include "saring/finding.hpp"
#include "saring/language.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
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

// Where a term must stand to count. Several may be given; one of them is enough.
enum class Place : std::uint8_t {
    anywhere,
    capitals, // every letter of the match is a capital
    alone,    // nothing else of weight on its line
    label,    // first on its line, before a dash, a colon, the end of the line, or after a label such as "Sifat:"
};

struct Term {
    std::string text;     // as the pack has it
    std::string packed;   // folded letters and digits
    std::string skeleton; // see match::skeleton()
};

struct Rule {
    std::string id;
    Category category = Category::marker;
    Severity severity = Severity::medium;
    TwoLanguages title;
    TwoLanguages advice;
    std::string source; // key into the facts of the domain notes
    std::vector<Term> terms;
    std::vector<std::shared_ptr<const re2::RE2>> patterns; // on the folded text of one line
    std::vector<Place> places{Place::anywhere};
    std::vector<std::string> unless; // folded phrases: a match within or beside one does not count
    std::string metadata;            // "gps": found in the file's own facts instead of in text
    std::vector<std::string> near;   // folded words, one of which must stand on the page where this is not empty
    int edits = -1;                  // allowed edits; -1: by length (none up to 6 letters, 1 from 7, 2 from 12)
    float block_confidence = 0.6F;
    std::vector<std::string> flag;  // texts that must be found by this rule
    std::vector<std::string> clean; // texts that this rule must leave alone
};

struct RulePack {
    std::string name;
    std::string sha256; // of the file
    std::filesystem::path path;
    std::vector<Rule> rules;
};

// Reads one pack. Throws Error(bad_rules) with file, line and what to change.
RulePack load_pack(const std::filesystem::path& file);

// All packs of the folders, by file name; a rule id that comes twice is an error. Every rule is run on its own
// examples.
std::vector<RulePack> load_packs(const std::vector<std::filesystem::path>& folders);

} // namespace saring::match
