// How far an audit is: one line that changes on a terminal, a plain line now and then in a log.
#pragma once

#include "cli/progress_bar.hpp"
#include "saring/audit.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <string>
#include <thread>

namespace saring::cli {

// Counts by names what a gallery holds while the audit is at work already, so that the time left can be told.
class FileCount {
public:
    explicit FileCount(const AuditOptions& options);
    ~FileCount();
    FileCount(const FileCount&) = delete;
    FileCount& operator=(const FileCount&) = delete;

    [[nodiscard]] std::uint64_t files() const { return files_; }
    [[nodiscard]] bool done() const { return done_; }

private:
    std::atomic<std::uint64_t> files_ = 0;
    std::atomic<bool> done_ = false;
    std::atomic<bool> stop_ = false;
    std::thread thread_;
};

class AuditProgressLine {
public:
    AuditProgressLine(const FileCount& count, Language language, bool quiet);

    void show(const AuditSummary& summary);
    void clear() { bar_.clear(); }

private:
    using Clock = std::chrono::steady_clock;

    [[nodiscard]] double rate(std::uint64_t done); // files a second, of late

    const FileCount& count_;
    Language language_;
    bool quiet_;
    bool terminal_;
    ProgressBar bar_{1};
    Clock::time_point logged_ = Clock::now();
    std::deque<std::pair<Clock::time_point, std::uint64_t>> past_;
};

// "1:02:03" or "4:05".
std::string clock_text(std::chrono::seconds time);

} // namespace saring::cli
