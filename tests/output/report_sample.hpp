// Audits that nobody made, for tests of reports.
#pragma once

#include "saring/audit.hpp"

#include <string>

namespace saring::test {

// One of everything that a report tells, with the names and words of a hostile gallery.
AuditReport sample_report();

// As many findings in as many folders, months and groups as a large gallery has, with a picture for each.
AuditReport large_report(int findings);

// Two runs apart: something appeared, something is gone, something fails.
AuditDifference sample_difference();

} // namespace saring::test
