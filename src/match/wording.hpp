// A hash of what a document says that is alike for documents that say nearly the same.
#pragma once

#include "saring/page.hpp"

#include <cstdint>
#include <span>

namespace saring::match {

// Bits in which two hashes differ tell how different the words are: none for the same words, half of the 64 for texts
// that share nothing. The order of words and pages does not matter. 0: too few words to tell.
std::uint64_t wording_of(std::span<const Page> pages);

} // namespace saring::match
