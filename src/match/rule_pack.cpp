// TOML to rules, with errors that name file and line.
#include "match/rule_pack.hpp"

#include "match/cue_table.hpp"
#include "match/matcher.hpp"
#include "match/pack_reader.hpp"
#include "match/plain_text.hpp"
#include "saring/sha256.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace saring::match {
namespace {

// Edits of harmless phrases, which hold the term itself: with one, "NOTE CONFIDENTIAL" would be "not confidential".
// Letters that look alike are taken for each other all the same.
constexpr int exact = 0;

constexpr std::array<std::pair<std::string_view, Place>, 12> place_names{{
    {"anywhere", Place::anywhere},
    {"capitals", Place::capitals},
    {"emphasised", Place::emphasised},
    {"alone", Place::alone},
    {"label", Place::label},
    {"start", Place::start},
    {"top", Place::top},
    {"bottom", Place::bottom},
    {"large", Place::large},
    {"red", Place::red},
    {"stamp", Place::stamp},
    {"boxed", Place::boxed},
}};

// What a doubtful reading of a marker gains by looking like one.
const std::vector<std::pair<Place, float>> marker_raise{{Place::stamp, 0.1F}, {Place::boxed, 0.05F},
                                                        {Place::red, 0.1F},   {Place::large, 0.05F},
                                                        {Place::top, 0.03F},  {Place::bottom, 0.03F}};

// A file that was read, before names of cues are known.
struct RawPack {
    PackReader reader;
    toml::table root;
};

// "a, b, c", for messages.
template <typename Names, typename NameOf> std::string listed(const Names& names, NameOf name_of) {
    std::string out;
    for (const auto& name : names) {
        out += (out.empty() ? "" : ", ") + std::string(name_of(name));
    }
    return out;
}

Place place_from(const PackReader& reader, const toml::table& table, std::string_view key, std::string_view name) {
    const auto* found =
        std::find_if(place_names.begin(), place_names.end(), [&](const auto& row) { return row.first == name; });
    if (found == place_names.end()) {
        reader.fail(table, key,
                    "no place is called '" + std::string(name) + "'; there are " +
                        listed(place_names, [](const auto& row) { return row.first; }));
    }
    return found->second;
}

void add_validator(const PackReader& reader, const toml::table& table, Rule& rule) {
    const std::string name = reader.text_or_nothing(table, "validator");
    if (name.empty()) {
        return;
    }
    rule.validator = validator_named(name);
    if (rule.validator == nullptr || rule.patterns.empty()) {
        const std::string known = listed(validator_names(), [](std::string_view other) { return other; });
        reader.fail(table, "validator",
                    rule.validator != nullptr ? "a validator needs 'patterns' or 'raw_patterns'"
                                              : "no validator is called '" + name + "'; there are " + known);
    }
}

void add_meaning(const PackReader& reader, const toml::table& table, Rule& rule) {
    const std::string category = reader.text(table, "category");
    const auto known_category = category_from(category);
    if (!known_category) {
        reader.fail(table, "category", "no category is called '" + category + "'");
    }
    rule.category = *known_category;
    const std::string severity = reader.text(table, "severity");
    const auto known_severity = severity_from(severity);
    if (!known_severity) {
        reader.fail(table, "severity", "no severity is called '" + severity + "'; use low, medium, high or critical");
    }
    rule.severity = *known_severity;
    rule.title = reader.two_languages(table, "title");
    rule.advice = reader.two_languages(table, "advice");
    rule.source = reader.text(table, "source");
    rule.ask = reader.text_or_nothing(table, "ask");
}

void add_places(const PackReader& reader, const toml::table& table, Rule& rule) {
    if (table.contains("places")) {
        for (const std::string& names : reader.texts(table, "places")) {
            std::istringstream stream(names); // "capitals+alone": both at once
            rule.places.emplace_back();
            for (std::string name; std::getline(stream, name, '+');) {
                rule.places.back().push_back(place_from(reader, table, "places", name));
            }
        }
    }
    if (rule.category == Category::marker) {
        rule.raise = marker_raise;
    }
    if (const toml::node* node = table.get("raise"); node != nullptr) {
        const toml::table* raise = node->as_table();
        if (raise == nullptr) {
            reader.fail(node, "'raise' must name places with their weights: {red = 0.1}");
        }
        rule.raise.clear();
        for (const auto& [name, value] : *raise) {
            rule.raise.emplace_back(place_from(reader, *raise, name.str(), name.str()),
                                    reader.share(*raise, name.str(), 0));
        }
    }
}

std::chrono::sys_days day_from(const toml::date& date) {
    return std::chrono::year_month_day{std::chrono::year(date.year), std::chrono::month(date.month),
                                       std::chrono::day(date.day)};
}

Rule rule_of(const PackReader& reader, const toml::table& table, CueTable& cues) {
    reader.refuse_unknown(table, {"id",
                                  "override",
                                  "category",
                                  "severity",
                                  "title",
                                  "advice",
                                  "source",
                                  "ask",
                                  "terms",
                                  "edits",
                                  "spot",
                                  "patterns",
                                  "raw_patterns",
                                  "lines",
                                  "tail",
                                  "validator",
                                  "places",
                                  "raise",
                                  "unless",
                                  "with",
                                  "after",
                                  "reach",
                                  "graver",
                                  "milder",
                                  "lower",
                                  "metadata",
                                  "opt_in",
                                  "until",
                                  "minimum_confidence",
                                  "block_confidence",
                                  "flag",
                                  "clean"});
    Rule rule;
    rule.path = reader.file();
    rule.line = table.source().begin.line;
    rule.id = reader.text(table, "id");
    add_meaning(reader, table, rule);
    rule.terms = reader.phrases(table, "terms", CueTable::edits_of(reader, table));
    rule.spot = reader.yes_or_no(table, "spot", rule.category == Category::marker);
    add_patterns(reader, table, "patterns", false, rule.patterns);
    add_patterns(reader, table, "raw_patterns", true, rule.patterns);
    rule.two_lines = reader.number(table, "lines", 1, 2) == 2;
    if (table.contains("tail")) {
        rule.tail = compiled(reader, table, "tail", reader.text(table, "tail"));
    }
    add_validator(reader, table, rule);
    rule.metadata = reader.text_or_nothing(table, "metadata");
    if (!rule.metadata.empty() && rule.metadata != "gps") {
        reader.fail(table, "metadata", "'metadata' knows only \"gps\"");
    }
    if (rule.terms.empty() && rule.patterns.empty() && rule.metadata.empty()) {
        reader.fail(&table, "rule '" + rule.id + "' needs 'terms', 'patterns' or 'metadata'");
    }
    add_places(reader, table, rule);
    rule.unless = reader.phrases(table, "unless", exact);
    rule.with = cues.named(reader, table, "with");
    rule.after = cues.named(reader, table, "after");
    rule.graver = cues.named(reader, table, "graver");
    rule.milder = cues.named(reader, table, "milder");
    rule.lower = cues.weighted(reader, table, "lower");
    rule.opt_in = reader.text_or_nothing(table, "opt_in");
    if (const toml::node* node = table.get("until"); node != nullptr) {
        if (!node->is_date()) {
            reader.fail(node, "'until' must be a date: 2026-08-17");
        }
        rule.until = day_from(*node->value<toml::date>());
    }
    rule.minimum_confidence = reader.share(table, "minimum_confidence", rule.minimum_confidence);
    rule.block_confidence = reader.share(table, "block_confidence", rule.block_confidence);
    rule.flag = reader.texts(table, "flag");
    rule.clean = reader.texts(table, "clean");
    if (rule.flag.empty() && rule.metadata.empty()) {
        reader.fail(&table, "rule '" + rule.id + "' needs at least one 'flag' example");
    }
    return rule;
}

std::string content_of(const std::filesystem::path& file) {
    constexpr std::uintmax_t largest = 64U << 20U; // bytes
    std::error_code error;
    if (const auto size = std::filesystem::file_size(file, error); !error && size > largest) {
        complain(file, 0, "is larger than 64 MiB");
    }
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream content;
    content << stream.rdbuf();
    if (!stream) {
        complain(file, 0, "cannot be read");
    }
    return content.str();
}

RawPack read_pack(const std::filesystem::path& file, RuleSet& out) {
    const std::string content = content_of(file);
    RawPack pack{PackReader(file), {}};
    try {
        pack.root = toml::parse(content, file.string());
    } catch (const toml::parse_error& e) {
        complain(file, e.source().begin.line, std::string(e.description()));
    }
    pack.reader.refuse_unknown(pack.root, {"name", "rule", "cue", "disable", "allow", "clean"});
    for (const char* something : {"rule", "cue", "disable", "allow", "clean"}) {
        if (pack.root.contains(something)) {
            out.packs.push_back({pack.reader.text(pack.root, "name"), sha256(content), file});
            return pack;
        }
    }
    pack.reader.fail(nullptr, "a pack needs rules: [[rule]]");
}

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
    std::error_code error;
    if (std::filesystem::is_regular_file(folder, error)) {
        return {folder};
    }
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".toml") {
            files.push_back(entry.path());
        }
    }
    if (error) {
        complain(folder, 0, error.message());
    }
    std::sort(files.begin(), files.end());
    return files;
}

