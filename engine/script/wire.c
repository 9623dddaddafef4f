#include "script/wire.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void wire_put_number(char to[WIRE_NUMBER], uint32_t number)
{
    for (int i = 0; i < WIRE_NUMBER; i++)
        to[i] = (char)(unsigned char)(number >> (8 * i));
}

uint32_t wire_number(const char from[WIRE_NUMBER])
{
    uint32_t number = 0;
    for (int i = 0; i < WIRE_NUMBER; i++)
        number |= (uint32_t)(unsigned char)from[i] << (8 * i);
    return number;
}

void wire_head(char head[WIRE_HEAD], enum wire_kind kind, size_t n)
{
    head[0] = (char)kind;
    wire_put_number(head + 1, (uint32_t)n);
}

size_t wire_length(const char head[WIRE_HEAD])
{
    return wire_number(head + 1);
}

bool wire_write(int fd, const char *p, size_t n)
{
    while (n > 0) {
        /* write and not send: the worker's filter knows only write; SIGPIPE is ignored on both
         * sides. */
        ssize_t part = write(fd, p, n);
        if (part < 0 && errno == EINTR)
            continue;
        if (part <= 0)
            return false;
        p += part;
        n -= (size_t)part;
    }
    return true;
}

bool wire_read(int fd, char *p, size_t n)
{
    while (n > 0) {
        ssize_t part = read(fd, p, n);
        if (part < 0 && errno == EINTR)
            continue;
        if (part <= 0)
            return false;
        p += part;
        n -= (size_t)part;
    }
    return true;
}

bool wire_send(int fd, enum wire_kind kind, struct str payload)
{
    enum { SMALL = 4096 };
    char head[WIRE_HEAD + SMALL];
    wire_head(head, kind, payload.n);
    if (payload.n > SMALL)
        return wire_write(fd, head, WIRE_HEAD) && wire_write(fd, payload.p, payload.n);
    /* A small message in one piece wakes the reader once. */
    if (payload.n)
        memcpy(head + WIRE_HEAD, payload.p, payload.n);
    return wire_write(fd, head, WIRE_HEAD + payload.n);
}

bool wire_receive(int fd, size_t limit, char *kind, char **payload, size_t *n)
{
    char head[WIRE_HEAD];
    *payload = NULL;
    if (!wire_read(fd, head, sizeof head))
        return false;
    *kind = head[0];
    *n = wire_length(head);
    if (*n > limit)
        return false;
    char *p = malloc(*n + 1);
    if (!p)
        return false;
    if (!wire_read(fd, p, *n)) {
        free(p);
        return false;
    }
    p[*n] = '\0';
    *payload = p;
    return true;
}
