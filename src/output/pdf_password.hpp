// Passwords as PDF 2.0 wants them (ISO 32000-2, 7.6.4.3.3): SASLprep, then UTF-8 of at most 127 bytes.
#pragma once

#include <string>
#include <string_view>

namespace saring::output {

// The bytes that lock and unlock the file. Throws Error(bad_password) for an empty password, one with characters that
// SASLprep prohibits (control characters), and one longer than 127 bytes: it is never cut.
std::string pdf_password(std::string_view utf8);

// A password that nobody knows, 43 letters and digits from OpenSSL's generator.
std::string random_password();

} // namespace saring::output
