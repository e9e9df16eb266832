// What several validators share: signs, digits, dates, and the forms that more than one kind of value has.
//
// Numbers are first freed of the signs that writers put between digits, and of look-alikes such as O for 0 where at
// least four of five signs are digits. All functions are pure but for today's date.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace saring::match::validate {

// --- Signs -----------------------------------------------------------------------------------------------------------

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view between_digits = " \t\r\n.-/"; // what writers put between the digits of one number

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_letter(char c) { return is_upper(c) || is_lower(c); }
constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }
constexpr bool is_one_of(char c, std::string_view signs) { return signs.find(c) != std::string_view::npos; }

// Letters of ASCII made small; all other bytes stay.
std::string lower(std::string_view text);

// The text without the signs around it.
std::string_view trimmed(std::string_view text, std::string_view signs = blanks);

// Whether a table holds the word.
template <std::size_t Size> bool holds(const std::array<std::string_view, Size>& table, std::string_view word) {
    return std::find(table.begin(), table.end(), word) != table.end();
}

// Blanks, dashes and quotation marks beyond ASCII become plain ones, bullets that hide a value become asterisks.
// Blanks around the whole are dropped.
std::string plain(std::string_view text);

// --- Digits ----------------------------------------------------------------------------------------------------------

// The digit that a reader may have taken for `c`; '\0' where there is none.
char digit_like(char c);

// The digits of a text with look-alikes made digits; empty where it holds anything else, or too many look-alikes.
// Signs of `dropped` are skipped, signs of `kept` stay.
std::string digits_of(std::string_view text, std::string_view dropped = between_digits, std::string_view kept = {});

// The runs of digits in a text that holds nothing but digits and `separators`; empty otherwise.
std::vector<std::string_view> digit_groups(std::string_view text, std::string_view separators);

// The number that `count` digits from `at` on write. For a few digits only.
int number(std::string_view digits, std::size_t at, std::size_t count);

// The usual check of cards (ISO/IEC 7812, annex B): from the right, every second digit doubled, its digits summed.
bool luhn_holds(std::string_view digits);

// --- Dates -----------------------------------------------------------------------------------------------------------

// A day that exists and is not ahead.
bool is_past_day(int year, int month, int day);

// A past day of 19YY or 20YY.
bool is_past_day_of_century(int year, int month, int day);

// Four signs that begin with 19 or 20.
bool is_year(std::string_view digits);

// A day in numbers: 17-08-1945, 17/8/45, 1945.08.17.
bool is_numeric_date(std::string_view text);

// --- Forms -----------------------------------------------------------------------------------------------------------

// NIK or KK, 16 digits: region, date and serial. A woman's NIK has 40 added to the day, a KK never.
bool is_population_number(std::string_view digits, bool allow_woman);

// A host name: at least two labels of letters, digits and inner hyphens, the last one of letters.
bool is_host_name(std::string_view text);

} // namespace saring::match::validate
