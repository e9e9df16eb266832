// fork and exec by hand: posix_spawn knows neither limits nor the parent's death. Between the two only functions are
// called that are safe in the child of a program with threads (signal-safety(7)); whatever needs memory is prepared
// before.
#include "audit/spawn.hpp"

#include "saring/error.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

namespace saring::audit {
namespace {

// Photos, fonts, language data and networks are open one after the other; what leaks descriptors ends here.
constexpr rlim_t open_files = 256;
// Large requests and answers pass with fewer turns of the loop. The kernel may give less.
constexpr int pipe_bytes = 1 << 20;
// The kernel ends processes with a high figure first (proc(5), oom_score_adj); raising one's own is always allowed.
constexpr std::array<char, 3> dies_first{'8', '0', '0'};

[[noreturn]] void fail(const std::string& program, const char* what, int error) {
    throw Error(ErrorCode::worker_failed, "start", program + ": " + what + ": " + std::strerror(error));
}

struct Pipe {
    Descriptor read;
    Descriptor write;
};

// Both ends close on exec and lie above the standard three, which the child overwrites.
Pipe make_pipe(const std::string& program) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        fail(program, "pipe", errno);
    }
    Pipe pipe{Descriptor(ends[0]), Descriptor(ends[1])};
    for (Descriptor* end : {&pipe.read, &pipe.write}) {
        if (end->number() <= STDERR_FILENO) {
            *end = Descriptor(::fcntl(end->number(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
            if (end->number() < 0) {
                fail(program, "pipe", errno);
            }
        }
    }
    return pipe;
}

void set_non_blocking(const Descriptor& end) {
    ::fcntl(end.number(), F_SETFL, ::fcntl(end.number(), F_GETFL) | O_NONBLOCK);
    ::fcntl(end.number(), F_SETPIPE_SZ, pipe_bytes);
}

void limit(__rlimit_resource resource, rlim_t most) {
    struct rlimit now {};
    if (::getrlimit(resource, &now) == 0) {
        const rlim_t value = now.rlim_max == RLIM_INFINITY || most < now.rlim_max ? most : now.rlim_max;
        const struct rlimit lower { value, value };
        ::setrlimit(resource, &lower);
    }
}

void forget_signals() {
    struct sigaction usual {};
    usual.sa_handler = SIG_DFL;
    for (int signal = 1; signal < NSIG; ++signal) {
        ::sigaction(signal, &usual, nullptr);
    }
    sigset_t none;
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

void die_with(pid_t parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) { // it died before the line above
        ::_exit(1);
    }
}

void be_the_first_to_die() {
    const int file = ::open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    if (file >= 0) {
        [[maybe_unused]] const ssize_t written = ::write(file, dies_first.data(), dies_first.size());
        ::close(file);
    }
}

// The child, from fork to exec. Says by errno through `failure` that there was no exec.
[[noreturn]] void become(char* const* arguments, const std::array<int, 3>& standard, int failure, int nice,
                         pid_t parent) {
    ::setsid(); // neither Ctrl-C nor Ctrl-Z reaches it, and its group can be ended as a whole
    die_with(parent);
    forget_signals();
    be_the_first_to_die();
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_NOFILE, open_files);
    ::setpriority(PRIO_PROCESS, 0, nice);
    for (int i = 0; i < 3; ++i) {
        ::dup2(standard[static_cast<std::size_t>(i)], i);
    }
    // Whatever a library of the caller left open without closing on exec. Kernels before 5.11 cannot; no harm.
    ::syscall(SYS_close_range, STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
    ::execvp(arguments[0], arguments);
    const int error = errno;
    [[maybe_unused]] const ssize_t written = ::write(failure, &error, sizeof error);
    ::_exit(127);
}

// All signals wait while the child still has the handlers of its parent.
class SignalsBlocked {
public:
    SignalsBlocked() {
        sigset_t all;
        ::sigfillset(&all);
        ::pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    SignalsBlocked(const SignalsBlocked&) = delete;
    SignalsBlocked& operator=(const SignalsBlocked&) = delete;

private:
    sigset_t before_{};
};

// The errno of an exec that failed, 0 for one that worked: then the pipe was closed by it.
int failure_of_exec(const Descriptor& report) {
    int error = 0;
    ssize_t got = 0;
    do {
        got = ::read(report.number(), &error, sizeof error);
    } while (got < 0 && errno == EINTR);
    return got == sizeof error ? error : 0;
}

} // namespace

Spawned spawn(const std::vector<std::string>& command, int nice) {
    if (command.empty()) {
        throw Error(ErrorCode::bad_option, "start", "the command of a worker is empty");
    }
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    Pipe requests = make_pipe(words[0]);
    Pipe answers = make_pipe(words[0]);
    Pipe messages = make_pipe(words[0]);
    Pipe failure = make_pipe(words[0]);

    const pid_t parent = ::getpid();
    pid_t pid = -1;
    {
        const SignalsBlocked blocked;
        pid = ::fork();
        if (pid == 0) {
            become(arguments.data(), {requests.read.number(), answers.write.number(), messages.write.number()},
                   failure.write.number(), nice, parent);
        }
    }
    if (pid < 0) {
        fail(words[0], "fork", errno);
    }
    failure.write.close();
    if (const int error = failure_of_exec(failure.read); error != 0) {
        ::waitpid(pid, nullptr, 0);
        fail(words[0], "cannot be run", error);
    }
    for (const Descriptor* end : {&requests.write, &answers.read, &messages.read}) {
        set_non_blocking(*end);
    }
    return {pid, std::move(requests.write), std::move(answers.read), std::move(messages.read)};
}

} // namespace saring::audit
