// Where everything that Saring knows lies, and its hashes.
#pragma once

#include "match/rule_pack.hpp"
#include "saring/scan.hpp"

#include <filesystem>
#include <string_view>
#include <vector>

namespace saring::pipeline {

inline constexpr std::string_view text_locator = "text-locator.onnx";
inline constexpr std::string_view mark_locator = "mark-locator.onnx";
inline constexpr std::string_view line_recogniser = "line-recogniser.onnx";
inline constexpr std::string_view letter_model = "letter-model.bin";

// The folder of rules and networks: the option, or where Saring was installed. Throws Error(missing_model).
std::filesystem::path models_folder(const ScanOptions& options);

// A network's file. Throws Error(missing_model).
std::filesystem::path model(const ScanOptions& options, std::string_view name);

// The rule packs of Saring and those that the options name, as the options want them. Throws Error(bad_rules,
// bad_option).
match::RuleSet load_rules(const ScanOptions& options, bool check_examples = true);

// Version and hashes. Networks must be the ones that the manifest lists; throws Error(missing_model) where they are
// not.
Provenance provenance(const ScanOptions& options, const match::RuleSet& rules);

} // namespace saring::pipeline
