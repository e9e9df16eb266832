// What several validators share: see the header.
#include "match/validate_common.hpp"

#include <chrono>
#include <utility>

namespace saring::match::validate {
namespace {

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// Today as the clocks in the east of Indonesia show it (nine hours ahead of UTC), so that no date written today lies
// ahead.
std::chrono::year_month_day today() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now() + std::chrono::hours(9));
}

std::chrono::year_month_day date_of(int year, int month, int day) {
    return {std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
            std::chrono::day(static_cast<unsigned>(day))};
}

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

} // namespace

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        c = is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
}

std::string_view trimmed(std::string_view text, std::string_view signs) {
    const std::size_t first = text.find_first_not_of(signs);
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(signs) - first + 1);
}

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

// Domain notes, section 5, and their small forms.
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

std::string digits_of(std::string_view text, std::string_view dropped, std::string_view kept) {
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

int number(std::string_view digits, std::size_t at, std::size_t count) {
    int out = 0;
    for (const char c : digits.substr(at, count)) {
        out = out * 10 + (c - '0');
    }
    return out;
}

bool luhn_holds(std::string_view digits) {
    int sum = 0;
    bool doubled = false;
    for (std::size_t i = digits.size(); i-- > 0; doubled = !doubled) {
        const int value = (digits[i] - '0') * (doubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
    }
    return sum % 10 == 0;
}

bool is_past_day(int year, int month, int day) {
    const std::chrono::year_month_day date = date_of(year, month, day);
    return date.ok() && date <= today();
}

bool is_past_day_of_century(int year, int month, int day) {
    return is_past_day(1900 + year, month, day) || is_past_day(2000 + year, month, day);
}

bool is_year(std::string_view digits) {
    return digits.size() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
}

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

bool is_population_number(std::string_view digits, bool allow_woman) {
    constexpr int added_for_women = 40;
    if (digits.size() != 16 || !is_region(digits) || number(digits, 12, 4) == 0) {
        return false;
    }
    const int day = number(digits, 6, 2);
    const bool woman = allow_woman && day > added_for_women;
    return is_past_day_of_century(number(digits, 10, 2), number(digits, 8, 2), woman ? day - added_for_women : day);
}

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

} // namespace saring::match::validate
