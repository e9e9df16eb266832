// Validators for identifiers and secrets: one short function per kind of value, and a table of their names at the end.
//
// Numbers are first freed of the signs that writers put between digits, and of look-alikes such as O for 0 where at
// least four of five signs are digits. Then the rules of the issuer apply: regions and dates (NIK, KK, NIP), check
// digits (NPWP, cards, IBAN, passport lines), prefixes (telephones, plates, API keys). Secrets have no check; they are
// told from prose, dates, amounts and placeholders by their signs.
//
// A validator cannot say what a number is for: a parcel number may look like an account. Labels near it do that.
// Sources: domain notes, sections 5 and 6; "unsourced" marks general knowledge. Tests: tests/match/validators_test.cpp
#include "match/validators.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace saring::match {
namespace {

// --- Signs -----------------------------------------------------------------------------------------------------------

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view between_digits = " \t\r\n.-/"; // what writers put between the digits of one number

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_letter(char c) { return is_upper(c) || is_lower(c); }
bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }
bool is_one_of(char c, std::string_view signs) { return signs.find(c) != std::string_view::npos; }

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::string_view trimmed(std::string_view text, std::string_view signs = blanks) {
    const std::size_t first = text.find_first_not_of(signs);
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(signs) - first + 1);
}

// Whether a table holds the word.
template <std::size_t Size> bool holds(const std::array<std::string_view, Size>& table, std::string_view word) {
    return std::find(table.begin(), table.end(), word) != table.end();
}

// Blanks, dashes and quotation marks beyond ASCII become plain ones, bullets that hide a value become asterisks.
// Blanks around the whole are dropped.
std::string plain(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, char>, 19> signs{{
        {"\u00A0", ' '}, {"\u2009", ' '}, {"\u202F", ' '}, {"\u3000", ' '}, {"\u2010", '-'},
        {"\u2011", '-'}, {"\u2012", '-'}, {"\u2013", '-'}, {"\u2014", '-'}, {"\u2212", '-'},
        {"\u2018", '"'}, {"\u2019", '"'}, {"\u201C", '"'}, {"\u201D", '"'}, {"\u2026", '.'},
        {"\u2022", '*'}, {"\u25CF", '*'}, {"\u00B7", '*'}, {"\u2039", '<'},
    }};
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto* sign =
            is_ascii(text.front())
                ? signs.end()
                : std::find_if(signs.begin(), signs.end(), [&](const auto& s) { return text.starts_with(s.first); });
        out += sign == signs.end() ? text.front() : sign->second;
        text.remove_prefix(sign == signs.end() ? 1 : sign->first.size());
    }
    return std::string(trimmed(out));
}

// The digit that a reader may have taken for `c`; 0 where there is none. Domain notes, section 5, and their small
// forms.
char digit_like(char c) {
    switch (c) {
    case 'O':
    case 'o':
    case 'Q':
    case 'D': return '0';
    case 'I':
    case 'i':
    case 'l':
    case '|':
    case '!': return '1';
    case 'Z':
    case 'z': return '2';
    case 'S':
    case 's': return '5';
    case 'B': return '8';
    default: return is_digit(c) ? c : '\0';
    }
}

// The digits of a text with look-alikes made digits; empty where it holds anything else, or too many look-alikes.
// Signs of `dropped` are skipped, signs of `kept` stay.
std::string digits_of(std::string_view text, std::string_view dropped = between_digits, std::string_view kept = {}) {
    constexpr std::size_t digits_wanted = 4; // in five signs, that is 80 %
    std::string out;
    std::size_t digits = 0;
    std::size_t alike = 0;
    for (const char c : plain(text)) {
        if (is_one_of(c, dropped)) {
            continue;
        }
        if (is_one_of(c, kept)) {
            out += c;
            continue;
        }
        const char digit = digit_like(c);
        if (digit == '\0') {
            return {};
        }
        ++(is_digit(c) ? digits : alike);
        out += digit;
    }
    return digits * 5 >= (digits + alike) * digits_wanted ? out : std::string{};
}

// The number that `count` digits from `at` on write. For a few digits only.
int number(std::string_view digits, std::size_t at, std::size_t count) {
    int out = 0;
    for (const char c : digits.substr(at, count)) {
        out = out * 10 + (c - '0');
    }
    return out;
}

