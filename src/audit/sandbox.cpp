// A list of what is allowed, not of what is forbidden: decoders of many formats read hostile files here, and a
// system call that nobody thought of must not be the way out. Such lists usually break when the C library learns a new
// call, because it takes EPERM for an answer. So there are three kinds:
//
//   allowed    what reading files, computing and answering needs
//   refused    what a worker must not do, by name: EPERM, an ordinary error to whoever tries
//   unknown    everything else, also calls made after this was written: ENOSYS, as on an older kernel, where the C
//              library goes its older way (clone3 → clone, openat2 → openat, faccessat2 → faccessat)
//
// Arguments are looked at where a call does both: opening is allowed for reading only, clone for threads only, memory
// may be writable or executable. A filter cannot look at paths: everything that the user may read stays readable. What
// a worker learns it can tell to nobody but its parent, through pipes that were open before.
// Source: seccomp(2). That the first list is long enough for glibc 2.36 and the libraries of Debian 12 was seen by
// reading all samples, and each format, with and without it: the results are the same.
#include "audit/sandbox.hpp"

#include "audit/sandbox_calls.hpp"
#include "saring/error.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <initializer_list>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <string>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace saring::audit {
namespace {

constexpr std::uint32_t refusal = SCMP_ACT_ERRNO(EPERM);
constexpr std::uint32_t unknown = SCMP_ACT_ERRNO(ENOSYS);

constexpr scmp_datum_t no_writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | (O_TMPFILE & ~O_DIRECTORY);
constexpr scmp_datum_t new_namespaces =
    CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

[[noreturn]] void fail(const char* what, int error) {
    throw Error(ErrorCode::internal, "sandbox", std::string(what) + ": " + std::strerror(error));
}

// A filter under construction.
class Filter {
public:
    Filter() : context_(::seccomp_init(unknown), &::seccomp_release) {
        if (!context_) {
            fail("seccomp_init", EINVAL);
        }
        // Threads that run already are held to it too.
        check(::seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_TSYNC, 1));
    }

    // A name that this machine or libseccomp does not know needs no rule.
    template <typename... Conditions> void rule(std::uint32_t action, const char* name, Conditions... conditions) {
        const int number = ::seccomp_syscall_resolve_name(name);
        if (number < 0) {
            return;
        }
        check(::seccomp_rule_add(context_.get(), action, number, sizeof...(conditions), conditions...));
    }

    // Allowed when none of these bits stands in the argument.
    void allow_without(const char* name, unsigned argument, scmp_datum_t bits) {
        rule(SCMP_ACT_ALLOW, name, scmp_arg_cmp{argument, SCMP_CMP_MASKED_EQ, bits, 0});
        for (scmp_datum_t bit = 1; bit != 0 && bit <= bits; bit <<= 1) {
            if ((bits & bit) != 0) {
                rule(refusal, name, scmp_arg_cmp{argument, SCMP_CMP_MASKED_EQ, bit, bit});
            }
        }
    }

    // Allowed when the argument is one of these; others are unknown.
    void allow_only(const char* name, unsigned argument, std::initializer_list<scmp_datum_t> values) {
        for (const scmp_datum_t value : values) {
            rule(SCMP_ACT_ALLOW, name, scmp_arg_cmp{argument, SCMP_CMP_EQ, value, 0});
        }
    }

    void load() { check(::seccomp_load(context_.get())); }

private:
    static void check(int result) {
        if (result < 0) {
            fail("seccomp", -result);
        }
    }

    std::unique_ptr<void, void (*)(scmp_filter_ctx)> context_;
};

void add_memory(Filter& filter) {
    for (const char* name : {"mmap", "mprotect", "pkey_mprotect"}) {
        constexpr scmp_datum_t both = PROT_WRITE | PROT_EXEC;
        for (const scmp_datum_t one : {0, PROT_WRITE, PROT_EXEC}) {
            filter.rule(SCMP_ACT_ALLOW, name, scmp_arg_cmp{2, SCMP_CMP_MASKED_EQ, both, one});
        }
        filter.rule(refusal, name, scmp_arg_cmp{2, SCMP_CMP_MASKED_EQ, both, both});
    }
}

void add_threads(Filter& filter) {
    constexpr scmp_datum_t looked_at = CLONE_THREAD | new_namespaces;
    filter.rule(SCMP_ACT_ALLOW, "clone", scmp_arg_cmp{0, SCMP_CMP_MASKED_EQ, looked_at, CLONE_THREAD});
    filter.rule(refusal, "clone", scmp_arg_cmp{0, SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0});
    // abort() and raise() signal their own thread.
    const auto self = static_cast<scmp_datum_t>(::getpid());
    filter.rule(SCMP_ACT_ALLOW, "tgkill", scmp_arg_cmp{0, SCMP_CMP_EQ, self, 0});
    filter.rule(refusal, "tgkill", scmp_arg_cmp{0, SCMP_CMP_NE, self, 0});
    // getrlimit() is prlimit64 of oneself without a new value.
    filter.rule(SCMP_ACT_ALLOW, "prlimit64", scmp_arg_cmp{2, SCMP_CMP_EQ, 0, 0});
    filter.rule(refusal, "prlimit64", scmp_arg_cmp{2, SCMP_CMP_NE, 0, 0});
}

void add_files(Filter& filter) {
    filter.allow_without("open", 1, no_writing);
    filter.allow_without("openat", 2, no_writing);
    filter.allow_only("fcntl", 1, {F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_DUPFD, F_DUPFD_CLOEXEC});
    filter.allow_only("ioctl", 1, {TCGETS, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX}); // TCGETS: isatty()
    filter.rule(refusal, "ioctl", scmp_arg_cmp{1, SCMP_CMP_EQ, TIOCSTI, 0});       // types into somebody's terminal
    filter.allow_only("prctl", 0,
                      {PR_SET_NAME, PR_GET_NAME, PR_GET_DUMPABLE, PR_GET_NO_NEW_PRIVS, PR_GET_SECCOMP, PR_SET_VMA});
}

void load_filter() {
    Filter filter;
    for (const char* name : allowed_calls) {
        filter.rule(SCMP_ACT_ALLOW, name);
    }
    for (const char* name : refused_calls) {
        filter.rule(refusal, name);
    }
    add_memory(filter);
    add_threads(filter);
    add_files(filter);
    filter.load();
}

void forbid_core_dumps() {
    const struct rlimit none {};
    ::setrlimit(RLIMIT_CORE, &none);
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        fail("prctl", errno);
    }
}

} // namespace

void enter_sandbox() {
    forbid_core_dumps();
    load_filter();
}

// Tried in a child, since only loading tells: a container may have a filter of its own that forbids it.
bool can_sandbox() {
    const pid_t child = ::fork();
    if (child == 0) {
        int result = 1;
        try {
            enter_sandbox();
            result = ::open("/dev/null", O_WRONLY | O_CLOEXEC) < 0 && errno == EPERM ? 0 : 1;
        } catch (const Error&) {
            result = 1;
        }
        ::_exit(result);
    }
    int status = 1;
    while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace saring::audit
