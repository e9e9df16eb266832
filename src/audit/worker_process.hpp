// One worker process and the lines that go to it and come from it, without ever waiting for it.
#pragma once

#include "audit/spawn.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace saring::audit {

// How a process ended.
struct WorkerEnd {
    bool by_us = false; // it still ran when it was killed here
    int signal = 0;     // 0: it exited
    int exit_code = 0;
    std::uint64_t peak_resident = 0; // bytes
    std::string messages;            // the last of what it wrote to standard error

    // "ended by signal 11 (Segmentation fault)", with what the C and C++ runtime said. Nothing else of its messages: a
    // library may quote the document.
    [[nodiscard]] std::string told() const;
    [[nodiscard]] bool lacked_memory() const; // by what it said
};

class WorkerProcess {
public:
    // Throws Error(worker_failed) where the program cannot be run.
    WorkerProcess(const std::vector<std::string>& command, int nice);
    ~WorkerProcess(); // kills it
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    [[nodiscard]] pid_t pid() const { return spawned_.pid; }
    [[nodiscard]] int requests() const { return spawned_.requests.number(); }
    [[nodiscard]] int answers() const { return spawned_.answers.number(); }
    [[nodiscard]] int messages() const { return spawned_.messages.number(); } // -1 when closed

    // Lines are written in order when the pipe has room; each ends with a line end.
    void send(std::shared_ptr<const std::string> line);
    [[nodiscard]] bool has_unwritten() const { return !unwritten_.empty(); }
    void write(); // as much as the pipe takes; a reader that is gone shows as the end of answers

    // Reads what is there, within reason. False: there will be no more.
    bool read_answers();
    void read_messages();
    // The next whole line among what was read.
    std::optional<std::string> next_line();
    [[nodiscard]] std::size_t unread_bytes() const { return incoming_.size() - consumed_; }

    // Kills the process and what it may have started, unless it ends by itself within `patience`.
    WorkerEnd end(std::chrono::milliseconds patience = {});
    // Whether it has ended, though somebody may still hold its pipes.
    [[nodiscard]] bool has_ended() const;

private:
    void reap(WorkerEnd& out);

    Spawned spawned_;
    std::deque<std::shared_ptr<const std::string>> unwritten_;
    std::size_t written_ = 0; // bytes of the first of them
    std::string incoming_;
    std::size_t consumed_ = 0; // bytes of `incoming_` that were given out
    std::size_t searched_ = 0; // bytes of `incoming_` known to hold no line end beyond those
    std::string said_;
    bool reaped_ = false;
};

} // namespace saring::audit