// The usual check of cards (ISO/IEC 7812, annex B): from the right, every second digit doubled, its digits summed.
bool luhn_holds(std::string_view digits) {
    int sum = 0;
    bool doubled = false;
    for (std::size_t i = digits.size(); i-- > 0; doubled = !doubled) {
        const int value = (digits[i] - '0') * (doubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

// --- Dates -----------------------------------------------------------------------------------------------------------

// Today as the clocks in the east of Indonesia show it (nine hours ahead of UTC), so that no date written today lies
// ahead.
std::chrono::year_month_day today() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now() + std::chrono::hours(9));
}

std::chrono::year_month_day date_of(int year, int month, int day) {
    return {std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
            std::chrono::day(static_cast<unsigned>(day))};
}

// A day that exists and is not ahead.
bool is_past_day(int year, int month, int day) {
    const std::chrono::year_month_day date = date_of(year, month, day);
    return date.ok() && date <= today();
}

// A past day of 19YY or 20YY.
bool is_past_day_of_century(int year, int month, int day) {
    return is_past_day(1900 + year, month, day) || is_past_day(2000 + year, month, day);
}

bool is_year(std::string_view digits) {
    return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
}

// The runs of digits in a text that holds nothing but digits and `separators`; empty otherwise.
std::vector<std::string_view> digit_groups(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
        const std::string_view group = text.substr(at, end - at);
        if (group.empty() || !std::all_of(group.begin(), group.end(), is_digit)) {
            return {};
        }
        out.push_back(group);
        at = end + 1;
    }
    return out;
}

// A day in numbers: 17-08-1945, 17/8/45, 1945.08.17.
bool is_numeric_date(std::string_view text) {
    const std::vector<std::string_view> groups = digit_groups(text, "-/.");
    if (groups.size() != 3 || groups[1].size() > 2) {
        return false;
    }
    const bool year_first = groups[0].size() == 4;
    const std::string_view year = year_first ? groups[0] : groups[2];
    const std::string_view day = year_first ? groups[2] : groups[0];
    if (day.size() > 2 || (year.size() != 2 && year.size() != 4)) {
        return false;
    }
    const int whole_year = number(year, 0, 4) + (year.size() == 2 ? 2000 : 0);
    return date_of(whole_year, number(groups[1], 0, 2), number(day, 0, 2)).ok();
}

// --- Numbers of the state --------------------------------------------------------------------------------------------

// The first six digits of NIK and KK: province, regency 01-69 or city 71-99, district.
bool is_region(std::string_view digits) {
    static constexpr std::array<std::pair<int, int>, 8> provinces{
        {{11, 19}, {21, 21}, {31, 36}, {51, 53}, {61, 65}, {71, 76}, {81, 82}, {91, 96}}};
    const int province = number(digits, 0, 2);
    const int regency = number(digits, 2, 2);
    const bool known = std::any_of(provinces.begin(), provinces.end(), [&](const auto& range) {
        return province >= range.first && province <= range.second;
    });
    return known && regency != 0 && regency != 70 && number(digits, 4, 2) != 0;
}

// Region, date and serial. A woman's NIK has 40 added to the day, a KK never.
bool is_population_number(std::string_view digits, bool allow_woman) {
    constexpr int added_for_women = 40;
    if (digits.size() != 16 || !is_region(digits) || number(digits, 12, 4) == 0) {
        return false;
    }
    const int day = number(digits, 6, 2);
    const bool woman = allow_woman && day > added_for_women;
    return is_past_day_of_century(number(digits, 10, 2), number(digits, 8, 2), woman ? day - added_for_women : day);
}

// Citizen's number, 16 digits PPKKCC DDMMYY SSSS. No check digit. Domain notes 5.1.
Proof nik(std::string_view text) { return is_population_number(digits_of(text), true) ? Proof::valid : Proof::none; }

// Family card, 16 digits: region, date of recording, serial. Looks like a man's NIK. Domain notes 5.2.
Proof kk(std::string_view text) { return is_population_number(digits_of(text), false) ? Proof::valid : Proof::none; }

// Taxpayer's number: the old 15 digits, a 0 before them, or the citizen's NIK. Domain notes 5.3.
Proof npwp(std::string_view text) {
    std::string digits = digits_of(text);
    if (is_population_number(digits, true)) {
        return Proof::valid;
    }
    if (digits.size() == 16 && digits.front() == '0') {
        digits.erase(0, 1);
    }
    constexpr std::size_t checked = 9; // type, serial and check digit
    if (digits.size() != 15 || digits.starts_with("000000000")) {
        return Proof::none;
    }
    return luhn_holds(std::string_view(digits).substr(0, checked)) ? Proof::valid : Proof::shape;
}

// Civil servant's number, 18 digits: birth YYYYMMDD, appointment YYYYMM, sex, serial. A PPPK has a code from 21 up in
// place of the month of appointment. Domain notes 5.4.
Proof nip(std::string_view text) {
    constexpr int first_year = 1960; // of an appointment
    constexpr int youngest = 17;     // whole years at the appointment
    constexpr int oldest = 60;
    const std::string digits = digits_of(text);
    if (digits.size() != 18 || !is_past_day(number(digits, 0, 4), number(digits, 4, 2), number(digits, 6, 2))) {
        return Proof::none;
    }
    const int year = number(digits, 8, 4);
    const int month = number(digits, 12, 2);
    const bool is_pppk = month >= 21;
    if (year < first_year || (!is_pppk && (month < 1 || month > 12)) || !is_past_day(year, is_pppk ? 1 : month, 1)) {
        return Proof::none;
    }
    const bool birthday_ahead = !is_pppk && month < number(digits, 4, 2);
    const int age = year - number(digits, 0, 4) - (birthday_ahead ? 1 : 0);
    const bool known_sex = digits[14] == '1' || digits[14] == '2';
    const bool holds = age >= youngest && age <= oldest && known_sex && number(digits, 15, 3) != 0;
    return holds ? Proof::valid : Proof::none;
}

