// What the commands share: exit codes, the chosen language, options of the scanner.
#pragma once

#include "saring/error.hpp"
#include "saring/scan.hpp"

#include <functional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace saring::cli {

inline constexpr int exit_clean = 0;  // everything was read and nothing was found
inline constexpr int exit_found = 1;  // some verdict is review or block
inline constexpr int exit_failed = 2; // some input failed, or the usage is wrong
inline constexpr int exit_interrupted = 130;

// Filled while the arguments are parsed; the chosen command leaves what to run.
struct Context {
    std::string language_name; // "id", "en" or empty
    std::function<int()> run;
    bool checks = true; // false for commands that list or decide: their failure leaves no file unchecked

    [[nodiscard]] Language language() const;
};

// The options that reading commands have in common.
struct ReadingOptions {
    std::vector<std::string> ocr_languages{"ind", "eng"};
    std::string tessdata;
    std::string models;
    std::vector<std::string> rules;
    std::vector<std::string> enable;
    std::string as_of;
    std::string profile = "public";
    std::uint64_t max_bytes = Limits{}.file_bytes;
    std::uint64_t max_pixels = Limits{}.pixels;
    int max_pages = Limits{}.pages;
    double page_seconds = 60;
    bool fast = false;
    std::string engine = "tesseract";
    std::string replay;

    void add_to(CLI::App& command);
    void add_rules_to(CLI::App& command); // only what rules are concerned with
    void add_fast_to(CLI::App& command);
    [[nodiscard]] ScanOptions scan_options(Language language) const;
    [[nodiscard]] std::vector<std::string> arguments() const; // the same options for a worker's command line
};

void add_check(CLI::App& app, Context& context);
void add_audit(CLI::App& app, Context& context);
void add_audit_decisions(CLI::App& audit, Context& context);
void add_convert(CLI::App& app, Context& context);
void add_worker(CLI::App& app, Context& context);
void add_rules(CLI::App& app, Context& context);
void add_doctor(CLI::App& app, Context& context);

// To stderr, coloured on a terminal.
void print(const Error& error, const Context& context);

// True when colours and bars belong on this stream: a terminal, and NO_COLOR is not set.
bool is_colourful(int file_descriptor);

// Set by Ctrl-C. The first one asks to stop after the file at hand, the second one ends the program.
bool is_interrupted();
void watch_interrupts();

} // namespace saring::cli
