// Folding by ICU: compatibility composition and case folding (NFKC_Casefold), decomposition to drop combining marks,
// and a short table of Cyrillic and Greek letters that look like Latin ones (the usual ones of Unicode's confusables;
// UTS #39).
#include "match/normalise.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace saring::match {
namespace {

constexpr std::array<std::pair<char32_t, char>, 34> look_alikes{{
    {U'а', 'a'}, {U'в', 'b'}, {U'с', 'c'}, {U'е', 'e'}, {U'н', 'h'}, {U'і', 'i'}, {U'ј', 'j'}, {U'к', 'k'}, {U'м', 'm'},
    {U'о', 'o'}, {U'р', 'p'}, {U'ѕ', 's'}, {U'т', 't'}, {U'у', 'y'}, {U'х', 'x'}, {U'ԁ', 'd'}, {U'ԛ', 'q'}, {U'ԝ', 'w'},
    {U'α', 'a'}, {U'β', 'b'}, {U'ε', 'e'}, {U'η', 'n'}, {U'ι', 'i'}, {U'κ', 'k'}, {U'μ', 'm'}, {U'ν', 'v'}, {U'ο', 'o'},
    {U'ρ', 'p'}, {U'τ', 't'}, {U'υ', 'u'}, {U'χ', 'x'}, {U'γ', 'y'}, {U'ı', 'i'}, {U'ø', 'o'},
}};

char latin_look_alike(char32_t c) {
    const auto* found =
        std::find_if(look_alikes.begin(), look_alikes.end(), [&](const auto& row) { return row.first == c; });
    return found == look_alikes.end() ? '\0' : found->second;
}

const icu::Normalizer2& normaliser(const icu::Normalizer2* (*get)(UErrorCode&)) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* out = get(error);
    if (U_FAILURE(error) != 0) {
        throw Error(ErrorCode::internal, "match", u_errorName(error));
    }
    return *out;
}

// One code point folded: usually one code point, sometimes several ("ﬁ"), none for marks and invisible signs.
icu::UnicodeString fold(char32_t c) {
    static const icu::Normalizer2& casefold = normaliser(&icu::Normalizer2::getNFKCCasefoldInstance);
    static const icu::Normalizer2& decompose = normaliser(&icu::Normalizer2::getNFKDInstance);
    UErrorCode error = U_ZERO_ERROR;
    const icu::UnicodeString one(static_cast<UChar32>(c));
    const icu::UnicodeString apart = decompose.normalize(casefold.normalize(one, error), error);
    icu::UnicodeString out;
    for (int i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
        const UChar32 part = apart.char32At(i);
        const int type = u_charType(part);
        const bool drop = type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR;
        if (!drop) {
            out.append(part);
        }
    }
    return out;
}

// A folded code point and the bytes of the source that it came from.
struct Piece {
    UChar32 code = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool upper = false;
    bool lower = false;
};

std::vector<Piece> pieces_of(std::string_view text) {
    std::vector<Piece> out;
    out.reserve(text.size());
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto length = static_cast<std::int64_t>(text.size());
    for (std::int64_t at = 0; at < length;) {
        const std::int64_t begin = at;
        UChar32 c = 0;
        U8_NEXT(bytes, at, length, c);
        const auto from = static_cast<std::size_t>(begin);
        const auto to = static_cast<std::size_t>(at);
        if (c < 0) { // not UTF-8: kept as a sign, so that offsets stay true
            out.push_back({0xFFFD, from, to, false, false});
            continue;
        }
        if (c < 0x80) { // by far the most frequent, and no need for ICU
            const auto sign = static_cast<unsigned char>(c);
            const bool upper = sign >= 'A' && sign <= 'Z';
            const bool lower = sign >= 'a' && sign <= 'z';
            out.push_back({upper ? c + ('a' - 'A') : c, from, to, upper, lower});
            continue;
        }
        const icu::UnicodeString folded = fold(static_cast<char32_t>(c));
        for (int i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
            out.push_back({folded.char32At(i), from, to, u_isUUppercase(c) != 0, u_isULowercase(c) != 0});
        }
    }
    return out;
}

void append_utf8(std::string& out, UChar32 c) {
    std::array<std::uint8_t, 4> bytes{};
    int length = 0;
    UBool error = 0;
    U8_APPEND(bytes.data(), length, 4, c, error);
    if (error == 0) {
        out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
    }
}

bool is_word_sign(UChar32 c) { return u_isalnum(c) != 0; }

// Replaces look-alikes within [first, last) when the word holds Latin letters too, or nothing but look-alikes.
bool replace_look_alikes(std::vector<Piece>& pieces, std::size_t first, std::size_t last) {
    bool latin = false;
    bool strange = false;
    bool all_alike = true;
    std::size_t alike = 0;
    for (std::size_t i = first; i < last; ++i) {
        const UChar32 c = pieces[i].code;
        if (c < 0x80) {
            latin |= c >= 'a' && c <= 'z';
            continue;
        }
        strange = true;
        if (latin_look_alike(static_cast<char32_t>(c)) != '\0') {
            ++alike;
        } else {
            all_alike = false;
        }
    }
    constexpr std::size_t telling = 4; // a single Cyrillic letter is a placeholder in signed regulations, no evasion
    if (!strange || alike == 0 || !(latin || (all_alike && alike >= telling))) {
        return false;
    }
    for (std::size_t i = first; i < last; ++i) {
        if (const char c = latin_look_alike(static_cast<char32_t>(pieces[i].code)); c != '\0') {
            pieces[i].code = c;
        }
    }
    return true;
}