// Health insurance: 13 digits beginning 000; employment insurance: 11 digits. No check. Domain notes 5.5, unsourced.
Proof bpjs(std::string_view text) {
    const std::string digits = digits_of(text);
    const bool health = digits.size() == 13 && digits.starts_with("000");
    return health || digits.size() == 11 ? Proof::shape : Proof::none;
}

// Indonesian mobile number: +62, 62 or 0, then 8[1-35-9] and 7 to 10 digits, as libphonenumber has it.
Proof phone_id(std::string_view text) {
    const std::string digits = digits_of(text, " \t\r\n.-/+()");
    std::string_view national = digits;
    const bool abroad = national.starts_with("62");
    national.remove_prefix(abroad ? 2 : 0);
    if (national.starts_with('0')) { // people also write +62 (0)812
        national.remove_prefix(1);
    } else if (!abroad) {
        return Proof::none;
    }
    const bool holds =
        national.size() >= 9 && national.size() <= 12 && national[0] == '8' && national[1] != '0' && national[1] != '4';
    return holds ? Proof::valid : Proof::none;
}

// Region letters of number plates. Domain notes 5.5 [PLATE]; the six provinces of Papua are unsourced.
constexpr std::array<std::string_view, 62> plate_regions{
    "A",  "AA", "AB", "AD", "AE", "AG", "B",  "BA", "BB", "BD", "BE", "BG", "BH", "BK", "BL", "BM",
    "BN", "BP", "D",  "DA", "DB", "DC", "DD", "DE", "DG", "DH", "DK", "DL", "DM", "DN", "DP", "DR",
    "DS", "DT", "DW", "E",  "EA", "EB", "ED", "F",  "G",  "H",  "K",  "KB", "KH", "KT", "KU", "L",
    "M",  "N",  "P",  "PA", "PB", "PG", "PS", "PT", "PY", "R",  "S",  "T",  "W",  "Z",
};

// Takes the signs of a kind from the front of `text`, and the blanks, dots and hyphens behind them.
std::string_view take(std::string_view& text, bool (*kind)(char)) {
    const auto end = static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), kind) - text.begin());
    const std::string_view out = text.substr(0, end);
    text.remove_prefix(std::min(text.find_first_not_of(" .-", end), text.size()));
    return out;
}

// Number plate: region letters, a number of 1 to 4 digits, up to 3 series letters. Low by itself.
Proof plate_id(std::string_view text) {
    const std::string signs = plain(text);
    std::string_view rest = signs;
    const std::string_view region = take(rest, is_upper);
    const std::string_view digits = take(rest, is_digit);
    const std::string_view series = take(rest, is_upper);
    const bool known = holds(plate_regions, region);
    if (!rest.empty() || !known || digits.empty() || digits.size() > 4 || digits[0] == '0' || series.size() > 3) {
        return Proof::none;
    }
    if (series.empty()) { // A 4 and L 300 are no plates, B 2026 may be a year
        return digits.size() == 4 && !is_year(digits) ? Proof::valid : Proof::none;
    }
    constexpr std::size_t shortest_in_one_word = 5; // B2B and P3K are words
    const bool in_one_word = signs.size() == region.size() + digits.size() + series.size();
    return in_one_word && signs.size() < shortest_in_one_word ? Proof::none : Proof::valid;
}

// Passport: a letter or two and 6 or 7 digits; there is no check outside the machine-readable line. Unsourced.
Proof passport(std::string_view text) {
    const std::string signs = plain(text);
    for (std::size_t letters = 1; letters <= 2 && letters < signs.size() && is_upper(signs[letters - 1]); ++letters) {
        const std::size_t digits = digits_of(std::string_view(signs).substr(letters)).size();
        if (digits == 6 || digits == 7) {
            return Proof::shape;
        }
    }
    return Proof::none;
}

// --- Machine-readable lines of passports (ICAO Doc 9303, parts 3 and 4) ----------------------------------------------

constexpr std::size_t mrz_length = 44;

// The check digit of a field: weights 7, 3, 1; < is 0, A is 10; '\0' where a sign has no value.
char mrz_check(std::string_view field) {
    constexpr std::array<int, 3> weights{7, 3, 1};
    int sum = 0;
    for (std::size_t i = 0; i < field.size(); ++i) {
        const char c = field[i];
        if (!is_digit(c) && !is_upper(c) && c != '<') {
            return '\0';
        }
        const int value = is_digit(c) ? c - '0' : (c == '<' ? 0 : c - 'A' + 10);
        sum += value * weights[i % weights.size()];
    }
    return static_cast<char>('0' + sum % 10);
}

