#include "output/mask.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace saring::output {
namespace {

constexpr std::string_view bullet = "•";
constexpr std::size_t shown_before = 4;
constexpr std::size_t shown_behind = 2;
constexpr std::size_t least_length = 9; // signs: of a shorter value, too little would stay hidden

std::vector<std::string_view> code_points(std::string_view text) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t length = 1;
        while (at + length < text.size() && (text[at + length] & 0xC0) == 0x80) {
            ++length;
        }
        out.push_back(text.substr(at, length));
        at += length;
    }
    return out;
}

void replace_all(std::string& text, const std::string& what, const std::string& with) {
    if (what.empty() || what == with) {
        return;
    }
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
}

// Masks every word of the line that lies on the finding, for readings whose words differ from the line's own.
void mask_words_on(const Finding& finding, Line& line) {
    std::size_t at = 0;
    for (Word& word : line.words) {
        const std::size_t begin = line.text.find(word.text, at);
        const Box box = bounding_box(word.quad);
        const bool hit = std::any_of(finding.quads.begin(), finding.quads.end(), [&](const Quad& quad) {
            return intersection_area(bounding_box(quad), box) > 0.3F * box.area();
        });
        if (hit && begin != std::string::npos) {
            const std::string hidden = masked(word.text, finding.category);
            line.text.replace(begin, word.text.size(), hidden);
            word.text = hidden;
        }
        at = begin == std::string::npos ? at : begin + word.text.size();
    }
}

} // namespace

bool is_masked(Category category) { return category == Category::secret || category == Category::identifier; }

std::string masked(std::string_view text, Category category) {
    if (!is_masked(category)) {
        return std::string(text);
    }
    const std::vector<std::string_view> signs = code_points(text);
    std::string out;
    for (std::size_t i = 0; i < signs.size(); ++i) {
        const bool shown = category == Category::identifier && signs.size() >= least_length &&
                           (i < shown_before || i + shown_behind >= signs.size());
        const bool blank = signs[i] == " ";
        out += shown || blank ? signs[i] : bullet;
    }
    return out;
}

ScanResult masked(const ScanResult& result) {
    ScanResult out = result;
    for (const Finding& finding : result.findings) {
        if (!is_masked(finding.category)) {
            continue;
        }
        const std::string hidden = masked(finding.match, finding.category);
        for (Finding& other : out.findings) { // a secret may stand in the context of another finding
            replace_all(other.context, finding.match, hidden);
            replace_all(other.match, finding.match, hidden);
        }
        for (Page& page : out.pages) {
            for (Line& line : page.lines) {
                replace_all(line.text, finding.match, hidden);
                if (finding.page == page.index) {
                    mask_words_on(finding, line);
                }
            }
        }
    }
    return out;
}

} // namespace saring::output
