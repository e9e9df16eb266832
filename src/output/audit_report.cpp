#include "output/audit_report.hpp"

#include "output/audit_csv.hpp"
#include "output/audit_html.hpp"
#include "output/audit_json.hpp"
#include "output/report_facts.hpp"
#include "output/sarif.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

namespace saring::output {
namespace {

struct Extension {
    std::string_view name;
    ReportFormat format;
};

constexpr std::array<Extension, 8> extensions{{{".html", ReportFormat::html},
                                               {".htm", ReportFormat::html},
                                               {".csv", ReportFormat::csv},
                                               {".json", ReportFormat::json},
                                               {".ndjson", ReportFormat::ndjson},
                                               {".jsonl", ReportFormat::ndjson},
                                               {".sarif", ReportFormat::sarif},
                                               {".sarif.json", ReportFormat::sarif}}};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

} // namespace

ReportFormat report_format_of(std::string_view path) {
    std::string name(path.substr(path.rfind('/') + 1));
    std::transform(name.begin(), name.end(), name.begin(), lower);
    const Extension* best = nullptr; // of two that fit, the longer one
    for (const Extension& one : extensions) {
        if (name.ends_with(one.name) && (best == nullptr || one.name.size() > best->name.size())) {
            best = &one;
        }
    }
    if (best == nullptr) {
        throw Error(ErrorCode::unknown_output, "report", "known: .html .csv .json .ndjson .sarif")
            .at_path(std::string(path));
    }
    return best->format;
}

std::string audit_report(const AuditReport& report, ReportFormat format, Language language) {
    switch (format) {
    case ReportFormat::html: return audit_html(report, language);
    case ReportFormat::csv: return audit_csv(report, language);
    case ReportFormat::json: return audit_json(report, language);
    case ReportFormat::ndjson: return audit_ndjson(report, language);
    case ReportFormat::sarif: return audit_sarif(report, language);
    }
    return {};
}

std::string audit_difference(const AuditDifference& difference, ReportFormat format, Language language) {
    switch (format) {
    case ReportFormat::csv: return difference_csv(difference, language);
    case ReportFormat::json: return difference_json(difference, language);
    case ReportFormat::ndjson: return difference_ndjson(difference, language);
    default: throw Error(ErrorCode::unknown_output, "report", "a difference is told as text, JSON, NDJSON or CSV");
    }
}

std::string sarif_report(std::span<const ScanResult> results, std::span<const Error> errors, const Provenance& tool,
                         Language language) {
    return audit_sarif(audit_of(results, errors, tool), language);
}

std::string html_report(std::span<const ScanResult> results, std::span<const Error> errors, const Provenance& tool,
                        Language language, const std::map<std::string, std::string>& crops) {
    AuditReport report = audit_of(results, errors, tool);
    for (AuditEntry& entry : report.entries) {
        for (AuditFinding& one : entry.findings) {
            if (const auto crop = crops.find(one.finding.fingerprint); crop != crops.end()) {
                one.thumbnail = crop->second;
            }
        }
    }
    return audit_html(report, language);
}

} // namespace saring::output
