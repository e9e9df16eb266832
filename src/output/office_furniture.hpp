// Running heads, feet and page numbers: what stands in the margin of a page, as rows with a left, a middle and a right
// part, in which the page number counts by itself.
#pragma once

#include "output/office_layout.hpp"
#include "text/document.hpp"

#include <optional>
#include <string>
#include <vector>

namespace saring::output {

// A page number is a field between the text before and after it ("– 3 –").
struct FurniturePart {
    std::vector<TextRun> runs; // all of it, where it is no page number
    std::string before;        // else what surrounds the number
    std::string after;
    bool is_number = false;
    double size = 0;                               // points
    text::Alignment place = text::Alignment::left; // of the paper's width
};

struct FurnitureRow {
    std::vector<FurniturePart> parts; // from left to right
};

struct Furniture {
    std::vector<FurnitureRow> header;
    std::vector<FurnitureRow> footer;
    std::optional<int> number; // as printed on this page

    // Whether two pages show the same, their numbers aside.
    [[nodiscard]] bool alike(const Furniture& other) const;
};

Furniture furniture_of(const text::DocumentPage& page, const PageShape& shape);

// The text of a page's furniture as it is read, its number in place.
std::string furniture_text(const std::vector<FurnitureRow>& rows, const std::string& number);

} // namespace saring::output
