/* The zygote's talk with one worker: the request goes out, outcomes come back, whatever the worker
 * does meanwhile; nothing it writes is believed.
 *
 *     exchange_run(&x, fd, deadline) ... exchange_end(&x);
 */
#ifndef ESPALIER_SCRIPT_EXCHANGE_H
#define ESPALIER_SCRIPT_EXCHANGE_H

#include "base/text.h"

/* What goes to the worker and what has come back. */
struct exchange {
    struct str request;
    size_t sent, got, room;
    size_t limit; /* bytes of one outcome */
    bool several; /* other outcomes may follow the first */
    char *answer;
};

/* How a run ended. */
enum end { END_OUTCOME, END_DEADLINE, END_DEATH, END_TOO_LONG };

/* Until a whole outcome is in `answer`, or the deadline (of clock_steady) has passed, the worker
 * has died, or written too much.  `fd` does not block. */
enum end exchange_run(struct exchange *x, int fd, int64_t deadline);

/* Bytes of the first outcome with its head; and away with it. */
size_t exchange_first(const struct exchange *x);
void exchange_drop(struct exchange *x);

void exchange_end(struct exchange *x);

#endif
