// Validators of payment cards and bank accounts.
#include "match/validate_common.hpp"
#include "match/validate_kinds.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace saring::match::validate {
namespace {

// First four digits and lengths of card schemes (general knowledge, unsourced; ISO/IEC 7812 gives the form only).
struct CardRange {
    int first = 0;
    int last = 0;
    std::size_t shortest = 0;
    std::size_t longest = 0;
};

constexpr std::array<CardRange, 14> card_ranges{{
    {2221, 2720, 16, 16}, // Mastercard
    {3400, 3499, 15, 15}, // American Express
    {3528, 3589, 16, 19}, // JCB
    {3700, 3799, 15, 15}, // American Express
    {4000, 4999, 13, 13}, // Visa, old
    {4000, 4999, 16, 16}, // Visa
    {4000, 4999, 19, 19}, // Visa
    {5100, 5599, 16, 16}, // Mastercard
    {6011, 6011, 16, 19}, // Discover
    {6013, 6013, 16, 16}, // debit cards of BRI
    {6019, 6019, 16, 16}, // debit cards of BCA
    {6200, 6299, 16, 19}, // UnionPay
    {6440, 6499, 16, 19}, // Discover
    {6500, 6599, 16, 19}, // Discover
}};

// Length of an IBAN by country (general knowledge of SWIFT's registry, unsourced). Indonesia has none.
constexpr std::array<std::pair<std::string_view, std::size_t>, 78> iban_lengths{{
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22}, {"BH", 22},
    {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24}, {"DE", 22}, {"DK", 18}, {"DO", 28},
    {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23},
    {"GL", 18}, {"GR", 27}, {"GT", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26},
    {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20}, {"LU", 20},
    {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MR", 27}, {"MT", 31}, {"MU", 30},
    {"NL", 18}, {"NO", 15}, {"PK", 24}, {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22},
    {"SA", 24}, {"SC", 31}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"ST", 25}, {"SV", 28}, {"TL", 23},
    {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20},
}};

// The remainder by 97 of an IBAN with its first four signs put last and letters made numbers, A = 10 (ISO 13616).
int iban_remainder(std::string_view iban) {
    int remainder = 0;
    for (std::size_t i = 0; i < iban.size(); ++i) {
        const char c = iban[(i + 4) % iban.size()];
        remainder = is_digit(c) ? remainder * 10 + (c - '0') : remainder * 100 + (c - 'A' + 10);
        remainder %= 97;
    }
    return remainder;
}

} // namespace

// Payment card: 13 to 19 digits, a known prefix of the right length, Luhn. NIK wins over JCB: East Java begins with 35.
Proof card(std::string_view text) {
    const std::string digits = digits_of(text);
    if (digits.size() < 13 || digits.size() > 19 || is_population_number(digits, true)) {
        return Proof::none;
    }
    const int prefix = number(digits, 0, 4);
    const bool known = std::any_of(card_ranges.begin(), card_ranges.end(), [&](const CardRange& range) {
        return prefix >= range.first && prefix <= range.last && digits.size() >= range.shortest &&
               digits.size() <= range.longest;
    });
    return known && luhn_holds(digits) ? Proof::valid : Proof::none;
}

// Bank account: 10 to 16 digits, by bank; no check. Domain notes 5.5 [BANK].
Proof account(std::string_view text) {
    const std::size_t digits = digits_of(text).size();
    return digits >= 10 && digits <= 16 ? Proof::shape : Proof::none;
}

// International account number: country, two check digits, the length of that country; remainder 1.
Proof iban(std::string_view text) {
    std::string compact;
    for (const char c : plain(text)) {
        if (is_one_of(c, between_digits)) {
            continue;
        }
        if (!is_digit(c) && !is_upper(c)) {
            return Proof::none;
        }
        compact += c;
    }
    const std::string_view country = std::string_view(compact).substr(0, 2);
    const auto* row = std::find_if(iban_lengths.begin(), iban_lengths.end(),
                                   [&](const auto& entry) { return entry.first == country; });
    if (row == iban_lengths.end() || compact.size() != row->second) {
        return Proof::none;
    }
    compact[2] = digit_like(compact[2]);
    compact[3] = digit_like(compact[3]);
    if (compact[2] == '\0' || compact[3] == '\0') {
        return Proof::none;
    }
    return iban_remainder(compact) == 1 ? Proof::valid : Proof::shape;
}

} // namespace saring::match::validate
