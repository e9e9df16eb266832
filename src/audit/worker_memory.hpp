// How much memory a worker uses and may use.
//
// Two guards. RLIMIT_DATA counts what a process may write to and keeps for itself: heap and private mappings, reserved
// or touched (since Linux 4.7, getrlimit(2)). An allocation beyond it fails, and most libraries turn that into an
// error. RLIMIT_AS would also count the hundred libraries and the language data, which cost nothing. What RLIMIT_DATA
// does not count, shared mappings, is seen by looking at the resident memory now and then.
#pragma once

#include <cstdint>
#include <sys/types.h>

namespace saring::audit {

struct MemoryUse {
    std::uint64_t resident = 0; // bytes
    std::uint64_t data = 0;     // bytes, as RLIMIT_DATA counts; 0: unknown
};

MemoryUse memory_of(pid_t pid);

// From now on the process may have so many bytes of data.
void limit_data(pid_t pid, std::uint64_t bytes);

// What each of so many workers may use of this machine's memory together, leaving some to others.
std::uint64_t fair_share(int workers);

} // namespace saring::audit
