// The EXIF block of a HEIF file's main picture, for metadata.cpp.
#pragma once

#include "image/load.hpp"

#include <cstdint>
#include <vector>

namespace saring::image {

// The TIFF structure that EXIF is made of, without HEIF's offset and "Exif" signature; empty where there is none.
std::vector<std::uint8_t> heif_exif(Bytes bytes);

} // namespace saring::image
