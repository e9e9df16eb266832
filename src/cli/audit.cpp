// saring audit: a whole gallery, by worker processes, remembered in a store.
#include "saring/audit.hpp"
#include "audit/file_walk.hpp"
#include "cli/audit_options.hpp"
#include "cli/audit_progress.hpp"
#include "cli/commands.hpp"
#include "image/load.hpp"
#include "output/audit_report.hpp"
#include "output/json.hpp"
#include "output/write_file.hpp"

#include <CLI/CLI.hpp>

#include <iostream>
#include <memory>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace saring::cli {
namespace {

bool is_indonesian(const Context& context) { return context.language() == Language::indonesian; }

// What an audit holds in memory must not land in a core file.
void forbid_core_dumps() {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);
}

void print_notices(const std::vector<std::string>& notices) {
    for (const std::string& notice : notices) {
        std::cerr << notice << "\n";
    }
}

// Every value of "fingerprint" in a report, whichever of our JSON forms it has.
void gather_fingerprints(const output::Json& value, std::set<std::string>& out) {
    if (value.is_object() && value.contains("fingerprint") && value.at("fingerprint").is_string()) {
        out.insert(value.at("fingerprint").get<std::string>());
    }
    if (value.is_structured()) {
        for (const output::Json& inner : value) {
            gather_fingerprints(inner, out);
        }
    }
}

std::set<std::string> baseline_of(const std::string& path) {
    std::set<std::string> out;
    if (!path.empty()) {
        const std::vector<std::byte> bytes = image::read_file(path, Limits{});
        const char* first = reinterpret_cast<const char*>(bytes.data());
        const output::Json report = output::Json::parse(first, first + bytes.size(), nullptr, false);
        if (report.is_discarded()) {
            throw Error(ErrorCode::bad_option, "options", "--baseline: " + path + " is no JSON report");
        }
        gather_fingerprints(report, out);
    }
    return out;
}

void write_reports(Auditor& auditor, const AuditArguments& arguments, const Context& context, AuditReport& report) {
    for (const std::string& file : arguments.reports) {
        const output::ReportFormat format = output::report_format_of(file);
        if (format == output::ReportFormat::html && !arguments.no_thumbnails) {
            report = auditor.report(true);
        }
        const std::string text = output::audit_report(report, format, context.language());
        output::write_file(file, std::as_bytes(std::span(text)));
    }
}

int exit_code(const AuditReport& report) {
    if (report.counts.failed > 0 || !std::cout) {
        return exit_failed;
    }
    return report.counts.review + report.counts.block > 0 ? exit_found : exit_clean;
}

// One look at the gallery, with what is told of it.
int look(Auditor& auditor, const AuditOptions& options, const AuditArguments& arguments, const Context& context) {
    std::atomic<bool> stop = false;
    AuditSummary summary;
    {
        const FileCount count(options);
        AuditProgressLine line(count, context.language(), arguments.quiet);
        summary = auditor.run(
            [&](const AuditSummary& so_far) {
                stop = is_interrupted();
                line.show(so_far);
            },
            &stop);
        line.clear();
    }
    AuditReport report = auditor.report();
    write_reports(auditor, arguments, context, report);
    std::cout << output::audit_summary(report, summary, context.language(), is_colourful(STDOUT_FILENO)) << std::flush;
    if (is_interrupted()) {
        std::cerr << (is_indonesian(context) ? "Dihentikan. Perintah yang sama melanjutkan dari sini.\n"
                                             : "Stopped. The same command goes on from here.\n");
        return exit_interrupted;
    }
    return exit_code(report);
}

int watch(Auditor& auditor, const AuditOptions& options, const AuditArguments& arguments, const Context& context) {
    audit::FolderWatch folders(options.roots); // before the first look, so that nothing falls in between
    int code = look(auditor, options, arguments, context);
    while (!is_interrupted()) {
        constexpr std::chrono::milliseconds patience(500);
        if (folders.wait(patience, nullptr)) {
            code = look(auditor, options, arguments, context);
        }
    }
    return is_interrupted() ? exit_interrupted : code;
}

int run(AuditArguments& arguments, const Context& context) {
    forbid_core_dumps();
    for (const std::string& file : arguments.reports) {
        (void)output::report_format_of(file); // before the night's work, not after it
    }
    AuditOptions options = arguments.audit_options(context);
    options.baseline = baseline_of(arguments.baseline);
    const bool looks = !options.roots.empty() || !options.files_from.empty();
    options.read_only = !looks && arguments.forget.empty();
    watch_interrupts();
    Auditor auditor(options);
    print_notices(auditor.notices());
    for (const std::string& path : arguments.forget) {
        const std::uint64_t files = auditor.forget(path);
        std::cerr << output::shown_path(path) << ": " << files
                  << (is_indonesian(context) ? " berkas dilupakan\n"
                      : files == 1           ? " file forgotten\n"
                                             : " files forgotten\n");
    }
    if (looks) {
        return arguments.watch ? watch(auditor, options, arguments, context)
                               : look(auditor, options, arguments, context);
    }
    if (!arguments.forget.empty()) {
        return exit_clean;
    }
    AuditReport report = auditor.report();
    write_reports(auditor, arguments, context, report);
    AuditSummary nothing_new;
    nothing_new.complete = !report.ended.empty(); // the last run, which is what is told of
    std::cout << output::audit_summary(report, nothing_new, context.language(), is_colourful(STDOUT_FILENO))
              << std::flush;
    return exit_code(report);
}

} // namespace

void add_audit(CLI::App& app, Context& context) {
    CLI::App* command = app.add_subcommand(
        "audit", "Every photo and document of a gallery; goes on where it was stopped, reads only what is new");
    const auto arguments = std::make_shared<AuditArguments>();
    arguments->add_to(*command);
    add_audit_decisions(*command, context);
    command->callback([command, &context, arguments] {
        if (!command->get_subcommands().empty()) {
            return; // accept, diff …
        }
        if (arguments->roots.empty() && arguments->files_from.empty() && arguments->reports.empty() &&
            arguments->forget.empty()) {
            throw CLI::RequiredError("DIR, --files-from or --report");
        }
        context.run = [&context, arguments] { return run(*arguments, context); };
    });
}

} // namespace saring::cli
