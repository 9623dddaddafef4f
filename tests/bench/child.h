/* A program at the other end of two pipes, and what it and its descendants cost. */
#ifndef ESPALIER_BENCH_CHILD_H
#define ESPALIER_BENCH_CHILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct child {
    pid_t pid;
    int in, out; /* its standard input and output */
    size_t n;
    char text[1 << 16]; /* what was read behind the last line */
};

/* Starts `argv`; its messages go where ours go.  Ends the bench if that fails. */
void child_start(struct child *c, const char *const *argv);

/* Sends a line, or reads one (without its end) into `line`; ends the bench if the other side has
 * gone. */
void child_say(const struct child *c, const char *line);
void child_hear(struct child *c, char *line, size_t room);

/* Closes the pipes and waits: milliseconds of CPU of the child and all that it waited for; ends the
 * bench if the status is not 0. */
double child_end(struct child *c);

/* Starts, waits, and forgets the output. */
void child_run(const char *const *argv);

/* KiB at their largest of all living descendants of `pid` and of itself, largest of each seen so
 * far: `seen` keeps pids and sizes over calls. */
struct memory {
    size_t n;
    struct {
        pid_t pid;
        bool worker; /* more than two generations below: they follow each other */
        long size;
    } seen[4096];
};
void memory_look(struct memory *m, pid_t pid);
long memory_sum(const struct memory *m);
long memory_largest(const struct memory *m);

double now_ms(void);

/* Says what went wrong and ends the bench. */
_Noreturn void give_up(const char *what);

#endif
