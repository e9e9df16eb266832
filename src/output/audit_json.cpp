#include "output/audit_json.hpp"

#include "output/report_facts.hpp"

namespace saring::output {
namespace {

constexpr std::string_view schema = "saring-audit/1";
constexpr std::string_view difference_schema = "saring-audit-difference/1";

void add_if_told(Json& out, const char* key, const std::string& value) {
    if (!value.empty()) {
        out[key] = value;
    }
}

Json json_of(const Acceptance& acceptance) {
    Json out{{"who", acceptance.who}, {"why", acceptance.why}, {"when", acceptance.when}};
    add_if_told(out, "until", acceptance.until);
    return out;
}

Json json_of(const AuditFinding& found) {
    Json out = output::json_of(found.finding);
    out["blocks"] = found.finding.blocks;
    out["decision"] = name_of(found.decision);
    if (found.acceptance) {
        out["acceptance"] = json_of(*found.acceptance);
    }
    add_if_told(out, "first_seen", found.first_seen);
    return out;
}

Json json_of(const AuditUnread& unread) {
    Json out{{"page", unread.page}};
    out.update(output::json_of(unread.region));
    return out;
}

Json json_of(const std::map<std::string, AuditCounts>& counts) {
    Json out = Json::object();
    for (const auto& [name, count] : counts) {
        out[shown_path(name)] = output::json_of(count);
    }
    return out;
}

// For files that end with what they are about: nobody reads a report of 5,000 entries on one line.
std::string indented(const Json& value) { return value.dump(1, ' ', false, Json::error_handler_t::replace) + "\n"; }

Json entries_of(const std::vector<AuditEntry>& entries, Language language) {
    Json out = Json::array();
    for (const AuditEntry& entry : entries) {
        out.push_back(output::json_of(entry, language));
    }
    return out;
}

Json paths_of(const std::vector<std::string>& paths) {
    Json out = Json::array();
    for (const std::string& path : paths) {
        out.push_back(shown_path(path));
    }
    return out;
}

} // namespace

Json json_of(const AuditCounts& counts) {
    return {{"files", counts.files},
            {"safe", counts.safe},
            {"review", counts.review},
            {"block", counts.block},
            {"failed", counts.failed},
            {"other", counts.other},
            {"open_findings", counts.open_findings},
            {"accepted_findings", counts.accepted_findings},
            {"removed_findings", counts.removed_findings}};
}

Json json_of(const AuditEntry& entry, Language language) {
    Json out{{"path", shown_path(entry.path)}};
    add_if_told(out, "owner", entry.owner);
    out.update({{"sha256", entry.sha256}, {"media_type", entry.media_type}, {"bytes", entry.bytes}});
    out["modified"] = time_of(entry.modified);
    add_if_told(out, "taken", entry.taken);
    out["pages"] = entry.pages;
    if (entry.error) { // a file that could not be scanned has no verdict
        out["error"] = output::json_of(*entry.error, language);
    } else {
        out["verdict"] = name_of(entry.verdict);
    }
    out.update({{"complete", entry.complete}, {"stale", entry.stale}, {"removed", entry.removed}});
    add_if_told(out, "group", entry.group);
    out["reasons"] = entry.reasons;
    Json& findings = out["findings"] = Json::array();
    for (const AuditFinding& found : entry.findings) {
        findings.push_back(json_of(found));
    }
    Json& unread = out["unread"] = Json::array();
    for (const AuditUnread& one : entry.unread) {
        unread.push_back(json_of(one));
    }
    return out;
}

Json head_of(const AuditReport& report) {
    return {{"schema", schema},
            {"tool", json_of(report.tool)},
            {"roots", paths_of(report.roots)},
            {"began", report.began},
            {"ended", report.ended.empty() ? Json() : Json(report.ended)},
            {"counts", json_of(report.counts)},
            {"folders", json_of(report.folders)},
            {"months", json_of(report.months)}};
}

std::string audit_json(const AuditReport& report, Language language) {
    Json out = head_of(report);
    out["entries"] = entries_of(report.entries, language);
    return indented(out);
}

std::string audit_ndjson(const AuditReport& report, Language language) {
    std::string out = dumped({{"audit", head_of(report)}}) + "\n";
    for (const AuditEntry& entry : report.entries) {
        out += dumped({{"entry", json_of(entry, language)}}) + "\n";
    }
    return out;
}

std::string difference_json(const AuditDifference& difference, Language language) {
    return indented({{"schema", difference_schema},
                     {"appeared", entries_of(difference.appeared, language)},
                     {"gone", entries_of(difference.gone, language)},
                     {"failing", paths_of(difference.failing)}});
}

std::string difference_ndjson(const AuditDifference& difference, Language language) {
    std::string out;
    for (const AuditEntry& entry : difference.appeared) {
        out += dumped({{"appeared", json_of(entry, language)}}) + "\n";
    }
    for (const AuditEntry& entry : difference.gone) {
        out += dumped({{"gone", json_of(entry, language)}}) + "\n";
    }
    for (const std::string& path : difference.failing) {
        out += dumped({{"failing", shown_path(path)}}) + "\n";
    }
    return out;
}

} // namespace saring::output
