// What the sender of a converted document should know, in words.
#pragma once

#include "saring/convert.hpp"
#include "text/signature_care.hpp"

#include <string>
#include <vector>

namespace saring::pipeline {

// One sentence a matter, with the pages that it concerns.
std::vector<std::string> notes_on(const std::vector<ConvertedPage>& pages,
                                  const std::vector<text::SignatureNote>& signatures, Language language);

} // namespace saring::pipeline
