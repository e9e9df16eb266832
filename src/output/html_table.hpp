// The parts of an HTML report that list files: the form of the filter, what could not be scanned, and the plain table
// for readers without scripts.
#pragma once

#include "saring/audit.hpp"

#include <string>

namespace saring::output {

std::string filter_form(bool with_decisions, Language language);

// As loud as findings; grouped by what happened. Empty where everything could be scanned.
std::string errors_section(const AuditReport& report, Language language);

std::string plain_table(const AuditReport& report, Language language);

} // namespace saring::output
