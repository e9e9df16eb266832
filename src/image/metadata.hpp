// What the file says about itself: place, time, camera and the side that is up. Read by exiv2.
#pragma once

#include "image/load.hpp"

namespace saring::image {

// Never fails: a file without metadata, or with broken metadata, gives the defaults.
Metadata read_metadata(Bytes bytes);

} // namespace saring::image
