#include "cli/password.hpp"

#include "cli/terminal.hpp"
#include "saring/error.hpp"

#include <openssl/rand.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace saring::cli {
namespace {

using output::Secret;

constexpr std::size_t longest_password = 1024; // bytes; every format takes less
constexpr int attempts = 3;
constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

// A power of two less one, so that five random bits with one value refused choose evenly.
constexpr std::string_view alphabet = "abcdefghjkmnpqrstuvwxyz23456789";
static_assert(alphabet.size() == 31);
constexpr int groups = 5;
constexpr int group_letters = 4;

constexpr Bilingual prompt{"Kata sandi baru (tidak tampak): ", "New password (not shown): "};
constexpr Bilingual prompt_again{"Sekali lagi: ", "Once more: "};
constexpr Bilingual differ{"Keduanya tidak sama. Ulangi.\n", "The two differ. Try again.\n"};
constexpr Bilingual shown{"Kata sandi (hanya tampil sekali ini, simpanlah): ", "Password (shown this once, keep it): "};

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() {
        if (fd_ > STDERR_FILENO) {
            ::close(fd_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

[[noreturn]] void refuse(const char* why) { throw Error(ErrorCode::bad_password, "password", why); }

ErrorCode code_of_errno() {
    switch (errno) {
    case ENOENT: return ErrorCode::not_found;
    case EACCES: return ErrorCode::no_permission;
    case EISDIR: return ErrorCode::is_folder;
    default: return ErrorCode::read_failed;
    }
}

[[noreturn]] void fail_at(const std::string& path, ErrorCode code) {
    throw Error(code, "password", std::strerror(errno)).at_path(path);
}

bool is_utf8(std::string_view text) {
    const auto length = static_cast<int32_t>(text.size());
    for (int32_t at = 0; at < length;) {
        UChar32 letter = 0;
        U8_NEXT(reinterpret_cast<const std::uint8_t*>(text.data()), at, length, letter);
        if (letter <= 0) { // malformed, or the zero byte of a file in UTF-16
            return false;
        }
    }
    return true;
}

// Byte by byte: what follows the line stays in the stream for others, and no buffer keeps a copy.
Secret first_line(int fd, const std::string& path) {
    Secret line;
    char letter = 0;
    while (line.size() <= longest_password + byte_order_mark.size()) {
        const ssize_t got = ::read(fd, &letter, 1);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            fail_at(path, code_of_errno());
        }
        if (got == 0 || letter == '\n') {
            break;
        }
        line.push_back(letter);
    }
    output::wipe(&letter, 1);
    return line;
}

void require_usable(const Secret& password) {
    if (password.empty()) {
        refuse("it is empty");
    } else if (password.size() > longest_password) {
        refuse("it has more than 1024 bytes");
    } else if (!is_utf8(password.view())) {
        refuse("it is not UTF-8 text");
    }
}

Secret cleaned(const Secret& line) {
    std::string_view text = line.view();
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    if (text.ends_with('\r')) { // a line end of Windows
        text.remove_suffix(1);
    }
    return Secret(text);
}

char random_letter() {
    std::uint8_t byte = 0;
    do {
        if (RAND_priv_bytes(&byte, 1) != 1) {
            throw Error(ErrorCode::internal, "password", "no random numbers");
        }
        byte &= 31;
    } while (byte >= alphabet.size());
    return alphabet[byte];
}

} // namespace

PasswordFile read_password_file(const std::string& path) {
    const bool from_stdin = path == "-";
    if (from_stdin && ::isatty(STDIN_FILENO) == 1) {
        throw Error(ErrorCode::bad_option, "password", "standard input is a terminal; use --ask-password");
    }
    const Descriptor file(from_stdin ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_NOCTTY | O_CLOEXEC));
    struct stat facts {};
    if (file.get() < 0 || ::fstat(file.get(), &facts) != 0) {
        fail_at(path, code_of_errno());
    }
    PasswordFile out{cleaned(first_line(file.get(), path)), false};
    require_usable(out.password);
    out.others_may_read = !from_stdin && S_ISREG(facts.st_mode) && (facts.st_mode & (S_IRGRP | S_IROTH)) != 0;
    return out;
}

Secret ask_password(Language language) {
    const Terminal terminal;
    for (int attempt = 0; attempt < attempts; ++attempt) {
        Secret password = terminal.read_hidden(prompt.in(language));
        require_usable(password);
        if (terminal.read_hidden(prompt_again.in(language)) == password) {
            return password;
        }
        terminal.write(differ.in(language));
    }
    refuse("the two entries differ");
}

Secret generate_password() {
    Secret out;
    for (int letter = 0; letter < groups * group_letters; ++letter) {
        if (letter > 0 && letter % group_letters == 0) {
            out.push_back('-');
        }
        out.push_back(random_letter());
    }
    return out;
}

void write_password_file(const std::filesystem::path& file, const Secret& password) {
    const Descriptor target(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (target.get() < 0) {
        fail_at(file.native(), errno == EEXIST || errno == ELOOP ? ErrorCode::output_exists : ErrorCode::write_failed);
    }
    Secret line(password.view());
    line.push_back('\n');
    const std::string_view bytes = line.view(); // far below what a file system writes in parts
    if (::write(target.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size()) ||
        ::fsync(target.get()) != 0) {
        fail_at(file.native(), ErrorCode::write_failed);
    }
}

void show_password(const Secret& password, Language language) {
    const Terminal terminal;
    terminal.write(shown.in(language));
    terminal.write(password.view());
    terminal.write("\n");
}

bool is_plain(std::string_view password) {
    return std::ranges::all_of(password, [](char letter) { return letter >= ' ' && letter <= '~'; });
}

} // namespace saring::cli