char ascii(UChar32 c) { return c < 0x80 ? static_cast<char>(c) : '?'; }

// Signs that stand for letters within a word when a reader or an evader is at work.
bool is_letter_like_sign(UChar32 c) { return c == '!' || c == '|' || c == '$' || c == '@'; }

// Adds the tokens of one line and its folded text.
void add_line(const Line& line, int index, NormalText& out) {
    std::vector<Piece> pieces = pieces_of(line.text);
    // Where each word of the line begins, to give tokens their word.
    std::vector<std::size_t> word_ends;
    std::size_t at = 0;
    for (const Word& word : line.words) {
        const std::size_t found = line.text.find(word.text, at);
        at = (found == std::string::npos ? at : found) + word.text.size();
        word_ends.push_back(at);
    }
    const auto word_at = [&](std::size_t byte) {
        const auto found = std::upper_bound(word_ends.begin(), word_ends.end(), byte);
        return static_cast<int>(std::min<std::ptrdiff_t>(
            found - word_ends.begin(), std::max<std::ptrdiff_t>(0, static_cast<std::ptrdiff_t>(word_ends.size()) - 1)));
    };
    const auto is_inside_sign = [&](std::size_t i) {
        return is_letter_like_sign(pieces[i].code) && i > 0 && i + 1 < pieces.size() &&
               u_isalpha(pieces[i - 1].code) != 0 && u_isalpha(pieces[i + 1].code) != 0;
    };
    for (std::size_t i = 0; i < pieces.size();) {
        if (!is_word_sign(pieces[i].code)) {
            ++i;
            continue;
        }
        std::size_t last = i;
        while (last < pieces.size() && (is_word_sign(pieces[last].code) || is_inside_sign(last))) {
            ++last;
        }
        Token token;
        token.lookalikes = replace_look_alikes(pieces, i, last);
        bool upper = false;
        bool lower = false;
        for (std::size_t k = i; k < last; ++k) {
            append_utf8(token.folded, pieces[k].code);
            upper |= pieces[k].upper;
            lower |= pieces[k].lower;
        }
        token.capitals = upper && !lower;
        token.line = index;
        token.begin = pieces[i].begin;
        token.end = pieces[last - 1].end;
        token.word = word_at(token.begin);
        token.confidence =
            line.words.empty() ? line.confidence : line.words[static_cast<std::size_t>(token.word)].confidence;
        token.before = i > 0 ? ascii(pieces[i - 1].code) : ' ';
        token.after = last < pieces.size() ? ascii(pieces[last].code) : ' ';
        const bool hyphen_at_end = last < pieces.size() &&
                                   (ascii(pieces[last].code) == '-' || pieces[last].code == 0x2010) &&
                                   std::all_of(pieces.begin() + static_cast<std::ptrdiff_t>(last) + 1, pieces.end(),
                                               [](const Piece& p) { return u_isspace(p.code) != 0; });
        token.joined_to_next = hyphen_at_end;
        out.tokens.push_back(std::move(token));
        i = last;
    }
    FoldedLine text;
    for (const Piece& piece : pieces) {
        const std::size_t before = text.text.size();
        append_utf8(text.text, u_isspace(piece.code) != 0 ? ' ' : piece.code);
        text.source.insert(text.source.end(), text.text.size() - before, piece.begin);
    }
    text.source.push_back(line.text.size());
    out.lines.push_back(std::move(text));
}

} // namespace

NormalText normalise(std::span<const Line> lines) {
    NormalText out;
    int index = 0;
    for (const Line& line : lines) {
        out.first_token.push_back(out.tokens.size());
        add_line(line, index++, out);
    }
    out.first_token.push_back(out.tokens.size());
    return out;
}

std::string packed(std::string_view term) {
    std::string out;
    for (const Piece& piece : pieces_of(term)) {
        if (is_word_sign(piece.code)) {
            append_utf8(out, piece.code);
        }
    }
    return out;
}

std::string folded(std::string_view text) {
    std::string out;
    for (const Piece& piece : pieces_of(text)) {
        const bool blank = u_isspace(piece.code) != 0;
        if (blank && (out.empty() || out.back() == ' ')) {
            continue;
        }
        append_utf8(out, blank ? ' ' : piece.code);
    }
    return out;
}

std::string skeleton(std::string_view packed_text) {
    std::string out;
    out.reserve(packed_text.size());
    for (std::size_t i = 0; i < packed_text.size(); ++i) {
        const char c = packed_text[i];
        const char next = i + 1 < packed_text.size() ? packed_text[i + 1] : '\0';
        if (c == 'r' && next == 'n') {
            out += 'm';
            ++i;
        } else if (c == 'v' && next == 'v') {
            out += 'w';
            ++i;
        } else {
            switch (c) {
            case '0': out += 'o'; break;
            case '1':
            case 'l':
            case '!':
            case '|': out += 'i'; break;
            case '5':
            case '$': out += 's'; break;
            case '8': out += 'b'; break;
            case '4':
            case '@': out += 'a'; break;
            case '3': out += 'e'; break;
            default: out += c;
            }
        }
    }
    return out;
}

} // namespace saring::match
