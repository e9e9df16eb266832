// Headings are short and stand out: by size, by weight, by capitals, by standing in the middle, or by a number that
// only headings have ("BAB II", "Pasal 5", "1.2"). One weak sign is not enough. Levels go by size first; of headings as
// large as the text, capitals and centred ones come first, then bold ones, and "1.2.3" is no higher than level 3.
#include "text/headings.hpp"

#include "text/boxes.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <array>
#include <regex>
#include <string_view>

namespace saring::text {
namespace {

constexpr float large = 1.22F;    // of the usual font size: a sign of its own
constexpr float larger = 1.1F;    // a sign beside another
constexpr float one_class = 1.1F; // ratio of sizes that are one level
constexpr std::size_t most_lines = 3;
constexpr std::size_t most_words = 18;
constexpr int highest_level_number = 6;

struct Signs {
    bool capitals = false;
    bool bold = false;
    bool centred = false;
    bool named = false;    // "BAB II", "Pasal 5"
    int depth = 0;         // 2 for "1.2", 1 for "1." and "A."; 0 without a number
    bool sentence = false; // ends like one, or like the line before a list
    bool caption = false;  // of a table or picture
    std::size_t letters = 0;
    std::size_t words = 0;
    float size = 0;
};

bool is_all_bold(const Block& block) {
    return std::all_of(block.lines.begin(), block.lines.end(), [](const DocumentLine& line) { return line.bold; });
}

void count_letters(std::string_view text, std::size_t& upper, std::size_t& lower) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data()); // what U8_NEXT reads
    const auto length = static_cast<std::int32_t>(text.size());
    for (std::int32_t i = 0; i < length;) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(bytes, i, length, c);
        upper += u_isupper(c) ? 1 : 0;
        lower += u_islower(c) ? 1 : 0;
    }
}

int number_depth(const Block& block) {
    if (!block.marker.empty()) {
        return 1;
    }
    const std::string& word = block.lines.front().words.front().text;
    static const std::regex number(R"(\d{1,2}(\.\d{1,2}){0,4}\.?)");
    if (word.size() > 16 || !std::regex_match(word, number) || block.lines.front().words.size() < 2) {
        return 0;
    }
    const auto points = std::count(word.begin(), word.end(), '.');
    return static_cast<int>(points) + (word.back() == '.' ? 0 : 1);
}

bool is_named(const Block& block) {
    static constexpr std::array<std::string_view, 9> names{"BAB",   "Bab",     "BAGIAN",  "Bagian", "PASAL",
                                                           "Pasal", "Chapter", "CHAPTER", "Section"};
    const auto& words = block.lines.front().words;
    static const std::regex number(R"([IVXLivxl]{1,7}|\d{1,3}|Ke[a-z]{2,10}|KE[A-Z]{2,10})");
    return words.size() > 1 && std::find(names.begin(), names.end(), words[0].text) != names.end() &&
           words[1].text.size() < 14 && std::regex_match(words[1].text, number) && words.size() < 10;
}

Signs signs_of(const Block& block) {
    Signs out;
    std::size_t upper = 0;
    std::size_t lower = 0;
    for (const DocumentLine& line : block.lines) {
        out.words += line.words.size();
        for (const DocumentWord& word : line.words) {
            count_letters(word.text, upper, lower);
        }
    }
    out.letters = upper + lower;
    constexpr std::size_t least_capitals = 4;
    out.capitals = upper >= least_capitals && upper > 9 * lower;
    out.bold = is_all_bold(block);
    out.centred = block.alignment == Alignment::centre;
    out.named = is_named(block);
    out.depth = number_depth(block);
    out.size = block.lines.front().font_size;
    const std::string& last = block.lines.back().words.back().text;
    out.sentence = std::string_view(".,;:").find(last.back()) != std::string_view::npos;
    static constexpr std::array<std::string_view, 5> captions{"Tabel", "Gambar", "Grafik", "Table", "Figure"};
    const std::string& first = block.lines.front().words.front().text;
    out.caption = std::find(captions.begin(), captions.end(), first) != captions.end();
    return out;
}

