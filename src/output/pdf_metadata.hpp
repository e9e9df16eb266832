// What a PDF says about itself: title, language, dates, and the archive standard that it keeps.
#pragma once

#include "text/document.hpp"

#include <optional>
#include <string>
#include <string_view>

class QPDF;

namespace saring::output {

// Info dictionary, XMP and language. With `archive` the file claims PDF/A-2b and carries the sRGB profile that this
// needs; throws Error(write_failed) where the profile is not installed.
void describe(QPDF& pdf, const text::Document& document, bool archive);

// "2026-08-17T09:30:00+07:00" as "D:20260817093000+07'00'"; none where it is no such date.
std::optional<std::string> pdf_date(std::string_view iso);

// The XMP packet (ISO 16684-1).
std::string xmp_packet(const text::Document& document, bool archive);

} // namespace saring::output
