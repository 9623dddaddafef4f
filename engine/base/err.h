/* Errors as values.
 * A function that can fail returns bool and takes a `struct err *` last: false means that `e` was
 * set, exactly once, where the fault is known.  Callers may put words before the text
 * (`err_before`), they do not replace it.  A text is a sentence for a person: what is wrong and
 * what to do about it.
 *
 *     if (n > LIMIT)
 *         return err_set(e, ERR_LIMIT, "An answer may have %d characters.", LIMIT);
 */
#ifndef ESPALIER_BASE_ERR_H
#define ESPALIER_BASE_ERR_H

#include <stdbool.h>

#define MUST_USE __attribute__((warn_unused_result))
#define IGNORED(call) ((void)!(call)) /* a MUST_USE result that is meant not to matter */
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define FORMAT_LIKE(f) __attribute__((format_arg(f))) /* the result is a format like that one */

enum err_code {
    ERR_NONE,
    ERR_REFUSED,     /* the request makes sense but is not allowed now */
    ERR_NOT_FOUND,   /* no such client, journey, question, file */
    ERR_CONFLICT,    /* somebody else changed the same thing meanwhile */
    ERR_USAGE,       /* the command line is wrong */
    ERR_INPUT,       /* a person's answer does not fit the question */
    ERR_DATA,        /* a file or message is not what it should be */
    ERR_LIMIT,       /* more than one of the documented limits */
    ERR_SCRIPT,      /* the workflow's script failed */
    ERR_DISK,        /* storage refused: full, read-only, broken */
    ERR_LOCKED,      /* another program holds the file: try again */
    ERR_MEMORY,      /* a bounded piece of memory is used up */
    ERR_INTERRUPTED, /* the person stopped the program */
    ERR_COUNT
};

struct err {
    enum err_code code;
    char text[1024]; /* valid UTF-8, always terminated; cut at a character if too long */
};

/* Sets `e` and returns false.  `e` may be NULL when the caller does not care. */
bool err_set(struct err *e, enum err_code code, const char *format, ...) PRINTF_LIKE(3, 4);

/* Puts words before the text of `e`; returns false so that it can end a function. */
bool err_before(struct err *e, const char *format, ...) PRINTF_LIKE(2, 3);

/* Sentences in another language: `words` gives, for a format or a word as it stands in the code,
 * the one to use in its place, for the same values in the same order.  NULL: as they stand. */
void err_speak(const char *(*words)(const char *));

/* A word or part of a sentence that is put into one, in the language spoken. */
FORMAT_LIKE(1) const char *err_word(const char *text);

/* The exit status of INTERFACES.md for a code: 0, 1, 2, 65, 70, 74, 75, 130. */
int err_exit_status(enum err_code code);

/* The short name used in JSON error objects: "input", "conflict", "script" ... */
const char *err_name(enum err_code code);

#endif
