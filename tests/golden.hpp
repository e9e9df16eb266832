// Whole outputs kept as files: what a format looks like is seen, and any change of it must be meant.
#pragma once

#include <string>
#include <string_view>

namespace saring::test {

// Compares with tests/golden/NAME and fails with the first line that differs. With SARING_UPDATE_GOLDEN set in the
// environment the file is written instead; look at what git shows then.
void check_golden(const std::string& name, std::string_view text);

} // namespace saring::test
