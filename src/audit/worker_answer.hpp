// What the pool must know of a line that a worker wrote; the rest of it is not kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace saring::audit {

struct AnswerShape {
    std::string id;         // a number as its digits; empty: null or none
    bool progress = false;  // not the answer yet
    std::string error_code; // empty: a result
};

// Nothing for a line that is no answer of the worker protocol: no JSON object, or none of result, crop and error.
std::optional<AnswerShape> shape_of(std::string_view line);

} // namespace saring::audit
