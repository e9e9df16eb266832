// Idea: echo is off only while a line is read. Whatever may end or stop the program in that time is held back until
// ppoll() waits, noted there, and raised again after the terminal was put back, so that no shell is left without echo
// and no signal falls between a check and the wait.
// Cannot do: SIGKILL, crashes while the person types, and signals that another thread takes: ask before threads start.
#include "cli/terminal.hpp"

#include "saring/error.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <string>
#include <termios.h>
#include <unistd.h>

namespace saring::cli {
namespace {

constexpr std::size_t longest_line = 1024; // bytes; terminals give up at 4,096

constexpr std::array signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGTTIN, SIGTTOU};

volatile std::sig_atomic_t caught = 0; // signals know no objects

class CaughtSignals {
public:
    CaughtSignals() {
        caught = 0;
        sigset_t held;
        sigemptyset(&held);
        for (const int signal : signals) {
            sigaddset(&held, signal);
        }
        ::pthread_sigmask(SIG_BLOCK, &held, &mask_before_);
        struct sigaction note {};
        note.sa_handler = [](int signal) { caught = signal; };
        sigemptyset(&note.sa_mask);
        for (std::size_t i = 0; i < signals.size(); ++i) {
            ::sigaction(signals[i], &note, &before_[i]);
        }
    }
    ~CaughtSignals() {
        for (std::size_t i = 0; i < signals.size(); ++i) {
            ::sigaction(signals[i], &before_[i], nullptr);
        }
        ::pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
    }
    CaughtSignals(const CaughtSignals&) = delete;
    CaughtSignals& operator=(const CaughtSignals&) = delete;

    // True when there is something to read, false after a signal.
    [[nodiscard]] bool wait_for_input(int fd) const {
        pollfd input{fd, POLLIN, 0};
        while (caught == 0) {
            if (::ppoll(&input, 1, nullptr, &mask_before_) > 0) {
                return true;
            }
        }
        return false;
    }

private:
    sigset_t mask_before_{};
    std::array<struct sigaction, signals.size()> before_{};
};

class NoEcho {
public:
    explicit NoEcho(int fd) : fd_(fd) {
        if (::tcgetattr(fd, &before_) != 0) {
            throw Error(ErrorCode::bad_option, "password", std::strerror(errno));
        }
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ICANON | ECHONL; // the line end still shows
        // TCSAFLUSH drops what was typed before the question.
        ::tcsetattr(fd, TCSAFLUSH, &silent);
    }
    ~NoEcho() { ::tcsetattr(fd_, TCSAFLUSH, &before_); }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

private:
    int fd_;
    termios before_{};
};

// One byte a time into memory that is wiped; no buffer of the standard library sees it. Ends early after a signal.
output::Secret read_line(int fd, const CaughtSignals& signals_caught) {
    output::Secret line;
    char letter = 0;
    while (signals_caught.wait_for_input(fd) && ::read(fd, &letter, 1) == 1 && letter != '\n') {
        if (line.size() <= longest_line) { // one more than allowed, so that it is refused and not cut
            line.push_back(letter);
        }
    }
    output::wipe(&letter, 1);
    return line;
}

} // namespace

Terminal::Terminal() : fd_(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    if (fd_ < 0) {
        throw Error(ErrorCode::bad_option, "password", "there is no terminal; use --password-file or --password-out");
    }
}

Terminal::~Terminal() { ::close(fd_); }

void Terminal::write(std::string_view text) const {
    while (!text.empty()) {
        const ssize_t wrote = ::write(fd_, text.data(), text.size());
        if (wrote < 0 && errno == EINTR) {
            continue;
        }
        if (wrote <= 0) {
            throw Error(ErrorCode::write_failed, "password", std::strerror(errno)).at_path("/dev/tty");
        }
        text.remove_prefix(static_cast<std::size_t>(wrote));
    }
}

output::Secret Terminal::read_hidden(std::string_view prompt) const {
    while (true) {
        output::Secret line;
        {
            const CaughtSignals watch;
            const NoEcho silence(fd_);
            write(prompt);
            line = read_line(fd_, watch);
        }
        const int signal = caught;
        if (signal == 0) {
            return line;
        }
        write("\n");
        std::raise(signal); // ends here by default, or stops here until it is continued
        if (signal != SIGTSTP && signal != SIGTTIN && signal != SIGTTOU) {
            throw Error(ErrorCode::bad_password, "password", "interrupted");
        }
    }
}

} // namespace saring::cli
