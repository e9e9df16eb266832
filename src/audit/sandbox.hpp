// What a worker may do once it is ready: read files, compute, answer. Nothing else.
#pragma once

namespace saring::audit {

// A seccomp filter on this process and its later threads: no network, no exec, no new processes, no opening for
// writing, no renaming or deleting. What is refused fails with EPERM and is an ordinary error to the caller. Also no
// core dumps and no new privileges. Throws Error(internal) where the kernel cannot do that.
void enter_sandbox();

// Whether enter_sandbox() would work here, for `saring doctor`.
bool can_sandbox();

} // namespace saring::audit
