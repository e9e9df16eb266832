// What stands as JSON in columns of a store, there and back. Readers throw Error(corrupt) for what no writer made.
#pragma once

#include "saring/audit.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saring::audit {

std::string places_json(const Finding& finding); // quads, spans of lines, span of plain text
void read_places(std::string_view json, Finding& finding);

// Empty for none of them.
std::optional<std::string> unread_json(const std::vector<AuditUnread>& unread);
std::vector<AuditUnread> unread_from(std::string_view json);
std::optional<std::string> strings_json(const std::vector<std::string>& strings);
std::vector<std::string> strings_from(std::string_view json);

std::string paths_json(const std::vector<std::string>& paths); // bytes, as hexadecimal digits
std::vector<std::string> paths_from(std::string_view json);

std::optional<std::string> error_json(const std::optional<Error>& error);
Error error_from(std::string_view json);

std::string provenance_json(const Provenance& tool);
Provenance provenance_from(std::string_view json);

std::string summary_json(const AuditSummary& summary);

} // namespace saring::audit
