#include "audit/store_rows.hpp"

#include "audit/store_json.hpp"
#include "match/verdict.hpp"

#include <algorithm>

namespace saring::audit {

AuditFinding finding_from(const Statement& row, int from) {
    AuditFinding out;
    Finding& finding = out.finding;
    finding.fingerprint = row.text(from);
    finding.rule = row.text(from + 1);
    finding.category = row.as<Category>(from + 2);
    finding.severity = row.as<Severity>(from + 3);
    finding.title = row.text(from + 4);
    finding.advice = row.text(from + 5);
    finding.match = row.text(from + 6);
    finding.context = row.text(from + 7);
    if (!row.null(from + 8)) {
        finding.page = row.as<int>(from + 8);
    }
    read_places(row.view(from + 9), finding);
    finding.confidence = static_cast<float>(row.real(from + 10));
    finding.blocks = row.as<bool>(from + 11);
    out.first_seen = row.text(from + 12);
    return out;
}

void content_into(AuditEntry& entry, const Statement& row, int from, const Keys& keys) {
    entry.bytes = row.as<std::uint64_t>(from);
    entry.media_type = row.text(from + 1);
    entry.taken = row.text(from + 2);
    entry.pages = row.as<int>(from + 3);
    entry.complete = row.as<bool>(from + 4);
    const std::string_view until = row.view(from + 7);
    entry.stale = (!keys.rules.empty() && row.view(from + 5) != keys.rules) ||
                  (!keys.models.empty() && row.view(from + 6) != keys.models) ||
                  (!until.empty() && !keys.today.empty() && until < keys.today);
    if (!row.null(from + 8)) {
        entry.unread = unread_from(row.view(from + 8));
    }
    if (!row.null(from + 9)) {
        entry.reasons = strings_from(row.view(from + 9));
    }
}

Verdict verdict_of(const AuditEntry& entry) {
    const bool doubtful = !entry.unread.empty() || !entry.reasons.empty() || !entry.complete || entry.error;
    Verdict verdict = doubtful ? Verdict::review : Verdict::safe;
    for (const AuditFinding& one : entry.findings) {
        if (one.decision == Decision::open) {
            verdict = std::max(verdict, match::verdict_on(one.finding));
        }
    }
    return verdict;
}

} // namespace saring::audit
