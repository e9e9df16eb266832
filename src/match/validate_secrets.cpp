// Validators of secrets: passwords, codes, keys of machines, Wi-Fi codes, and addresses inside private networks.
#include "match/validate_common.hpp"
#include "match/validate_kinds.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace saring::match::validate {
namespace {

// --- Private networks ------------------------------------------------------------------------------------------------

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

// --- Wi-Fi codes -----------------------------------------------------------------------------------------------------

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

} // namespace

// --- Kinds of value --------------------------------------------------------------------------------------------------

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

// PIN or one-time code: 4 to 8 digits.
Proof pin(std::string_view text) {
    constexpr std::size_t longest = 8;
    return is_code_number(trimmed(text, " \t\r\n.,;:!?\"'"), longest) ? Proof::valid : Proof::none;
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

} // namespace saring::match::validate
