#include "text/document_language.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace saring::text {
namespace {

// The commonest words of each language that the other does not have.
constexpr std::array<std::string_view, 20> indonesian{"yang",   "dan",   "di",     "untuk", "dengan", "dari", "pada",
                                                      "ini",    "tidak", "dalam",  "oleh",  "akan",   "atau", "sebagai",
                                                      "adalah", "itu",   "kepada", "telah", "dapat",  "ke"};
constexpr std::array<std::string_view, 20> english{"the",  "and",  "of",  "to",   "in",   "is", "for",
                                                   "with", "that", "on",  "are",  "this", "be", "by",
                                                   "from", "or",   "not", "will", "as",   "it"};

std::string lower_ascii(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

template <typename Visit> void for_each_word(const Document& document, Visit visit) {
    const auto in_lines = [&](const std::vector<DocumentLine>& lines) {
        for (const DocumentLine& line : lines) {
            for (const DocumentWord& word : line.words) {
                visit(word.text);
            }
        }
    };
    for (const DocumentPage& page : document.pages) {
        for (const Block& block : page.blocks) {
            in_lines(block.lines);
            for (const TableCell& cell : block.cells) {
                in_lines(cell.lines);
            }
        }
    }
}

} // namespace

std::string language_of(const Document& document) {
    int id = 0;
    int en = 0;
    for_each_word(document, [&](const std::string& text) {
        const std::string word = lower_ascii(text);
        id += static_cast<int>(std::count(indonesian.begin(), indonesian.end(), word));
        en += static_cast<int>(std::count(english.begin(), english.end(), word));
    });
    return id == en ? "und" : id > en ? "id" : "en";
}

std::string title_of(const Document& document) {
    constexpr std::size_t longest = 120; // bytes: a line of a window's title
    for (const DocumentPage& page : document.pages) {
        for (const Block& block : page.blocks) {
            if (block.kind == BlockKind::heading && !block.lines.empty()) {
                std::string out = running_text(block.lines);
                if (out.size() > longest) {
                    out.resize(out.rfind(' ', longest) == std::string::npos ? 0 : out.rfind(' ', longest));
                }
                return out;
            }
        }
    }
    return {};
}

} // namespace saring::text
