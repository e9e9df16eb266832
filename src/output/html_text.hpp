// HTML that is put together from strings: every text of others passes html() on its way in.
#pragma once

#include "saring/language.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace saring::output {

// For text and for attributes in double quotes; control and format characters are shown, not obeyed.
std::string html(std::string_view text);

// 1234567 as people of the language write it.
std::string grouped_digits(std::uint64_t number, Language language);

} // namespace saring::output
