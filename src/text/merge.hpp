// Several readings of one picture become one: where words of two passes lie on each other, the more certain side stays.
#pragma once

#include "saring/page.hpp"

#include <vector>

namespace saring::text {

// The words of one picture as they are gathered, pass by pass.
class WordPool {
public:
    // Adds the words of a pass. Where they overlap words that are already there, the side of the overlapping group that
    // is more probably right (mean over its words, weighted by length) stays; the newcomer must be better by a margin.
    void add(const std::vector<Line>& lines);

    [[nodiscard]] const std::vector<Word>& words() const { return words_; }

private:
    std::vector<Word> words_;
    std::vector<float> chances_; // that the word of the same index is right
};

// How sure a reading is of a word, with what the engine cannot know: a single sign or a row of signs proves little.
float trust(const Word& word);

// How many code points a UTF-8 text has.
std::size_t length_of(std::string_view utf8);

} // namespace saring::text
