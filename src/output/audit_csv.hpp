// An audit as a table for spreadsheets: RFC 4180, UTF-8 with a byte order mark, without which Excel takes it for
// something else.
#pragma once

#include "saring/audit.hpp"

#include <string>

namespace saring::output {

// A row for each finding, each unread region and each file that could not be scanned; the column "kind" says which.
// What a spreadsheet would take for a formula is set behind an apostrophe.
std::string audit_csv(const AuditReport& report, Language language);

// The same rows with the column "change" in front: appeared, gone, failing.
std::string difference_csv(const AuditDifference& difference, Language language);

} // namespace saring::output
