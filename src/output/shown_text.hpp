// Text of strangers, for eyes: file names and words of a photo may hold what moves a terminal's cursor or turns the
// reading direction of what follows.
#pragma once

#include <string>
#include <string_view>

namespace saring::output {

// A file's name on one line: bytes that are not UTF-8 and control characters as \xNN, format characters that turn or
// break a line as \u202E.
std::string shown_name(std::string_view name);

// Words on one line: as above, with a blank for each line end and tab.
std::string shown_words(std::string_view words);

} // namespace saring::output
