/* Messages between host, zygote and worker: one byte of kind, four bytes of length, the payload.
 * Whole messages only; a length above the limit of its direction is refused before memory is taken.
 */
#ifndef ESPALIER_SCRIPT_WIRE_H
#define ESPALIER_SCRIPT_WIRE_H

#include "base/text.h"

#include <stdint.h>

enum wire_kind {
    WIRE_LOAD = 'L',    /* host to zygote: a program, kept */
    WIRE_RUN = 'R',     /* host to zygote to worker: a request */
    WIRE_MANY = 'M',    /* the same; two numbers before the request: the first run to do, how many
                           there are.  An outcome comes back for each, in their order */
    WIRE_CHECK = 'C',   /* host to zygote to worker: a program to be looked at */
    WIRE_OUTCOME = 'O', /* back: the outcome or the messages */
};

enum {
    WIRE_HEAD = 5,
    WIRE_NUMBER = 4,
    WIRE_REQUEST_MAX = 32 << 20,
    /* Path entries grow with the answers of a journey and come on top of the limit for what a
       script makes up. */
    WIRE_PATH_MAX = 24 << 20,
};

void wire_head(char head[WIRE_HEAD], enum wire_kind kind, size_t n);
size_t wire_length(const char head[WIRE_HEAD]);

/* A number of 32 bits, lowest byte first. */
void wire_put_number(char to[WIRE_NUMBER], uint32_t number);
uint32_t wire_number(const char from[WIRE_NUMBER]);

/* Write or read exactly `n` bytes, through interruptions and short transfers; false at end of file
 * or fault. */
MUST_USE bool wire_write(int fd, const char *p, size_t n);
MUST_USE bool wire_read(int fd, char *p, size_t n);

/* A whole message. */
MUST_USE bool wire_send(int fd, enum wire_kind kind, struct str payload);

/* The next message; the payload (NUL-terminated) is a malloc-ed block that the caller frees.  False
 * at end of file, on a fault, and if it is longer than `limit`. */
MUST_USE bool wire_receive(int fd, size_t limit, char *kind, char **payload, size_t *n);

#endif
