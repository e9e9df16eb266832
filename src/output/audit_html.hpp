// An audit as one page of HTML: nothing outside the file is needed or asked for, and a content security policy holds it
// to that. Only its own style and script run, told by their hashes.
//
// The page reads without its script too, as a plain table. With it, rows are made from embedded JSON, a page of them at
// a time, and pictures only when they are near, so that 5,000 findings stay quick. Its parts: html_plots.hpp,
// html_data.hpp and report_page/.
#pragma once

#include "saring/audit.hpp"

#include <string>

namespace saring::output {

// A report without a beginning is one of `saring check`: nothing can be accepted there.
std::string audit_html(const AuditReport& report, Language language);

} // namespace saring::output
