#include "audit/worker_memory.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace saring::audit {

MemoryUse memory_of(pid_t pid) {
    const std::string file = "/proc/" + std::to_string(pid) + "/statm";
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> statm(std::fopen(file.c_str(), "re"), &std::fclose);
    unsigned long resident = 0;
    unsigned long data = 0;
    // size resident shared text lib data dt, in pages (proc(5))
    if (!statm || std::fscanf(statm.get(), "%*u %lu %*u %*u %*u %lu", &resident, &data) != 2) {
        return {};
    }
    const auto page = static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    return {resident * page, data * page};
}

void limit_data(pid_t pid, std::uint64_t bytes) {
    struct rlimit now {};
    if (::prlimit(pid, RLIMIT_DATA, nullptr, &now) == 0) {
        const rlim_t value = std::min<rlim_t>(bytes, now.rlim_max); // RLIM_INFINITY is the largest number
        const struct rlimit lower { value, value };
        ::prlimit(pid, RLIMIT_DATA, &lower, nullptr);
    }
}

std::uint64_t fair_share(int workers) {
    const auto pages = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 1L));
    const std::uint64_t all = pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
    constexpr std::uint64_t least = 512ULL << 20; // a photo of a phone needs about as much
    return std::max(all / 4 * 3 / static_cast<std::uint64_t>(std::max(workers, 1)), least);
}

} // namespace saring::audit
