// The system calls that sandbox.cpp allows and refuses whatever their arguments are; it says why there are two lists.
#pragma once

namespace saring::audit {

// clang-format off
inline constexpr const char* allowed_calls[] = {
    // Reading files, and writing to what is open already.
    "read", "readv", "pread64", "preadv", "preadv2", "write", "writev", "close", "close_range", "lseek", "fstat",
    "stat", "lstat", "newfstatat", "statx", "statfs", "fstatfs", "access", "faccessat", "faccessat2", "readlink",
    "readlinkat", "getdents64", "getcwd", "fadvise64", "readahead", "dup", "dup2", "dup3", "pipe2", "poll",
    "ppoll", "select", "pselect6", "eventfd2", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "umask",
    // Memory.
    "brk", "munmap", "mremap", "madvise", "mincore", "membarrier", "memfd_create", "mlock", "munlock",
    "get_mempolicy",
    // Threads and their signals; calls on other processes are not among them.
    "futex", "futex_waitv", "set_robust_list", "get_robust_list", "set_tid_address", "rseq", "sched_yield",
    "sched_getaffinity", "sched_getparam", "sched_getscheduler", "sched_get_priority_max",
    "sched_get_priority_min", "getcpu", "gettid", "getpid", "getppid", "rt_sigaction", "rt_sigprocmask",
    "rt_sigreturn", "rt_sigtimedwait", "sigaltstack", "restart_syscall", "exit", "exit_group",
    // Who and when.
    "getuid", "geteuid", "getgid", "getegid", "getgroups", "getresuid", "getresgid", "getpgrp", "uname", "sysinfo",
    "getrandom", "getrusage", "getrlimit", "times", "time", "gettimeofday", "clock_gettime", "clock_getres",
    "clock_nanosleep", "nanosleep",
};

inline constexpr const char* refused_calls[] = {
    // Network, and other processes' ends of anything.
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg", "sendmmsg",
    "recvfrom", "recvmsg", "recvmmsg", "setsockopt", "getsockopt", "shutdown", "getsockname", "getpeername",
    // Programs and processes.
    "execve", "execveat", "fork", "vfork", "kill", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo",
    "pidfd_send_signal", "pidfd_open", "pidfd_getfd", "ptrace", "process_vm_readv", "process_vm_writev",
    "process_madvise", "kcmp", "setpriority", "setrlimit", "sched_setaffinity", "sched_setscheduler",
    "sched_setattr", "setsid", "setpgid",
    // Changing what is on disk.
    "creat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat",
    "mkdir", "mkdirat", "rmdir", "mknod", "mknodat", "chmod", "fchmod", "fchmodat", "chown", "fchown", "lchown",
    "fchownat", "truncate", "ftruncate", "fallocate", "utime", "utimes", "utimensat", "futimesat", "setxattr",
    "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr", "flock", "sync", "syncfs",
    "copy_file_range", "sendfile", "splice", "tee", "vmsplice", "open_by_handle_at", "name_to_handle_at",
    // The system as a whole.
    "mount", "umount2", "move_mount", "open_tree", "fsopen", "fsmount", "fsconfig", "fspick", "mount_setattr",
    "pivot_root", "chroot", "chdir", "fchdir", "setns", "unshare", "bpf", "keyctl", "add_key", "request_key",
    "io_uring_setup", "io_uring_enter", "io_uring_register", "userfaultfd", "perf_event_open", "seccomp",
    "personality", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot",
    "swapon", "swapoff", "acct", "quotactl", "settimeofday", "clock_settime", "adjtimex", "clock_adjtime",
    "sethostname", "setdomainname", "syslog", "iopl", "ioperm", "modify_ldt", "setuid", "setgid", "setreuid",
    "setregid", "setresuid", "setresgid", "setgroups", "setfsuid", "setfsgid", "capset", "shmget", "shmat",
    "shmctl", "msgget", "msgsnd", "semget", "semop", "mq_open", "fanotify_init", "inotify_init1", "memfd_secret",
    "landlock_create_ruleset",
};
// clang-format on

} // namespace saring::audit
