// One writer a store, told by a lock that the kernel drops when its process ends, however it ends.
#pragma once

#include <filesystem>

namespace saring::audit {

class StoreLock {
public:
    // Locks FILE.lock and writes this process's id into it; throws Error(store_busy) with the id of who has it.
    explicit StoreLock(const std::filesystem::path& store);
    ~StoreLock();
    StoreLock(const StoreLock&) = delete;
    StoreLock& operator=(const StoreLock&) = delete;

private:
    int fd_;
};

} // namespace saring::audit
