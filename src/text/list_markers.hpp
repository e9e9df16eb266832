// What a list item begins with.
#pragma once

#include "text/page_parts.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace saring::text {

struct ListMarker {
    enum class Kind : std::uint8_t { none, bullet, likely_bullet, number, letter, roman };
    Kind kind = Kind::none; // likely_bullet: a sign that readers take bullets for, but a letter or word too
    int value = 0;          // 3 for "3." and "c)"; 0 for bullets
    char close = 0;         // '.' or ')'; 0 for bullets
};

// What the word says as the first of a line.
ListMarker marker_of(const std::string& word);

// True when `next` is what follows `previous` in one list.
bool follows(const ListMarker& previous, const ListMarker& next);

// Which of these lines, which stand in one column from top to bottom, begin a list item. A marker of doubtful kind
// counts where another line begins with it at the same place, or where the next line hangs on the text behind it.
std::vector<ListMarker> list_markers(const std::vector<TextLine>& lines);

// Cuts a marker that was read as one word with what follows it ("1.Kertas").
void part_marker(DocumentLine& line);

} // namespace saring::text
