// saring audit accept, withdraw, diff, purge: what is decided about findings, and what is known of a gallery.
#include "cli/audit_options.hpp"
#include "cli/commands.hpp"
#include "output/audit_report.hpp"

#include <CLI/CLI.hpp>

#include <array>
#include <ctime>
#include <iostream>
#include <memory>
#include <pwd.h>
#include <unistd.h>

namespace saring::cli {
namespace {

// What the four have in common: the store, and what one of them wants besides.
struct Decision {
    AuditArguments store;
    Acceptance acceptance;
    bool group = false;
    std::vector<int> runs;
    std::string format = "text";
};

AuditOptions options_of(const Decision& decision, const Context& context) {
    AuditOptions out = decision.store.audit_options(context);
    out.worker.clear(); // nothing is read
    return out;
}

std::string user_name() {
    const passwd* user = ::getpwuid(::getuid());
    return user != nullptr ? user->pw_name : std::to_string(::getuid());
}

std::string now_utc() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text.data();
}

int accept(Decision& decision, const Context& context) {
    Auditor auditor(options_of(decision, context));
    Acceptance& acceptance = decision.acceptance;
    acceptance.when = now_utc();
    if (acceptance.who.empty()) {
        acceptance.who = user_name();
    }
    for (const std::string& fingerprint : auditor.accept(acceptance, decision.group)) {
        std::cout << fingerprint << (context.language() == Language::indonesian ? " diterima\n" : " accepted\n");
    }
    return exit_clean;
}

int withdraw(const Decision& decision, const Context& context) {
    Auditor(options_of(decision, context)).withdraw(decision.acceptance.fingerprint);
    return exit_clean;
}

int diff(const Decision& decision, const Context& context) {
    AuditOptions options = options_of(decision, context);
    options.read_only = true;
    const Auditor auditor(std::move(options));
    std::vector<int> runs = decision.runs;
    if (runs.empty()) {
        runs = auditor.runs();
        constexpr std::size_t two = 2;
        if (runs.size() < two) {
            throw Error(ErrorCode::bad_option, "audit", "there are no two runs to compare yet");
        }
        runs.erase(runs.begin(), runs.end() - 2);
    }
    const AuditDifference difference = auditor.difference(runs[0], runs[1]);
    if (decision.format == "text") {
        std::cout << output::audit_difference_text(difference, context.language(), is_colourful(STDOUT_FILENO));
    } else {
        std::cout << output::audit_difference(difference, output::report_format_of("." + decision.format),
                                              context.language());
    }
    std::cout << std::flush;
    return difference.appeared.empty() && difference.failing.empty() ? exit_clean : exit_found;
}

int purge(const Decision& decision, const Context& context) {
    const std::uint64_t files = Auditor(options_of(decision, context)).purge();
    std::cout << files
              << (context.language() == Language::indonesian ? " berkas dihapus dari penyimpanan\n"
                  : files == 1                               ? " file deleted from the store\n"
                                                             : " files deleted from the store\n");
    return exit_clean;
}

// A command below `audit` that opens the store and does `work`.
template <typename Work>
CLI::App* add(CLI::App& audit, Context& context, const std::shared_ptr<Decision>& decision, const char* name,
              const char* what, Work work) {
    CLI::App* command = audit.add_subcommand(name, what);
    decision->store.add_store_to(*command);
    command->callback([&context, decision, work] {
        context.checks = false;
        context.run = [&context, decision, work] { return work(*decision, context); };
    });
    return command;
}

} // namespace

void add_audit_decisions(CLI::App& audit, Context& context) {
    const auto accepting = std::make_shared<Decision>();
    CLI::App* command =
        add(audit, context, accepting, "accept", "A finding may stay: who says so, why, until when", accept);
    command->add_option("FINGERPRINT", accepting->acceptance.fingerprint, "Of the finding; its first 8 signs do")
        ->required();
    command->add_option("--why", accepting->acceptance.why, "The reason")->required();
    command->add_option("--until", accepting->acceptance.until,
                        "The last day it counts, as 2026-12-31 (default: for good)");
    command->add_option("--who", accepting->acceptance.who, "Who decides (default: the user)");
    command->add_flag("--group", accepting->group, "Also the same finding in pictures that look and read alike");

    const auto withdrawing = std::make_shared<Decision>();
    command = add(audit, context, withdrawing, "withdraw", "An accepted finding is open again", withdraw);
    command->add_option("FINGERPRINT", withdrawing->acceptance.fingerprint, "Of the finding, whole")->required();

    const auto comparing = std::make_shared<Decision>();
    command = add(audit, context, comparing, "diff", "What appeared and what went between two runs", diff);
    command->add_option("RUN", comparing->runs, "Two runs by their numbers (default: the last two)")->expected(2);
    command->add_option("--format", comparing->format, "text, json or csv")
        ->check(CLI::IsMember({"text", "json", "csv"}))
        ->capture_default_str();

    const auto purging = std::make_shared<Decision>();
    command = add(audit, context, purging, "purge", "Delete what is no longer in the gallery", purge);
    command->add_option("--retain", purging->store.retain, "Only what was last seen longer ago, as 90d");
}

} // namespace saring::cli
