// The lines that `saring worker` reads and writes: one JSON object a line.
#pragma once

#include "output/json.hpp"
#include "saring/scan.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace saring::cli {

// Answers one request line with one or more lines, given to `write` without their line end.
//
// Request: {"id": "7", "path": "…"} or {"id", "data": base64, "name"} or {"id", "text": "…"}, with "progress": true and
// "options": {"fast": bool, "language": "id"|"en", "max_bytes", "max_pixels", "max_pages", "page_seconds"} where
// wanted; "masked": true among them masks the answer as reports are, "lines": false leaves out what was read beside the
// findings. Options hold for their request only. Whatever is wrong with the line is an answer too.
//
// With "keep": true the answer has "kept": {"reading", "likeness", "wording"} beside its result: a text to be judged
// again later by {"id", "reading": that text, "name"}, which reads no picture, and two hashes of 16 hexadecimal digits
// of which files that look alike and read alike differ in few bits.
//
// With "crop": {"page": 0, "quads": [[[x, y], …4], …], "cover": [[[x, y], …4], …]} beside a path or data nothing is
// read: the answer is {"id", "crop": {"media_type": "image/jpeg", "data": base64, "width", "height"}}, a picture of at
// most 320 x 200 pixels and 12 kB that shows the quads, outlined, and what stands around them. All that "cover" lists
// is painted over: it should hold every quad of the page whose finding is a secret or an identifier, the shown one too.
void answer(Scanner& scanner, std::string_view line, const std::function<void(const std::string&)>& write);

// Decodes base64 (RFC 4648, padding required, no line ends); nothing when it is none.
std::optional<std::vector<std::byte>> from_base64(std::string_view text);

} // namespace saring::cli
