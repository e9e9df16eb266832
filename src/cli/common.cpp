#include "cli/commands.hpp"
#include "cli/user_rules.hpp"

#include "output/text_report.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string_view>
#include <unistd.h>

namespace saring::cli {
namespace {

volatile std::sig_atomic_t interrupted = 0;

void on_interrupt(int) {
    if (interrupted != 0) {
        _exit(exit_interrupted);
    }
    interrupted = 1;
}

std::string_view environment(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "";
}

// --models, then SARING_MODELS, then beside the program (a build folder or a relocated installation), else as
// installed.
std::filesystem::path models_folder(const std::string& option) {
    if (!option.empty()) {
        return option;
    }
    if (const std::string_view variable = environment("SARING_MODELS"); !variable.empty()) {
        return variable;
    }
    std::error_code error;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (const char* beside : {"models", "../share/saring/models"}) {
        if (std::filesystem::is_directory(program / beside / "rules", error)) {
            return program / beside;
        }
    }
    return {};
}

} // namespace

Language Context::language() const {
    if (!language_name.empty()) {
        return language_name == "id" ? Language::indonesian : Language::english;
    }
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        if (const std::string_view value = environment(name); !value.empty()) {
            return value.starts_with("id") || value.starts_with("in_") ? Language::indonesian : Language::english;
        }
    }
    return Language::english;
}

void ReadingOptions::add_to(CLI::App& command) {
    command.add_option("--ocr-languages", ocr_languages, "Languages to read, by Tesseract's names")
        ->delimiter('+')
        ->allow_extra_args(false)
        ->capture_default_str();
    command.add_option("--tessdata", tessdata, "Folder with Tesseract's languages");
    add_rules_to(command);
    command.add_option("--max-bytes", max_bytes, "Largest file, in bytes")->capture_default_str();
    command.add_option("--max-pixels", max_pixels, "Largest page, in pixels")->capture_default_str();
    command.add_option("--max-pages", max_pages, "Longest document, in pages")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_option("--page-seconds", page_seconds, "Time for one page")
        ->check(CLI::PositiveNumber)
        ->capture_default_str();
    command.add_option("--engine", engine, "What reads: tesseract, or replay for tests")->group("");
    command.add_option("--replay", replay, "Recording for the replay engine")->group("");
}

void ReadingOptions::add_fast_to(CLI::App& command) {
    command.add_flag("--fast", fast, "Stop at the first finding that blocks; the result is marked as not complete");
}

void ReadingOptions::add_rules_to(CLI::App& command) {
    command.add_option("--models", models, "Folder with rules and networks");
    command.add_option("--rules", rules, "Further folder with rule packs, or a pack; may be given several times")
        ->allow_extra_args(false); // the next word is a PATH
    command.add_option("--enable", enable, "Opt in to a rule or a group of rules, such as travel")
        ->allow_extra_args(false);
    command.add_option("--as-of", as_of, "The day on which rules must count, as 2026-08-17 (default: today)");
    command
        .add_option(
            "--profile", profile,
            "How strictly rules are taken: public (for what everybody may see), agency (among colleagues) or strict")
        ->check(CLI::IsMember({"public", "agency", "strict"}))
        ->capture_default_str();
}

ScanOptions ReadingOptions::scan_options(Language language) const {
    ScanOptions out;
    out.language = language;
    out.ocr_languages = ocr_languages;
    out.tessdata = tessdata;
    out.models = models_folder(models);
    out.rules.assign(rules.begin(), rules.end());
    std::error_code error;
    if (const std::filesystem::path own = user_rules_folder(); std::filesystem::is_directory(own, error)) {
        out.rules.insert(out.rules.begin(), own);
    }
    out.enable = enable;
    out.as_of = as_of;
    out.profile = profile_from(profile).value_or(Profile::everybody);
    out.limits.file_bytes = max_bytes;
    out.limits.pixels = max_pixels;
    out.limits.pages = max_pages;
    out.limits.page_time = std::chrono::milliseconds(static_cast<long long>(page_seconds * 1000));
    out.fast = fast;
    out.engine = engine;
    out.replay = replay;
    return out;
}

std::vector<std::string> ReadingOptions::arguments() const {
    std::string languages;
    for (const std::string& language : ocr_languages) {
        languages += (languages.empty() ? "" : "+") + language;
    }
    std::vector<std::string> out{"--ocr-languages", languages, "--profile", profile, "--engine", engine};
    const auto add = [&](const char* name, const std::string& value) {
        if (!value.empty()) {
            out.insert(out.end(), {name, value});
        }
    };
    add("--tessdata", tessdata);
    add("--models", models);
    add("--as-of", as_of);
    add("--replay", replay);
    for (const std::string& pack : rules) {
        add("--rules", pack);
    }
    for (const std::string& name : enable) {
        add("--enable", name);
    }
    add("--max-bytes", std::to_string(max_bytes));
    add("--max-pixels", std::to_string(max_pixels));
    add("--max-pages", std::to_string(max_pages));
    add("--page-seconds", std::to_string(page_seconds));
    return out;
}

void print(const Error& error, const Context& context) {
    std::cerr << output::text_of(error, {context.language(), is_colourful(STDERR_FILENO)}, context.checks);
}

bool is_colourful(int file_descriptor) { return ::isatty(file_descriptor) == 1 && environment("NO_COLOR").empty(); }

bool is_interrupted() { return interrupted != 0; }

void watch_interrupts() {
    struct sigaction action {};
    action.sa_handler = on_interrupt;
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
}

} // namespace saring::cli