// Adds the pack's rules; one that exists is replaced where it says `override = true`.
void add_rules(const RawPack& pack, const std::string& name, CueTable& cues, RuleSet& out) {
    for (const toml::table* table : pack.reader.tables(pack.root, "rule")) {
        Rule rule = rule_of(pack.reader, *table, cues);
        rule.pack = name;
        const bool replaces = pack.reader.yes_or_no(*table, "override", false);
        const auto known =
            std::find_if(out.rules.begin(), out.rules.end(), [&](const Rule& other) { return other.id == rule.id; });
        if (replaces && known == out.rules.end()) {
            pack.reader.fail(*table, "override", "there is no rule '" + rule.id + "' to override");
        }
        if (!replaces && known != out.rules.end()) {
            pack.reader.fail(*table, "id",
                             "rule '" + rule.id + "' exists already, in " + known->path.string() +
                                 "; to replace it, add override = true");
        }
        if (replaces) {
            *known = std::move(rule);
        } else {
            out.rules.push_back(std::move(rule));
        }
    }
}

Rule& rule_named(const RawPack& pack, const toml::table& table, std::string_view key, const std::string& id,
                 RuleSet& set) {
    const auto found =
        std::find_if(set.rules.begin(), set.rules.end(), [&](const Rule& rule) { return rule.id == id; });
    if (found == set.rules.end()) {
        pack.reader.fail(table, key, "there is no rule '" + id + "'");
    }
    return *found;
}

