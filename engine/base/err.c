#include "base/err.h"

#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* One table maps a code to everything that depends on it. */
static const struct {
    const char *name;
    int exit_status;
} codes[ERR_COUNT] = {
    [ERR_NONE] = {"none", 0},
    [ERR_REFUSED] = {"refused", 1},
    [ERR_NOT_FOUND] = {"not_found", 1},
    [ERR_CONFLICT] = {"conflict", 1},
    [ERR_USAGE] = {"usage", 2},
    [ERR_INPUT] = {"input", 65},
    [ERR_DATA] = {"data", 65},
    [ERR_LIMIT] = {"limit", 65},
    [ERR_SCRIPT] = {"script", 70},
    [ERR_DISK] = {"disk", 74},
    [ERR_LOCKED] = {"locked", 75},
    [ERR_MEMORY] = {"memory", 74},
    [ERR_INTERRUPTED] = {"interrupted", 130},
};

static const char *(*spoken)(const char *);

void err_speak(const char *(*words)(const char *))
{
    spoken = words;
}

const char *err_word(const char *text)
{
    return spoken ? spoken(text) : text;
}

/* Leaves out what is not UTF-8: bytes of names that were, and what a "%.300s" cut in the middle. */
static void clean(struct err *e)
{
    struct str text = str_of(e->text);
    size_t kept = 0;
    for (size_t i = 0; i < text.n;) {
        size_t from = i;
        (void)utf8_next(text, &i);
        if (utf8_valid(str_part(text, from, i))) {
            memmove(e->text + kept, e->text + from, i - from);
            kept += i - from;
        }
    }
    e->text[kept] = '\0';
}

PRINTF_LIKE(2, 0) static void fill(struct err *e, const char *format, va_list args)
{
    (void)vsnprintf(e->text, sizeof e->text, format, args);
    clean(e);
}

bool err_set(struct err *e, enum err_code code, const char *format, ...)
{
    assert(code > ERR_NONE && code < ERR_COUNT);
    if (!e)
        return false;
    e->code = code;
    va_list args;
    va_start(args, format);
    fill(e, err_word(format), args);
    va_end(args);
    return false;
}

bool err_before(struct err *e, const char *format, ...)
{
    if (!e)
        return false;
    char old[sizeof e->text];
    memcpy(old, e->text, sizeof old);
    va_list args;
    va_start(args, format);
    fill(e, err_word(format), args);
    va_end(args);
    size_t used = strlen(e->text);
    (void)snprintf(e->text + used, sizeof e->text - used, "%s", old);
    clean(e);
    return false;
}

int err_exit_status(enum err_code code)
{
    assert(code < ERR_COUNT);
    return codes[code].exit_status;
}

const char *err_name(enum err_code code)
{
    assert(code < ERR_COUNT);
    return codes[code].name;
}
