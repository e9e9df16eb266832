#include "pipeline/models.hpp"

#include "image/load.hpp"
#include "saring/sha256.hpp"
#include "saring/version.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <fstream>
#include <optional>

namespace saring::pipeline {
namespace {

[[noreturn]] void missing(const std::filesystem::path& path, const std::string& why = {}) {
    throw Error(ErrorCode::missing_model, "start", path.string() + (why.empty() ? "" : ": " + why));
}

// The last day on which all of the rules count; empty where none of them ends.
std::string first_end_of(const match::RuleSet& rules) {
    std::optional<std::chrono::sys_days> first;
    for (const match::Rule& rule : rules.rules) {
        if (rule.until && (!first || *rule.until < *first)) {
            first = rule.until;
        }
    }
    return first ? match::text_of(*first) : std::string();
}

} // namespace

std::filesystem::path models_folder(const ScanOptions& options) {
    const std::filesystem::path folder =
        options.models.empty() ? std::filesystem::path(installed_models) : options.models;
    std::error_code error;
    if (!std::filesystem::is_directory(folder / "rules", error)) {
        missing(folder);
    }
    return folder;
}

std::filesystem::path model(const ScanOptions& options, std::string_view name) {
    std::filesystem::path file = models_folder(options) / name;
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) {
        missing(file);
    }
    return file;
}

match::RuleSet load_rules(const ScanOptions& options, bool check_examples) {
    std::vector<std::filesystem::path> folders{models_folder(options) / "rules"};
    folders.insert(folders.end(), options.rules.begin(), options.rules.end());
    match::LoadOptions load;
    load.enable.insert(options.enable.begin(), options.enable.end());
    load.as_of = match::day_of(options.as_of);
    load.check_examples = check_examples;
    load.all_optional = options.profile == Profile::strict;
    return match::load_rules(folders, load);
}

Provenance provenance(const ScanOptions& options, const match::RuleSet& rules) {
    Provenance out;
    out.version = version;
    out.profile = options.profile;
    out.enabled = options.enable;
    out.as_of = options.as_of;
    for (const match::RulePack& pack : rules.packs) {
        // Packs of one name are told apart by their files, so that none goes unnoticed when it changes.
        if (!out.rules.emplace(pack.name, pack.sha256).second) {
            out.rules.emplace(pack.name + " (" + pack.path.string() + ")", pack.sha256);
        }
    }
    if (options.as_of.empty()) {
        out.until = first_end_of(rules);
    }
    const std::filesystem::path manifest_file = model(options, "manifest.json");
    nlohmann::json manifest;
    try {
        std::ifstream stream(manifest_file);
        manifest = nlohmann::json::parse(stream);
        for (const nlohmann::json& entry : manifest.at("networks")) {
            const auto name = entry.at("file").get<std::string>();
            const std::string hash = sha256(std::span<const std::byte>(image::read_file(model(options, name), {})));
            if (hash != entry.at("sha256").get<std::string>()) {
                missing(models_folder(options) / name, "its content is not the one that manifest.json lists");
            }
            out.models[name] = hash;
        }
    } catch (const nlohmann::json::exception& e) {
        missing(manifest_file, e.what());
    }
    return out;
}

} // namespace saring::pipeline
