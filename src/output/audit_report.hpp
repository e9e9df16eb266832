// What an audit found, as files for people and for programs. Each writer returns the whole text; matches and contexts
// are masked already in what it is given.
#pragma once

#include "saring/audit.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace saring::output {

enum class ReportFormat : std::uint8_t { html, csv, json, ndjson, sarif };

// By a file's extension (".html", ".csv" …); Error(unknown_output) for others.
ReportFormat report_format_of(std::string_view path);

std::string audit_report(const AuditReport& report, ReportFormat format, Language language);

// Short, for a terminal: verdicts, the gravest findings, what could not be scanned, what to do next.
std::string audit_summary(const AuditReport& report, const AuditSummary& run, Language language, bool colour);

std::string audit_difference(const AuditDifference& difference, ReportFormat format, Language language);
std::string audit_difference_text(const AuditDifference& difference, Language language, bool colour);

// The results of `check` in the same two forms: SARIF 2.1.0 and one page of HTML.
std::string sarif_report(std::span<const ScanResult> results, std::span<const Error> errors, const Provenance& tool,
                         Language language);
// `crops`: JPEG by the fingerprint of the finding that it shows.
std::string html_report(std::span<const ScanResult> results, std::span<const Error> errors, const Provenance& tool,
                        Language language, const std::map<std::string, std::string>& crops = {});

} // namespace saring::output
