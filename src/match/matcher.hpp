// Words to findings.
#pragma once

#include "match/rule_pack.hpp"
#include "saring/page.hpp"

#include <span>
#include <vector>

namespace saring::match {

// What a rule found in one flow of lines.
struct Match {
    const Rule* rule = nullptr;
    std::vector<LineSpan> spans; // one for each line that it touches, in the flow's lines
    std::string text;            // as read, the spans joined by blanks
    float confidence = 0;
    int edits = 0;
};

class Matcher {
public:
    explicit Matcher(std::vector<RulePack> packs) : packs_(std::move(packs)) {}

    // Matches in the order of the text, overlapping ones of like meaning reduced to the gravest and longest.
    [[nodiscard]] std::vector<Match> find(std::span<const Line> lines) const;

    [[nodiscard]] const std::vector<RulePack>& packs() const { return packs_; }

private:
    std::vector<RulePack> packs_;
};

// One rule on one text, for its own examples.
bool finds(const Rule& rule, std::string_view text);

// A plain text as lines of words with spans in code points.
std::vector<Line> lines_of_text(std::string_view text);

} // namespace saring::match
