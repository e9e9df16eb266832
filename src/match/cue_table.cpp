// Reads cues and compiles patterns; RE2 judges whether they are valid.
#include "match/cue_table.hpp"

#include "match/enumeration.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace saring::match {
namespace {

void loosen(Phrase& phrase) {
    phrase.edits = usual_edits(phrase.packed);
    phrase.misread_only = true;
}

// What a rule asks for: an edit too many would raise an alarm.
std::vector<Phrase> strict_words(const PackReader& reader, const toml::table& table) {
    std::vector<Phrase> out = reader.phrases(table, "words", 0);
    constexpr std::size_t long_phrase = 12;
    for (Phrase& phrase : out) {
        phrase.edits = phrase.packed.size() >= long_phrase ? 1 : 0;
    }
    return out;
}

std::vector<std::string> folded_words(const PackReader& reader, const toml::table& table, std::string_view key) {
    std::vector<std::string> out;
    for (const std::string& word : reader.texts(table, key)) {
        out.push_back(packed(word));
    }
    return out;
}

} // namespace

std::shared_ptr<const re2::RE2> compiled(const PackReader& reader, const toml::table& table, std::string_view key,
                                         const std::string& pattern) {
    re2::RE2::Options options;
    options.set_log_errors(false);
    constexpr int memory = 4 << 20; // bytes of one compiled pattern
    options.set_max_mem(memory);
    auto out = std::make_shared<const re2::RE2>(pattern, options);
    if (!out->ok()) {
        reader.fail(table, key, "RE2 refuses the pattern '" + pattern + "': " + out->error());
    }
    if (re2::RE2::FullMatch("", *out)) {
        reader.fail(table, key, "the pattern '" + pattern + "' matches nothing at all");
    }
    return out;
}

void add_patterns(const PackReader& reader, const toml::table& table, std::string_view key, bool raw,
                  std::vector<Pattern>& out) {
    for (const std::string& pattern : reader.texts(table, key)) {
        out.push_back({compiled(reader, table, key, pattern), raw});
    }
}

void CueTable::add_named(const PackReader& reader, const toml::table& root) {
    for (const toml::table* table : reader.tables(root, "cue")) {
        reader.refuse_unknown(*table, {"name", "words", "patterns", "lists", "joints", "fillers", "reach", "edits"});
        Cue cue = with_reach(reader, *table);
        cue.name = reader.text(*table, "name");
        cue.words = strict_words(reader, *table);
        if (const int edits = edits_of(reader, *table); edits >= 0) {
            cue.words = reader.phrases(*table, "words", edits);
            fixed_.insert(all_.size());
        }
        add_patterns(reader, *table, "patterns", false, cue.patterns);
        cue.lists = lists(reader, *table);
        if (cue.words.empty() && cue.patterns.empty() && cue.lists.empty()) {
            reader.fail(*table, "words", "cue '" + cue.name + "' needs 'words', 'patterns' or 'lists'");
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

void CueTable::loosen_lowering(const std::vector<Rule>& rules) {
    std::vector<int> lowers(all_.size());
    for (const Rule& rule : rules) {
        for (const Weight& weight : rule.lower) {
            lowers[weight.cue] = 1;
        }
        for (const std::size_t cue : rule.milder) {
            lowers[cue] = 1;
        }
    }
    for (const Rule& rule : rules) {
        for (const auto* asked : {&rule.with, &rule.after, &rule.graver}) {
            for (const std::size_t cue : *asked) {
                lowers[cue] = 0;
            }
        }
    }
    for (std::size_t i = 0; i < all_.size(); ++i) {
        if (lowers[i] != 0 && !fixed_.contains(i)) {
            std::for_each(all_[i].words.begin(), all_[i].words.end(), loosen);
        }
    }
}

std::vector<Enumeration> CueTable::lists(const PackReader& reader, const toml::table& table) {
    std::vector<Enumeration> out;
    const toml::node* node = table.get("lists");
    if (node == nullptr) {
        return out;
    }
    const toml::table* lists = node->as_table();
    if (lists == nullptr) {
        reader.fail(node, "'lists' must give each list a name: { english = [\"secret\", \"top secret\"] }");
    }
    for (const auto& [name, list] : *lists) {
        Enumeration one{reader.phrases(*lists, name.str(), 0), folded_words(reader, table, "joints"),
                        folded_words(reader, table, "fillers")};
        std::transform(one.items.begin(), one.items.end(), one.items.begin(), item_of);
        out.push_back(std::move(one));
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
