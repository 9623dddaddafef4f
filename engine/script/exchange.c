#include "script/exchange.h"

#include "base/clock.h"
#include "script/wire.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Writes what the worker will take.  One that takes no more may have answered all the same: what it
 * has written tells, or the end of it. */
static void push_request(struct exchange *x, int fd)
{
    ssize_t n = write(fd, x->request.p + x->sent, x->request.n - x->sent);
    if (n > 0)
        x->sent += (size_t)n;
    else if (errno != EAGAIN && errno != EINTR)
        x->sent = x->request.n;
}

size_t exchange_first(const struct exchange *x)
{
    return WIRE_HEAD + wire_length(x->answer);
}

void exchange_drop(struct exchange *x)
{
    size_t first = exchange_first(x);
    memmove(x->answer, x->answer + first, x->got - first);
    x->got -= first;
}

/* Looks at what has come.  False if it is no outcome, or more than may come. */
static bool look(const struct exchange *x, bool *whole, bool *too_long)
{
    *whole = false;
    if (x->got < WIRE_HEAD)
        return true;
    size_t wanted = wire_length(x->answer);
    *too_long = wanted > x->limit;
    *whole = x->answer[0] == WIRE_OUTCOME && !*too_long && x->got >= WIRE_HEAD + wanted &&
        (x->several || x->got == WIRE_HEAD + wanted);
    return *whole || (x->answer[0] == WIRE_OUTCOME && !*too_long && x->got < WIRE_HEAD + wanted);
}

/* Takes what the worker has written.  False at its end, or if it is not what may come. */
static bool pull_answer(struct exchange *x, int fd, bool *whole, bool *too_long)
{
    if (x->room - x->got < 4096) {
        x->room = x->room ? 2 * x->room : 16384;
        x->answer = mem_grow(x->answer, x->room, 1);
    }
    ssize_t n = read(fd, x->answer + x->got, x->room - x->got);
    if (n < 0)
        return errno == EAGAIN || errno == EINTR;
    x->got += (size_t)n;
    return look(x, whole, too_long) && n > 0;
}

enum end exchange_run(struct exchange *x, int fd, int64_t deadline)
{
    bool whole = false, too_long = false;
    if (!look(x, &whole, &too_long))
        return too_long ? END_TOO_LONG : END_DEATH;
    while (!whole) {
        int64_t left = deadline - clock_steady();
        if (left <= 0)
            return END_DEADLINE;
        struct pollfd p = {.fd = fd, .events = POLLIN};
        if (x->sent < x->request.n)
            p.events |= POLLOUT;
        int n = poll(&p, 1, (int)left);
        if (n < 0 && errno != EINTR)
            return END_DEATH;
        if (n <= 0)
            continue;
        if (p.revents & POLLOUT)
            push_request(x, fd);
        if ((p.revents & (POLLIN | POLLHUP | POLLERR)) && !pull_answer(x, fd, &whole, &too_long) &&
            !whole)
            return too_long ? END_TOO_LONG : END_DEATH;
    }
    return END_OUTCOME;
}

void exchange_end(struct exchange *x)
{
    free(x->answer);
    x->answer = NULL;
}
