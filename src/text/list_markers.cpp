#include "text/list_markers.hpp"

#include "text/boxes.hpp"

#include <array>
#include <string_view>

namespace saring::text {
namespace {

// Signs that are nothing but bullets, and those that readers make of them.
constexpr std::array<std::string_view, 15> bullets{"•", "●", "◦", "○", "▪", "■", "□", "‣",
                                                   "➢", "✓", "–", "—", "-", "*", "·"};
constexpr std::array<std::string_view, 16> likely_bullets{"«", "»", "¢", "e", "o", "©", "®", "°",
                                                          "+", "¤", ">", "=", "~", "O", "0", "."};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The value of a Roman number below 40, 0 for anything else.
int roman(std::string_view text) {
    static constexpr std::array<std::string_view, 10> ones{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
    std::string lower;
    for (const char c : text) {
        lower += is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
    constexpr int most = 39;
    for (int value = 1; value <= most; ++value) {
        const std::string tens(static_cast<std::size_t>(value / 10), 'x');
        if (tens + std::string(ones.at(static_cast<std::size_t>(value % 10))) == lower) {
            return value;
        }
    }
    return 0;
}

ListMarker numbered(std::string_view core, char close) {
    constexpr std::size_t most_digits = 3;
    if (core.empty()) {
        return {};
    }
    if (std::all_of(core.begin(), core.end(), is_digit)) {
        return core.size() > most_digits ? ListMarker{}
                                         : ListMarker{ListMarker::Kind::number, std::stoi(std::string(core)), close};
    }
    const bool same_case =
        std::all_of(core.begin(), core.end(), is_lower) || std::all_of(core.begin(), core.end(), is_upper);
    const int value = same_case ? roman(core) : 0;
    if (value > 0 && (core.size() > 1 || value == 1)) { // "c." and "v." are letters, "i." is one
        return {ListMarker::Kind::roman, value, close};
    }
    if (core.size() == 1 && (is_lower(core[0]) || is_upper(core[0]))) {
        return {ListMarker::Kind::letter, (core[0] | 0x20) - 'a' + 1, close};
    }
    return {};
}

float text_left(const TextLine& line) { return line.line.words.at(1).box.left; }

bool has_text(const TextLine& line) { return line.line.words.size() > 1; }

// A line that hangs on the text behind the marker of the one above.
bool hangs(const TextLine& line, const TextLine& below) {
    const float size = line.line.font_size;
    constexpr float same = 0.45F; // font sizes
    constexpr float close = 1.9F; // font sizes between baselines
    return std::abs(below.line.box.left - text_left(line)) < same * size &&
           below.line.baseline - line.line.baseline < close * size;
}

bool has_fellow(const std::vector<TextLine>& lines, std::size_t which) {
    constexpr std::size_t near = 40; // lines
    const std::size_t begin = which > near ? which - near : 0;
    const std::size_t end = std::min(lines.size(), which + near);
    const TextLine& line = lines[which];
    for (std::size_t i = begin; i < end; ++i) {
        const TextLine& other = lines[i];
        const float same = 0.4F * line.line.font_size;
        if (i != which && has_text(other) && other.line.words[0].text == line.line.words[0].text &&
            std::abs(other.line.box.left - line.line.box.left) < same &&
            std::abs(text_left(other) - text_left(line)) < same) {
            return true;
        }
    }
    return false;
}

} // namespace

ListMarker marker_of(const std::string& word) {
    if (std::find(bullets.begin(), bullets.end(), word) != bullets.end()) {
        return {ListMarker::Kind::bullet, 0, 0};
    }
    if (std::find(likely_bullets.begin(), likely_bullets.end(), word) != likely_bullets.end()) {
        return {ListMarker::Kind::likely_bullet, 0, 0};
    }
    constexpr std::size_t longest = 8; // "(xxxviii)" is rare enough
    if (word.size() < 2 || word.size() > longest || (word.back() != '.' && word.back() != ')')) {
        return {};
    }
    const std::size_t begin = word.front() == '(' && word.back() == ')' ? 1 : 0;
    return numbered(std::string_view(word).substr(begin, word.size() - begin - 1), word.back());
}

bool follows(const ListMarker& previous, const ListMarker& next) {
    using Kind = ListMarker::Kind;
    if (previous.kind == Kind::none || next.kind == Kind::none) {
        return false;
    }
    // After "h." the "i." is a letter, not a one.
    const bool letters = previous.kind == Kind::letter && next.kind == Kind::roman && previous.value == 8;
    const bool same = previous.kind == next.kind || letters;
    return same && previous.close == next.close && (letters || next.value == 0 || next.value == previous.value + 1);
}

std::vector<ListMarker> list_markers(const std::vector<TextLine>& lines) {
    std::vector<ListMarker> out(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const TextLine& line = lines[i];
        if (!has_text(line)) {
            continue;
        }
        ListMarker marker = marker_of(line.line.words[0].text);
        if (marker.kind == ListMarker::Kind::likely_bullet) {
            const bool hanging = i + 1 < lines.size() && hangs(line, lines[i + 1]);
            constexpr float wide = 0.45F; // font sizes; a word space is narrower
            const float gap = text_left(line) - line.line.words[0].box.right;
            const bool apart = gap > wide * line.line.font_size;
            const bool bullet = apart && (hanging || has_fellow(lines, i));
            marker.kind = bullet ? ListMarker::Kind::bullet : ListMarker::Kind::none;
        }
        out[i] = marker;
    }
    return out;
}

void part_marker(DocumentLine& line) {
    if (line.words.empty()) {
        return;
    }
    DocumentWord& word = line.words.front();
    const std::size_t digits = word.text.find_first_not_of("0123456789");
    const std::size_t end = digits == 0 ? 1 : digits; // or one letter with a bracket
    constexpr std::size_t most_digits = 2;
    if (end == word.text.npos || end > most_digits || end + 2 >= word.text.size()) {
        return;
    }
    const char close = word.text[end];
    const bool bracket = close == ')' && (digits > 0 || is_lower(word.text[0]));
    const bool point = close == '.' && digits > 0 && (is_upper(word.text[end + 1]) && is_lower(word.text[end + 2]));
    if (!(bracket || point) || is_digit(word.text[end + 1])) {
        return;
    }
    DocumentWord rest = word;
    const float share = static_cast<float>(end + 1) / static_cast<float>(word.text.size());
    const float cut = word.box.left + 0.8F * share * word.box.width(); // point and bracket are narrow
    rest.text = word.text.substr(end + 1);
    rest.box.left = cut;
    word.text.resize(end + 1);
    word.box.right = cut;
    line.words.insert(line.words.begin() + 1, std::move(rest));
}

} // namespace saring::text
