// Stage "verdict": matches and unread regions to safe, review or block.
#pragma once

#include "match/matcher.hpp"
#include "saring/scan.hpp"

#include <span>
#include <string>
#include <vector>

namespace saring::match {

// Makes findings of the matches in one flow of lines: quads from the words that they touch, texts in the language asked
// for. `page` is empty for plain text, whose words carry spans instead of quads. `shown` tells whether `lines` are the
// page's own. The lines must outlive it.
class FindingMaker {
public:
    FindingMaker(std::span<const Line> lines, std::optional<int> page, bool shown, Language language)
        : lines_(lines), page_(page), shown_(shown), language_(language), word_begins_(lines.size()) {}

    Finding make(const Match& match);

private:
    // Where the words of a line begin in its text, and where the last one ends.
    const std::vector<std::size_t>& word_begins(std::size_t line);
    std::span<const Word> touched(const LineSpan& span);
    TextSpan text_span(const Match& match);

    std::span<const Line> lines_;
    std::optional<int> page_;
    bool shown_;
    Language language_;
    std::vector<std::vector<std::size_t>> word_begins_; // filled when asked for
};

// A finding in the file's own facts: no page and no quads.
Finding finding_of_metadata(const Rule& rule, const std::string& what, Language language);

// Drops findings that say the same of the same place, as several readings of one page do: the surest stays.
void drop_repeated(std::vector<Finding>& findings);

// Fills the fingerprints: keyed hashes of rule, file, page and place.
void sign(std::vector<Finding>& findings, const std::string& file_sha256, const std::string& key);

// What one finding makes of its file: block, review, or safe where it is only worth a remark.
Verdict verdict_on(const Finding& finding);

// The verdict and, for whatever is not a finding, the reasons.
void judge(ScanResult& result, Language language);

} // namespace saring::match
