/* The walls around espalier-draw, put up before it reads what it is to draw.  Fonts are found
 * first, which reads the configuration of fontconfig and may write its cache.  After that this
 * process, and the thread that pango starts, can read fonts, take memory and write to the streams
 * that are open.  It cannot open a file for writing, reach a network, start or trace a program,
 * signal another one (a system call filter: such calls fail), see files that are not fonts
 * (Landlock, where the kernel has it), or use more than 1 GiB, 20 seconds of processor time and 64
 * files.
 *
 * A kernel without a filter does not stop it: nothing that is drawn is a program. */
#ifndef ESPALIER_DRAW_CONFINE_H
#define ESPALIER_DRAW_CONFINE_H

#include "base/err.h"

/* Sanitizers and coverage need more memory, calls and files than the walls allow: those builds have
 * none. */
#if defined(__SANITIZE_ADDRESS__) || defined(UNWALLED)
#define CONFINE_WALLS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CONFINE_WALLS 0
#endif
#endif
#ifndef CONFINE_WALLS
#define CONFINE_WALLS 1
#endif

/* Fails with ERR_DATA: no fonts, or a wall that the kernel has but does not put up. */
MUST_USE bool confine(struct err *e);

#endif
