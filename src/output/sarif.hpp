// An audit in the Static Analysis Results Interchange Format (SARIF 2.1.0 with Errata 01, OASIS), for the tools that
// gather findings of many programs.
#pragma once

#include "saring/audit.hpp"

#include <string>
#include <string_view>

namespace saring::output {

std::string audit_sarif(const AuditReport& report, Language language);

// A path of any bytes as a URI reference (RFC 3986): file:///… when it begins at the root, else relative.
std::string uri_of(std::string_view path);

} // namespace saring::output
