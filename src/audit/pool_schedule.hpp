// Which task goes to which worker when, and what becomes of tasks whose worker fails. Knows no poll and no pipes.
//
// Queue: in the order submitted; idle workers first, then one task waits in the pipe of each, so that no core waits for
// the caller. Alone: a worker died of the task or hung; it is tried once more on a fresh worker with nothing behind it.
// Quiet: memory may have been the reason; it is tried alone, with all other workers idle. Quiet tasks gather until
// there is nothing else to do or some have gathered, since all cores wait for them.
#pragma once

#include "audit/pooled_worker.hpp"
#include "audit/worker_pool.hpp"

#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace saring::audit {

class PoolSchedule {
public:
    explicit PoolSchedule(PoolOptions options);

    [[nodiscard]] std::vector<PooledWorker>& workers() { return workers_; }

    void submit(Job job);
    [[nodiscard]] bool has_room() const;
    [[nodiscard]] std::size_t running() const { return running_; }
    [[nodiscard]] bool has_done() const { return !done_.empty(); }
    JobDone take_done();

    // Starts workers and gives them tasks, as far as there are any and the load allows.
    void hand_out(Clock::time_point now);
    // How long until something has to be done without anything happening, `most` at the longest.
    [[nodiscard]] std::chrono::milliseconds wakes_in(Clock::time_point now, std::chrono::milliseconds most) const;

    // What workers did.
    void started(PooledWorker& worker, bool rightly);
    void answered(PooledWorker& worker, std::string line, bool lacked_memory, Clock::time_point now);
    void fail(PooledWorker& worker, Fault fault, const std::string& why); // killed; its first task is to blame
    void ended(PooledWorker& worker, Clock::time_point now, std::chrono::milliseconds patience);
    void put_back(PooledWorker& worker); // killed; nobody is to blame
    void end_late(Clock::time_point now);

private:
    void give_alone(Clock::time_point now);
    bool take_quiet_turn(Clock::time_point now);
    void give_queue(Clock::time_point now, std::size_t having);
    void start_workers(Clock::time_point now);
    [[nodiscard]] bool too_loaded(Clock::time_point now);
    PooledWorker* fresh_worker();
    void start_failed(const WorkerEnd& end, const std::string& why);
    void requeue(std::deque<Task> tasks);
    void blame(Task task, Fault fault, const std::string& why);
    void finish(const Task& task, std::string answer, std::optional<Error> error);

    PoolOptions options_;
    std::uint64_t usual_allowance_;
    std::vector<PooledWorker> workers_;
    std::deque<Task> queue_;
    std::deque<Task> alone_;
    std::deque<Task> quiet_;
    std::deque<JobDone> done_;
    std::size_t running_ = 0;
    std::size_t queued_bytes_ = 0; // of requests in the queue
    double load_ = 0;
    Clock::time_point load_known_until_;
    int failed_starts_ = 0; // one after the other
    int killed_starts_ = 0; // by somebody else
    Clock::time_point no_start_before_;
};

} // namespace saring::audit
