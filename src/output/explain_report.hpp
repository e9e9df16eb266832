// Why the rules decided as they did, for people who write or mend rules.
#pragma once

#include "output/text_report.hpp"
#include "saring/scan.hpp"

#include <string>

namespace saring::output {

// One paragraph for each place that a rule looked at: what came of it, and what its confidence is made of. Masked. The scan
// must have been asked for explanations.
std::string explanation_of(const ScanResult& result, const TextStyle& style);

} // namespace saring::output
