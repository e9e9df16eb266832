// From markers as they stand on paper ("3.", "b)", "•") to lists that number themselves.
#pragma once

#include "output/office_layout.hpp"
#include "text/document.hpp"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saring::output {

enum class Numbering : std::uint8_t { literal, bullet, decimal, lower_letter, upper_letter, lower_roman, upper_roman };

// A marker taken apart: "(12)" is prefix "(", value 12, suffix ")"; "2.3." has the prefix "2.".
struct Marker {
    Numbering numbering = Numbering::literal;
    int value = 1;
    std::string prefix;
    std::string suffix;
    std::string text; // bullet and literal: the sign itself

    // Whether both count in the same way.
    [[nodiscard]] bool alike(const Marker& other) const;
};

// `previous` is the marker before it on its level; it decides whether "i." is a letter or a number.
Marker parse_marker(std::string_view marker, const Marker* previous = nullptr);

inline constexpr int list_levels = 9;

// Points from the column's edge: where the text stands, and how far its marker hangs out to the left of it.
struct ListLevel {
    Marker marker; // the first of the level: it counts from there
    double left = 0;
    double hanging = 0;
};

// One list that numbers itself.
struct NumberedList {
    std::array<std::optional<ListLevel>, list_levels> levels;
};

struct ListPlace {
    std::size_t list = 0;
    int level = 0;
    int value = 1;
};

// All lists of a document: where an item goes on counting it stays in the list, else a new one begins.
struct ListPlan {
    std::vector<NumberedList> lists;
    std::map<const text::Block*, ListPlace> places;
};
ListPlan plan_lists(const std::vector<Flow>& flows, const std::vector<PageShape>& shapes);

} // namespace saring::output
