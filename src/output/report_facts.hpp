// What several reports of an audit tell, gathered in one way.
#pragma once

#include "saring/audit.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace saring::output {

// "2026-08-17T09:30:00Z"
std::string time_of(std::int64_t seconds);

// The day by which a report sorts and counts, "2026-08-17": when the picture was taken, else when the file was changed.
std::string day_of(const AuditEntry& entry);

// Where the file lies: the path without its last part; empty for a bare name.
std::string folder_of(std::string_view path);

// "page 3" where the file has several pages; empty else.
std::string page_of(std::optional<int> page, int pages, Language language);

// The place of an unread region, and what could not be read.
std::string unread_text(const AuditUnread& unread, int pages, Language language);

// Each thing that is told of the entry's unread regions once, with how often it is so: "page 2: … (3 ×)".
std::vector<std::string> unread_texts(const AuditEntry& entry, Language language);

// The gravest of the entry's open findings; null where none is open.
const AuditFinding* gravest_of(const AuditEntry& entry);

// What `saring check` found, as if it were an audit of these files.
AuditReport audit_of(std::span<const ScanResult> results, std::span<const Error> errors, const Provenance& tool);

} // namespace saring::output
