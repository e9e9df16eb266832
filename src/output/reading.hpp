// What was read, kept so that other rules can judge it later without the picture: pages with their words, other
// readings, unread regions, and the facts of the file. Not for people: compact, unmasked, and only for this program's
// own use.
#pragma once

#include "saring/scan.hpp"

#include <string>
#include <string_view>

namespace saring::output {

// Rounds lengths to eighths of a pixel and confidences to thousandths: what a reading holds. Done to every page before
// it is matched, so that fingerprints are the same when it is judged again.
void settle(Page& page);

// One line of JSON, from settled pages.
std::string reading_of(const ScanResult& result);

// The other way: path, verdict and findings are left empty. Throws Error(bad_request) for anything else.
ScanResult reading_from(std::string_view text);

} // namespace saring::output
