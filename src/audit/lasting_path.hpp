// A path that means the same file tomorrow, from whichever folder the audit is started.
#pragma once

#include <string>

namespace saring::audit {

// Absolute, without "." and slashes at the end; "" stays. Links are followed only where ".." needs it.
[[nodiscard]] std::string lasting_path(const std::string& path);

} // namespace saring::audit
