// Cues and patterns of packs: from TOML to the numbers by which rules know them.
#pragma once

#include "match/pack_reader.hpp"
#include "match/phrase_index.hpp"
#include "match/rule_pack.hpp"

#include <toml++/toml.h>

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace saring::match {

// The pattern of `key`, compiled. Fails where it is invalid or matches nothing at all.
std::shared_ptr<const re2::RE2> compiled(const PackReader& reader, const toml::table& table, std::string_view key,
                                         const std::string& pattern);

// The same for all patterns of `key`; `raw` ones see the line as it is.
void add_patterns(const PackReader& reader, const toml::table& table, std::string_view key, bool raw,
                  std::vector<Pattern>& out);

// Cues of all packs by their names, and the nameless ones that rules bring. Fills a list that must outlive it.
class CueTable {
public:
    explicit CueTable(std::vector<Cue>& all) : all_(all) {}

    // The pack's own cues: [[cue]].
    void add_named(const PackReader& reader, const toml::table& root);

    // The cues that a rule names with an @; words without one make a cue of their own.
    [[nodiscard]] std::vector<std::size_t> named(const PackReader& reader, const toml::table& table,
                                                 std::string_view key);

    // The cues of a table that gives each its weight: {"@cue" = 0.5}
    [[nodiscard]] std::vector<Weight> weighted(const PackReader& reader, const toml::table& table,
                                               std::string_view key) const;

    // Cues that only speak against a match are found as tolerantly as terms: a reader that misreads a mark's letters
    // misreads those of the advice around it too. Those that a rule asks for stay strict: one edit from twelve letters.
    void loosen_lowering(const std::vector<Rule>& rules);

    // What the table says of edits; -1 where it says nothing.
    static int edits_of(const PackReader& reader, const toml::table& table);

private:
    [[nodiscard]] std::size_t number_of(const PackReader& reader, const toml::table& table, std::string_view key,
                                        const std::string& text) const;
    static std::vector<Enumeration> lists(const PackReader& reader, const toml::table& table);
    static Cue with_reach(const PackReader& reader, const toml::table& table);

    std::vector<Cue>& all_;
    std::map<std::string, std::size_t> numbers_;
    std::set<std::size_t> fixed_; // cues whose packs say how many edits they bear
};

} // namespace saring::match
