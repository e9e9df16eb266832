#include "match/plain_text.hpp"

namespace saring::match {

std::vector<Line> lines_of_text(std::string_view text) {
    std::vector<Line> lines;
    std::size_t code_points = 0;
    const auto add_word = [&](std::string_view word, std::size_t length) {
        Word out;
        out.text = word;
        out.confidence = 1;
        out.span = {code_points - length, code_points};
        Line& line = lines.back();
        line.text += (line.text.empty() ? "" : " ") + out.text;
        line.words.push_back(std::move(out));
    };
    const auto new_line = [&] {
        lines.emplace_back();
        lines.back().engine = "plain";
        lines.back().confidence = 1;
    };
    new_line();
    std::size_t word_begin = 0;
    std::size_t word_length = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char c = i < text.size() ? text[i] : '\n';
        const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
        if (!blank) {
            if (word_length == 0 && (i == 0 || word_begin > i)) {
                word_begin = i;
            }
            if ((c & 0xC0) != 0x80) {
                ++code_points;
                ++word_length;
            }
            continue;
        }
        if (i > word_begin && word_length > 0) {
            add_word(text.substr(word_begin, i - word_begin), word_length);
        }
        word_begin = i + 1;
        word_length = 0;
        if (i < text.size()) {
            ++code_points;
        }
        if (c == '\n' && i < text.size()) {
            new_line();
        }
    }
    return lines;
}

} // namespace saring::match
