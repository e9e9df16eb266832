// Folding by ICU: compatibility composition and case folding (NFKC_Casefold), decomposition to drop combining marks,
// and its table of confusable letters (UTS #39).
#include "match/normalise.hpp"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace saring::match {
namespace {

void check(UErrorCode error) {
    if (U_FAILURE(error) != 0) {
        throw Error(ErrorCode::internal, "match", u_errorName(error));
    }
}

const icu::Normalizer2& normaliser(const icu::Normalizer2* (*get)(UErrorCode&)) {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* out = get(error);
    check(error);
    return *out;
}

// The Latin letter that ICU's table of confusables (UTS #39) holds for alike; 0 where there is none. Capitals are asked
// for too: a small Cyrillic en is like no Latin letter, its capital is an H.
char latin_look_alike(UChar32 c) {
    static const std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> checker = [] {
        UErrorCode error = U_ZERO_ERROR;
        std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> made(uspoof_open(&error), &uspoof_close);
        check(error);
        return made;
    }();
    static std::unordered_map<UChar32, char> known; // guarded: a scanner a thread
    static std::mutex guard;
    const std::lock_guard lock(guard);
    if (const auto found = known.find(c); found != known.end()) {
        return found->second;
    }
    char out = '\0';
    for (const UChar32 form : {c, u_toupper(c)}) {
        UErrorCode error = U_ZERO_ERROR;
        icu::UnicodeString alike;
        uspoof_getSkeletonUnicodeString(checker.get(), 0, icu::UnicodeString(form), alike, &error);
        check(error);
        const UChar32 single = alike.length() == 1 ? u_tolower(alike.char32At(0)) : 0;
        if (single >= 'a' && single <= 'z' && c >= 0x80) {
            // The table makes one of I, l and 1; the source knows which script's i it is.
            out = single == 'l' && u_tolower(c) != 0x04CF ? 'i' : static_cast<char>(single);
            break;
        }
    }
    known.emplace(c, out);
    return out;
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

// Short forms of Indonesian notes and chats, which are read as the words that they stand for.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> short_forms{{
    {"utk", "untuk"},
    {"tdk", "tidak"},
    {"jgn", "jangan"},
    {"blm", "belum"},
    {"blum", "belum"},
    {"yg", "yang"},
    {"dgn", "dengan"},
    {"sdh", "sudah"},
    {"dlm", "dalam"},
    {"tgl", "tanggal"},
    {"krn", "karena"},
    {"sblm", "sebelum"},
    {"stlh", "setelah"},
    {"kpd", "kepada"},
    {"lgsg", "langsung"},
}};

std::string_view in_full(std::string_view word) {
    const auto* found =
        std::find_if(short_forms.begin(), short_forms.end(), [&](const auto& row) { return row.first == word; });
    return found == short_forms.end() ? std::string_view() : found->second;
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
        if (latin_look_alike(c) != '\0') {
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
        if (const char c = latin_look_alike(pieces[i].code); c != '\0') {
            pieces[i].code = c;
        }
    }
    return true;
}

char ascii(UChar32 c) { return c < 0x80 ? static_cast<char>(c) : '?'; }

// Signs that stand for letters within a word when a reader or an evader is at work.
bool is_letter_like_sign(UChar32 c) { return c == '!' || c == '|' || c == '$' || c == '@'; }

// Where capitals begin with which the word [first, last) ends behind small letters, as print that a mark was set across
// is read with it ("PeaceCONFIDENTIAL"); `last` where it is one word.
std::size_t mark_in_word(const std::vector<Piece>& pieces, std::size_t first, std::size_t last) {
    constexpr std::size_t fewest_capitals = 5; // fewer are a name's ("eKTP")
    constexpr std::size_t fewest_small = 2;
    std::size_t begin = last;
    while (begin > first && pieces[begin - 1].upper) {
        --begin;
    }
    const bool before = begin >= first + fewest_small && pieces[begin - 1].lower && pieces[begin - 2].lower;
    return before && last - begin >= fewest_capitals ? begin : last;
}

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
        last = mark_in_word(pieces, i, last);
        Token token;
        token.lookalikes = replace_look_alikes(pieces, i, last);
        bool upper = false;
        bool lower = false;
        for (std::size_t k = i; k < last; ++k) {
            append_utf8(token.folded, pieces[k].code);
            upper |= pieces[k].upper;
            lower |= pieces[k].lower;
        }
        if (const std::string_view whole = in_full(token.folded); !whole.empty()) {
            token.folded = whole;
            token.in_full = true;
        }
        token.capitals = upper && !lower;
        token.line = index;
        token.begin = static_cast<std::uint32_t>(pieces[i].begin);
        token.end = static_cast<std::uint32_t>(pieces[last - 1].end);
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
    text.text.reserve(line.text.size());
    text.source.reserve(line.text.size() + 1);
    const auto append = [&](std::string_view folded_text, std::size_t source) {
        text.text += folded_text;
        text.source.insert(text.source.end(), folded_text.size(), static_cast<std::uint32_t>(source));
    };
    std::size_t token = out.first_token.back();
    std::string sign;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const bool begins = token < out.tokens.size() && out.tokens[token].begin == pieces[i].begin;
        if (begins && out.tokens[token].in_full) {
            append(out.tokens[token].folded, pieces[i].begin);
            while (i + 1 < pieces.size() && pieces[i + 1].begin < out.tokens[token].end) {
                ++i;
            }
        } else {
            sign.clear();
            append_utf8(sign, u_isspace(pieces[i].code) != 0 ? ' ' : pieces[i].code);
            append(sign, pieces[i].begin);
        }
        token += begins ? 1 : 0;
    }
    text.source.push_back(static_cast<std::uint32_t>(line.text.size()));
    out.lines.push_back(std::move(text));
}

} // namespace

NormalText normalise(std::span<const Line> lines) {
    NormalText out;
    std::size_t bytes = 0;
    for (const Line& line : lines) {
        bytes += line.text.size();
    }
    constexpr std::size_t bytes_a_token = 6; // of usual text
    out.tokens.reserve(bytes / bytes_a_token + lines.size());
    out.lines.reserve(lines.size());
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
    std::string word;
    const auto end_word = [&] {
        const std::string_view whole = in_full(word);
        out += whole.empty() ? std::string_view(word) : whole;
        word.clear();
    };
    for (const Piece& piece : pieces_of(term)) {
        if (is_word_sign(piece.code)) {
            append_utf8(word, piece.code);
        } else {
            end_word();
        }
    }
    end_word();
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

std::string compatible(std::string_view text) {
    if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
        return std::string(text);
    }
    static const icu::Normalizer2& compose = normaliser(&icu::Normalizer2::getNFKCInstance);
    UErrorCode error = U_ZERO_ERROR;
    const icu::UnicodeString all = compose.normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size()))), error);
    check(error);
    icu::UnicodeString shown;
    for (int i = 0; i < all.length(); i = all.moveIndex32(i, 1)) {
        if (u_charType(all.char32At(i)) != U_FORMAT_CHAR) {
            shown.append(all.char32At(i));
        }
    }
    std::string out;
    return shown.toUTF8String(out);
}

std::string skeleton(std::string_view packed_text) {
    std::string out;
    out.reserve(packed_text.size() + 4);
    for (const char c : packed_text) {
        switch (c) {
        case 'm': out += "rn"; break;
        case 'w': out += "vv"; break;
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
    return out;
}

} // namespace saring::match
