// Says of a text that a pattern found whether it can be what the pattern took it for: check digits, dates, known
// prefixes, and the look of a secret. All functions are pure but for today's date, and safe to call from any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace saring::match {

// What a validator says of a text that a pattern found.
enum class Proof : std::uint8_t {
    none,  // not such a value
    shape, // has the form, but its check fails or there is none
    valid, // form and every check that exists hold
};

// Takes the raw text as read: UTF-8, perhaps with blanks, dots, hyphens and confused signs (O for 0). Any bytes are
// allowed; a text of more than 4 KiB is no value. Nothing around the value is skipped but blanks.
using Validator = Proof (*)(std::string_view text);

// The validator of that name, such as "nik" or "iban"; nullptr where there is none.
Validator validator_named(std::string_view name);

// Names in alphabetical order, for messages.
std::span<const std::string_view> validator_names();

} // namespace saring::match
