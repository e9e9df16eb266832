// Stamps and watermarks by their direction.
#pragma once

#include "text/locate.hpp"

#include <vector>

namespace saring::text {

// Knows the direction in which most lines of a page run, and which regions run across it.
class Aslant {
public:
    explicit Aslant(const std::vector<TextRegion>& regions);

    // Whether the region runs neither along nor up and down the page's lines; false where too few tell their direction.
    [[nodiscard]] bool lies_across(const TextRegion& region) const;

    // Whether a line runs nearly up or down the page's lines, as bullets and icons before them stand in a column;
    // false where too few tell their direction.
    [[nodiscard]] bool stands_on_end(const Quad& quad) const;

    // Whether the region is text although the locator is less sure of it than it has to be of others.
    [[nodiscard]] bool is_text(const TextRegion& region) const;

private:
    bool known_ = false;
    float usual_ = 0; // degrees
};

} // namespace saring::text
