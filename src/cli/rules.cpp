// saring rules: what is looked for.
#include "cli/commands.hpp"
#include "output/json.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>

namespace saring::cli {
namespace {

struct RulesOptions {
    std::string format = "text";
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

} // namespace

void add_rules(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand("rules", "What is looked for");
    command->require_subcommand(1);
    const auto options = std::make_shared<RulesOptions>();
    CLI::App* list_command = command->add_subcommand("list", "All rules with category, severity and title");
    list_command->fallthrough();
    list_command->add_option("--format", options->format, "text or json")
        ->check(CLI::IsMember({"text", "json"}))
        ->capture_default_str();
    list_command->add_option("--models", options->reading.models, "Folder with rules and networks");
    list_command->add_option("--rules", options->reading.rules, "Further folder with rule packs");
    list_command->callback(
        [&context, options] { context.run = [&context, options] { return list(*options, context); }; });
}

} // namespace saring::cli
