// Where a password comes from: a file, a person at the terminal, or chance. Never from an argument, which every user of
// the machine can see, and never into a log.
#pragma once

#include "output/secret.hpp"
#include "saring/language.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace saring::cli {

struct PasswordFile {
    output::Secret password;
    bool others_may_read = false; // worth a warning: chmod 600
};

// The first line, without its end and without a byte order mark; "-" is standard input, of which only this line is
// taken. Throws the error of a file that cannot be read, Error(bad_password) for an empty line, one of more than 1,024
// bytes and one that is not UTF-8, Error(bad_option) for "-" on a terminal, which would show what is typed.
PasswordFile read_password_file(const std::string& path);

// Asks twice on the terminal, without echo, until both agree (three times at most). Throws Error(bad_option) without a
// terminal, Error(bad_password) for nothing, for three disagreements and after a signal; the terminal is as before
// then, and the signal has reached whoever waits for it.
output::Secret ask_password(Language language);

// Five groups of four from 31 small letters and digits that no font confuses (no i, l, o, 0, 1), "k7mq-x2tc-…":
// 20 * log2(31) = 99 bits, beyond any search even without a slow hash.
output::Secret generate_password();

// Keep a generated password before the document that it locks is written: nobody can get it back.
// Into a new file of mode 0600, with a line end. Throws Error(output_exists) or Error(write_failed).
void write_password_file(const std::filesystem::path& file, const output::Secret& password);
// On the terminal itself, so that it does not follow a redirected stderr into a log. Throws Error(bad_option) without
// one.
void show_password(const output::Secret& password, Language language);

// Letters, digits and signs of every keyboard: printable ASCII. Other characters have several spellings in Unicode and
// are typed differently on phones and computers; worth a warning.
bool is_plain(std::string_view password);

} // namespace saring::cli