// What a pack says about rules of others: disabled ones, allowed phrases, and reported false alarms.
void add_exceptions(const RawPack& pack, RuleSet& out) {
    for (const std::string& id : pack.reader.texts(pack.root, "disable")) {
        const Rule& rule = rule_named(pack, pack.root, "disable", id, out);
        out.rules.erase(out.rules.begin() + (&rule - out.rules.data()));
    }
    for (Phrase& phrase : pack.reader.phrases(pack.root, "allow", exact)) {
        out.allow.push_back(std::move(phrase));
    }
    for (const toml::table* table : pack.reader.tables(pack.root, "clean")) {
        pack.reader.refuse_unknown(*table, {"rule", "text"});
        Rule& rule = rule_named(pack, *table, "rule", pack.reader.text(*table, "rule"), out);
        const std::string text = pack.reader.text(*table, "text");
        rule.unless.push_back(pack.reader.phrase(*table, "text", text, exact));
        rule.clean.push_back(text);
    }
}

// A name that enables nothing would be a thinner check than the one that was asked for.
void check_enabled(const LoadOptions& options, const RuleSet& set) {
    for (const std::string& name : options.enable) {
        const bool known = std::any_of(set.rules.begin(), set.rules.end(), [&](const Rule& rule) {
            return !rule.opt_in.empty() && (rule.opt_in == name || rule.id == name);
        });
        if (!known) {
            throw Error(ErrorCode::bad_option, "options", "no rule can be enabled by the name '" + name + "'");
        }
    }
}