bool is_heading(const Block& block, const PageStyle& style) {
    const bool item = block.kind == BlockKind::list_item;
    if ((block.kind != BlockKind::paragraph && !item) || block.lines.size() > most_lines) {
        return false;
    }
    const Signs signs = signs_of(block);
    constexpr std::size_t least_letters = 3;
    if (signs.words > most_words || signs.letters < least_letters || signs.sentence) {
        return false;
    }
    const float ratio = signs.size / std::max(1.0F, style.size);
    if (signs.caption && ratio < large) {
        return false;
    }
    if (item) { // "1. Pendahuluan" in bold; an item of a list is set like the text around it
        return (signs.bold || ratio > large) && block.marker_word.text.back() == '.';
    }
    const int weak = (ratio > larger ? 1 : 0) + (signs.capitals ? 1 : 0) + (signs.centred ? 1 : 0) +
                     (signs.depth > 1 ? 1 : 0) + (signs.named ? 1 : 0);
    return ratio > large || signs.bold || weak > 1;
}

// The marker of what turned out to be a numbered heading is a part of its text.
void give_back_marker(Block& block) {
    if (block.marker.empty()) {
        return;
    }
    DocumentLine& line = block.lines.front();
    line.words.insert(line.words.begin(), block.marker_word);
    line.box = united(line.box, block.marker_word.box);
    block.marker.clear();
    block.marker_word = {};
    block.indent = 0;
}

// Lines of one title: centred, alike, and close to each other.
bool go_together(const Block& above, const Block& below) {
    const DocumentLine& last = above.lines.back();
    const DocumentLine& first = below.lines.front();
    const float ratio = std::max(last.font_size, first.font_size) / std::min(last.font_size, first.font_size);
    constexpr float close = 1.9F; // font sizes between the baselines
    constexpr std::size_t most = 6;
    return above.alignment == Alignment::centre && below.alignment == Alignment::centre && ratio < one_class &&
           first.baseline - last.baseline < close * last.font_size && last.bold == first.bold &&
           signs_of(above).capitals == signs_of(below).capitals && above.lines.size() + below.lines.size() <= most;
}

// The smaller, the higher: of headings as large as the text.
int rank_of_style(const Signs& signs) {
    if (signs.named || (signs.capitals && signs.centred)) {
        return 0;
    }
    return signs.capitals || signs.centred ? 1 : 2;
}

} // namespace

void find_headings(std::vector<Block>& blocks, const PageStyle& style) {
    std::vector<Block> out;
    for (Block& block : blocks) {
        if (is_heading(block, style)) {
            block.kind = BlockKind::heading;
            give_back_marker(block);
            const bool joins = !out.empty() && out.back().kind == BlockKind::heading && go_together(out.back(), block);
            if (joins) {
                Block& title = out.back();
                title.lines.insert(title.lines.end(), block.lines.begin(), block.lines.end());
                title.box = united(title.box, block.box);
                continue;
            }
        }
        out.push_back(std::move(block));
    }
    blocks = std::move(out);
}

void set_heading_levels(std::vector<Block>& blocks, const PageStyle& style) {
    struct Key {
        float size = 0;
        int rank = 0;
    };
    const auto key_of = [&](const Block& block) {
        const Signs signs = signs_of(block);
        const bool as_text = signs.size < one_class * style.size;
        return Key{as_text ? style.size : signs.size, as_text ? rank_of_style(signs) : 0};
    };
    const auto same = [](const Key& a, const Key& b) {
        return std::max(a.size, b.size) < one_class * std::min(a.size, b.size) && a.rank == b.rank;
    };
    std::vector<Key> keys;
    for (const Block& block : blocks) {
        if (block.kind == BlockKind::heading) {
            keys.push_back(key_of(block));
        }
    }
    std::sort(keys.begin(), keys.end(),
              [](const Key& a, const Key& b) { return a.size != b.size ? a.size > b.size : a.rank < b.rank; });
    keys.erase(std::unique(keys.begin(), keys.end(), same), keys.end());
    for (Block& block : blocks) {
        if (block.kind == BlockKind::heading) {
            const Key key = key_of(block);
            const auto place =
                std::find_if(keys.begin(), keys.end(), [&](const Key& other) { return same(other, key); });
            const int level = static_cast<int>(place - keys.begin()) + 1;
            block.level = std::min(highest_level_number, std::max(level, number_depth(block)));
        }
    }
}

} // namespace saring::text
