#include "audit/pool_schedule.hpp"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <sched.h>
#include <utility>

namespace saring::audit {
namespace {

using std::chrono::milliseconds;

constexpr int most_faults = 2; // tried once more, then recorded
// Whoever ends workers from outside is rarely interested in a file. But the kernel may be: it ends what takes too much.
constexpr int most_kills = 4;
constexpr std::size_t most_quiet = 8; // then all cores wait for them
constexpr int most_failed_starts = 3;
constexpr int most_killed_starts = 20;
constexpr milliseconds start_pause{100};               // times the starts that failed
constexpr std::size_t queued_bytes_at_most = 64 << 20; // beside what runs; members of archives are in the requests
constexpr std::chrono::seconds load_time{1};           // the kernel counts anew every five seconds
constexpr std::size_t messages_told = 600;             // bytes

int cores() {
    cpu_set_t set;
    return ::sched_getaffinity(0, sizeof set, &set) == 0 ? std::max(CPU_COUNT(&set), 1) : 1;
}

ErrorCode code_of(Fault fault) {
    switch (fault) {
    case Fault::hung: return ErrorCode::time_limit;
    case Fault::memory: return ErrorCode::out_of_memory;
    case Fault::crashed:
    case Fault::nonsense:
    case Fault::killed: return ErrorCode::worker_failed;
    }
    return ErrorCode::worker_failed;
}

// The request with its id in front, as one line.
std::string line_of(const Job& job) {
    const std::string rest = output::dumped(job.request);
    const bool empty = job.request.empty();
    return "{\"id\":" + std::to_string(job.id) + (empty ? "}" : "," + rest.substr(1)) + "\n";
}

std::string last_lines(const std::string& messages) {
    const std::size_t from = messages.size() > messages_told ? messages.size() - messages_told : 0;
    std::string out = messages.substr(from);
    while (!out.empty() && out.back() == '\n') {
        out.pop_back();
    }
    return out;
}

std::string shown(const std::vector<std::string>& command) {
    std::string out;
    for (const std::string& word : command) {
        out += (out.empty() ? "" : " ") + word;
    }
    return out;
}

} // namespace

PoolSchedule::PoolSchedule(PoolOptions options) : options_(std::move(options)) {
    options_.jobs = options_.jobs > 0 ? options_.jobs : cores();
    usual_allowance_ = std::min(options_.memory, fair_share(options_.jobs));
    workers_.resize(static_cast<std::size_t>(options_.jobs));
}

void PoolSchedule::submit(Job job) {
    Task task;
    task.id = job.id;
    task.path = std::move(job.path);
    task.reads_a_file = job.reads_a_file;
    task.line = std::make_shared<const std::string>(line_of(job));
    queued_bytes_ += task.line->size();
    queue_.push_back(std::move(task));
    ++running_;
}

bool PoolSchedule::has_room() const {
    const std::size_t aside = quiet_.size() + alone_.size();
    const std::size_t at_work = running_ - aside;
    return at_work < workers_.size() || (at_work < 2 * workers_.size() && queued_bytes_ < queued_bytes_at_most);
}

JobDone PoolSchedule::take_done() {
    JobDone done = std::move(done_.front());
    done_.pop_front();
    --running_;
    return done;
}

void PoolSchedule::hand_out(Clock::time_point now) {
    if (queue_.empty() && alone_.empty() && quiet_.empty()) {
        return;
    }
    if (too_loaded(now)) {
        return;
    }
    if (!take_quiet_turn(now)) {
        give_alone(now);
        give_queue(now, 0);
        if (options_.max_load <= 0) { // what waits in a pipe is begun whatever the load is then
            give_queue(now, 1);
        }
    }
    start_workers(now);
}

// True when nothing else may begin: a quiet task runs, or its turn has come.
bool PoolSchedule::take_quiet_turn(Clock::time_point now) {
    const auto runs_quietly = [](const PooledWorker& w) { return !w.tasks.empty() && w.tasks.front().quiet; };
    if (std::any_of(workers_.begin(), workers_.end(), runs_quietly)) {
        return true;
    }
    if (quiet_.empty() || (quiet_.size() < most_quiet && !(queue_.empty() && alone_.empty()))) {
        return false;
    }
    if (std::any_of(workers_.begin(), workers_.end(), [](const PooledWorker& w) { return !w.tasks.empty(); })) {
        return true; // these are waited for
    }
    if (PooledWorker* worker = fresh_worker()) {
        worker->allow(options_.memory);
        worker->give(std::move(quiet_.front()), now, options_.file_time);
        quiet_.pop_front();
    }
    return true;
}

void PoolSchedule::give_alone(Clock::time_point now) {
    while (!alone_.empty()) {
        PooledWorker* worker = fresh_worker();
        if (worker == nullptr) {
            return;
        }
        worker->give(std::move(alone_.front()), now, options_.file_time);
        alone_.pop_front();
    }
}

// A worker that has read nothing yet. Where there is none and none is coming, an idle one makes way.
PooledWorker* PoolSchedule::fresh_worker() {
    const auto find = [&](auto wanted) {
        const auto at = std::find_if(workers_.begin(), workers_.end(), wanted);
        return at == workers_.end() ? nullptr : &*at;
    };
    if (PooledWorker* fresh = find([](const PooledWorker& w) { return w.fresh(); })) {
        return fresh;
    }
    if (find([](const PooledWorker& w) { return w.state != PooledWorker::State::ready; }) == nullptr) {
        if (PooledWorker* idle = find([](const PooledWorker& w) { return w.idle(); })) {
            idle->stop();
        }
    }
    return nullptr;
}

void PoolSchedule::give_queue(Clock::time_point now, std::size_t having) {
    for (PooledWorker& worker : workers_) {
        if (queue_.empty()) {
            return;
        }
        if (worker.takes(having)) {
            queued_bytes_ -= queue_.front().line->size();
            worker.give(std::move(queue_.front()), now, options_.file_time);
            queue_.pop_front();
        }
    }
}

// As many as there are tasks that no idle worker can take. What must run on a fresh one cannot wait for any other.
void PoolSchedule::start_workers(Clock::time_point now) {
    const auto count = [&](auto of_this_kind) {
        return static_cast<std::size_t>(std::count_if(workers_.begin(), workers_.end(), of_this_kind));
    };
    const std::size_t used = count([](const PooledWorker& w) { return w.idle() && !w.fresh(); });
    const std::size_t coming =
        count([](const PooledWorker& w) { return w.fresh() || w.state == PooledWorker::State::starting; });
    const std::size_t tasks = queue_.size() - std::min(queue_.size(), used) + alone_.size() + quiet_.size();
    std::size_t wanted = tasks - std::min(tasks, coming);
    for (PooledWorker& worker : workers_) {
        if (wanted == 0 || now < no_start_before_) {
            return;
        }
        if (worker.state == PooledWorker::State::stopped) {
            worker.launch(options_.command, options_.nice, now);
            --wanted;
        }
    }
}

bool PoolSchedule::too_loaded(Clock::time_point now) {
    if (options_.max_load <= 0) {
        return false;
    }
    if (now >= load_known_until_) {
        load_known_until_ = now + load_time;
        load_ = ::getloadavg(&load_, 1) == 1 ? load_ : 0;
    }
    return load_ > options_.max_load;
}

milliseconds PoolSchedule::wakes_in(Clock::time_point now, milliseconds most) const {
    milliseconds out = most;
    for (const PooledWorker& worker : workers_) {
        if (worker.state == PooledWorker::State::starting || !worker.tasks.empty()) {
            out = std::min(out, std::chrono::ceil<milliseconds>(worker.until - now));
        }
    }
    return std::max(out, milliseconds(0));
}

void PoolSchedule::started(PooledWorker& worker, bool rightly) {
    if (!rightly) {
        fail(worker, Fault::nonsense, "it did not answer the first request");
        return;
    }
    failed_starts_ = 0;
    killed_starts_ = 0;
    worker.become_ready();
    worker.allow(usual_allowance_);
}

void PoolSchedule::answered(PooledWorker& worker, std::string line, bool lacked_memory, Clock::time_point now) {
    Task task = worker.take_first(now, options_.file_time);
    worker.look_at_memory();
    if (lacked_memory && ++task.faults < most_faults) { // what others had may be there in a quiet moment
        task.alone = task.quiet = true;
        quiet_.push_back(std::move(task));
        worker.retiring = true;
    } else {
        finish(task, std::move(line), std::nullopt);
    }
    if (task.quiet) {
        worker.retiring = true; // it may have more memory than others
    }
    worker.retiring = worker.retiring || worker.is_worn();
    if (worker.retiring && worker.tasks.empty()) {
        worker.stop();
    }
}

void PoolSchedule::fail(PooledWorker& worker, Fault fault, const std::string& why) {
    const bool starting = worker.state == PooledWorker::State::starting;
    std::deque<Task> tasks = std::move(worker.tasks);
    const WorkerEnd end = worker.stop();
    if (starting) {
        start_failed(end, why);
    } else if (!tasks.empty()) {
        Task first = std::move(tasks.front());
        tasks.pop_front();
        requeue(std::move(tasks));
        blame(std::move(first), fault, why);
    }
}

void PoolSchedule::ended(PooledWorker& worker, Clock::time_point now, milliseconds patience) {
    const bool starting = worker.state == PooledWorker::State::starting;
    const bool near_limit = worker.was_near_its_limit();
    const std::uint64_t large = worker.start.resident + worker.allowance / 2;
    const bool began_now = worker.since == now; // it cannot have died of a task that began this very turn
    std::deque<Task> tasks = std::move(worker.tasks);
    const WorkerEnd end = worker.stop(patience);
    if (starting) {
        start_failed(end, end.by_us ? "it closed its output" : "it " + end.told());
        return;
    }
    if (tasks.empty() || began_now) {
        requeue(std::move(tasks));
        return;
    }
    Task first = std::move(tasks.front());
    tasks.pop_front();
    requeue(std::move(tasks));
    if (end.by_us) {
        blame(std::move(first), Fault::nonsense, "it closed its output");
    } else if (end.lacked_memory() || near_limit) {
        blame(std::move(first), Fault::memory, "it " + end.told());
    } else if (end.signal == SIGKILL) {
        const bool last = first.kills + 1 >= most_kills;
        blame(std::move(first), last && end.peak_resident > large ? Fault::memory : Fault::killed, "it " + end.told());
    } else {
        blame(std::move(first), Fault::crashed, "it " + end.told());
    }
}

void PoolSchedule::put_back(PooledWorker& worker) {
    std::deque<Task> tasks = std::move(worker.tasks);
    worker.stop();
    requeue(std::move(tasks));
}

void PoolSchedule::end_late(Clock::time_point now) {
    for (PooledWorker& worker : workers_) {
        const bool busy = worker.state == PooledWorker::State::starting || !worker.tasks.empty();
        if (busy && now >= worker.until) {
            const auto allowed = std::chrono::duration<double>(worker.until - worker.since).count();
            fail(worker, Fault::hung, "no answer after " + std::to_string(std::lround(allowed)) + " s");
        }
    }
}

// Thrown from here once it is clear that no other attempt will do better; a later call tries anew.
void PoolSchedule::start_failed(const WorkerEnd& end, const std::string& why) {
    const bool killed = !end.by_us && end.signal == SIGKILL;
    ++(killed ? killed_starts_ : failed_starts_);
    no_start_before_ = Clock::now() + start_pause * (killed ? 1 : failed_starts_);
    if (failed_starts_ < most_failed_starts && killed_starts_ < most_killed_starts) {
        return;
    }
    failed_starts_ = 0;
    killed_starts_ = 0;
    const std::string said = last_lines(end.messages);
    throw Error(ErrorCode::worker_failed, "start",
                "no worker starts: " + why + (said.empty() ? "" : "; it said: " + said) + ". Run \"" +
                    shown(options_.command) + "\" by hand, or see: saring doctor");
}

// To the front, in their order: they were submitted before whatever waits.
void PoolSchedule::requeue(std::deque<Task> tasks) {
    for (; !tasks.empty(); tasks.pop_back()) {
        Task& task = tasks.back();
        if (task.alone) {
            (task.quiet ? quiet_ : alone_).push_front(std::move(task));
        } else {
            queued_bytes_ += task.line->size();
            queue_.push_front(std::move(task));
        }
    }
}

void PoolSchedule::blame(Task task, Fault fault, const std::string& why) {
    ++(fault == Fault::killed ? task.kills : task.faults);
    if (task.faults >= most_faults || task.kills >= most_kills) {
        finish(task, {}, Error(code_of(fault), "worker", why).at_path(task.path));
        return;
    }
    task.alone = true;
    task.quiet = task.quiet || fault == Fault::memory || fault == Fault::killed;
    (task.quiet ? quiet_ : alone_).push_back(std::move(task));
}

void PoolSchedule::finish(const Task& task, std::string answer, std::optional<Error> error) {
    done_.push_back({task.id, std::move(answer), std::move(error)});
}

} // namespace saring::audit
