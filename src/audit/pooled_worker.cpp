#include "audit/pooled_worker.hpp"

#include <utility>

namespace saring::audit {
namespace {

// Leaks of libraries that decode do not add up beyond so many files. A start costs a quarter of a second: little beside
// 500 photos, but a fifth of judging 500 readings anew, so those do not count.
constexpr std::uint64_t files_of_a_life = 500;
// Answered with bad_request, but under its id: only a worker that is ready does that.
constexpr const char* first_request = "{\"id\": \"ready\"}\n";
constexpr std::chrono::seconds start_time{120}; // of a cold disk and a busy machine

} // namespace

bool PooledWorker::takes(std::size_t having) const {
    return state == State::ready && !retiring && tasks.size() == having && (tasks.empty() || !tasks.front().alone);
}

void PooledWorker::launch(const std::vector<std::string>& command, int nice, Clock::time_point when) {
    process = std::make_unique<WorkerProcess>(command, nice);
    process->send(std::make_shared<const std::string>(first_request));
    state = State::starting;
    since = when;
    until = when + start_time;
    forgiven = false;
    answered = 0;
    files_read = 0;
    last.reset();
    retiring = false;
    over = false;
}

void PooledWorker::become_ready() {
    state = State::ready;
    start = memory_of(process->pid());
    now = start;
}

void PooledWorker::allow(std::uint64_t bytes) {
    allowance = bytes;
    if (start.data > 0) {
        limit_data(process->pid(), start.data + bytes);
    }
}

void PooledWorker::give(Task task, Clock::time_point when, std::chrono::milliseconds time) {
    process->send(task.line);
    tasks.push_back(std::move(task));
    if (tasks.size() == 1) {
        since = when;
        until = when + time;
        forgiven = false;
    }
}

Task PooledWorker::take_first(Clock::time_point when, std::chrono::milliseconds time) {
    Task task = std::move(tasks.front());
    tasks.pop_front();
    since = when;
    until = when + time;
    forgiven = false;
    ++answered;
    files_read += task.reads_a_file ? 1 : 0;
    last = task.id;
    return task;
}

bool PooledWorker::look_at_memory() {
    now = memory_of(process->pid());
    return now.resident <= start.resident + allowance;
}

bool PooledWorker::was_near_its_limit() const { return start.data > 0 && now.data > start.data + allowance / 10 * 9; }

bool PooledWorker::is_worn() const {
    return files_read >= files_of_a_life || now.resident > start.resident + allowance / 4;
}

WorkerEnd PooledWorker::stop(std::chrono::milliseconds patience) {
    WorkerEnd end = process->end(patience);
    process.reset();
    state = State::stopped;
    tasks.clear();
    return end;
}

} // namespace saring::audit