// First line: P, a sign for the kind, the state, and names with << between. Names hold no digits, so a digit here is a
// letter misread.
Proof mrz_first_line(std::string_view line) {
    constexpr std::size_t shortest = 20; // readers drop the fillers at the end
    const bool in_alphabet =
        std::all_of(line.begin(), line.end(), [](char c) { return is_upper(c) || c == '<' || is_one_of(c, "01258"); });
    const bool holds = in_alphabet && line.size() >= shortest && line.size() <= mrz_length && line[2] != '<' &&
                       line.find("<<", 5) != std::string_view::npos;
    return holds ? Proof::shape : Proof::none;
}

// Second line: number 9 and check, state 3, birth 6 and check, sex, expiry 6 and check, then what may be cut off.
Proof mrz_second_line(std::string_view line) {
    constexpr std::size_t shortest = 28;
    if (line.size() < shortest || line.size() > mrz_length) {
        return Proof::none;
    }
    const std::string dates = digits_of(line.substr(13, 7));
    const std::string expiry = digits_of(line.substr(21, 7));
    const char number_check = digit_like(line[9]);
    const std::string_view state = line.substr(10, 3);
    const bool state_holds = std::all_of(state.begin(), state.end(), [](char c) { return is_upper(c) || c == '<'; });
    if (mrz_check(line.substr(0, 9)) == '\0' || !state_holds || dates.size() != 7 || expiry.size() != 7 ||
        !is_one_of(line[20], "MFX<") || number_check == '\0') {
        return Proof::none;
    }
    const auto date_holds = [](std::string_view date) { return mrz_check(date.substr(0, 6)) == date[6]; };
    const bool holds = mrz_check(line.substr(0, 9)) == number_check && date_holds(dates) && date_holds(expiry);
    return holds ? Proof::valid : Proof::shape;
}

// Whether a line begins with P, a kind and a state. A second line begins with a number, which no < can follow.
bool begins_first_line(std::string_view line) {
    const std::string_view start = line.substr(0, 5);
    return start.starts_with("P<") || (start.starts_with('P') && std::all_of(start.begin(), start.end(), is_upper));
}

// A line of a passport's machine-readable zone. The first has no check; both lines in one text are told by the second.
Proof mrz(std::string_view text) {
    std::string line;
    for (const char c : plain(text)) {
        if (!is_one_of(c, blanks)) {
            line += c;
        }
    }
    if (!begins_first_line(line)) {
        return mrz_second_line(line);
    }
    const std::string_view first = std::string_view(line).substr(0, mrz_length);
    const bool both = line.size() > mrz_length && mrz_first_line(first) != Proof::none;
    return both ? mrz_second_line(std::string_view(line).substr(mrz_length)) : mrz_first_line(line);
}

// --- Money -----------------------------------------------------------------------------------------------------------

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

// --- Addresses -------------------------------------------------------------------------------------------------------

// A host name: at least two labels of letters, digits and inner hyphens, the last one of letters.
bool is_host_name(std::string_view text) {
    constexpr std::size_t longest_label = 63; // RFC 1035
    std::size_t labels = 0;
    std::string_view label;
    for (std::size_t at = 0; at <= text.size(); ++labels) {
        const std::size_t end = std::min(text.find('.', at), text.size());
        label = text.substr(at, end - at);
        const bool holds =
            !label.empty() && label.size() <= longest_label && label.front() != '-' && label.back() != '-' &&
            std::all_of(label.begin(), label.end(), [](char c) { return is_letter_or_digit(c) || c == '-'; });
        if (!holds) {
            return false;
        }
        at = end + 1;
    }
    return labels >= 2 && label.size() >= 2 && std::all_of(label.begin(), label.end(), is_letter);
}

// Boxes that an office shows to the public; nobody's own address.
constexpr std::array<std::string_view, 32> office_boxes{
    "admin",      "callcenter", "contact", "cs",         "customerservice", "donotreply",
    "halo",       "hello",      "help",    "helpdesk",   "hubungi",         "humas",
    "info",       "informasi",  "kontak",  "kontakkami", "layanan",         "mail",
    "marketing",  "media",      "noreply", "office",     "pengaduan",       "persuratan",
    "postmaster", "ppid",       "press",   "redaksi",    "sales",           "sekretariat",
    "support",    "webmaster",
};

bool is_office_box(std::string_view local) {
    std::string letters;
    for (const char c : lower(local)) {
        if (is_letter(c)) {
            letters += c;
        }
    }
    const std::string first = lower(local.substr(0, local.find_first_of("._-+")));
    return holds(office_boxes, letters) || holds(office_boxes, first);
}

