// TOML to rules, with errors that name file and line.
#include "match/rule_pack.hpp"

#include "match/matcher.hpp"
#include "match/normalise.hpp"
#include "saring/sha256.hpp"

#include <re2/re2.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <set>
#include <sstream>

namespace saring::match {
namespace {

constexpr std::array<std::pair<std::string_view, Place>, 4> places{{
    {"anywhere", Place::anywhere},
    {"capitals", Place::capitals},
    {"alone", Place::alone},
    {"label", Place::label},
}};

// Knows where in the file a complaint belongs.
class Reader {
public:
    explicit Reader(const std::filesystem::path& file) : file_(file) {}

    [[noreturn]] void fail(const toml::node* node, const std::string& what) const {
        const auto line = node != nullptr ? node->source().begin.line : 0;
        throw Error(ErrorCode::bad_rules, "rules",
                    file_.string() + (line > 0 ? ":" + std::to_string(line) : "") + ": " + what);
    }

    [[nodiscard]] std::string text(const toml::table& table, std::string_view key) const {
        const toml::node* node = table.get(key);
        const auto value = node != nullptr ? node->value<std::string>() : std::nullopt;
        if (!value || value->empty()) {
            fail(node != nullptr ? node : &table, "'" + std::string(key) + "' must be a text that is not empty");
        }
        return *value;
    }

    [[nodiscard]] TwoLanguages two_languages(const toml::table& table, std::string_view key) const {
        const toml::node* node = table.get(key);
        const toml::table* both = node != nullptr ? node->as_table() : nullptr;
        if (both == nullptr) {
            fail(node != nullptr ? node : &table,
                 "'" + std::string(key) + "' must have both languages: {id = \"…\", en = \"…\"}");
        }
        return {text(*both, "id"), text(*both, "en")};
    }

    [[nodiscard]] std::vector<std::string> texts(const toml::table& table, std::string_view key) const {
        const toml::node* node = table.get(key);
        if (node == nullptr) {
            return {};
        }
        const toml::array* list = node->as_array();
        if (list == nullptr) {
            fail(node, "'" + std::string(key) + "' must be a list of texts: [\"…\", \"…\"]");
        }
        std::vector<std::string> out;
        for (const toml::node& item : *list) {
            const auto value = item.value<std::string>();
            if (!value || value->empty()) {
                fail(&item, "'" + std::string(key) + "' holds something that is no text, or an empty one");
            }
            out.push_back(*value);
        }
        return out;
    }

