// Style and script of the HTML report, as they stand in report_page/.
#pragma once

#include <string_view>

namespace saring::output {

extern const std::string_view report_style;
extern const std::string_view report_script;

} // namespace saring::output
