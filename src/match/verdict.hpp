// Stage "verdict": matches and unread regions to safe, review or block.
#pragma once

#include "match/matcher.hpp"
#include "saring/scan.hpp"

#include <span>
#include <string>
#include <vector>

namespace saring::match {

// A match as a finding: quads from the words that it touches, texts in the language asked for. `page` is empty for
// plain text, whose words carry spans instead of quads. `shown` tells whether `lines` are the page's own.
Finding finding_of(const Match& match, std::span<const Line> lines, std::optional<int> page, bool shown,
                   Language language);

// A finding in the file's own facts: no page and no quads.
Finding finding_of_metadata(const Rule& rule, const std::string& what, Language language);

// Drops findings that say the same of the same place, as several readings of one page do: the surest stays.
void drop_repeated(std::vector<Finding>& findings);

// Fills the fingerprints: keyed hashes of rule, file, page and place.
void sign(std::vector<Finding>& findings, const std::string& file_sha256, const std::string& key);

// The verdict and, for whatever is not a finding, the reasons.
void judge(ScanResult& result, Language language);

} // namespace saring::match
