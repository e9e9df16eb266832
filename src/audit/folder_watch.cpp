// inotify. A watch is per folder, so that each new folder gets its own as soon as it is seen; what was put into it
// before that counts as a change, too. inotify(7) names what it cannot see: writes through mmap, and changes made on
// another machine of a network share. Where the kernel gives no more watches, or lost events, the answer is "walk
// again" whenever the time is over.
#include "audit/file_walk.hpp"
#include "audit/folder_cursor.hpp"
#include "audit/open_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>

namespace saring::audit {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds quiet{500};      // a copy of many files closes one after the other
constexpr milliseconds longest{10'000}; // from the first change on, however busy it stays
constexpr milliseconds slice{100};      // how late `stop` may be noticed
constexpr std::uint32_t events = IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_ONLYDIR | IN_EXCL_UNLINK;
constexpr std::uint32_t file_events = IN_CLOSE_WRITE | IN_MOVE_SELF;

} // namespace

class FolderWatch::Impl {
public:
    explicit Impl(const std::vector<std::filesystem::path>& folders)
        : queue_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
        if (queue_.get() < 0) {
            throw Error(ErrorCode::internal, "walk", std::strerror(errno));
        }
        for (const std::filesystem::path& folder : folders) {
            struct stat facts {};
            if (::stat(folder.c_str(), &facts) != 0) {
                throw error_of_system(errno, folder);
            }
            if (S_ISDIR(facts.st_mode)) {
                watch_below(folder);
            } else if (::inotify_add_watch(queue_.get(), folder.c_str(), file_events) < 0) {
                throw error_of_system(errno, folder);
            }
        }
    }

    bool wait(milliseconds most, const std::atomic<bool>* stop) {
        const Clock::time_point end = Clock::now() + most;
        std::optional<Clock::time_point> first;
        Clock::time_point last;
        for (;;) {
            if (stop != nullptr && stop->load()) {
                return false;
            }
            const Clock::time_point now = Clock::now();
            if (first && (now - last >= quiet || now - *first >= longest)) {
                return true;
            }
            if (!first && now >= end) {
                return blind_;
            }
            pollfd ready{queue_.get(), POLLIN, 0};
            const Clock::time_point until = first ? last + quiet : end;
            const auto left = std::chrono::ceil<milliseconds>(until - now);
            ::poll(&ready, 1, static_cast<int>(std::clamp(left, milliseconds{0}, slice).count()));
            if ((ready.revents & POLLIN) != 0 && changed()) {
                last = Clock::now();
                first = first.value_or(last);
            }
        }
    }

private:
    // Whether one of the events that lie ready tells of a file.
    bool changed() {
        alignas(inotify_event) std::array<char, 16 << 10> buffer{};
        bool any = false;
        ssize_t got = 0;
        while ((got = ::read(queue_.get(), buffer.data(), buffer.size())) > 0) {
            for (std::size_t at = 0; at + sizeof(inotify_event) <= static_cast<std::size_t>(got);) {
                inotify_event event{};
                std::memcpy(&event, buffer.data() + at, sizeof event);
                const char* name = event.len > 0 ? buffer.data() + at + sizeof event : "";
                any = take(event, name) || any;
                at += sizeof event + event.len;
            }
        }
        return any;
    }

    bool take(const inotify_event& event, const char* name) {
        if ((event.mask & IN_Q_OVERFLOW) != 0) {
            return true; // who knows what was lost
        }
        if ((event.mask & IN_IGNORED) != 0) {
            folders_.erase(event.wd);
            return false;
        }
        if ((event.mask & IN_ISDIR) == 0) {
            return (event.mask & (IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVE_SELF)) != 0;
        }
        const auto folder = folders_.find(event.wd);
        return folder != folders_.end() && (event.mask & (IN_CREATE | IN_MOVED_TO)) != 0 &&
               watch_below(folder->second / name);
    }

    // Watches the folder and those in it, without following links. Whether there is a file in any of them.
    bool watch_below(const std::filesystem::path& top) {
        bool files = false;
        std::vector<std::filesystem::path> todo{top};
        while (!todo.empty()) {
            const std::filesystem::path folder = std::move(todo.back());
            todo.pop_back();
            const int wd = ::inotify_add_watch(queue_.get(), folder.c_str(), events);
            if (wd < 0) {
                blind_ = blind_ || (errno != ENOENT && errno != ENOTDIR);
                continue;
            }
            folders_[wd] = folder;
            files = add_folders_in(folder, todo) || files;
        }
        return files;
    }

    bool add_folders_in(const std::filesystem::path& folder, std::vector<std::filesystem::path>& todo) {
        bool files = false;
        try {
            FolderCursor names(folder, true);
            while (const auto name = names.next()) {
                struct stat facts {};
                const std::filesystem::path inside = folder / *name;
                if (::lstat(inside.c_str(), &facts) == 0) {
                    files = files || S_ISREG(facts.st_mode);
                    if (S_ISDIR(facts.st_mode)) {
                        todo.push_back(inside);
                    }
                }
            }
        } catch (const Error& error) {
            blind_ = blind_ || error.code() != ErrorCode::not_found; // the walk tells why
        }
        return files;
    }

    Descriptor queue_;
    std::map<int, std::filesystem::path> folders_; // by watch
    bool blind_ = false;                           // some folder is not watched
};

FolderWatch::FolderWatch(const std::vector<std::filesystem::path>& folders) : impl_(std::make_unique<Impl>(folders)) {}
FolderWatch::~FolderWatch() = default;

bool FolderWatch::wait(std::chrono::milliseconds most, const std::atomic<bool>* stop) {
    return impl_->wait(most, stop);
}

} // namespace saring::audit
