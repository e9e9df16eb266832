// What a document says of itself: its language and its title.
#pragma once

#include "text/document.hpp"

#include <string>

namespace saring::text {

// BCP 47: "id" or "en", by the small words that every sentence has; "und" where neither prevails.
std::string language_of(const Document& document);

// The first heading of the first page that has one, shortened to a line; empty where there is none.
std::string title_of(const Document& document);

} // namespace saring::text
