#include "script/sandbox.h"

#include "script/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define SANDBOX_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define SANDBOX_ARCH AUDIT_ARCH_AARCH64
#else
#error "The system call filter knows x86-64 and arm64 only."
#endif

enum { LOWEST = 3 };

void sandbox_close_all(int keep)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    int fd = keep == LOWEST ? keep : dup2(keep, LOWEST);
    if (fd != LOWEST || null < 0)
        _exit(1);
    /* A sanitizer's report must reach the person who runs the tests. */
    for (int standard = 0; standard < (SANDBOX_SANITIZED ? 2 : 3); standard++)
        if (dup2(null, standard) < 0)
            _exit(1);
    (void)fcntl(LOWEST, F_SETFD, FD_CLOEXEC);
    (void)syscall(SYS_close_range, LOWEST + 1, ~0U, 0);
}

void sandbox_tie_to(int parent)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);
    (void)prctl(PR_SET_DUMPABLE, 0);
}

void sandbox_limit(void)
{
    static const struct {
        __rlimit_resource_t what;
        rlim_t value;
    } limits[] = {
        {RLIMIT_CORE, 0},
        {RLIMIT_FSIZE, 0},
        {RLIMIT_NPROC, 0},
        {RLIMIT_NOFILE, 16},
#if !SANDBOX_SANITIZED
        {RLIMIT_AS, (rlim_t)192 << 20},
        /* A worker that waits for its request uses no time; one that hangs while nobody looks ends
           by itself. */
        {RLIMIT_CPU, 10},
#endif
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct rlimit limit = {limits[i].value, limits[i].value};
        if (setrlimit(limits[i].what, &limit) != 0 && errno != EPERM)
            _exit(1);
    }
}

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define ALLOW(call) \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define KILL BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS)

bool sandbox_enter(void)
{
    static const struct sock_filter rules[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SANDBOX_ARCH, 1, 0),
        KILL,
        LOAD(nr),
        ALLOW(SYS_read),
        ALLOW(SYS_write),
        ALLOW(SYS_exit_group),
        ALLOW(SYS_brk),
        ALLOW(SYS_munmap),
        ALLOW(SYS_mremap),
        ALLOW(SYS_madvise),
        ALLOW(SYS_rt_sigreturn),
        ALLOW(SYS_clock_gettime),
        /* Memory yes, executable memory no. */
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 1, 0),
        KILL,
        LOAD(args[2]),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, PROT_EXEC, 0, 1),
        KILL,
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    if (SANDBOX_SANITIZED)
        return true;
    struct sock_fprog filter = {sizeof rules / sizeof rules[0],
                                (struct sock_filter *)(uintptr_t)rules};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}
