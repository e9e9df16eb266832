// Contents that look alike and read alike: one photo sent ten times, stored ten times in other sizes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace saring::audit {

struct Appearance {
    std::uint64_t picture = 0; // perceptual hash; 0: none, which is like nothing
    std::uint64_t wording = 0; // match/wording.hpp; 0: no words
};

bool alike(const Appearance& a, const Appearance& b);

// For each the index of the first of its group, which is its own where nothing is like it. Likeness is passed on: who
// is like one of a group belongs to it. The grouping does not depend on the order.
std::vector<std::size_t> group_alike(std::span<const Appearance> all);

} // namespace saring::audit
