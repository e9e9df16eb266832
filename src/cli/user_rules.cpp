#include "cli/user_rules.hpp"

#include "saring/error.hpp"

#include <nlohmann/json.hpp>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace saring::cli {
namespace {

// A TOML basic string has the escapes of JSON.
std::string quoted(const std::string& text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

std::filesystem::path user_rules_folder() {
    if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && *config == '/') {
        return std::filesystem::path(config) / "saring" / "rules";
    }
    if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/') {
        return std::filesystem::path(home) / ".config" / "saring" / "rules";
    }
    return {};
}

std::string with_clean_example(const std::filesystem::path& file, const std::string& rule, const std::string& text) {
    std::string content = "# Phrases that were flagged by mistake, added by `saring rules clean`.\nname = \"my-clean-examples\"\n";
    std::error_code error;
    if (std::filesystem::exists(file, error)) {
        std::ifstream stream(file, std::ios::binary);
        std::ostringstream whole;
        whole << stream.rdbuf();
        if (!stream) {
            throw Error(ErrorCode::read_failed, "rules", file.string());
        }
        content = whole.str();
    }
    return content + "\n[[clean]]\nrule = " + quoted(rule) + "\ntext = " + quoted(text) + "\n";
}

} // namespace saring::cli
