// A small picture of a finding and what stands around it, for reports.
//
// What must stay hidden is covered on the page before anything is scaled, so that no trace of it is mixed into its
// surroundings. The JPEG holds pixels alone: no metadata, no profile, no preview of its own.
#pragma once

#include "image/load.hpp"
#include "saring/scan.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace saring::output {

struct CropPlan {
    int page = 0;
    std::vector<Quad> quads; // of the finding, outlined; at least one
    std::vector<Quad> cover; // of whatever must not be seen, on the whole page; filled
};

struct Crop {
    std::vector<std::uint8_t> jpeg;
    int width = 0; // pixels
    int height = 0;
};

inline constexpr int most_crop_width = 320; // pixels
inline constexpr int most_crop_height = 200;
inline constexpr std::size_t most_crop_bytes = 12'000; // 5,000 of them still make a file that a browser opens at once

// Decodes the page no larger than the crop needs. Throws Error(bad_option) for a page or a quad that is not there.
Crop crop(image::Document& document, const CropPlan& plan);

// Crops of the findings that have a place, by fingerprint, as JPEG. Masked values are covered. What cannot be decoded
// again is left out: a report without this picture is still a report.
std::map<std::string, std::string> crops_of(image::Document& document, const ScanResult& result);

} // namespace saring::output
