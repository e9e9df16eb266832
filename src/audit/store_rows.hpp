// Rows of contents and findings as the types that reports are made of.
#pragma once

#include "audit/sqlite.hpp"
#include "saring/audit.hpp"

namespace saring::audit {

// Columns for finding_from(), in its order, of a table named `d`.
inline constexpr const char* finding_columns = "d.fingerprint, d.rule, d.category, d.severity, d.title, d.advice, "
                                               "d.match, d.context, d.page, d.places, d.confidence, "
                                               "d.blocks, d.first_seen";

// Reads a finding from these columns, the first of which is `from`.
AuditFinding finding_from(const Statement& row, int from);

// Columns for content_into(), of a table named `c`.
inline constexpr const char* content_columns = "c.bytes, c.media_type, c.taken, c.pages, c.complete, c.rules_key, "
                                               "c.models_key, c.judged_until, c.unread, c.reasons";

struct Keys {
    std::string rules;
    std::string models;
    std::string today;
};

void content_into(AuditEntry& entry, const Statement& row, int from, const Keys& keys);

// By findings that are open, unread regions and reasons; review for what was not read to its end.
Verdict verdict_of(const AuditEntry& entry);

} // namespace saring::audit
