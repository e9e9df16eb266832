// What a conversion came to, for people and for programs.
#pragma once

#include "output/json.hpp"
#include "output/text_report.hpp"
#include "saring/convert.hpp"

#include <string>

namespace saring::output {

// One line: file, pages, words, mean confidence, size, protection.
std::string text_of(const ConversionSummary& summary, const TextStyle& style);

Json json_of(const ConversionSummary& summary);

} // namespace saring::output
