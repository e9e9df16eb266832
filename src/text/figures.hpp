// Pictures, stamps, signatures and handwriting.
#pragma once

#include "text/page_parts.hpp"

#include <vector>

namespace saring::text {

// What is inked but neither one of `words` nor a rule, and where unread writing stands, as figures.
// Words that were read in the texture of a picture are taken out of `words`.
std::vector<Block> figures_of(const PageInk& ink, std::vector<PageWord>& words, const std::vector<Rule>& rules,
                              const std::vector<Quad>& unread);

} // namespace saring::text
