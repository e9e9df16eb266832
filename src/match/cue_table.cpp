// Reads cues and compiles patterns; RE2 judges whether they are valid.
#include "match/cue_table.hpp"

#include <re2/re2.h>

#include <memory>
#include <utility>

namespace saring::match {

void add_patterns(const PackReader& reader, const toml::table& table, std::string_view key, bool raw,
                  std::vector<Pattern>& out) {
    for (const std::string& pattern : reader.texts(table, key)) {
        re2::RE2::Options options;
        options.set_log_errors(false);
        constexpr int memory = 4 << 20; // bytes of one compiled pattern
        options.set_max_mem(memory);
        auto compiled = std::make_shared<const re2::RE2>(pattern, options);
        if (!compiled->ok()) {
            reader.fail(table, key, "RE2 refuses the pattern '" + pattern + "': " + compiled->error());
        }
        if (re2::RE2::FullMatch("", *compiled)) {
            reader.fail(table, key, "the pattern '" + pattern + "' matches nothing at all");
        }
        out.push_back({std::move(compiled), raw});
    }
}

std::vector<Phrase> excuses(const PackReader& reader, const toml::table& table, std::string_view key) {
    std::vector<Phrase> out = reader.phrases(table, key, 0);
    constexpr std::size_t long_phrase = 12;
    for (Phrase& phrase : out) {
        phrase.edits = phrase.packed.size() >= long_phrase ? 1 : 0;
    }
    return out;
}

void CueTable::add_named(const PackReader& reader, const toml::table& root) {
    for (const toml::table* table : reader.tables(root, "cue")) {
        reader.refuse_unknown(*table, {"name", "words", "patterns", "reach", "edits"});
        Cue cue = with_reach(reader, *table);
        cue.name = reader.text(*table, "name");
        cue.words = excuses(reader, *table, "words");
        if (const int edits = edits_of(reader, *table); edits >= 0) {
            cue.words = reader.phrases(*table, "words", edits);
        }
        add_patterns(reader, *table, "patterns", false, cue.patterns);
        if (cue.words.empty() && cue.patterns.empty()) {
            reader.fail(*table, "words", "cue '" + cue.name + "' needs 'words' or 'patterns'");
        }
        if (!numbers_.emplace(cue.name, all_.size()).second) {
            reader.fail(*table, "name", "cue '" + cue.name + "' exists already");
        }
        all_.push_back(std::move(cue));
    }
}

std::vector<std::size_t> CueTable::named(const PackReader& reader, const toml::table& table, std::string_view key) {
    std::vector<std::size_t> out;
    Cue own = with_reach(reader, table);
    for (const std::string& text : reader.texts(table, key)) {
        if (text.front() == '@') {
            out.push_back(number_of(reader, table, key, text));
        } else {
            own.words.push_back(reader.phrase(table, key, text, 0));
        }
    }
    if (!own.words.empty()) {
        own.name = reader.text(table, "id") + " " + std::string(key);
        out.push_back(all_.size());
        all_.push_back(std::move(own));
    }
    return out;
}

std::vector<Weight> CueTable::weighted(const PackReader& reader, const toml::table& table, std::string_view key) const {
    std::vector<Weight> out;
    const toml::node* node = table.get(key);
    if (node == nullptr) {
        return out;
    }
    const toml::table* weights = node->as_table();
    if (weights == nullptr) {
        reader.fail(node, "'" + std::string(key) + R"(' must name cues with their weights: {"@cue" = 0.5})");
    }
    for (const auto& [name, value] : *weights) {
        out.push_back(
            {number_of(reader, *weights, name.str(), std::string(name.str())), reader.share(*weights, name.str(), 0)});
    }
    return out;
}

int CueTable::edits_of(const PackReader& reader, const toml::table& table) {
    constexpr int most = 4;
    return table.contains("edits") ? reader.number(table, "edits", 0, most) : -1;
}

std::size_t CueTable::number_of(const PackReader& reader, const toml::table& table, std::string_view key,
                                const std::string& text) const {
    const auto found = numbers_.find(text.starts_with('@') ? text.substr(1) : text);
    if (found == numbers_.end()) {
        reader.fail(table, key, "no cue is called '" + text + "'");
    }
    return found->second;
}

Cue CueTable::with_reach(const PackReader& reader, const toml::table& table) {
    Cue cue;
    const toml::node* reach = table.get("reach");
    if (reach == nullptr) {
        return cue;
    }
    if (reach->is_integer()) {
        constexpr int most = 1000;
        cue.distance = reader.number(table, "reach", cue.distance, most);
    } else if (const std::string name = reader.text(table, "reach"); name == "line") {
        cue.reach = Cue::Reach::line;
    } else if (name == "page") {
        cue.reach = Cue::Reach::page;
    } else {
        reader.fail(reach, "'reach' must be a number of words, \"line\" or \"page\"");
    }
    return cue;
}

} // namespace saring::match
