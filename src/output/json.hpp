// Results as JSON, in the form of "saring/1". Reports mask what they found; answers to a program do not.
#pragma once

#include "saring/error.hpp"
#include "saring/scan.hpp"

#include <nlohmann/json.hpp>

#include <span>
#include <string>

namespace saring::output {

using Json = nlohmann::ordered_json;

enum class Masking : std::uint8_t { none, masked };

Json json_of(const ScanResult& result, Masking masking, Language language);
Json json_of(const Error& error, Language language);
Json json_of(const Provenance& tool);
Json json_of(const Finding& finding); // as it is: whoever calls has masked it
Json json_of(const UnreadRegion& region);
Json json_of(const Quad& quad);

// The error that json_of() told, in whichever language; what it does not know becomes `internal`. Throws
// Json::exception for what is none.
Error error_from(const Json& value);

// What json_of() told of a program. Throws Json::exception for what is none, Error(corrupt) for an unknown profile.
Provenance provenance_from(const Json& value);

// One line of text, always valid UTF-8.
std::string dumped(const Json& value);

// {"schema": "saring/1", "tool": …, "results": […], "errors": […]}, indented.
std::string report(std::span<const ScanResult> results, std::span<const Error> errors, const Provenance& tool,
                   Language language);

// File names are bytes: what is not UTF-8 in them is shown as \xNN.
std::string shown_path(std::string_view path);

} // namespace saring::output
