// What the script of an HTML report works on, and the words it says.
#pragma once

#include "saring/audit.hpp"

#include <string>

namespace saring::output {

struct HtmlData {
    std::string entries;  // JSON that may stand in a script element
    std::string pictures; // one script element each: <script type="text/plain" id="p7">base64</script>
};

// Files that could not be scanned are left out: they have a section of their own. `commands` says whether there is a
// store in which a finding can be accepted.
HtmlData html_data(const AuditReport& report, bool commands, Language language);

} // namespace saring::output