    void refuse_unknown(const toml::table& table, std::initializer_list<std::string_view> known) const {
        for (const auto& [key, node] : table) {
            if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
                fail(&node, "'" + std::string(key.str()) + "' is not known here");
            }
        }
    }

private:
    std::filesystem::path file_;
};

std::vector<std::string> all_folded(const std::vector<std::string>& phrases) {
    std::vector<std::string> out;
    for (const std::string& phrase : phrases) {
        out.push_back(folded(phrase));
    }
    return out;
}

void add_patterns(const Reader& reader, const toml::table& table, Rule& rule) {
    for (const std::string& pattern : reader.texts(table, "patterns")) {
        re2::RE2::Options options;
        options.set_log_errors(false);
        constexpr int memory = 4 << 20; // bytes of one compiled pattern
        options.set_max_mem(memory);
        auto compiled = std::make_shared<const re2::RE2>(pattern, options);
        if (!compiled->ok()) {
            reader.fail(table.get("patterns"), "RE2 refuses the pattern '" + pattern + "': " + compiled->error());
        }
        if (re2::RE2::FullMatch("", *compiled)) {
            reader.fail(table.get("patterns"), "the pattern '" + pattern + "' matches nothing at all");
        }
        rule.patterns.push_back(std::move(compiled));
    }
}

Rule rule_of(const Reader& reader, const toml::table& table) {
    reader.refuse_unknown(table,
                          {"id", "category", "severity", "title", "advice", "source", "terms", "patterns", "places",
                           "unless", "near", "metadata", "edits", "block_confidence", "flag", "clean"});
    Rule rule;
    rule.id = reader.text(table, "id");
    const std::string category = reader.text(table, "category");
    const auto known_category = category_from(category);
    if (!known_category) {
        reader.fail(table.get("category"), "no category is called '" + category + "'");
    }
    rule.category = *known_category;
    const std::string severity = reader.text(table, "severity");
    const auto known_severity = severity_from(severity);
    if (!known_severity) {
        reader.fail(table.get("severity"),
                    "no severity is called '" + severity + "'; use low, medium, high or critical");
    }
    rule.severity = *known_severity;
    rule.title = reader.two_languages(table, "title");
    rule.advice = reader.two_languages(table, "advice");
    rule.source = reader.text(table, "source");
    for (const std::string& text : reader.texts(table, "terms")) {
        Term term{text, packed(text), {}};
        if (term.packed.size() < 3) {
            reader.fail(table.get("terms"), "the term '" + text + "' is too short: three letters or digits at least");
        }
        term.skeleton = skeleton(term.packed);
        rule.terms.push_back(std::move(term));
    }
    add_patterns(reader, table, rule);
    rule.metadata = table["metadata"].value_or(std::string());
    if (!rule.metadata.empty() && rule.metadata != "gps") {
        reader.fail(table.get("metadata"), "'metadata' knows only \"gps\"");
    }
    if (rule.terms.empty() && rule.patterns.empty() && rule.metadata.empty()) {
        reader.fail(&table, "rule '" + rule.id + "' needs 'terms', 'patterns' or 'metadata'");
    }
    if (table.contains("places")) {
        rule.places.clear();
        for (const std::string& name : reader.texts(table, "places")) {
            const auto* found =
                std::find_if(places.begin(), places.end(), [&](const auto& row) { return row.first == name; });
            if (found == places.end()) {
                reader.fail(table.get("places"),
                            "no place is called '" + name + "'; use anywhere, capitals, alone or label");
            }
            rule.places.push_back(found->second);
        }
    }
    rule.unless = all_folded(reader.texts(table, "unless"));
    rule.near = all_folded(reader.texts(table, "near"));
    rule.edits = table["edits"].value_or(-1);
    rule.block_confidence = table["block_confidence"].value_or(rule.block_confidence);
    if (rule.block_confidence < 0 || rule.block_confidence > 1) {
        reader.fail(table.get("block_confidence"), "'block_confidence' must lie between 0 and 1");
    }
    rule.flag = reader.texts(table, "flag");
    rule.clean = reader.texts(table, "clean");
    if (rule.flag.empty() && rule.metadata.empty()) {
        reader.fail(&table, "rule '" + rule.id + "' needs at least one 'flag' example");
    }
    return rule;
}

void check_examples(const Reader& reader, const toml::table& table, const Rule& rule) {
    for (const std::string& text : rule.flag) {
        if (!finds(rule, text)) {
            reader.fail(table.get("flag"), "rule '" + rule.id + "' misses its own example: " + text);
        }
    }
    for (const std::string& text : rule.clean) {
        if (finds(rule, text)) {
            reader.fail(table.get("clean"), "rule '" + rule.id + "' fires on its own clean example: " + text);
        }
    }
}

std::string content_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    if (!stream) {
        throw Error(ErrorCode::bad_rules, "rules", file.string() + ": cannot be read");
    }
    return content.str();
}

} // namespace

RulePack load_pack(const std::filesystem::path& file) {
    const Reader reader(file);
    const std::string content = content_of(file);
    toml::table root;
    try {
        root = toml::parse(content, file.string());
    } catch (const toml::parse_error& e) {
        throw Error(ErrorCode::bad_rules, "rules",
                    file.string() + ":" + std::to_string(e.source().begin.line) + ": " + std::string(e.description()));
    }
    reader.refuse_unknown(root, {"name", "rule"});
    RulePack pack;
    pack.name = reader.text(root, "name");
    pack.path = file;
    pack.sha256 = sha256(content);
    const toml::node* rules = root.get("rule");
    const toml::array* list = rules != nullptr ? rules->as_array() : nullptr;
    if (list == nullptr) {
        reader.fail(rules, "a pack needs rules: [[rule]]");
    }
    for (const toml::node& node : *list) {
        const toml::table* table = node.as_table();
        if (table == nullptr) {
            reader.fail(&node, "'rule' must be written as [[rule]]");
        }
        Rule rule = rule_of(reader, *table);
        check_examples(reader, *table, rule);
        pack.rules.push_back(std::move(rule));
    }
    return pack;
}

std::vector<RulePack> load_packs(const std::vector<std::filesystem::path>& folders) {
    std::vector<RulePack> packs;
    std::set<std::string> ids;
    for (const std::filesystem::path& folder : folders) {
        std::vector<std::filesystem::path> files;
        std::error_code error;
        for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
            if (entry.path().extension() == ".toml") {
                files.push_back(entry.path());
            }
        }
        if (error) {
            throw Error(ErrorCode::bad_rules, "rules", folder.string() + ": " + error.message());
        }
        std::sort(files.begin(), files.end());
        for (const std::filesystem::path& file : files) {
            packs.push_back(load_pack(file));
            for (const Rule& rule : packs.back().rules) {
                if (!ids.insert(rule.id).second) {
                    throw Error(ErrorCode::bad_rules, "rules",
                                file.string() + ": rule '" + rule.id + "' exists already");
                }
            }
        }
    }
    if (ids.empty()) {
        throw Error(ErrorCode::bad_rules, "rules", "no rule pack was found");
    }
    return packs;
}

} // namespace saring::match
