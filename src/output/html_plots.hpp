// The plots of an HTML report, drawn as SVG, with the same numbers as a table below each.
#pragma once

#include "saring/audit.hpp"

#include <string>

namespace saring::output {

// One bar, split by verdict.
std::string totals_bar(const AuditCounts& counts, Language language);

// By folder, by month and by rule, each in a section of its own; a plot without anything to show is left out.
std::string plots(const AuditReport& report, Language language);

} // namespace saring::output
