// The user's own rule packs.
#pragma once

#include <filesystem>
#include <string>

namespace saring::cli {

// $XDG_CONFIG_HOME/saring/rules, else ~/.config/saring/rules; empty where neither variable is set. It need not exist.
std::filesystem::path user_rules_folder();

// The content of the pack `file`, made new where there is none, with `text` as a further clean example of `rule`.
// Throws Error(read_failed).
std::string with_clean_example(const std::filesystem::path& file, const std::string& rule, const std::string& text);

} // namespace saring::cli
