// Colours of the terminal, where they are asked for.
#pragma once

#include <string>
#include <string_view>

namespace saring::output {

inline constexpr std::string_view red = "\033[1;31m";
inline constexpr std::string_view yellow = "\033[1;33m";
inline constexpr std::string_view green = "\033[1;32m";
inline constexpr std::string_view faint = "\033[2m";
inline constexpr std::string_view bold = "\033[1m";

inline std::string painted(std::string_view text, std::string_view colour, bool wanted) {
    return wanted ? std::string(colour) + std::string(text) + "\033[0m" : std::string(text);
}

} // namespace saring::output
