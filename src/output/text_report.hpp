// A verdict that a person understands in three seconds.
#pragma once

#include "saring/error.hpp"
#include "saring/scan.hpp"

#include <string>

namespace saring::output {

struct TextStyle {
    Language language = Language::indonesian;
    bool colour = false;
};

// A few lines: the verdict, what was found and where, what to do. Masked.
std::string text_of(const ScanResult& result, const TextStyle& style);
std::string text_of(const Error& error, const TextStyle& style,
                    bool checking = true); // false: nothing was to be checked

// Totals for more than one file; empty for one.
std::string summary(std::size_t safe, std::size_t review, std::size_t block, std::size_t failed,
                    const TextStyle& style);

} // namespace saring::output
