// A place that must not leave the office, and what the whole file comes to.
#pragma once

#include "saring/export.hpp"
#include "saring/geometry.hpp"
#include "saring/page.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saring {

enum class Category : std::uint8_t { marker, policy, meeting, identifier, secret, location };
enum class Severity : std::uint8_t { low, medium, high, critical };
enum class Verdict : std::uint8_t { safe, review, block };

SARING_API std::string_view name_of(Category category);
SARING_API std::string_view name_of(Severity severity);
SARING_API std::string_view name_of(Verdict verdict);

SARING_API std::optional<Category> category_from(std::string_view name);
SARING_API std::optional<Severity> severity_from(std::string_view name);
SARING_API std::optional<Verdict> verdict_from(std::string_view name);

// A range of bytes within the text of one line of a page; lets a report mask what was found.
struct LineSpan {
    int line = 0; // index into Page::lines
    std::size_t begin = 0;
    std::size_t end = 0;
};

struct Finding {
    std::string rule; // id of the rule, e.g. "id.marker.sangat-rahasia"
    Category category = Category::marker;
    Severity severity = Severity::medium;
    std::string title;                // in ScanOptions::language
    std::string advice;               // in ScanOptions::language
    std::string match;                // the words as read, unmasked
    std::string context;              // the line or lines in which it stands, unmasked
    std::optional<int> page;          // empty for plain text and metadata
    std::vector<Quad> quads;          // one for each line that it touches; original pixels
    std::vector<LineSpan> line_spans; // the same places in Page::lines; empty where only an alternative reading had it
    std::optional<TextSpan> span;     // plain text only, in code points
    float confidence = 0;
    bool blocks = false; // critical or high, and at or above the rule's block_confidence
    std::string fingerprint;
};

} // namespace saring
