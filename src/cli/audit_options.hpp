// The arguments of `saring audit`, and what they come to.
#pragma once

#include "cli/commands.hpp"
#include "saring/audit.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace saring::cli {

struct AuditArguments {
    std::vector<std::string> roots;
    std::string files_from;
    std::string store;
    std::string newer;
    std::string older;
    std::string retain;
    std::string passphrase_file;
    std::string worker;
    std::vector<std::string> owners; // FOLDER=NAME
    std::vector<std::string> reports;
    std::vector<std::string> forget;
    std::string baseline;
    std::uint64_t worker_mebibytes = 2048;
    double file_seconds = 300;
    bool ask_passphrase = false;
    bool no_text = false;
    bool no_archives = false;
    bool no_thumbnails = false;
    bool no_sandbox = false;
    bool watch = false;
    bool quiet = false;
    AuditOptions options;
    ReadingOptions reading;

    void add_to(CLI::App& command);
    void add_store_to(CLI::App& command); // only what opening the store needs
    // Throws Error(bad_option) for a day, a length of time or an owner that is none.
    [[nodiscard]] AuditOptions audit_options(const Context& context) const;
};

// $XDG_STATE_HOME/saring/audit.db, or the same below ~/.local/state.
std::filesystem::path default_store();

} // namespace saring::cli
