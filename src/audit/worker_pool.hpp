// Requests to worker processes, answers back, whatever the workers do: hang, crash, eat memory, answer nonsense.
#pragma once

#include "output/json.hpp"
#include "saring/error.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace saring::audit {

struct PoolOptions {
    std::vector<std::string> command; // of a worker, without a shell
    int jobs = 0;                     // 0: one for each core this process may run on
    double max_load = 0;
    int nice = 10;
    // Bytes of data and resident memory of one worker beyond what it starts with. On a machine that has less for each,
    // a fair share; a file that needs more is tried again with no other worker busy.
    std::uint64_t memory = 2ULL << 30;
    std::chrono::milliseconds file_time{300'000};
};

// `request` is an object of the worker protocol without its id.
struct Job {
    std::uint64_t id = 0;
    output::Json request;
    std::string path;         // for errors
    bool reads_a_file = true; // not what was read before: nothing is decoded, no engine runs
};

struct JobDone {
    std::uint64_t id = 0;
    std::string answer; // the line as the worker wrote it; empty where there is none
    std::optional<Error>
        error; // the worker crashed (worker_failed), hung (time_limit), ran out of memory (out_of_memory)
};

// One thread, one poll loop; workers live no longer than the thread that called. Nothing moves except in submit() and
// wait(), so wait() must be called again soon. A job whose worker dies or hangs is tried once more, alone on a fresh
// worker, and recorded as failed after that. Workers are started when first needed and restarted after they die; where
// not even a fresh one answers an empty request, Error(worker_failed) is thrown with what it wrote to stderr.
class WorkerPool {
public:
    explicit WorkerPool(PoolOptions options);
    ~WorkerPool(); // kills what still runs
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // Whether submit() would find a worker idle, or a place in its short queue (so that no core waits for the parent)
    // and little waits there (requests may hold whole files).
    [[nodiscard]] bool has_room() const;
    void submit(Job job);
    [[nodiscard]] std::size_t running() const; // jobs submitted that wait() has not returned

    // The next job that is done, in any order; empty after `most` without one, or when a signal came. What a worker
    // answered is in `answer` also where that is an error.
    [[nodiscard]] std::optional<JobDone> wait(std::chrono::milliseconds most);

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace saring::audit
