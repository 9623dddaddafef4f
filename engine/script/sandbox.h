/* The walls around a worker: resource limits, no new privileges, a system call filter that kills.
 * After sandbox_enter only read, write, exit and what malloc needs are left; nothing can be opened,
 * sent or started. */
#ifndef ESPALIER_SCRIPT_SANDBOX_H
#define ESPALIER_SCRIPT_SANDBOX_H

#include <stdbool.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANDBOX_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANDBOX_SANITIZED 1
#endif
#endif
#ifndef SANDBOX_SANITIZED
#define SANDBOX_SANITIZED 0
#endif

/* Keeps only standard streams (at /dev/null) and `keep`, which becomes descriptor 3.  Ends the
 * process on a fault. */
void sandbox_close_all(int keep);

/* Dies when the parent `parent` dies. */
void sandbox_tie_to(int parent);

/* Limits of memory, time, files, processes and core dumps. */
void sandbox_limit(void);

/* Installs the filter; false where the kernel has none.  Under AddressSanitizer, which needs more
 * calls than the filter allows, nothing is installed and true returned. */
bool sandbox_enter(void);

#endif
