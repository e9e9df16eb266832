// Addresses in QR codes: does one lead to a service that verifies electronic signatures?
#pragma once

#include <string>
#include <string_view>

namespace saring::text {

// The host in small letters; empty for what is no address of the web.
std::string host_of(std::string_view address);

// True for signature services, and for pages of public bodies that say that they verify.
bool verifies_signatures(std::string_view address);

} // namespace saring::text
