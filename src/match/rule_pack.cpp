// TOML to rules, with errors that name file and line.
#include "match/rule_pack.hpp"

#include "match/matcher.hpp"
#include "match/plain_text.hpp"
#include "saring/sha256.hpp"

#include <re2/re2.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <map>
#include <sstream>

namespace saring::match {
namespace {

constexpr std::array<std::pair<std::string_view, Place>, 10> place_names{{
    {"anywhere", Place::anywhere},
    {"capitals", Place::capitals},
    {"alone", Place::alone},
    {"label", Place::label},
    {"start", Place::start},
    {"top", Place::top},
    {"bottom", Place::bottom},
    {"large", Place::large},
    {"red", Place::red},
    {"stamp", Place::stamp},
}};

// What a doubtful reading of a marker gains by looking like one.
const std::vector<std::pair<Place, float>> marker_raise{
    {Place::stamp, 0.1F}, {Place::red, 0.1F}, {Place::large, 0.05F}, {Place::top, 0.03F}, {Place::bottom, 0.03F}};

[[noreturn]] void complain(const std::filesystem::path& file, std::uint32_t line, const std::string& what) {
    throw Error(ErrorCode::bad_rules, "rules",
                file.string() + (line > 0 ? ":" + std::to_string(line) : "") + ": " + what);
}

// Knows where in the file a complaint belongs.
class Reader {
public:
    explicit Reader(std::filesystem::path file) : file_(std::move(file)) {}

    [[nodiscard]] const std::filesystem::path& file() const { return file_; }

    [[noreturn]] void fail(const toml::node* node, const std::string& what) const {
        complain(file_, node != nullptr ? node->source().begin.line : 0, what);
    }

    // Fails at the value of `key`, or at the table where it is missing.
    [[noreturn]] void fail(const toml::table& table, std::string_view key, const std::string& what) const {
        const toml::node* node = table.get(key);
        fail(node != nullptr ? node : &table, what);
    }

    [[nodiscard]] std::string text(const toml::table& table, std::string_view key) const {
        const toml::node* node = table.get(key);
        const auto value = node != nullptr ? node->value<std::string>() : std::nullopt;
        if (!value || value->empty()) {
            fail(table, key, "'" + std::string(key) + "' must be a text that is not empty");
        }
        return *value;
    }

    [[nodiscard]] std::string text_or_nothing(const toml::table& table, std::string_view key) const {
        return table.contains(key) ? text(table, key) : std::string();
    }

    [[nodiscard]] bool yes_or_no(const toml::table& table, std::string_view key, bool otherwise) const {
        const toml::node* node = table.get(key);
        if (node != nullptr && !node->is_boolean()) {
            fail(node, "'" + std::string(key) + "' must be true or false");
        }
        return node != nullptr ? node->value_or(otherwise) : otherwise;
    }

    [[nodiscard]] int number(const toml::table& table, std::string_view key, int otherwise, int most) const {
        const toml::node* node = table.get(key);
        if (node == nullptr) {
            return otherwise;
        }
        const auto value = node->is_integer() ? node->value<std::int64_t>() : std::nullopt;
        if (!value || *value < 0 || *value > most) {
            fail(node, "'" + std::string(key) + "' must be a whole number from 0 to " + std::to_string(most));
        }
        return static_cast<int>(*value);
    }

    [[nodiscard]] float share(const toml::table& table, std::string_view key, float otherwise) const {
        const toml::node* node = table.get(key);
        if (node == nullptr) {
            return otherwise;
        }
        const auto value = node->is_number() ? node->value<double>() : std::nullopt;
        if (!value || !(*value >= 0 && *value <= 1)) {
            fail(node, "'" + std::string(key) + "' must lie between 0 and 1");
        }
        return static_cast<float>(*value);
    }

