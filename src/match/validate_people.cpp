// Validators of what belongs to a person: numbers of the state, passports, telephones, number plates, e-mail.
#include "match/validate_common.hpp"
#include "match/validate_kinds.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace saring::match::validate {
namespace {

// --- Number plates ---------------------------------------------------------------------------------------------------

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

// --- E-mail ----------------------------------------------------------------------------------------------------------

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

} // namespace

// --- Kinds of value --------------------------------------------------------------------------------------------------

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

} // namespace saring::match::validate
