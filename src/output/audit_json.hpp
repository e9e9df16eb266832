// An audit as JSON, in the form of "saring-audit/1"; its findings, regions and errors look as in "saring/1".
#pragma once

#include "output/json.hpp"
#include "saring/audit.hpp"

#include <string>

namespace saring::output {

Json json_of(const AuditEntry& entry, Language language);
Json json_of(const AuditCounts& counts);

// Everything before the entries: schema, tool, roots, times, counts, folders, months.
Json head_of(const AuditReport& report);

std::string audit_json(const AuditReport& report, Language language);
// {"audit": head}, then {"entry": …} a line.
std::string audit_ndjson(const AuditReport& report, Language language);

std::string difference_json(const AuditDifference& difference, Language language);
// {"appeared": entry}, {"gone": entry} or {"failing": path} a line.
std::string difference_ndjson(const AuditDifference& difference, Language language);

} // namespace saring::output
