// A worker as the pool sees it: a process, what it was given, and what it may cost.
#pragma once

#include "audit/worker_memory.hpp"
#include "audit/worker_process.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace saring::audit {

using Clock = std::chrono::steady_clock; // monotonic: the clock of the wall may jump

// A job on its way. What went wrong with it decides where it runs next.
struct Task {
    std::uint64_t id = 0;
    std::string path;
    bool reads_a_file = true;
    std::shared_ptr<const std::string> line; // as it is written to a worker
    int faults = 0;                          // workers that died of it, hung, or lacked memory
    int kills = 0;                           // workers that somebody else ended meanwhile
    bool alone = false;                      // only on a fresh worker, with nothing waiting behind it
    bool quiet = false;                      // also with no other worker busy
};

enum class Fault { crashed, nonsense, hung, memory, killed };

struct PooledWorker {
    enum class State { stopped, starting, ready };

    State state = State::stopped;
    std::unique_ptr<WorkerProcess> process;
    std::deque<Task> tasks;  // the first is running, the second waits in the pipe
    Clock::time_point since; // when the first task began, or the start
    Clock::time_point until; // when its time is over
    bool forgiven = false;   // it was given time since its caller had been away
    std::uint64_t answered = 0;
    std::uint64_t files_read = 0;
    std::optional<std::uint64_t> last; // task that it answered last
    bool retiring = false;             // gets nothing more
    bool over = false;                 // its process was seen to have ended, though its output is still open
    MemoryUse start;                   // when it was ready
    MemoryUse now;                     // when it was looked at last
    std::uint64_t allowance = 0;       // bytes beyond `start`

    [[nodiscard]] bool idle() const { return state == State::ready && tasks.empty(); }
    [[nodiscard]] bool fresh() const { return idle() && answered == 0 && !retiring; }
    // Whether a task may be given to it when it has so many.
    [[nodiscard]] bool takes(std::size_t having) const;

    void launch(const std::vector<std::string>& command, int nice, Clock::time_point when);
    void become_ready();
    void allow(std::uint64_t bytes);
    void give(Task task, Clock::time_point when, std::chrono::milliseconds time);
    // The first task is answered; the second begins.
    Task take_first(Clock::time_point when, std::chrono::milliseconds time);
    // Looks at its memory; false when it has more than it may.
    bool look_at_memory();
    [[nodiscard]] bool was_near_its_limit() const;
    [[nodiscard]] bool is_worn() const; // enough read, or memory that was not given back
    WorkerEnd stop(std::chrono::milliseconds patience = {});
};

} // namespace saring::audit
