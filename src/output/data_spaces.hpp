// The storage \6DataSpaces, by which Office finds out that a compound file holds an encrypted package.
#pragma once

#include "output/compound_file.hpp"

namespace saring::output {

// Nothing in it depends on the document or the password.
CompoundEntry data_spaces();

} // namespace saring::output
