#include "audit/worker_process.hpp"

#include "saring/error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>

namespace saring::audit {
namespace {

constexpr std::size_t chunk_bytes = 64 << 10;
constexpr int chunks_at_once = 16;             // then the other workers have their turn
constexpr std::size_t messages_kept = 4 << 10; // bytes; the last ones
constexpr std::size_t buffer_kept = 256 << 10; // bytes; a buffer that a large answer made is given back
constexpr std::string_view line_end = "\n";
constexpr std::chrono::seconds patience_with_the_dead{5}; // to give back its memory

// Reads what is there into `out`; false at the end.
bool read_some(int descriptor, std::string& out) {
    std::array<char, chunk_bytes> chunk; // NOLINT: filled by read
    for (int i = 0; i < chunks_at_once; ++i) {
        const ssize_t got = ::read(descriptor, chunk.data(), chunk.size());
        if (got < 0) {
            return errno == EAGAIN || errno == EINTR;
        }
        if (got == 0) {
            return false;
        }
        out.append(chunk.data(), static_cast<std::size_t>(got));
        if (static_cast<std::size_t>(got) < chunk.size()) {
            return true; // the end, if this was it, is seen next time
        }
    }
    return true;
}

// Writing to a reader that is gone must be an error here, whatever the program does about SIGPIPE: the signal is held
// back in this thread and taken away again.
class NoBrokenPipe {
public:
    NoBrokenPipe() {
        ::sigemptyset(&pipe_);
        ::sigaddset(&pipe_, SIGPIPE);
        ::pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
    }
    ~NoBrokenPipe() {
        const timespec now{};
        if (::sigismember(&before_, SIGPIPE) == 0) {
            ::sigtimedwait(&pipe_, nullptr, &now);
        }
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    NoBrokenPipe(const NoBrokenPipe&) = delete;
    NoBrokenPipe& operator=(const NoBrokenPipe&) = delete;

private:
    sigset_t pipe_{};
    sigset_t before_{};
};

bool begins_like_runtime(std::string_view line) {
    constexpr std::array<std::string_view, 12> beginnings{
        "terminate called",    "double free",       "free():",   "malloc",
        "munmap_chunk",        "realloc():",        "corrupted", "*** stack smashing",
        "*** buffer overflow", "Fatal glibc error", "libgomp:",  "==",
    };
    return std::any_of(beginnings.begin(), beginnings.end(),
                       [&](std::string_view beginning) { return line.starts_with(beginning); });
}

std::string runtime_lines(std::string_view messages) {
    std::string out;
    while (!messages.empty()) {
        const std::size_t end = std::min(messages.find('\n'), messages.size());
        const std::string_view line = messages.substr(0, end);
        if (begins_like_runtime(line)) {
            out += "; " + std::string(line);
        }
        messages.remove_prefix(std::min(end + 1, messages.size()));
    }
    return out;
}

} // namespace

std::string WorkerEnd::told() const {
    std::string out;
    if (signal != 0) {
        out = "ended by signal " + std::to_string(signal) + " (" + ::strsignal(signal) + ")";
    } else {
        out = "ended with exit code " + std::to_string(exit_code);
    }
    return out + runtime_lines(messages);
}

bool WorkerEnd::lacked_memory() const {
    constexpr std::array<std::string_view, 6> words{"bad_alloc",          "ut of memory", "annot allocate memory",
                                                    "nsufficient memory", "ut-of-memory", "std::length_error"};
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view word) { return messages.find(word) != std::string::npos; });
}

WorkerProcess::WorkerProcess(const std::vector<std::string>& command, int nice) : spawned_(spawn(command, nice)) {}

WorkerProcess::~WorkerProcess() { end(); }

void WorkerProcess::send(std::shared_ptr<const std::string> line) { unwritten_.push_back(std::move(line)); }

void WorkerProcess::write() {
    const NoBrokenPipe no_broken_pipe;
    while (!unwritten_.empty()) {
        const std::string& line = *unwritten_.front();
        const ssize_t got = ::write(requests(), line.data() + written_, line.size() - written_);
        if (got < 0 && errno == EAGAIN) {
            return;
        }
        if (got < 0 && errno != EINTR) {
            unwritten_.clear();
            written_ = 0;
            return;
        }
        written_ += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
        if (written_ == line.size()) {
            unwritten_.pop_front();
            written_ = 0;
        }
    }
}

bool WorkerProcess::read_answers() { return read_some(answers(), incoming_); }

void WorkerProcess::read_messages() {
    if (!read_some(messages(), said_)) {
        spawned_.messages.close();
    }
    if (said_.size() > messages_kept) {
        said_.erase(0, said_.size() - messages_kept);
    }
}

std::optional<std::string> WorkerProcess::next_line() {
    const std::size_t end = incoming_.find(line_end, std::max(searched_, consumed_));
    if (end != std::string::npos) {
        std::string line = incoming_.substr(consumed_, end - consumed_);
        consumed_ = end + line_end.size();
        return line;
    }
    incoming_.erase(0, consumed_);
    consumed_ = 0;
    searched_ = incoming_.size();
    if (incoming_.empty() && incoming_.capacity() > buffer_kept) {
        incoming_.shrink_to_fit();
    }
    return std::nullopt;
}

bool WorkerProcess::has_ended() const {
    siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(pid()), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid != 0;
}

WorkerEnd WorkerProcess::end(std::chrono::milliseconds patience) {
    WorkerEnd out;
    if (reaped_) {
        return out;
    }
    const auto until = std::chrono::steady_clock::now() + patience;
    while (!has_ended() && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    out.by_us = !has_ended();
    ::kill(-pid(), SIGKILL); // the group: also what it may have started
    reap(out);
    if (messages() >= 0) {
        read_messages();
    }
    out.messages = said_;
    return out;
}

// A process that waits for a share that went away cannot even be killed. It is left to end when it can, as nobody's
// child but ours: a zombie then, until we end too.
void WorkerProcess::reap(WorkerEnd& out) {
    int status = 0;
    struct rusage usage {};
    const auto until = std::chrono::steady_clock::now() + patience_with_the_dead;
    pid_t got = ::wait4(pid(), &status, WNOHANG, &usage);
    while (got == 0 && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        got = ::wait4(pid(), &status, WNOHANG, &usage);
    }
    reaped_ = true;
    if (got == pid()) { // not where the program ignores SIGCHLD
        out.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
        out.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
        out.peak_resident = static_cast<std::uint64_t>(usage.ru_maxrss) << 10; // KiB (getrusage(2))
    }
}

} // namespace saring::audit
