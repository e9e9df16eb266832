#include "output/audit_csv.hpp"

#include "output/report_facts.hpp"
#include "output/shown_text.hpp"

#include <cmath>
#include <initializer_list>
#include <string_view>

namespace saring::output {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view columns = "path,kind,verdict,decision,severity,category,rule,title,match,context,page,"
                                     "confidence,advice,fingerprint,first_seen,accepted_by,accepted_why,accepted_until,"
                                     "owner,group,sha256,media_type,bytes,taken,modified,stale,removed";

// Fields that begin so are formulas to spreadsheets, which run them (OWASP, CSV injection); behind an apostrophe they
// are text.
bool is_formula(std::string_view field) {
    const std::size_t begin = field.find_first_not_of(' ');
    return begin != std::string_view::npos && std::string_view("=+-@").find(field[begin]) != std::string_view::npos;
}

std::string field(std::string_view text) {
    const std::string shown = shown_words(text);
    std::string out = is_formula(shown) ? "'" : "";
    for (const char c : shown) {
        out += c == '"' ? "\"\"" : std::string(1, c);
    }
    return out.find_first_of(",\"") == std::string::npos ? out : "\"" + out + "\"";
}

void add_fields(std::string& row, std::initializer_list<std::string_view> texts) {
    for (const std::string_view text : texts) {
        row += "," + field(text);
    }
}

std::string_view yes(bool value) { return value ? "yes" : ""; }

// What describes the file, at the end of each of its rows.
void end_row(std::string& row, const AuditEntry& entry) {
    add_fields(row, {entry.owner, entry.group, entry.sha256, entry.media_type, std::to_string(entry.bytes), entry.taken,
                     time_of(entry.modified), yes(entry.stale), yes(entry.removed)});
    row += "\r\n";
}

std::string row_of(const AuditFinding& found, const AuditEntry& entry) {
    const Finding& finding = found.finding;
    const Acceptance acceptance = found.acceptance.value_or(Acceptance{});
    std::string row = field(shown_name(entry.path));
    add_fields(row, {"finding", name_of(entry.verdict), name_of(found.decision), name_of(finding.severity),
                     name_of(finding.category), finding.rule, finding.title, finding.match, finding.context,
                     finding.page ? std::to_string(*finding.page + 1) : std::string(),
                     std::to_string(std::lround(finding.confidence * 100)) + " %", finding.advice, finding.fingerprint,
                     found.first_seen, acceptance.who, acceptance.why, acceptance.until});
    end_row(row, entry);
    return row;
}

// A row without a finding: what is told instead stands in the title.
std::string plain_row(std::string_view kind, const AuditEntry& entry, std::string_view title, std::string_view page,
                      std::string_view advice) {
    std::string row = field(shown_name(entry.path));
    const std::string_view verdict = entry.error ? std::string_view() : name_of(entry.verdict);
    add_fields(row, {kind, verdict, "", "", "", "", title, "", "", page, "", advice, "", "", "", "", ""});
    end_row(row, entry);
    return row;
}

std::string rows_of(const AuditEntry& entry, Language language) {
    std::string out;
    if (entry.error) {
        out += plain_row("error", entry, entry.error->message(language), "", entry.error->advice(language));
    }
    for (const AuditFinding& found : entry.findings) {
        out += row_of(found, entry);
    }
    for (const AuditUnread& unread : entry.unread) {
        out += plain_row("unread", entry, unread_text(unread, 1, language), std::to_string(unread.page + 1), "");
    }
    for (const std::string& reason : entry.reasons) {
        out += plain_row("reason", entry, reason, "", "");
    }
    return out.empty() ? plain_row("file", entry, "", "", "") : out;
}

// The rows with a word in front of each.
std::string with_change(std::string_view change, const std::string& rows) {
    std::string out;
    for (std::size_t at = 0; at < rows.size();) { // fields hold no line ends
        const std::size_t end = rows.find('\n', at) + 1;
        out += std::string(change) + "," + rows.substr(at, end - at);
        at = end;
    }
    return out;
}

} // namespace

std::string audit_csv(const AuditReport& report, Language language) {
    std::string out = std::string(byte_order_mark) + std::string(columns) + "\r\n";
    for (const AuditEntry& entry : report.entries) {
        out += rows_of(entry, language);
    }
    return out;
}

std::string difference_csv(const AuditDifference& difference, Language language) {
    std::string out = std::string(byte_order_mark) + "change," + std::string(columns) + "\r\n";
    for (const AuditEntry& entry : difference.appeared) {
        out += with_change("appeared", rows_of(entry, language));
    }
    for (const AuditEntry& entry : difference.gone) {
        out += with_change("gone", rows_of(entry, language));
    }
    for (const std::string& path : difference.failing) {
        AuditEntry entry;
        entry.path = path;
        out += with_change("failing", plain_row("error", entry, "", "", ""));
    }
    return out;
}

} // namespace saring::output