// E-mail address in its ordinary form (dot-atom of RFC 5322); office boxes are a shape only.
Proof email(std::string_view text) {
    constexpr std::size_t longest = 254; // RFC 5321, with the 64 of the local part
    constexpr std::size_t longest_local = 64;
    const std::string_view address = trimmed(text);
    const std::size_t at = address.find('@');
    if (address.size() > longest || at == std::string_view::npos || at == 0 || at > longest_local) {
        return Proof::none;
    }
    const std::string_view local = address.substr(0, at);
    const bool in_alphabet = std::all_of(local.begin(), local.end(),
                                         [](char c) { return is_letter_or_digit(c) || is_one_of(c, "._%+-'&"); });
    const bool dots_hold = local.front() != '.' && local.back() != '.' && local.find("..") == std::string_view::npos;
    if (!in_alphabet || !dots_hold || !is_host_name(address.substr(at + 1))) {
        return Proof::none;
    }
    return is_office_box(local) ? Proof::shape : Proof::valid;
}

// 10/8, 172.16/12 or 192.168/16 (RFC 1918).
bool is_private_ipv4(std::string_view text) {
    const std::string digits = digits_of(text, blanks, ".");
    const std::vector<std::string_view> groups = digit_groups(digits, ".");
    if (groups.size() != 4 || digits.ends_with('.')) {
        return false;
    }
    const bool in_range = std::all_of(groups.begin(), groups.end(), [](std::string_view group) {
        return group.size() <= 3 && number(group, 0, 3) <= 255;
    });
    const int first = number(groups[0], 0, 3);
    const int second = number(groups[1], 0, 3);
    return in_range &&
           (first == 10 || (first == 172 && second >= 16 && second <= 31) || (first == 192 && second == 168));
}

// An address inside a private network, or a host name that only such a network knows; a scheme before it and a port or
// a path behind it are allowed.
Proof private_address(std::string_view text) {
    std::string_view host = trimmed(text);
    if (const std::size_t scheme = host.find("://"); scheme != std::string_view::npos) {
        host.remove_prefix(scheme + 3);
    }
    host = host.substr(0, host.find_first_of(":/"));
    const std::string name = lower(host);
    const bool local_name = name.ends_with(".local") || name.ends_with(".internal") || name.ends_with(".lan");
    return is_private_ipv4(host) || (local_name && is_host_name(name)) ? Proof::valid : Proof::none;
}

// --- Passwords and codes ---------------------------------------------------------------------------------------------

constexpr std::size_t shortest_secret = 4;

// Digits that may be a code: 4 to `longest`, apart by blanks or hyphens only, and no year, span of years or date.
// Dots, colons and slashes stand in times, amounts and dates, not in codes.
bool is_code_number(std::string_view text, std::size_t longest) {
    const std::string signs = plain(text);
    const std::string digits = digits_of(signs, " -");
    if (digits.size() < shortest_secret || digits.size() > longest || is_numeric_date(signs)) {
        return false;
    }
    const std::vector<std::string_view> groups = digit_groups(signs, " -");
    const bool years = !groups.empty() && std::all_of(groups.begin(), groups.end(), is_year);
    return !years && !is_year(digits);
}

// PIN or one-time code: 4 to 8 digits.
Proof pin(std::string_view text) {
    constexpr std::size_t longest = 8;
    return is_code_number(trimmed(text, " \t\r\n.,;:!?\"'"), longest) ? Proof::valid : Proof::none;
}

// What stands in place of a value: ****, xxxx, ____, <password>, [isi sendiri], or a value with its middle hidden.
bool is_placeholder(std::string_view text) {
    constexpr std::string_view fillers = "*_.-#xX?";
    if (text.find_first_not_of(fillers) == std::string_view::npos) {
        return true;
    }
    static constexpr std::array<std::pair<char, char>, 3> brackets{{{'<', '>'}, {'[', ']'}, {'{', '}'}}};
    const bool bracketed = std::any_of(brackets.begin(), brackets.end(), [&](const auto& pair) {
        return text.front() == pair.first && text.back() == pair.second;
    });
    static constexpr std::array<std::string_view, 4> hidden{"***", "xxx", "XXX", "___"};
    const bool masked = std::any_of(hidden.begin(), hidden.end(),
                                    [&](std::string_view run) { return text.find(run) != std::string_view::npos; });
    return bracketed || masked;
}

// The value without the marks of the sentence around it and without a list's "2." before its first letter.
std::string_view bare(std::string_view text) {
    text = trimmed(text, " \t\r\n\"'`,;:");
    text = text.substr(0, text.find_last_not_of(" .,;:!?*)]}\"'`") + 1);
    text.remove_prefix(std::min(text.find_first_not_of("([{"), text.size()));
    const std::size_t item = text.find_first_not_of("0123456789");
    if (item != std::string_view::npos && item > 0 && item <= 2 && is_one_of(text[item], ".)") &&
        item + 1 < text.size() && is_letter(text[item + 1])) {
        text.remove_prefix(item + 1);
    }
    return text;
}

