// Sentences with what must be said of them, to measure rules with.
#pragma once

#include "match/matcher.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace saring::match {

struct Sentence {
    bool flag = false; // something must be found; else nothing may be
    std::string category;
    Severity severity = Severity::low; // of a flag
    std::string text;                  // the whole text of one photo
};

// A table of tests/match/sentences.tsv's form: UTF-8, tab separated, with the header "expect category severity language
// kind text"; in the text, \n is a line break and \uXXXX a character. Throws Error(read_failed) with the line.
std::vector<Sentence> read_sentences(const std::filesystem::path& file);

struct SentenceScore {
    std::size_t right = 0;
    std::size_t all = 0;
};

// Whether the rules say what they must: a finding of the category, within a step of the severity, where something must be
// flagged; nothing at all where not.
bool is_right(const Sentence& sentence, const std::vector<Match>& found);

// By "flag" or "clean" and category. With noise, every sentence is misread by with_noise() `tries` times; a clean sentence is
// then wrong where it raises something that it does not raise unharmed.
std::map<std::pair<std::string, std::string>, SentenceScore> score(const Matcher& matcher,
                                                                   const std::vector<Sentence>& sentences);
std::map<std::pair<std::string, std::string>, SentenceScore> score_misread(const Matcher& matcher,
                                                                           const std::vector<Sentence>& sentences,
                                                                           double noise, std::uint32_t seed, int tries);

} // namespace saring::match
