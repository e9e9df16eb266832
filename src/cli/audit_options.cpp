#include "cli/audit_options.hpp"

#include "cli/password.hpp"
#include "match/rule_pack.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdlib>

namespace saring::cli {
namespace {

[[noreturn]] void refuse(const std::string& why) { throw Error(ErrorCode::bad_option, "options", why); }

std::optional<std::int64_t> seconds_of(const std::string& day) {
    if (day.empty()) {
        return std::nullopt;
    }
    return std::chrono::duration_cast<std::chrono::seconds>(match::day_of(day).time_since_epoch()).count();
}

// "90d" or "90".
std::optional<int> days_of(const std::string& text) {
    if (text.empty()) {
        return std::nullopt;
    }
    int days = 0;
    const char* end = text.data() + text.size();
    const auto [rest, error] = std::from_chars(text.data(), end, days);
    if (error != std::errc() || days < 0 || !(rest == end || std::string_view(rest, end) == "d")) {
        refuse("--retain wants a number of days, such as 90d, not '" + text + "'");
    }
    return days;
}

std::map<std::string, std::string> owners_of(const std::vector<std::string>& pairs) {
    std::map<std::string, std::string> out;
    for (const std::string& pair : pairs) {
        const std::size_t at = pair.rfind('=');
        if (at == std::string::npos || at == 0 || at + 1 == pair.size()) {
            refuse("--owner wants FOLDER=NAME, not '" + pair + "'");
        }
        out[pair.substr(0, at)] = pair.substr(at + 1);
    }
    return out;
}

} // namespace

std::filesystem::path default_store() {
    const auto variable = [](const char* name) -> std::filesystem::path {
        const char* value = std::getenv(name);
        return value != nullptr ? value : "";
    };
    std::filesystem::path folder = variable("XDG_STATE_HOME");
    if (folder.empty()) {
        folder = variable("HOME") / ".local" / "state";
    }
    return folder / "saring" / "audit.db";
}

void AuditArguments::add_store_to(CLI::App& command) {
    command.add_option("--db", store, "Where the audit remembers (default: " + default_store().string() + ")");
    command.add_option("--passphrase-file", passphrase_file,
                       "The text that is kept is encrypted with the first line of this file");
    command.add_flag("--ask-passphrase", ask_passphrase, "The same, asked for unseen");
}

void AuditArguments::add_to(CLI::App& command) {
    FileFilter& filter = options.filter;
    command.add_option("DIR", roots, "Folders, files and archives to look at");
    command.add_option("--files-from", files_from,
                       "A list of files, separated by line ends or NUL; - for standard input");
    add_store_to(command);
    command.add_option("--report", reports, "Write a report: .html, .csv, .json, .ndjson or .sarif; may be repeated")
        ->allow_extra_args(false);
    command.add_option("--baseline", baseline, "An earlier JSON report whose findings are taken for accepted");
    command.add_option("--include", filter.include, "Only paths like this glob, such as '2026/**/*.jpg'")
        ->allow_extra_args(false);
    command.add_option("--exclude", filter.exclude, "No paths like this glob")->allow_extra_args(false);
    command.add_option("--type", filter.types, "Only this media type: image, video, application/pdf …")
        ->allow_extra_args(false);
    command.add_option("--min-size", filter.min_bytes, "Only files of at least so many bytes");
    command.add_option("--max-size", filter.max_bytes, "Only files of at most so many bytes");
    command.add_option("--newer", newer, "Only files changed on this day or later, as 2026-08-17");
    command.add_option("--older", older, "Only files changed before this day");
    command.add_flag("--hidden", filter.hidden, "Also names that begin with a dot");
    command.add_flag("--follow-links", filter.follow_links, "Follow symbolic links");
    command.add_flag("--no-archives", no_archives, "Do not look into ZIP and TAR files");
    command.add_option("-j,--jobs", options.jobs, "Workers at the same time (default: one for each core)")
        ->check(CLI::Range(0, 1024));
    command.add_option("--max-load", options.max_load, "Begin no new file while the machine's load is above this");
    command.add_option("--nice", options.nice, "How much workers give way to other programs")
        ->check(CLI::Range(0, 19))
        ->capture_default_str();
    command.add_option("--worker-memory", worker_mebibytes, "Memory of one worker, in MiB")
        ->check(CLI::Range(256, 1 << 20))
        ->capture_default_str();
    command.add_option("--file-seconds", file_seconds, "Time for one file")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_flag("--no-text", no_text, "Keep no text: a changed rule pack then reads every picture again");
    command.add_option("--retain", retain, "Forget what was last seen in the gallery longer ago, as 90d");
    command.add_option("--forget", forget, "Delete what is known of this path and what lies below it")
        ->allow_extra_args(false);
    command.add_option("--owner", owners, "Who answers for a folder, as FOLDER=NAME; may be repeated")
        ->allow_extra_args(false);
    command.add_flag("--no-thumbnails", no_thumbnails, "No pictures in the HTML report");
    command.add_flag("--watch", watch, "Stay, and look at new files as they come");
    command.add_flag("-q,--quiet", quiet, "No progress");
    command.add_option("--worker", worker, "Another program that speaks the worker protocol")->group("");
    command.add_flag("--no-sandbox", no_sandbox, "Workers without a seccomp filter, for kernels that have none");
    reading.add_to(command);
}

AuditOptions AuditArguments::audit_options(const Context& context) const {
    AuditOptions out = options;
    out.roots.assign(roots.begin(), roots.end());
    out.files_from = files_from;
    out.store = store.empty() ? default_store() : std::filesystem::path(store);
    out.filter.archives = !no_archives;
    out.filter.newer = seconds_of(newer);
    out.filter.older = seconds_of(older);
    out.keep_text = !no_text;
    out.retain_days = days_of(retain);
    out.owners = owners_of(owners);
    out.as_of = reading.as_of;
    out.language = context.language();
    out.worker_memory = worker_mebibytes << 20U;
    out.file_time = std::chrono::seconds(static_cast<long long>(std::max(1.0, file_seconds)));
    if (!passphrase_file.empty()) {
        out.passphrase = read_password_file(passphrase_file).password.view();
    } else if (ask_passphrase) {
        out.passphrase = ask_password(context.language()).view();
    }
    if (worker.empty()) {
        out.worker = {std::filesystem::read_symlink("/proc/self/exe").string(), "worker"};
        if (!no_sandbox) {
            out.worker.emplace_back("--sandbox");
        }
        const std::vector<std::string> more = reading.arguments();
        out.worker.insert(out.worker.end(), more.begin(), more.end());
    } else {
        out.worker = {worker};
    }
    return out;
}

} // namespace saring::cli