    [[nodiscard]] TwoLanguages two_languages(const toml::table& table, std::string_view key) const {
        const toml::node* node = table.get(key);
        const toml::table* both = node != nullptr ? node->as_table() : nullptr;
        if (both == nullptr) {
            fail(table, key, "'" + std::string(key) + "' must have both languages: {id = \"…\", en = \"…\"}");
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

    // The tables of [[key]].
    [[nodiscard]] std::vector<const toml::table*> tables(const toml::table& root, std::string_view key) const {
        const toml::node* node = root.get(key);
        if (node == nullptr) {
            return {};
        }
        const toml::array* list = node->as_array();
        std::vector<const toml::table*> out;
        for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
            out.push_back(list->get(i)->as_table());
        }
        if (list == nullptr || std::find(out.begin(), out.end(), nullptr) != out.end()) {
            fail(node, "'" + std::string(key) + "' must be written as [[" + std::string(key) + "]]");
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

    [[nodiscard]] std::vector<Phrase> phrases(const toml::table& table, std::string_view key, int edits) const {
        std::vector<Phrase> out;
        for (const std::string& text : texts(table, key)) {
            out.push_back(phrase(table, key, text, edits));
        }
        return out;
    }

    [[nodiscard]] Phrase phrase(const toml::table& table, std::string_view key, const std::string& text,
                                int edits) const {
        Phrase out = phrase_of(text, edits);
        constexpr std::size_t least = 3;
        if (out.packed.size() < least) {
            fail(table, key, "'" + text + "' is too short: three letters or digits at least");
        }
        if (out.skeleton.size() < LiteralIndex::least * (static_cast<std::size_t>(out.edits) + 1)) {
            fail(table, key, "'" + text + "' is too short for " + std::to_string(out.edits) + " edits");
        }
        return out;
    }

private:
    std::filesystem::path file_;
};

// A file that was read, before names of cues are known.
struct RawPack {
    Reader reader;
    toml::table root;
};

void add_patterns(const Reader& reader, const toml::table& table, std::string_view key, bool raw,
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

// Harmless phrases and cues are compared more strictly than terms: one edit from twelve letters.
std::vector<Phrase> excuses(const Reader& reader, const toml::table& table, std::string_view key) {
    std::vector<Phrase> out = reader.phrases(table, key, 0);
    constexpr std::size_t long_phrase = 12;
    for (Phrase& phrase : out) {
        phrase.edits = phrase.packed.size() >= long_phrase ? 1 : 0;
    }
    return out;
}

// Cues of all packs by their names, and the nameless ones that rules bring.
class Cues {
public:
    explicit Cues(std::vector<Cue>& all) : all_(all) {}

    void add_named(const Reader& reader, const toml::table& root) {
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

    // The cues that a rule names with an @; words without one make a cue of their own.
    [[nodiscard]] std::vector<std::size_t> named(const Reader& reader, const toml::table& table, std::string_view key) {
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

    [[nodiscard]] std::vector<Weight> weighted(const Reader& reader, const toml::table& table,
                                               std::string_view key) const {
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
            out.push_back({number_of(reader, *weights, name.str(), std::string(name.str())),
                           reader.share(*weights, name.str(), 0)});
        }
        return out;
    }

    static int edits_of(const Reader& reader, const toml::table& table) {
        constexpr int most = 4;
        return table.contains("edits") ? reader.number(table, "edits", 0, most) : -1;
    }

private:
    [[nodiscard]] std::size_t number_of(const Reader& reader, const toml::table& table, std::string_view key,
                                        const std::string& text) const {
        const auto found = numbers_.find(text.starts_with('@') ? text.substr(1) : text);
        if (found == numbers_.end()) {
            reader.fail(table, key, "no cue is called '" + text + "'");
        }
        return found->second;
    }

    static Cue with_reach(const Reader& reader, const toml::table& table) {
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

    std::vector<Cue>& all_;
    std::map<std::string, std::size_t> numbers_;
};

Place place_from(const Reader& reader, const toml::table& table, std::string_view key, std::string_view name) {
    const auto* found =
        std::find_if(place_names.begin(), place_names.end(), [&](const auto& row) { return row.first == name; });
    if (found == place_names.end()) {
        std::string known;
        for (const auto& row : place_names) {
            known += (known.empty() ? "" : ", ") + std::string(row.first);
        }
        reader.fail(table, key, "no place is called '" + std::string(name) + "'; there are " + known);
    }
    return found->second;
}

void add_validator(const Reader& reader, const toml::table& table, Rule& rule) {
    const std::string name = reader.text_or_nothing(table, "validator");
    if (name.empty()) {
        return;
    }
    rule.validator = validator_named(name);
    if (rule.validator == nullptr || rule.patterns.empty()) {
        std::string known;
        for (const std::string_view other : validator_names()) {
            known += (known.empty() ? "" : ", ") + std::string(other);
        }
        reader.fail(table, "validator",
                    rule.validator != nullptr ? "a validator needs 'patterns' or 'raw_patterns'"
                                              : "no validator is called '" + name + "'; there are " + known);
    }
}

void add_meaning(const Reader& reader, const toml::table& table, Rule& rule) {
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

void add_places(const Reader& reader, const toml::table& table, Rule& rule) {
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

Rule rule_of(const Reader& reader, const toml::table& table, Cues& cues) {
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
    rule.terms = reader.phrases(table, "terms", Cues::edits_of(reader, table));
    rule.spot = reader.yes_or_no(table, "spot", rule.category == Category::marker);
    add_patterns(reader, table, "patterns", false, rule.patterns);
    add_patterns(reader, table, "raw_patterns", true, rule.patterns);
    rule.two_lines = reader.number(table, "lines", 1, 2) == 2;
    add_validator(reader, table, rule);
    rule.metadata = reader.text_or_nothing(table, "metadata");
    if (!rule.metadata.empty() && rule.metadata != "gps") {
        reader.fail(table, "metadata", "'metadata' knows only \"gps\"");
    }
    if (rule.terms.empty() && rule.patterns.empty() && rule.metadata.empty()) {
        reader.fail(&table, "rule '" + rule.id + "' needs 'terms', 'patterns' or 'metadata'");
    }
    add_places(reader, table, rule);
    rule.unless = excuses(reader, table, "unless");
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
    RawPack pack{Reader(file), {}};
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
void add_rules(const RawPack& pack, const std::string& name, Cues& cues, RuleSet& out) {
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
    for (Phrase& phrase : excuses(pack.reader, pack.root, "allow")) {
        out.allow.push_back(std::move(phrase));
    }
    for (const toml::table* table : pack.reader.tables(pack.root, "clean")) {
        pack.reader.refuse_unknown(*table, {"rule", "text"});
        Rule& rule = rule_named(pack, *table, "rule", pack.reader.text(*table, "rule"), out);
        const std::string text = pack.reader.text(*table, "text");
        rule.unless.push_back(pack.reader.phrase(*table, "text", text, 0));
        rule.clean.push_back(text);
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
    Cues cues(out.cues);
    for (const RawPack& pack : raw) {
        cues.add_named(pack.reader, pack.root);
    }
    for (std::size_t i = 0; i < raw.size(); ++i) {
        add_rules(raw[i], out.packs[i].name, cues, out);
    }
    for (const RawPack& pack : raw) {
        add_exceptions(pack, out);
    }
    if (out.rules.empty()) {
        throw Error(ErrorCode::bad_rules, "rules", "no rule pack was found");
    }
    if (options.check_examples) {
        check_examples(out);
    }
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
