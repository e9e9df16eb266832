// Pictures of the findings for a report, made by workers from the files as they are now.
#pragma once

#include "audit/worker_pool.hpp"
#include "saring/audit.hpp"

namespace saring::audit {

// Fills AuditFinding::thumbnail of open findings. A file that changed since it was read or that is gone gets none. What
// secrets and identifiers show is covered.
void add_thumbnails(AuditReport& report, WorkerPool& pool);

} // namespace saring::audit