// An amount or a measure: Rp1.000, 100%, 12-karakter, 20GB.
bool is_quantity(std::string_view text) {
    static constexpr std::array<std::string_view, 6> currencies{"rp", "idr", "usd", "us$", "$", "eur"};
    static constexpr std::array<std::string_view, 34> units{
        "",       "%",       "bit", "bps",   "byte", "char", "characters", "cm", "digit",   "digits", "gb",   "hari",
        "huruf",  "jam",     "jt",  "juta",  "kali", "kb",   "karakter",   "kg", "km",      "mb",     "mbps", "menit",
        "miliar", "minutes", "mm",  "orang", "rb",   "ribu", "tahun",      "tb", "triliun", "volt",
    };
    const std::string small = lower(text);
    std::string_view rest = small;
    for (const std::string_view currency : currencies) {
        if (rest.starts_with(currency)) {
            rest.remove_prefix(currency.size());
            break;
        }
    }
    const std::size_t end = std::min(rest.find_first_not_of("0123456789.,- "), rest.size());
    const bool has_digit = rest.substr(0, end).find_first_of("0123456789") != std::string_view::npos;
    return has_digit && holds(units, rest.substr(end));
}

// A day with the month in letters: 17Agustus2026, 01-JAN-2030.
bool is_written_date(std::string_view text) {
    static constexpr std::array<std::string_view, 17> months{"jan", "feb", "mar", "apr", "mei", "may",
                                                             "jun", "jul", "agu", "aug", "sep", "okt",
                                                             "oct", "nov", "nop", "des", "dec"};
    constexpr std::size_t longest_month = 9; // September
    const std::size_t first = text.find_first_not_of("0123456789-/. ");
    if (first == std::string_view::npos || first == 0) {
        return false;
    }
    const std::size_t end = std::min(text.find_first_of("0123456789-/. ", first), text.size());
    const bool rest_holds = text.find_first_not_of("0123456789-/. ", end) == std::string_view::npos;
    return rest_holds && end - first <= longest_month && holds(months, lower(text.substr(first, 3)));
}

// The number of a letter or a rule, which ends in its year: ND-5/PB.1/2026.
bool is_letter_number(std::string_view text) {
    const std::size_t slash = text.rfind('/');
    return slash != std::string_view::npos && is_year(text.substr(slash + 1)) &&
           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(slash) + 1, text.end(), is_digit);
}

// An e-mail or web address, which people write beside a password.
bool is_public_address(std::string_view text) {
    const std::string small = lower(text);
    static constexpr std::array<std::string_view, 6> parts{"://", "www.", ".go.id", ".co.id", ".ac.id", ".or.id"};
    return email(text) != Proof::none || std::any_of(parts.begin(), parts.end(), [&](std::string_view part) {
               return small.find(part) != std::string::npos;
           });
}

// A hashtag or a name of an account in words only, which posters about passwords carry.
bool is_tag(std::string_view text) {
    return is_one_of(text.front(), "#@") &&
           std::all_of(text.begin() + 1, text.end(), [](char c) { return is_letter(c) || c == '_'; });
}

// A capital after a small letter, as in kppnJaya; names that are written so are ordinary words.
bool is_mixed_case(std::string_view text) {
    static constexpr std::array<std::string_view, 16> names{
        "eBilling", "eFaktur", "eKTP",       "GitHub", "GoPay",     "iPad",     "iPhone", "LinkedIn",
        "OneDrive", "OneNote", "PowerPoint", "TikTok", "ShopeePay", "WhatsApp", "WiFi",   "YouTube"};
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (is_lower(text[i - 1]) && is_upper(text[i])) {
            return !holds(names, text);
        }
    }
    return false;
}

// A value as people write it behind "password:": at least 4 signs with a digit, a symbol or a capital inside, and none
// of the things that follow the word in prose. Hyphens, slashes, apostrophes and brackets stand between ordinary words
// and do not count.
Proof secret_value(std::string_view text) {
    constexpr std::size_t longest = 128;     // signs; nobody writes more by hand
    constexpr std::size_t longest_code = 12; // digits; longer ones are accounts, parcels and vouchers
    const std::string signs = plain(text);
    if (signs.empty() || signs.size() > longest || is_placeholder(signs)) {
        return Proof::none;
    }
    const std::string_view value = bare(signs);
    if (value.size() < shortest_secret) {
        return Proof::none;
    }
    if (value.find_first_not_of("0123456789.,:/-+() ") == std::string_view::npos) {
        return is_code_number(value, longest_code) ? Proof::valid : Proof::none;
    }
    if (value.find_first_of(blanks) != std::string_view::npos || is_quantity(value) || is_written_date(value) ||
        is_letter_number(value) || is_public_address(value) || is_tag(value)) {
        return Proof::none;
    }
    const bool has_sign = value.find_first_of("0123456789@#$%^&*+=!~_") != std::string_view::npos;
    return has_sign || is_mixed_case(value) ? Proof::valid : Proof::none;
}

// --- Keys of machines ------------------------------------------------------------------------------------------------

