/* Linked into everything under VARIANT=cover: processes that end by _exit leave their counters too,
 * and what would keep a confined worker from writing them is not set.  The confinement itself is
 * tested in the other builds. */
#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/resource.h>

void __gcov_dump(void);
_Noreturn void __real__exit(int status);
int __real_setrlimit(int resource, const struct rlimit *limit);
int __real_prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d);

_Noreturn void __wrap__exit(int status);
int __wrap_setrlimit(int resource, const struct rlimit *limit);
int __wrap_prctl(int option, ...);

void __wrap__exit(int status)
{
    __gcov_dump();
    __real__exit(status);
}

int __wrap_setrlimit(int resource, const struct rlimit *limit)
{
    if ((resource == RLIMIT_FSIZE && limit->rlim_cur == 0) || resource == RLIMIT_NOFILE)
        return 0;
    return __real_setrlimit(resource, limit);
}

int __wrap_prctl(int option, ...)
{
    unsigned long a[4];
    va_list list;
    va_start(list, option);
    for (int i = 0; i < 4; i++)
        a[i] = va_arg(list, unsigned long);
    va_end(list);
    return option == PR_SET_SECCOMP ? 0 : __real_prctl(option, a[0], a[1], a[2], a[3]);
}
