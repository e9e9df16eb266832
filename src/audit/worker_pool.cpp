#include "audit/worker_pool.hpp"

#include "audit/pool_schedule.hpp"
#include "audit/worker_answer.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <utility>

namespace saring::audit {
namespace {

using std::chrono::milliseconds;

// An answer holds every word with its place: 500 pages full of words are about 100 MB.
constexpr std::size_t longest_answer = 128ULL << 20;
constexpr milliseconds between_looks{200};  // at memory, at processes that ended unseen
constexpr milliseconds last_breath{200};    // a process that closed its output is about to end by itself
constexpr milliseconds absence{1000};       // of the caller: answers may have piled up since
constexpr milliseconds after_absence{5000}; // for a worker whose time ended meanwhile to write what it has

} // namespace

class WorkerPool::Impl {
public:
    explicit Impl(PoolOptions options) : schedule_(std::move(options)), last_turn_(Clock::now()) {}

    [[nodiscard]] PoolSchedule& schedule() { return schedule_; }
    [[nodiscard]] const PoolSchedule& schedule() const { return schedule_; }

    std::optional<JobDone> wait(milliseconds most) {
        const auto until = Clock::now() + most;
        for (;;) {
            schedule_.hand_out(Clock::now());
            const auto left = std::chrono::ceil<milliseconds>(until - Clock::now());
            const bool heard_signal = !turn(schedule_.has_done() ? milliseconds(0) : std::max(left, milliseconds(0)));
            schedule_.hand_out(Clock::now());
            if (schedule_.has_done()) {
                return schedule_.take_done();
            }
            if (heard_signal || Clock::now() >= until) { // the caller looks whether it was Ctrl-C
                return std::nullopt;
            }
        }
    }

private:
    // One look at all workers; false when a signal ended the waiting.
    bool turn(milliseconds most) {
        watched_.clear();
        for (PooledWorker& worker : schedule_.workers()) {
            if (worker.process) {
                watch(*worker.process);
            }
        }
        const milliseconds timeout = std::min(most, schedule_.wakes_in(Clock::now(), between_looks));
        const int got = ::poll(watched_.data(), watched_.size(), static_cast<int>(timeout.count()));
        if (got < 0 && errno == EINTR) {
            return false;
        }
        const auto now = Clock::now();
        std::size_t at = 0;
        for (PooledWorker& worker : schedule_.workers()) {
            if (worker.process) {
                serve(worker, &watched_[at], now);
                at += 3;
            }
        }
        forgive(now);
        if (now >= next_look_) {
            next_look_ = now + between_looks;
            look_around(now);
        }
        schedule_.end_late(now);
        last_turn_ = now;
        return true;
    }

    void watch(const WorkerProcess& process) {
        const short out = process.has_unwritten() ? POLLOUT : 0;
        watched_.push_back({process.has_unwritten() ? process.requests() : -1, out, 0});
        watched_.push_back({process.answers(), POLLIN, 0});
        watched_.push_back({process.messages(), POLLIN, 0}); // -1 is passed over
    }

    void serve(PooledWorker& worker, const pollfd* events, Clock::time_point now) {
        if (events[0].revents != 0) {
            worker.process->write();
        }
        if (events[2].revents != 0) {
            worker.process->read_messages();
        }
        if (events[1].revents == 0) {
            return;
        }
        const bool more = worker.process->read_answers();
        take_lines(worker, now);
        if (worker.process && worker.process->unread_bytes() > longest_answer) {
            schedule_.fail(worker, Fault::nonsense, "its answer is longer than any can be");
        }
        if (worker.process && !more) {
            schedule_.ended(worker, now, last_breath);
        }
    }

    void take_lines(PooledWorker& worker, Clock::time_point now) {
        while (worker.process) {
            std::optional<std::string> line = worker.process->next_line();
            if (!line) {
                return;
            }
            take_line(worker, std::move(*line), now);
        }
    }

    void take_line(PooledWorker& worker, std::string line, Clock::time_point now) {
        const std::optional<AnswerShape> shape = shape_of(line);
        if (!shape) {
            schedule_.fail(worker, Fault::nonsense, "it wrote a line that is no answer");
        } else if (shape->progress) {
            return;
        } else if (worker.state == PooledWorker::State::starting) {
            schedule_.started(worker, shape->id == "ready");
        } else if (worker.tasks.empty() || (worker.last && shape->id == std::to_string(*worker.last))) {
            schedule_.put_back(worker); // it answered twice: what waits is not to blame
        } else if (shape->id != std::to_string(worker.tasks.front().id)) {
            schedule_.fail(worker, Fault::nonsense, "it answered what it was not asked");
        } else {
            schedule_.answered(worker, std::move(line), shape->error_code == "out_of_memory", now);
        }
    }

    void look_around(Clock::time_point now) {
        for (PooledWorker& worker : schedule_.workers()) {
            if (worker.process && worker.process->has_ended()) {
                // Its last answer may still be in the pipe: only what was seen twice is over.
                if (std::exchange(worker.over, true)) {
                    schedule_.ended(worker, now, {});
                }
            } else if (worker.state == PooledWorker::State::ready && !worker.tasks.empty() &&
                       !worker.look_at_memory()) {
                schedule_.fail(worker, Fault::memory, "it took more memory than it may");
            }
        }
    }

    // While the caller was away, workers may have waited for somebody to read their answers.
    void forgive(Clock::time_point now) {
        if (now - last_turn_ < absence) {
            return;
        }
        for (PooledWorker& worker : schedule_.workers()) {
            if (!worker.forgiven && worker.until < now + after_absence) {
                worker.forgiven = true;
                worker.until = now + after_absence;
            }
        }
    }

    PoolSchedule schedule_;
    std::vector<pollfd> watched_;
    Clock::time_point last_turn_;
    Clock::time_point next_look_;
};

WorkerPool::WorkerPool(PoolOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {}
WorkerPool::~WorkerPool() = default;

bool WorkerPool::has_room() const { return impl_->schedule().has_room(); }
void WorkerPool::submit(Job job) { impl_->schedule().submit(std::move(job)); }
std::size_t WorkerPool::running() const { return impl_->schedule().running(); }
std::optional<JobDone> WorkerPool::wait(std::chrono::milliseconds most) { return impl_->wait(most); }

} // namespace saring::audit
