// saring rules: what is looked for, whether the rules hold, and why they decided as they did.
#include "cli/commands.hpp"
#include "cli/input.hpp"
#include "cli/user_rules.hpp"
#include "image/load.hpp"
#include "match/matcher.hpp"
#include "match/noise.hpp"
#include "match/plain_text.hpp"
#include "match/sentences.hpp"
#include "output/explain_report.hpp"
#include "output/json.hpp"
#include "output/write_file.hpp"
#include "pipeline/models.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <map>
#include <memory>
#include <span>
#include <unistd.h>

namespace saring::cli {
namespace {

struct RulesOptions {
    std::string format = "text";
    std::string path; // of what is explained
    bool plain_text = false;
    double noise = 0.03;
    std::uint32_t seed = 1;
    std::string sentences; // a table of them
    std::string text;      // that is clean
    std::string rule;
    ReadingOptions reading;
};

int list(const RulesOptions& options, const Context& context) {
    const Scanner scanner(options.reading.scan_options(context.language()));
    output::Json all = output::Json::array();
    for (const RuleInfo& rule : scanner.rules()) {
        if (options.format == "json") {
            all.push_back({{"id", rule.id},
                           {"pack", rule.pack},
                           {"category", name_of(rule.category)},
                           {"severity", name_of(rule.severity)},
                           {"title", rule.title},
                           {"advice", rule.advice},
                           {"source", rule.source}});
        } else {
            std::cout << rule.id << "\t" << name_of(rule.category) << "\t" << name_of(rule.severity) << "\t"
                      << rule.title << "\n";
        }
    }
    if (options.format == "json") {
        std::cout << all.dump(2) << "\n";
    }
    return exit_clean;
}

// Examples of one pack: how many there are, how many hold, and how many of those to be found hold when misread.
struct Tally {
    std::size_t examples = 0;
    std::size_t right = 0;
    std::size_t misread = 0;
    std::size_t found_misread = 0;
    std::size_t false_misread = 0;
};

std::map<std::string, Tally> tallies(const match::RuleSet& rules, const RulesOptions& options) {
    const match::Matcher matcher(rules);
    std::map<std::string, Tally> out;
    std::uint32_t seed = options.seed;
    for (std::size_t i = 0; i < rules.rules.size(); ++i) {
        const match::Rule& rule = rules.rules[i];
        Tally& tally = out[rule.pack];
        const auto fires = [&](const std::string& text) { return matcher.fires(i, match::lines_of_text(text)); };
        constexpr int tries = 5; // misreadings of each example
        for (const std::string& text : rule.flag) {
            ++tally.examples;
            tally.right += fires(text) ? 1 : 0;
            for (int k = 0; k < tries; ++k) {
                ++tally.misread;
                tally.found_misread += fires(match::with_noise(text, options.noise, seed++)) ? 1 : 0;
            }
        }
        for (const std::string& text : rule.clean) {
            ++tally.examples;
            tally.right += fires(text) ? 0 : 1;
            for (int k = 0; k < tries; ++k) {
                tally.false_misread += fires(match::with_noise(text, options.noise, seed++)) ? 1 : 0;
            }
        }
    }
    return out;
}

// How a file of sentences fares, as it is and misread.
void test_sentences(const match::RuleSet& rules, const RulesOptions& options, bool indonesian) {
    const match::Matcher matcher(rules);
    const std::vector<match::Sentence> sentences = match::read_sentences(options.sentences);
    constexpr int tries = 5;
    const auto misread = match::score_misread(matcher, sentences, options.noise, options.seed, tries);
    std::cout << (indonesian ? "kalimat: benar; benar bila salah baca " : "sentences: right; right when misread at ")
              << 100 * options.noise << " %\n";
    for (const auto& [kind, total] : match::score(matcher, sentences)) {
        const match::SentenceScore& with_noise = misread.at(kind);
        std::cout << kind.first << " " << kind.second << ": " << total.right << "/" << total.all << "; "
                  << with_noise.right << "/" << with_noise.all << "\n";
    }
}

int test(const RulesOptions& options, const Context& context) {
    const bool indonesian = context.language() == Language::indonesian;
    const ScanOptions usual = options.reading.scan_options(context.language());
    ScanOptions all = usual;
    all.profile = Profile::strict; // rules that have to be opted in are tested too
    const match::RuleSet rules = pipeline::load_rules(all, false);
    for (const auto& [pack, tally] : tallies(rules, options)) {
        std::cout << pack << ": " << tally.right << "/" << tally.examples
                  << (indonesian ? " contoh benar; salah baca " : " examples right; misread at ") << 100 * options.noise
                  << " %: " << tally.found_misread << "/" << tally.misread << (indonesian ? " ditemukan, " : " found, ")
                  << tally.false_misread << (indonesian ? " alarm palsu\n" : " false alarms\n");
    }
    if (!options.sentences.empty()) {
        test_sentences(pipeline::load_rules(usual, false), options, indonesian);
    }
    const std::vector<match::FailedExample> failed = match::failed_examples(rules);
    for (const match::FailedExample& example : failed) {
        std::cout << example.rule->path.string() << ":" << example.rule->line << ": " << example.rule->id
                  << (example.missed ? (indonesian ? " melewatkan: " : " misses: ")
                                     : (indonesian ? " menandai contoh bersih: " : " fires on a clean example: "))
                  << example.text << "\n";
    }
    return failed.empty() ? exit_clean : exit_failed;
}

int explain(const RulesOptions& options, const Context& context) {
    ScanOptions scan = options.reading.scan_options(context.language());
    scan.explain = true;
    Scanner scanner(scan);
    const std::vector<std::byte> bytes =
        options.path == "-" ? read_stdin(scan.limits) : image::read_file(options.path, scan.limits);
    const bool is_text = options.plain_text || image::sniff(bytes).empty();
    const ScanResult result =
        is_text ? scanner.scan_text({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, options.path)
                : scanner.scan_bytes(bytes, options.path);
    std::cout << output::explanation_of(result, {context.language(), is_colourful(STDOUT_FILENO)});
    return exit_clean;
}

// Everything must still load, with the new example proven, before it takes the place of the old pack.
int add_clean_example(const RulesOptions& options, const Context& context) {
    const std::filesystem::path folder = user_rules_folder();
    if (folder.empty()) {
        throw Error(ErrorCode::bad_option, "options", "HOME is not set");
    }
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const std::filesystem::path file = folder / "clean.toml";
    const std::filesystem::path attempt = folder / "clean.toml.new";
    const std::string content = with_clean_example(file, options.rule, options.text);
    output::write_file(attempt, std::as_bytes(std::span(content)));
    try {
        ScanOptions scan = options.reading.scan_options(context.language());
        std::erase(scan.rules, folder);
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            if (entry.path().extension() == ".toml" && entry.path() != file) {
                scan.rules.push_back(entry.path());
            }
        }
        scan.rules.push_back(attempt);
        (void)pipeline::load_rules(scan);
    } catch (const Error&) {
        std::filesystem::remove(attempt, error);
        throw;
    }
    std::filesystem::rename(attempt, file);
    std::cout << file.string() << ": " << options.rule
              << (context.language() == Language::indonesian ? " tidak lagi menandai kalimat itu.\n"
                                                             : " no longer flags that phrase.\n");
    return exit_clean;
}

} // namespace

void add_rules(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("rules", "What is looked for, and why");
    command->require_subcommand(1);
    const auto options = std::make_shared<RulesOptions>();
    const auto add = [&](const char* name, const char* help, int (*run)(const RulesOptions&, const Context&)) {
        CLI::App* sub = command->add_subcommand(name, help);
        sub->fallthrough();
        options->reading.add_rules_to(*sub);
        sub->callback([&context, options, run] {
            context.checks = false;
            context.run = [&context, options, run] { return run(*options, context); };
        });
        return sub;
    };
    add("list", "All rules with category, severity and title", list)
        ->add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    CLI::App* tested = add("test", "Run every rule on its own examples, also misread", test);
    tested->add_option("--noise", options->noise, "Share of letters that are misread")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    tested->add_option("--seed", options->seed, "Other misreadings")->capture_default_str();
    tested->add_option("--sentences", options->sentences,
                       "Also score a table of sentences (columns expect, category, severity, language, kind, text)");
    CLI::App* explained = add("explain", "Why each finding scored as it did, and what nearly matched", explain);
    explained->add_option("FILE", options->path, "A picture, a PDF or a plain text; - for standard input")->required();
    explained->add_flag("--text", options->plain_text, "FILE is plain text, whatever it looks like");
    CLI::App* clean =
        add("clean", "Teach a rule of a false alarm: the phrase becomes a tested example of your own pack",
            add_clean_example);
    clean->add_option("TEXT", options->text, "The harmless phrase")->required();
    clean->add_option("--rule", options->rule, "The rule that flagged it")->required();
}

} // namespace saring::cli
