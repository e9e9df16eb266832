// Starts a worker's process: three pipes, a session of its own, limits that are known before it runs.
#pragma once

#include "audit/descriptor.hpp"

#include <string>
#include <sys/types.h>
#include <vector>

namespace saring::audit {

struct Spawned {
    pid_t pid = -1;
    Descriptor requests; // to its standard input; non-blocking, like the others
    Descriptor answers;  // from its standard output
    Descriptor messages; // from its standard error
};

// Runs the command without a shell. The process gets no signals from the terminal, dies with the thread that started
// it, inherits no other descriptor, dumps no core, writes no file, and is the first that the kernel ends when memory
// runs out. Throws Error(worker_failed) where the program cannot be run.
Spawned spawn(const std::vector<std::string>& command, int nice);

} // namespace saring::audit