// Drops what is not active: rules that nobody opted in to, and those whose day is over.
void drop_inactive(const LoadOptions& options, RuleSet& set) {
    const std::chrono::sys_days today = options.as_of.value_or(day_of(""));
    std::erase_if(set.rules, [&](const Rule& rule) {
        const bool opted_in = rule.opt_in.empty() || options.all_optional || options.enable.contains(rule.opt_in) ||
                              options.enable.contains(rule.id);
        return !opted_in || (rule.until && *rule.until < today);
    });
}

void check_examples(const RuleSet& set) {
    const std::vector<FailedExample> failed = failed_examples(set);
    if (!failed.empty()) {
        const FailedExample& first = failed.front();
        complain(first.rule->path, first.rule->line,
                 "rule '" + first.rule->id +
                     (first.missed ? "' misses its own example: " : "' fires on its own clean example: ") + first.text);
    }
}

} // namespace

std::string_view name_of(Place place) {
    return std::find_if(place_names.begin(), place_names.end(), [&](const auto& row) { return row.second == place; })
        ->first;
}

RuleSet load_rules(const std::vector<std::filesystem::path>& folders_and_files, const LoadOptions& options) {
    RuleSet out;
    std::vector<RawPack> raw;
    for (const std::filesystem::path& folder : folders_and_files) {
        for (const std::filesystem::path& file : files_of(folder)) {
            raw.push_back(read_pack(file, out));
        }
    }
    CueTable cues(out.cues);
    for (const RawPack& pack : raw) {
        cues.add_named(pack.reader, pack.root);
    }
    for (std::size_t i = 0; i < raw.size(); ++i) {
        add_rules(raw[i], out.packs[i].name, cues, out);
    }
    cues.loosen_lowering(out.rules);
    for (const RawPack& pack : raw) {
        add_exceptions(pack, out);
    }
    if (out.rules.empty()) {
        throw Error(ErrorCode::bad_rules, "rules", "no rule pack was found");
    }
    if (options.check_examples) {
        check_examples(out);
    }
    check_enabled(options, out);
    drop_inactive(options, out);
    return out;
}

std::vector<FailedExample> failed_examples(const RuleSet& rules) {
    const Matcher matcher(rules);
    std::vector<FailedExample> out;
    for (std::size_t i = 0; i < rules.rules.size(); ++i) {
        for (const auto& [texts, wanted] :
             {std::pair(&rules.rules[i].flag, true), std::pair(&rules.rules[i].clean, false)}) {
            for (const std::string& text : *texts) {
                if (matcher.fires(i, lines_of_text(text)) != wanted) {
                    out.push_back({&rules.rules[i], wanted, text});
                }
            }
        }
    }
    return out;
}

std::string text_of(std::chrono::sys_days day) {
    const std::chrono::year_month_day date(day);
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

std::chrono::sys_days day_of(std::string_view date) {
    if (date.empty()) {
        return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    }
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    std::istringstream stream{std::string(date)};
    char a = 0;
    char b = 0;
    const bool read = static_cast<bool>(stream >> year >> a >> month >> b >> day) && stream.peek() == EOF;
    const std::chrono::year_month_day out{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
    if (!read || a != '-' || b != '-' || !out.ok()) {
        throw Error(ErrorCode::bad_option, "options", "'" + std::string(date) + "' is no date; write 2026-08-17");
    }
    return out;
}

} // namespace saring::match
