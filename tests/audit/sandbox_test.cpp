// Each case enters the sandbox in a child, since there is no way out of it.
#include "audit/sandbox.hpp"
#include "support.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace saring;

namespace {

// What a child says of its work: the status it exits with, or minus the signal that ended it.
int in_child(const std::function<int()>& work) {
    const pid_t child = ::fork();
    if (child == 0) {
        try {
            ::_exit(work());
        } catch (const std::exception&) {
            ::_exit(99);
        }
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

int in_sandbox(const std::function<int()>& work) {
    return in_child([&] {
        audit::enter_sandbox();
        return work();
    });
}

// The errno that a call ends with, 0 where it works.
int errno_of(const std::function<long()>& call) {
    return in_sandbox([&] { return call() < 0 ? errno : 0; });
}

} // namespace

TEST_CASE("a sandbox can be had here, and looking leaves this process free") {
    CHECK(audit::can_sandbox());
    const test::TemporaryFolder folder;
    CHECK(std::filesystem::exists(folder.write("free", "x")));
}

TEST_CASE("in the sandbox nothing on disk can be changed") {
    const test::TemporaryFolder folder;
    const std::string old = folder.write("old", "content").string();
    const std::string made = (folder.path() / "made").string();
    CHECK(errno_of([&] { return ::open(made.c_str(), O_WRONLY | O_CREAT, 0600); }) == EPERM);
    CHECK(errno_of([&] { return ::open(made.c_str(), O_RDONLY | O_CREAT, 0600); }) == EPERM);
    CHECK(errno_of([&] { return ::open(old.c_str(), O_RDWR); }) == EPERM);
    CHECK(errno_of([&] { return ::open(old.c_str(), O_WRONLY | O_APPEND); }) == EPERM);
    CHECK(errno_of([&] { return ::open(old.c_str(), O_RDONLY | O_TRUNC); }) == EPERM);
    CHECK(errno_of([&] { return ::open(folder.path().c_str(), O_TMPFILE | O_RDWR, 0600); }) == EPERM);
    CHECK(errno_of([&] { return ::syscall(SYS_open, old.c_str(), O_WRONLY); }) == EPERM);
    CHECK(errno_of([&] { return ::creat(made.c_str(), 0600); }) == EPERM);
    CHECK(errno_of([&] { return ::unlink(old.c_str()); }) == EPERM);
    CHECK(errno_of([&] { return ::rename(old.c_str(), made.c_str()); }) == EPERM);
    CHECK(errno_of([&] { return ::link(old.c_str(), made.c_str()); }) == EPERM);
    CHECK(errno_of([&] { return ::symlink(old.c_str(), made.c_str()); }) == EPERM);
    CHECK(errno_of([&] { return ::mkdir(made.c_str(), 0700); }) == EPERM);
    CHECK(errno_of([&] { return ::mkfifo(made.c_str(), 0600); }) == EPERM);
    CHECK(errno_of([&] { return ::chmod(old.c_str(), 0777); }) == EPERM);
    CHECK(errno_of([&] { return ::truncate(old.c_str(), 0); }) == EPERM);
    CHECK(errno_of([&] { return ::utimensat(AT_FDCWD, old.c_str(), nullptr, 0); }) == EPERM);
    // openat2 hides its flags in memory: as on a kernel that has none
    CHECK(errno_of([&] {
              std::array<std::uint64_t, 3> how{O_WRONLY, 0, 0};
              return ::syscall(SYS_openat2, AT_FDCWD, old.c_str(), how.data(), sizeof how);
          }) == ENOSYS);
    CHECK(test::file_bytes(old) == test::bytes_of("content"));
    CHECK_FALSE(std::filesystem::exists(made));
}

TEST_CASE("in the sandbox there is no network, no program, no process and no other's memory") {
    CHECK(errno_of([] { return ::socket(AF_INET, SOCK_STREAM, 0); }) == EPERM);
    CHECK(errno_of([] { return ::socket(AF_UNIX, SOCK_DGRAM, 0); }) == EPERM);
    CHECK(errno_of([] {
              std::array<char*, 2> arguments{const_cast<char*>("true"), nullptr};
              return static_cast<long>(::execv("/bin/true", arguments.data()));
          }) == EPERM);
    CHECK(errno_of([] { return ::fork(); }) == EPERM);
    CHECK(errno_of([] { return ::syscall(SYS_vfork); }) == EPERM);
    CHECK(errno_of([] { return ::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0); }) == EPERM);
    CHECK(errno_of([] { return ::syscall(SYS_clone3, nullptr, 0); }) == ENOSYS);
    CHECK(errno_of([] { return ::system("true") == 0 ? 0L : -1L; }) == EPERM);
    CHECK(errno_of([] { return ::kill(::getppid(), 0); }) == EPERM);
    CHECK(errno_of([] { return ::syscall(SYS_tgkill, ::getppid(), ::getppid(), 0); }) == EPERM);
    CHECK(errno_of([] { return ::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr); }) == EPERM);
    CHECK(errno_of([] { return ::syscall(SYS_process_vm_readv, ::getppid(), nullptr, 0, nullptr, 0, 0); }) == EPERM);
    CHECK(errno_of([] { return ::syscall(SYS_io_uring_setup, 1, nullptr); }) == EPERM);
    CHECK(errno_of([] { return ::syscall(SYS_bpf, 0, nullptr, 0); }) == EPERM);
    CHECK(errno_of([] { return ::unshare(CLONE_NEWUSER); }) == EPERM);
    CHECK(errno_of([] { return ::ioctl(STDIN_FILENO, TIOCSTI, "x"); }) == EPERM);
    CHECK(errno_of([] {
              const struct rlimit more { RLIM_INFINITY, RLIM_INFINITY };
              return ::setrlimit(RLIMIT_CORE, &more);
          }) == EPERM);
    CHECK(errno_of([] {
              void* both = ::mmap(nullptr, 4096, PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
              return both == MAP_FAILED ? -1L : 0L;
          }) == EPERM);
}

TEST_CASE("in the sandbox files are read, threads run, memory grows and a failure ends by its signal") {
    const test::TemporaryFolder folder;
    const std::string file = folder.write("old", "content").string();
    CHECK(in_sandbox([&] {
              return std::string(std::istreambuf_iterator<char>(std::ifstream(file).rdbuf()), {}) == "content" ? 0 : 1;
          }) == 0);
    CHECK(in_sandbox(
              [&] { return std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1 ? 0 : 1; }) == 0);
    CHECK(in_sandbox([] {
              int sum = 0;
              std::thread other([&] { sum = 7; });
              other.join();
              return sum == 7 ? 0 : 1;
          }) == 0);
    CHECK(in_sandbox([] {
              std::vector<char> much(64 << 20, 1);
              return much.back() == 1 ? 0 : 1;
          }) == 0);
    CHECK(in_sandbox([]() -> int {
              std::signal(SIGABRT, SIG_DFL); // Catch2 has its own
              std::abort();
          }) == -SIGABRT);
    CHECK(in_sandbox([] {
              return ::prctl(PR_GET_DUMPABLE) == 0 && ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : 1;
          }) == 0);
}

TEST_CASE("the sandbox also holds threads that ran before it was entered") {
    const int refused = in_child([] {
        std::atomic<bool> entered = false;
        int error = 0;
        std::thread early([&] {
            while (!entered) {
                std::this_thread::yield();
            }
            error = ::socket(AF_INET, SOCK_STREAM, 0) < 0 ? errno : 0;
        });
        audit::enter_sandbox();
        entered = true;
        early.join();
        return error;
    });
    CHECK(refused == EPERM);
}

TEST_CASE("photos and documents whose fonts are not embedded read the same in the sandbox") {
    const test::TemporaryFolder folder;
    // Base 14 fonts are never in a PDF (ISO 32000-1, 9.6.2.2): Poppler asks fontconfig for another.
    const std::string page = "BT /F1 40 Tf 40 120 Td (SANGAT RAHASIA) Tj ET";
    const auto pdf = folder.write(
        "fonts.pdf",
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 500 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
        "endobj\n4 0 obj<</Length " +
            std::to_string(page.size()) + ">>stream\n" + page +
            "\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>endobj\n"
            "trailer<</Root 1 0 R>>\n");
    const auto photo = test::source() / "samples" / "slide-internal.jpg";
    const auto verdicts = [&](bool sandboxed) {
        return in_child([&] {
            ScanOptions options;
            options.models = test::models();
            Scanner scanner(options);
            if (sandboxed) {
                scanner.prepare();
                audit::enter_sandbox();
            }
            return 10 * static_cast<int>(scanner.scan(pdf).verdict) + static_cast<int>(scanner.scan(photo).verdict);
        });
    };
    CHECK(verdicts(false) == 10 * static_cast<int>(Verdict::block) + static_cast<int>(Verdict::review));
    CHECK(verdicts(true) == verdicts(false));
}
