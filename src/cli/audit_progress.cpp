#include "cli/audit_progress.hpp"

#include "audit/file_walk.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>
#include <unistd.h>

namespace saring::cli {

FileCount::FileCount(const AuditOptions& options) {
    if (!options.files_from.empty()) {
        return; // standard input can be read once only
    }
    AuditOptions names = options;
    names.filter.archives = false; // an archive counts as one
    thread_ = std::thread([this, names] {
        try {
            audit::FileWalk walk(names);
            while (!stop_) {
                const auto next = walk.next();
                if (!next) {
                    done_ = true;
                    return;
                }
                const auto* file = std::get_if<audit::FileEntry>(&*next);
                if (file != nullptr && audit::promises_picture(file->path)) {
                    ++files_;
                }
            }
        } catch (const std::exception&) { // the audit itself will tell
        }
    });
}

FileCount::~FileCount() {
    stop_ = true;
    if (thread_.joinable()) {
        thread_.join();
    }
}

AuditProgressLine::AuditProgressLine(const FileCount& count, Language language, bool quiet)
    : count_(count), language_(language), quiet_(quiet), terminal_(::isatty(STDERR_FILENO) == 1) {}

double AuditProgressLine::rate(std::uint64_t done) {
    constexpr std::chrono::seconds of_late(20);
    const Clock::time_point now = Clock::now();
    past_.emplace_back(now, done);
    while (past_.size() > 2 && now - past_.front().first > of_late) {
        past_.pop_front();
    }
    const double seconds = std::chrono::duration<double>(now - past_.front().first).count();
    return seconds > 0 ? static_cast<double>(done - past_.front().second) / seconds : 0;
}

void AuditProgressLine::show(const AuditSummary& summary) {
    constexpr std::chrono::seconds between_lines(30);
    const Clock::time_point now = Clock::now();
    const std::uint64_t done = summary.counts.files - std::min(summary.counts.files, summary.pending);
    const double of_late = rate(done);
    if (quiet_ || (!terminal_ && now - logged_ < between_lines)) {
        return;
    }
    const bool id = language_ == Language::indonesian;
    const std::uint64_t all = std::max(count_.files(), done);
    std::string text =
        std::to_string(done) + (count_.done() ? "/" + std::to_string(all) : "") + (id ? " foto" : " photos");
    char speed[32];
    std::snprintf(speed, sizeof speed, ", %.1f/s", of_late);
    text += speed;
    if (count_.done() && of_late > 0 && all > done) {
        const std::chrono::seconds left(std::lround(static_cast<double>(all - done) / of_late));
        text += (id ? ", sisa " : ", left ") + clock_text(left);
    }
    text += " · block " + std::to_string(summary.counts.block) + " · review " + std::to_string(summary.counts.review) +
            (id ? " · gagal " : " · failed ") + std::to_string(summary.counts.failed);
    if (terminal_) {
        bar_.show(all > 0 ? static_cast<double>(done) / static_cast<double>(all) : 0, text);
    } else {
        logged_ = now;
        std::cerr << text << std::endl;
    }
}

std::string clock_text(std::chrono::seconds time) {
    const long long all = time.count();
    char text[32];
    constexpr long long minute = 60;
    constexpr long long hour = 3600;
    if (all >= hour) {
        std::snprintf(text, sizeof text, "%lld:%02lld:%02lld", all / hour, all / minute % minute, all % minute);
    } else {
        std::snprintf(text, sizeof text, "%lld:%02lld", all / minute, all % minute);
    }
    return text;
}

} // namespace saring::cli
