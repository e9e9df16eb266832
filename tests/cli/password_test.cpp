#include "cli/password.hpp"
#include "support.hpp"

#include <array>
#include <cmath>
#include <csignal>
#include <fstream>
#include <map>
#include <pty.h>
#include <set>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

using namespace saring;

namespace {

std::string first_line_of(std::string_view content) {
    const test::TemporaryFolder folder;
    const std::filesystem::path file = folder.write("password", content);
    return std::string(cli::read_password_file(file.string()).password.view());
}

ErrorCode refusal_of(std::string_view content) {
    return test::code_of([&] { first_line_of(content); });
}

// A person at a terminal: the program in question runs in a child whose terminal we hold.
class Person {
public:
    explicit Person(const std::function<int()>& program) {
        child_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
        if (child_ == 0) {
            ::alarm(30); // a question that never ends fails, and does not hang
            ::_exit(program());
        }
    }
    ~Person() { ::close(terminal_); }
    Person(const Person&) = delete;
    Person& operator=(const Person&) = delete;

    // Waits until the terminal shows this.
    bool sees(std::string_view text) {
        while (seen_.find(text, from_) == std::string::npos) {
            std::array<char, 256> chunk{};
            const ssize_t got = ::read(terminal_, chunk.data(), chunk.size());
            if (got <= 0) {
                return false;
            }
            seen_.append(chunk.data(), static_cast<std::size_t>(got));
        }
        from_ = seen_.find(text, from_) + text.size();
        return true;
    }
    void types(std::string_view text) {
        REQUIRE(::write(terminal_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
    }
    bool has_echo() {
        termios state{};
        REQUIRE(::tcgetattr(terminal_, &state) == 0);
        return (state.c_lflag & ECHO) != 0;
    }
    // Its exit status, or minus the signal that ended it.
    int result() {
        while (sees("\n")) { // until it closes its side
        }
        int status = 0;
        REQUIRE(::waitpid(child_, &status, 0) == child_);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }
    [[nodiscard]] const std::string& all() const { return seen_; }

private:
    int terminal_ = -1;
    pid_t child_ = -1;
    std::string seen_;
    std::size_t from_ = 0;
};

int asked_for(std::string_view expected) {
    try {
        return cli::ask_password(Language::english).view() == expected ? 0 : 1;
    } catch (const Error& error) {
        return error.code() == ErrorCode::bad_password ? 3 : 4;
    }
}

} // namespace

TEST_CASE("a password file is its first line, without line end and byte order mark") {
    CHECK(first_line_of("rahasia\nsecond line\n") == "rahasia");
    CHECK(first_line_of("rahasia") == "rahasia");
    CHECK(first_line_of("rahasia\r\n") == "rahasia");
    CHECK(first_line_of("\xef\xbb\xbfrahasia\r\n") == "rahasia");
    CHECK(first_line_of("  with blanks  \n") == "  with blanks  ");
    CHECK(first_line_of(std::string(1024, 'x') + "\n").size() == 1024);
}

TEST_CASE("a password file that holds no password is refused instead of locking with something else") {
    CHECK(refusal_of("") == ErrorCode::bad_password);
    CHECK(refusal_of("\nrahasia\n") == ErrorCode::bad_password);
    CHECK(refusal_of("\xef\xbb\xbf\r\n") == ErrorCode::bad_password);
    CHECK(refusal_of(std::string(1025, 'x')) == ErrorCode::bad_password);
    CHECK(refusal_of("caf\xe9\n") == ErrorCode::bad_password); // Latin-1
    CHECK(refusal_of(std::string_view("\xff\xfe"
                                      "a\0b\0",
                                      6)) == ErrorCode::bad_password); // UTF-16
    CHECK(test::code_of([] { cli::read_password_file("/nowhere/password"); }) == ErrorCode::not_found);
    CHECK(test::code_of([] { cli::read_password_file("/"); }) == ErrorCode::is_folder);
}

TEST_CASE("a password file that others may read is told") {
    const test::TemporaryFolder folder;
    const std::string file = folder.write("password", "rahasia\n").string();
    for (const auto& [mode, is_open] :
         std::map<mode_t, bool>{{0600, false}, {0400, false}, {0640, true}, {0604, true}}) {
        REQUIRE(::chmod(file.c_str(), mode) == 0);
        CHECK(cli::read_password_file(file).others_may_read == is_open);
    }
}

TEST_CASE("generated passwords differ, use every letter evenly and carry 99 bits") {
    std::set<std::string> all;
    std::map<char, int> letters;
    for (int i = 0; i < 2000; ++i) {
        const std::string password(cli::generate_password().view());
        REQUIRE(password.size() == 24);
        all.insert(password);
        for (std::size_t at = 0; at < password.size(); ++at) {
            REQUIRE((password[at] == '-') == (at % 5 == 4));
            ++letters[password[at]];
        }
    }
    CHECK(all.size() == 2000);
    letters.erase('-');
    CHECK(letters.size() == 31);
    CHECK(20 * std::log2(letters.size()) > 95);
    for (const auto& [letter, count] : letters) { // 1290 expected; 200 off is more than five standard deviations
        CHECK(std::abs(count - 1290) < 200);
    }
}

TEST_CASE("a generated password is kept in a new file that only its owner may read") {
    const test::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "password";
    cli::write_password_file(file, output::Secret("k7mq-x2tc"));
    const cli::PasswordFile read = cli::read_password_file(file.string());
    CHECK(read.password.view() == "k7mq-x2tc");
    CHECK_FALSE(read.others_may_read);
    CHECK(test::code_of([&] { cli::write_password_file(file, output::Secret("x")); }) == ErrorCode::output_exists);
    CHECK(test::code_of([&] { cli::write_password_file(folder.path() / "none" / "x", output::Secret("x")); }) ==
          ErrorCode::write_failed);
}

TEST_CASE("plain passwords are those that every keyboard types alike") {
    CHECK(cli::is_plain("k7mq x2tc~!"));
    CHECK_FALSE(cli::is_plain("caf\xc3\xa9"));
    CHECK_FALSE(cli::is_plain("a\tb"));
}

TEST_CASE("a password asked for at the terminal is never shown, and both entries must agree") {
    Person person([] { return asked_for("rahasia 7"); });
    REQUIRE(person.sees("New password (not shown): "));
    CHECK_FALSE(person.has_echo());
    person.types("rahasia 7\n");
    REQUIRE(person.sees("Once more: "));
    person.types("rahasia 8\n");
    REQUIRE(person.sees("The two differ."));
    REQUIRE(person.sees("New password (not shown): "));
    person.types("rahasia 7\n");
    REQUIRE(person.sees("Once more: "));
    person.types("rahasia 7\n");
    CHECK(person.result() == 0);
    CHECK(person.all().find("rahasia") == std::string::npos);
}

TEST_CASE("three disagreements, and an empty answer, end the question") {
    Person forgetful([] { return asked_for("x"); });
    for (int attempt = 0; attempt < 3; ++attempt) {
        REQUIRE(forgetful.sees("New password (not shown): "));
        forgetful.types("one\n");
        REQUIRE(forgetful.sees("Once more: "));
        forgetful.types("two\n");
    }
    CHECK(forgetful.result() == 3);
    Person silent([] { return asked_for("x"); });
    REQUIRE(silent.sees("New password (not shown): "));
    silent.types("\n");
    CHECK(silent.result() == 3);
}

TEST_CASE("Ctrl-C at the question ends the program and leaves the terminal with its echo") {
    Person person([] { return asked_for("x"); });
    REQUIRE(person.sees("New password (not shown): "));
    person.types("half\x03");
    REQUIRE(person.sees("\n"));
    CHECK(person.has_echo());
    CHECK(person.result() == -SIGINT);
    CHECK(person.all().find("half") == std::string::npos);
}

TEST_CASE("a program that handles Ctrl-C itself is told, and the question still ends") {
    Person person([] {
        static volatile std::sig_atomic_t told = 0;
        std::signal(SIGINT, [](int) { told = 1; });
        const int result = asked_for("x");
        return told == 1 ? result : 5;
    });
    REQUIRE(person.sees("New password (not shown): "));
    person.types("\x03");
    CHECK(person.result() == 3);
}

TEST_CASE("without a terminal there is nobody to ask, and nothing is shown") {
    const pid_t child = ::fork();
    if (child == 0) {
        ::setsid();
        const bool refused =
            test::code_of([] { cli::ask_password(Language::english); }) == ErrorCode::bad_option &&
            test::code_of([] { cli::show_password(output::Secret("x"), Language::english); }) == ErrorCode::bad_option;
        ::_exit(refused ? 0 : 1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WEXITSTATUS(status) == 0);
}
