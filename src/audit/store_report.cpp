// What is known now, file by file in the order of their paths. Files that are plainly safe are counted and not kept.
#include "audit/store_impl.hpp"

#include "audit/store_json.hpp"
#include "audit/store_rows.hpp"
#include "saring/sha256.hpp"

#include <algorithm>
#include <ctime>

namespace saring::audit {
namespace {

constexpr std::int64_t second = 1'000'000'000; // nanoseconds
constexpr std::size_t month_letters = 7;       // of "2026-08-17 09:30:00"

bool is_month(std::string_view text) {
    constexpr std::string_view shape = "0000-00";
    return text.size() == shape.size() && std::equal(text.begin(), text.end(), shape.begin(), [](char c, char s) {
               return s == '-' ? c == '-' : c >= '0' && c <= '9';
           });
}

// By the camera, else by the file, in UTC.
std::string month_of(const AuditEntry& entry) {
    std::string month = entry.taken.substr(0, month_letters);
    if (!is_month(month)) {
        const auto time = static_cast<std::time_t>(entry.modified);
        std::tm parts{};
        gmtime_r(&time, &parts);
        month.resize(16);
        month.resize(std::strftime(month.data(), month.size(), "%Y-%m", &parts));
    }
    return month;
}

// Of "a/b.zip!/c.jpg" it is "a/b.zip".
std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    if (slash == std::string::npos) {
        return ".";
    }
    const std::size_t end = slash > 0 && path[slash - 1] == '!' ? slash - 1 : std::max<std::size_t>(slash, 1);
    return path.substr(0, end);
}

std::string owner_of(const std::string& path, const std::map<std::string, std::string>& owners) {
    std::size_t longest = 0;
    std::string owner;
    for (const auto& [folder, who] : owners) {
        if (folder.size() >= longest && lies_below(path, folder)) {
            longest = folder.size();
            owner = who;
        }
    }
    return owner;
}

void count(AuditCounts& counts, const AuditEntry& entry) {
    if (!entry.removed) {
        ++counts.files;
        ++(entry.error                        ? counts.failed
           : entry.verdict == Verdict::safe   ? counts.safe
           : entry.verdict == Verdict::review ? counts.review
                                              : counts.block);
    }
    for (const AuditFinding& finding : entry.findings) {
        ++(finding.decision == Decision::open       ? counts.open_findings
           : finding.decision == Decision::accepted ? counts.accepted_findings
                                                    : counts.removed_findings);
    }
}

bool worth_telling(const AuditEntry& entry) {
    return !entry.findings.empty() ||
           (!entry.removed && (entry.verdict != Verdict::safe || entry.error || entry.stale));
}

void decide(AuditEntry& entry, AuditFinding& finding, const std::string& today) {
    const std::string& until = finding.acceptance ? finding.acceptance->until : today;
    const bool counts = finding.acceptance && (until.empty() || until >= today);
    finding.decision = entry.removed ? Decision::removed : counts ? Decision::accepted : Decision::open;
}

void fill_run(AuditReport& report, const Database& database) {
    Statement run =
        database.prepare("SELECT tool, roots, began, iif(complete, ended, '') FROM runs ORDER BY id DESC LIMIT 1");
    if (run.step()) {
        report.tool = provenance_from(run.view(0));
        report.roots = paths_from(run.view(1));
        report.began = run.text(2);
        report.ended = run.text(3);
    }
}

AuditEntry file_from(const Statement& row) {
    AuditEntry entry;
    entry.path = row.text(0);
    entry.bytes = row.as<std::uint64_t>(1);
    entry.modified = row.integer(2) / second;
    entry.sha256 = hex_of(row.view(3));
    if (!row.null(4)) {
        entry.error = error_from(row.view(4));
    }
    entry.removed = !row.null(5);
    return entry;
}

} // namespace

AuditReport Store::Impl::report(const std::string& rules_key, const std::string& models_key, const std::string& today,
                                const std::map<std::string, std::string>& owners,
                                const std::set<std::string>& baseline) {
    flush();
    const Transaction one_state(*database_, false);
    AuditReport report;
    fill_run(report, *database_);
    const std::map<std::int64_t, std::string> grouped = groups();
    const Keys keys{rules_key, models_key, today};
    Statement files = database_->prepare(
        std::string("SELECT f.path, f.bytes, f.modified_ns, f.sha256, f.error, f.gone_run, "
                    "c.id, ") +
        content_columns + " FROM files f LEFT JOIN contents c ON c.sha256 = f.sha256 ORDER BY f.path");
    Statement findings =
        database_->prepare(std::string("SELECT ") + finding_columns +
                           " FROM findings d WHERE d.content = ?1 AND d.gone_run IS NULL ORDER BY d.id");
    while (files.step()) {
        AuditEntry entry = file_from(files);
        entry.complete = !files.null(6); // without a content, its reading was lost or never came
        if (!files.null(6)) {
            content_into(entry, files, 7, keys);
            const auto group = grouped.find(files.integer(6));
            entry.group = group == grouped.end() ? std::string() : group->second;
            for (findings.with(files.integer(6)); findings.step();) {
                AuditFinding& finding = entry.findings.emplace_back(finding_from(findings, 0));
                finding.acceptance = acceptance_of(finding.finding.fingerprint);
                if (!finding.acceptance && baseline.contains(finding.finding.fingerprint)) {
                    finding.acceptance = Acceptance{finding.finding.fingerprint, {}, "baseline", {}, {}};
                }
                decide(entry, finding, today);
            }
        }
        entry.verdict = verdict_of(entry);
        entry.owner = owner_of(entry.path, owners);
        count(report.counts, entry);
        if (!entry.removed) {
            count(report.folders[folder_of(entry.path)], entry);
            count(report.months[month_of(entry)], entry);
        }
        if (worth_telling(entry)) {
            report.entries.push_back(std::move(entry));
        }
    }
    std::stable_sort(report.entries.begin(), report.entries.end(), [](const AuditEntry& a, const AuditEntry& b) {
        return (a.verdict == Verdict::block && !a.removed) > (b.verdict == Verdict::block && !b.removed);
    });
    return report;
}

std::vector<int> Store::Impl::runs() {
    std::vector<int> out;
    Statement rows = database_->prepare("SELECT id FROM runs ORDER BY id");
    while (rows.step()) {
        out.push_back(rows.as<int>(0));
    }
    return out;
}

} // namespace saring::audit