// Letters and digits, which most keys hold, and what may be beside them.
enum class KeyLetters : std::uint8_t {
    any,
    capitals, // no small letters
    mixed,    // small letters, capitals and digits must all be there, as prose may begin with the same prefix
};

// What stands behind the published prefix of a key.
struct KeyForm {
    std::string_view prefix;
    std::size_t shortest = 0; // signs behind the prefix
    std::size_t longest = 0;
    std::string_view also; // signs allowed beside letters and digits
    KeyLetters letters = KeyLetters::any;
};

// Prefixes and lengths as the vendors publish them (general knowledge, unsourced); wide where they promise no length.
// Amazon; Google; GitHub; GitLab; Slack; Stripe; makers of language models, whose "sk-" may also begin a decree's slug.
constexpr std::array<KeyForm, 20> key_forms{{
    {"AKIA", 16, 16, "", KeyLetters::capitals},  {"ASIA", 16, 16, "", KeyLetters::capitals},
    {"AIza", 35, 35, "-_", KeyLetters::any},     {"ya29.", 20, 2048, "-_.", KeyLetters::any},
    {"ghp_", 36, 36, "", KeyLetters::any},       {"gho_", 36, 36, "", KeyLetters::any},
    {"ghu_", 36, 36, "", KeyLetters::any},       {"ghs_", 36, 36, "", KeyLetters::any},
    {"ghr_", 36, 76, "", KeyLetters::any},       {"github_pat_", 40, 100, "_", KeyLetters::any},
    {"glpat-", 20, 100, "-_.", KeyLetters::any}, {"xoxa-", 10, 200, "-", KeyLetters::any},
    {"xoxb-", 10, 200, "-", KeyLetters::any},    {"xoxp-", 10, 200, "-", KeyLetters::any},
    {"xoxr-", 10, 200, "-", KeyLetters::any},    {"xoxs-", 10, 200, "-", KeyLetters::any},
    {"sk_live_", 10, 200, "", KeyLetters::any},  {"sk_test_", 10, 200, "", KeyLetters::any},
    {"rk_live_", 10, 200, "", KeyLetters::any},  {"sk-", 20, 300, "-_", KeyLetters::mixed},
}};

bool has_all_kinds(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_lower) && std::any_of(text.begin(), text.end(), is_upper) &&
           std::any_of(text.begin(), text.end(), is_digit);
}

bool has_key_form(std::string_view text, const KeyForm& form) {
    if (!text.starts_with(form.prefix)) {
        return false;
    }
    const std::string_view rest = text.substr(form.prefix.size());
    const bool in_alphabet = std::all_of(rest.begin(), rest.end(), [&](char c) {
        return is_digit(c) || is_upper(c) || (is_lower(c) && form.letters != KeyLetters::capitals) ||
               is_one_of(c, form.also);
    });
    return in_alphabet && rest.size() >= form.shortest && rest.size() <= form.longest &&
           (form.letters != KeyLetters::mixed || has_all_kinds(rest));
}

