// Idea: three things are believed. A sentence that tells a fact about this page ("ditandatangani secara elektronik
// oleh", "dokumen ini telah …"), as against one that speaks about signing (belum, akan, dapat, yang …). A QR code whose
// address belongs to a signature service, or to a page of a public body that verifies. And names of the signing
// authority beside any QR code with an address: they stand on pages about signatures too, but those have no code.
// Sources: Indonesian law knows certified and uncertified electronic signatures (PP 71/2019, article 60(2)); the
// sentence of the footer as in circular 3/2022 of the civil service agency BKN.
// Cannot do: signatures that show nothing but a picture of a pen's stroke, and codes that the camera did not resolve.
// A shop's code or a form's code is no sign. English has the one wording that readers of PDF print, and DocuSign's.
#include "text/signature_care.hpp"

#include "text/verification_address.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>

namespace saring::text {
namespace {

using Words = std::vector<std::string>;

constexpr Bilingual stated_note{
    "Halaman ini menyatakan telah ditandatangani secara elektronik. Foto dan hasil konversinya tidak membawa tanda "
    "tangan itu dan tidak dapat diverifikasi; mintalah berkas elektronik aslinya.",
    "This page says that it was signed electronically. A photo and what is made of it do not carry the signature and "
    "cannot be verified; ask for the original electronic file."};
constexpr Bilingual code_note{
    "Kode QR pada halaman ini menuju layanan verifikasi tanda tangan elektronik. Yang diverifikasi adalah berkas "
    "aslinya; foto dan hasil konversinya tidak membawa tanda tangan. Mintalah berkas elektronik aslinya.",
    "A QR code on this page leads to a service that verifies electronic signatures. It vouches for the original file; "
    "a "
    "photo and what is made of it do not carry the signature. Ask for the original electronic file."};
constexpr Bilingual stamp_note{
    "Halaman ini memuat meterai elektronik. Meterai itu melekat pada berkas aslinya; pada foto dan hasil konversinya "
    "tidak dapat diverifikasi. Mintalah berkas elektronik aslinya.",
    "This page has an electronic duty stamp. It is part of the original file and cannot be verified on a photo or on "
    "what is made of it; ask for the original electronic file."};

constexpr std::array statements{std::string_view("ditandatangani secara elektronik"),
                                std::string_view("ditandatangani secara digital"),
                                std::string_view("digitally signed by"),
                                std::string_view("electronically signed by"),
                                std::string_view("has been electronically signed"),
                                std::string_view("has been digitally signed"),
                                std::string_view("is electronically signed"),
                                std::string_view("docusign envelope id")};

// Before a statement, these make it a plan, a rule or a condition. "Dokumen ini telah" and a line's beginning do not.
constexpr std::array plans{
    std::string_view("belum"),   std::string_view("tidak"), std::string_view("akan"),    std::string_view("dapat"),
    std::string_view("bisa"),    std::string_view("harus"), std::string_view("wajib"),   std::string_view("perlu"),
    std::string_view("untuk"),   std::string_view("yang"),  std::string_view("jika"),    std::string_view("bila"),
    std::string_view("apabila"), std::string_view("agar"),  std::string_view("sebelum"), std::string_view("setelah"),
    std::string_view("not"),     std::string_view("be"),    std::string_view("if"),      std::string_view("when"),
    std::string_view("that"),    std::string_view("until"), std::string_view("unless")};
constexpr std::size_t plan_reach = 2; // words before the statement

constexpr std::array authorities{std::string_view("balai sertifikasi elektronik"), std::string_view("bsre"),
                                 std::string_view("sertifikat elektronik"), std::string_view("tanda tangan elektronik"),
                                 std::string_view("badan siber dan sandi negara")};
// What is printed on the stamp; pages about stamps have the name, but seldom the value beside it.
constexpr std::string_view stamp_name = "meterai elektronik";
constexpr std::array stamp_values{std::string_view("10000"), std::string_view("sepuluh ribu rupiah")};
constexpr std::size_t stamp_reach = 12; // words between name and value

constexpr std::size_t letters_an_edit = 7; // a reader's slip is forgiven for every seven letters of a word

bool is_word_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') ||
           static_cast<unsigned char>(letter) >= 0x80;
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

Words words_of(std::string_view text) {
    Words words(1);
    for (const char letter : lowered(text)) {
        if (is_word_letter(letter)) {
            words.back() += letter;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

// All words of the page; a line's last word that ends with a hyphen is joined with the next line's first.
Words words_of(const std::vector<Line>& lines) {
    std::string text;
    for (const Line& line : lines) {
        text += line.text;
        if (text.ends_with('-')) {
            text.pop_back();
        } else {
            text += ' ';
        }
    }
    return words_of(std::string_view(text));
}

std::size_t edits(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t swapped = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({swapped, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

bool is_like(std::string_view read, std::string_view meant) {
    const std::size_t forgiven = meant.size() / letters_an_edit;
    return read == meant || (forgiven > 0 && read.size() + forgiven >= meant.size() &&
                             read.size() <= meant.size() + forgiven && edits(read, meant) <= forgiven);
}

// Where the phrase stands next, at or after `from`.
std::optional<std::size_t> place_of(const Words& words, const Words& phrase, std::size_t from) {
    const auto place =
        std::search(words.begin() + static_cast<std::ptrdiff_t>(from), words.end(), phrase.begin(), phrase.end(),
                    [](const auto& read, const auto& meant) { return is_like(read, meant); });
    return place == words.end() ? std::nullopt : std::optional(static_cast<std::size_t>(place - words.begin()));
}

template <std::size_t count>
std::optional<std::string_view> first_of(const Words& words, const std::array<std::string_view, count>& phrases) {
    const auto found =
        std::ranges::find_if(phrases, [&](auto phrase) { return place_of(words, words_of(phrase), 0).has_value(); });
    return found == phrases.end() ? std::nullopt : std::optional(*found);
}

bool is_planned(const Words& words, std::size_t at) {
    const std::size_t first = at < plan_reach ? 0 : at - plan_reach;
    return std::any_of(words.begin() + static_cast<std::ptrdiff_t>(first),
                       words.begin() + static_cast<std::ptrdiff_t>(at),
                       [](const std::string& word) { return std::ranges::count(plans, word) > 0; });
}

std::optional<std::string_view> statement_on(const Words& words) {
    for (const std::string_view statement : statements) {
        const Words phrase = words_of(statement);
        for (auto at = place_of(words, phrase, 0); at; at = place_of(words, phrase, *at + 1)) {
            if (!is_planned(words, *at)) {
                return statement;
            }
        }
    }
    return std::nullopt;
}

bool has_stamp(const Words& words) {
    const Words name = words_of(stamp_name);
    for (auto at = place_of(words, name, 0); at; at = place_of(words, name, *at + 1)) {
        const auto last = std::min(words.size(), *at + name.size() + stamp_reach);
        const Words around(words.begin() + static_cast<std::ptrdiff_t>(*at - std::min(*at, stamp_reach)),
                           words.begin() + static_cast<std::ptrdiff_t>(last));
        if (first_of(around, stamp_values)) {
            return true;
        }
    }
    return false;
}

} // namespace

std::vector<SignatureNote> signature_notes(const std::vector<Line>& lines, const std::vector<image::QrCode>& codes) {
    const Words words = words_of(lines);
    std::vector<SignatureNote> notes;
    if (const auto statement = statement_on(words)) {
        notes.push_back({SignatureSign::stated, stated_note, std::string(*statement)});
    }
    const auto authority = first_of(words, authorities);
    for (const image::QrCode& code : codes) {
        const std::string host = host_of(code.text);
        if (!host.empty() && (authority || verifies_signatures(code.text))) {
            notes.push_back({SignatureSign::code, code_note, host});
            break;
        }
    }
    if (has_stamp(words)) {
        notes.push_back({SignatureSign::stamp_duty, stamp_note, std::string(stamp_name)});
    }
    return notes;
}

} // namespace saring::text
