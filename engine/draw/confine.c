#include "draw/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__x86_64__)
#define CONFINE_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define CONFINE_ARCH AUDIT_ARCH_AARCH64
#else
#error "The system call filter knows x86-64 and arm64 only."
#endif

#if !CONFINE_WALLS
/* What the library of fonts keeps until the end is not ours to free: said to the sanitizers. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig";
}

const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
#endif

enum { OUTPUT_MAX = 64 << 20 };

static void limit(void)
{
    struct stat out;
    bool file = fstat(STDOUT_FILENO, &out) == 0 && S_ISREG(out.st_mode);
    const struct {
        __rlimit_resource_t what;
        rlim_t value;
    } limits[] = {
        {RLIMIT_CORE, 0},
        {RLIMIT_FSIZE, file ? OUTPUT_MAX : 0},
        {RLIMIT_NOFILE, 64},
        {RLIMIT_CPU, 20},
        {RLIMIT_AS, CONFINE_WALLS ? (rlim_t)1 << 30 : RLIM_INFINITY},
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct rlimit value = {limits[i].value, limits[i].value};
        (void)setrlimit(limits[i].what, &value); /* fails where a lower limit holds */
    }
}

#ifdef SYS_landlock_create_ruleset
static void allow_reading(int rules, const char *path)
{
    struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE |
                                                  LANDLOCK_ACCESS_FS_READ_DIR,
                                              .parent_fd = open(path, O_PATH | O_CLOEXEC)};
    if (rule.parent_fd < 0)
        return;
    (void)syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    (void)close(rule.parent_fd);
}

static void allow_folders(int rules, FcStrList *folders)
{
    const FcChar8 *folder;
    while (folders && (folder = FcStrListNext(folders)))
        allow_reading(rules, (const char *)folder);
    if (folders)
        FcStrListDone(folders);
}

/* Everything that the first version of Landlock knows is denied but reading fonts; packages put
 * fonts below /usr and link to them. */
static bool hide_files(void)
{
    struct landlock_ruleset_attr all = {.handled_access_fs =
                                            (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1};
    int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (rules < 0)
        return true;
    allow_reading(rules, "/usr");
    allow_folders(rules, FcConfigGetFontDirs(NULL));
    allow_folders(rules, FcConfigGetCacheDirs(NULL));
    bool ok = syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    (void)close(rules);
    return ok;
}
#else
static bool hide_files(void)
{
    return true;
}
#endif

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define GIVE(result) BPF_STMT(BPF_RET | BPF_K, result)
#define ALLOW(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1), GIVE(SECCOMP_RET_ALLOW)
#define DENY GIVE(SECCOMP_RET_ERRNO | EPERM)
/* Allowed if none of the bits is set in the argument (its lower half). */
#define ALLOW_WITHOUT(call, argument, bits)                                \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4), LOAD(args[argument]), \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 0, 1), DENY, GIVE(SECCOMP_RET_ALLOW)
#define ALLOW_WITH(call, argument, bits)                                   \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 4), LOAD(args[argument]), \
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, bits, 1, 0), DENY, GIVE(SECCOMP_RET_ALLOW)

enum { WRITES = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND };

/* clone3 hides its flags from a filter; where it is unknown, clone is taken. */
static const struct sock_filter rules[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CONFINE_ARCH, 1, 0),
    GIVE(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
    ALLOW(SYS_read),
    ALLOW(SYS_pread64),
    ALLOW(SYS_write),
    ALLOW(SYS_writev),
    ALLOW(SYS_close),
    ALLOW(SYS_lseek),
    ALLOW(SYS_fstat),
    ALLOW(SYS_newfstatat),
    ALLOW(SYS_statx),
    ALLOW(SYS_fstatfs),
    ALLOW(SYS_getdents64),
    ALLOW(SYS_faccessat),
    ALLOW(SYS_readlinkat),
    ALLOW(SYS_fcntl),
    ALLOW(SYS_fadvise64),
    ALLOW(SYS_brk),
    ALLOW(SYS_munmap),
    ALLOW(SYS_mremap),
    ALLOW(SYS_madvise),
    ALLOW(SYS_futex),
    ALLOW(SYS_sched_yield),
    ALLOW(SYS_sched_getaffinity),
    ALLOW(SYS_set_robust_list),
    ALLOW(SYS_rseq),
    ALLOW(SYS_rt_sigaction),
    ALLOW(SYS_rt_sigprocmask),
    ALLOW(SYS_rt_sigreturn),
    ALLOW(SYS_sigaltstack),
    ALLOW(SYS_getpid),
    ALLOW(SYS_gettid),
    ALLOW(SYS_getrandom),
    ALLOW(SYS_clock_gettime),
    ALLOW(SYS_sysinfo),
    ALLOW(SYS_exit),
    ALLOW(SYS_exit_group),
#ifdef SYS_open
    ALLOW(SYS_stat),
    ALLOW(SYS_lstat),
    ALLOW(SYS_access),
    ALLOW(SYS_readlink),
    ALLOW_WITHOUT(SYS_open, 1, WRITES),
#endif
    ALLOW_WITHOUT(SYS_openat, 2, WRITES),
    ALLOW_WITHOUT(SYS_mmap, 2, PROT_EXEC),
    ALLOW_WITHOUT(SYS_mprotect, 2, PROT_EXEC),
    ALLOW_WITH(SYS_clone, 0, CLONE_THREAD),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_clone3, 0, 1),
    GIVE(SECCOMP_RET_ERRNO | ENOSYS),
    DENY,
};

static bool filter_calls(void)
{
    struct sock_fprog filter = {sizeof rules / sizeof rules[0],
                                (struct sock_filter *)(uintptr_t)rules};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0 || errno == EINVAL;
}

bool confine(struct err *e)
{
    if (!FcInit())
        return err_set(e, ERR_DATA, "No fonts can be found: is fontconfig installed?");
    limit();
    if (!CONFINE_WALLS)
        return true;
    (void)prctl(PR_SET_DUMPABLE, 0);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && hide_files() && filter_calls())
        return true;
    return err_set(e, ERR_DATA,
                   "The drawing program could not be confined (%d), so it draws "
                   "nothing.",
                   errno);
}