// JSON web token: three parts of base64url (RFC 7519); the first is a JSON object, which begins with eyJ.
bool is_json_web_token(std::string_view text) {
    constexpr std::size_t shortest_part = 10;
    std::size_t parts = 0;
    for (std::size_t at = 0; at <= text.size(); ++parts) {
        const std::size_t end = std::min(text.find('.', at), text.size());
        const std::string_view part = text.substr(at, end - at);
        const bool in_alphabet =
            std::all_of(part.begin(), part.end(), [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_'; });
        if (!in_alphabet || part.size() < shortest_part) {
            return false;
        }
        at = end + 1;
    }
    return parts == 3 && text.starts_with("eyJ");
}

// The first line of a private key (RFC 7468); readers lose some of the five hyphens.
bool is_private_key_header(std::string_view text) {
    constexpr std::string_view begin = "-BEGIN ";
    constexpr std::string_view kind = "PRIVATE KEY";
    const std::size_t start = text.find(begin);
    if (start == std::string_view::npos) {
        return false;
    }
    const std::size_t first = start + begin.size();
    const std::size_t end = text.find('-', first);
    const std::string_view label = text.substr(first, end == std::string_view::npos ? 0 : end - first);
    return label.ends_with(kind) || label.ends_with("PRIVATE KEY BLOCK");
}

// Shannon entropy of the signs, in bits for each.
double entropy(std::string_view text) {
    std::array<int, 256> counts{};
    for (const char c : text) {
        ++counts[static_cast<unsigned char>(c)];
    }
    double sum = 0;
    for (const int count : counts) {
        if (count > 0) {
            const double share = static_cast<double>(count) / static_cast<double>(text.size());
            sum -= share * std::log2(share);
        }
    }
    return sum;
}

// A run that looks drawn by lot. The limits were measured on 20 000 random runs: 99 of 100 hexadecimal runs of 24 signs
// have more than 3.06 bits, 95 of 100 base64 runs have more than 4.0 (24 signs) or 4.3 (32 signs). File names and
// joined words with capitals and numbers stay below 4.1 and 4.25; those of one case are never taken for base64.
bool is_random_run(std::string_view text) {
    constexpr std::size_t shortest = 24;
    constexpr std::size_t long_run = 32;
    constexpr double least_hex = 3.0;
    constexpr double least_base64 = 4.0;
    constexpr double least_long_base64 = 4.3;
    if (text.size() < shortest) {
        return false;
    }
    const bool has_letter = std::any_of(text.begin(), text.end(), is_letter);
    if (text.find_first_not_of("0123456789abcdef") == std::string_view::npos ||
        text.find_first_not_of("0123456789ABCDEF") == std::string_view::npos) {
        return has_letter && text.find_first_of("0123456789") != std::string_view::npos && entropy(text) > least_hex;
    }
    const std::string_view body = text.substr(0, text.find_last_not_of('=') + 1);
    const bool in_alphabet =
        std::all_of(body.begin(), body.end(), [](char c) { return is_letter_or_digit(c) || is_one_of(c, "+/-_"); });
    const double least = text.size() < long_run ? least_base64 : least_long_base64;
    return in_alphabet && text.size() - body.size() <= 2 && has_all_kinds(body) && entropy(body) > least;
}

// Key of a service. Case counts and blanks are not removed: otherwise prose turns into keys (domain notes 5.6 [PIPE]).
Proof api_key(std::string_view text) {
    const std::string whole = plain(text);
    const std::string_view signs = trimmed(whole, " \t\r\n\"'`,;");
    const bool known =
        is_private_key_header(signs) || is_json_web_token(signs) ||
        std::any_of(key_forms.begin(), key_forms.end(), [&](const KeyForm& form) { return has_key_form(signs, form); });
    if (known) {
        return Proof::valid;
    }
    return is_random_run(signs) ? Proof::shape : Proof::none;
}

// The next field of a Wi-Fi code up to a semicolon without a backslash before it; backslashes are taken away.
std::string take_wifi_field(std::string_view& text) {
    std::string out;
    while (!text.empty()) {
        const char c = text.front();
        text.remove_prefix(1);
        if (c == ';') {
            break;
        }
        if (c == '\\' && !text.empty()) {
            out += text.front();
            text.remove_prefix(1);
        } else {
            out += c;
        }
    }
    return out;
}

// Content of a Wi-Fi code: WIFI:T:WPA;S:name;P:password;; with fields in any order. Domain notes 5.6 [WIFI].
Proof wifi_qr(std::string_view text) {
    constexpr std::string_view prefix = "wifi:";
    std::string_view rest = trimmed(text);
    if (lower(rest.substr(0, prefix.size())) != prefix) {
        return Proof::none;
    }
    rest.remove_prefix(prefix.size());
    bool has_password = false;
    bool is_open = false;
    while (!rest.empty()) {
        const std::string field = take_wifi_field(rest);
        has_password |= field.starts_with("P:") && field.size() > 2;
        is_open |= lower(field) == "t:nopass";
    }
    return has_password && !is_open ? Proof::valid : Proof::none;
}

// --- Names -----------------------------------------------------------------------------------------------------------

// Refuses long texts before anything looks at them, so that every validator ends soon.
template <Validator check> Proof bounded(std::string_view text) {
    constexpr std::size_t longest_value = 4096; // bytes
    return text.size() > longest_value ? Proof::none : check(text);
}

struct Entry {
    std::string_view name;
    Validator validator = nullptr;
};

constexpr std::array<Entry, 18> validators{{
    {"account", bounded<account>},
    {"api-key", bounded<api_key>},
    {"bpjs", bounded<bpjs>},
    {"card", bounded<card>},
    {"email", bounded<email>},
    {"iban", bounded<iban>},
    {"kk", bounded<kk>},
    {"mrz", bounded<mrz>},
    {"nik", bounded<nik>},
    {"nip", bounded<nip>},
    {"npwp", bounded<npwp>},
    {"passport", bounded<passport>},
    {"phone-id", bounded<phone_id>},
    {"pin", bounded<pin>},
    {"plate-id", bounded<plate_id>},
    {"private-address", bounded<private_address>},
    {"secret-value", bounded<secret_value>},
    {"wifi-qr", bounded<wifi_qr>},
}};

constexpr auto names = [] {
    std::array<std::string_view, validators.size()> out{};
    std::transform(validators.begin(), validators.end(), out.begin(), [](const Entry& entry) { return entry.name; });
    return out;
}();
static_assert(std::is_sorted(names.begin(), names.end()));

} // namespace

Validator validator_named(std::string_view name) {
    const auto* found =
        std::find_if(validators.begin(), validators.end(), [&](const Entry& entry) { return entry.name == name; });
    return found == validators.end() ? nullptr : found->validator;
}

std::span<const std::string_view> validator_names() { return names; }

} // namespace saring::match
