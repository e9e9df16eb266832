// The request of the worker protocol that asks for a picture of a finding.
#pragma once

#include "image/load.hpp"
#include "output/json.hpp"

namespace saring::cli {

// What stands under "crop": {"page": 0, "quads": [[[x, y], …4], …], "cover": [[[x, y], …4], …]}, with "cover" where
// wanted. Returns {"media_type", "data", "width", "height"}. Throws Error(bad_request) for another form, and what
// loading throws.
output::Json crop_answer(const output::Json& wanted, image::Bytes bytes, const Limits& limits);

} // namespace saring::cli
