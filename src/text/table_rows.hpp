// Rows of words that may be those of a table without rules, and the white gaps that go down through them.
#pragma once

#include "text/page_parts.hpp"

#include <cstddef>
#include <vector>

namespace saring::text {

// A run of words in a row.
struct Piece {
    TextLine line;
    std::size_t item = 0;  // where it came from
    std::size_t first = 0; // columns, both included
    std::size_t last = 0;
};

struct Row {
    std::vector<Piece> pieces; // from left to right
    float baseline = 0;
    float size = 0;
};

struct Span {
    float left = 0;
    float right = 0;
};

// The lines among the items, by height. A name and its value that run together are cut at a colon that stands under or
// over another one.
std::vector<Row> table_rows(const std::vector<Item>& items);

// White gaps through all of the rows, from left to right, that really part runs in enough of them.
std::vector<Span> parting_gaps(const std::vector<Row>& rows, float size);

// Cuts the pieces at the gaps and sets the columns that each stands in.
void place_pieces(std::vector<Row>& rows, const std::vector<Span>& gaps);

// Words [begin, end) of a line as a line.
TextLine part_of(const TextLine& line, std::size_t begin, std::size_t end);

} // namespace saring::text
