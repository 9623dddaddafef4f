#include "term/screen.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *const style_on[STYLE_COUNT] = {
    [STYLE_BOLD] = "\x1b[1m",
    [STYLE_DIM] = "\x1b[2m",
    [STYLE_GOOD] = "\x1b[32m",
    [STYLE_WARN] = "\x1b[33m",
};
static const char style_off[] = "\x1b[0m";

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

void screen_open(struct screen *s, int fd, bool color)
{
    const char *kind = getenv("TERM");
    *s = (struct screen){.fd = fd, .blank = true};
    s->terminal = isatty(fd) && kind && *kind && strcmp(kind, "dumb") != 0;
    s->color = color && s->terminal && !is_set("NO_COLOR");
    screen_measure(s);
}

void screen_measure(struct screen *s)
{
    struct winsize size;
    s->columns = SCREEN_WIDTH;
    if (ioctl(s->fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        s->columns = size.ws_col;
    s->width = s->columns < SCREEN_READABLE ? s->columns : SCREEN_READABLE;
}

void screen_flush(struct screen *s)
{
    size_t done = 0;
    while (done < s->n && !s->failed) {
        ssize_t n = write(s->fd, s->pending + done, s->n - done);
        if (n > 0)
            done += (size_t)n;
        else if (n < 0 && errno != EINTR)
            s->failed = true;
    }
    s->n = 0;
}

static void put(struct screen *s, const char *p, size_t n)
{
    while (n > 0) {
        if (s->n == sizeof s->pending)
            screen_flush(s);
        size_t part = sizeof s->pending - s->n < n ? sizeof s->pending - s->n : n;
        memcpy(s->pending + s->n, p, part);
        s->n += part;
        p += part;
        n -= part;
    }
}

static void put_spaces(struct screen *s, size_t n)
{
    while (n-- > 0)
        put(s, " ", 1);
}

static void style_begin(struct screen *s, enum style style)
{
    if (s->color && style_on[style])
        put(s, style_on[style], strlen(style_on[style]));
}

static void style_end(struct screen *s, enum style style)
{
    if (s->color && style_on[style])
        put(s, style_off, sizeof style_off - 1);
}

void screen_end_line(struct screen *s)
{
    put(s, "\n", 1);
    s->blank = !s->within;
    s->within = false;
}

void screen_elsewhere(struct screen *s)
{
    s->blank = s->within = false;
}

void screen_part(struct screen *s, enum style style, struct str text)
{
    struct arena *a = arena_new();
    struct str safe = text_safe(a, text, false);
    if (safe.n) {
        style_begin(s, style);
        put(s, safe.p, safe.n);
        style_end(s, style);
        s->within = true;
    }
    arena_free(a);
}

void screen_gap(struct screen *s)
{
    if (s->within)
        screen_end_line(s);
    if (!s->blank)
        screen_end_line(s);
}

/* A paragraph on its way through text_wrap. */
struct paragraph {
    struct screen *screen;
    enum style style;
    size_t indent;
    struct str mark;
    size_t mark_width;
};

static void wrapped_line(void *user, struct str part)
{
    struct paragraph *p = user;
    struct screen *s = p->screen;
    if (part.n || p->mark.n) {
        put_spaces(s, p->indent);
        if (p->mark.n)
            screen_part(s, STYLE_DIM, p->mark);
        put_spaces(s, p->mark_width - text_width(p->mark));
        style_begin(s, p->style);
        put(s, part.p, part.n);
        style_end(s, p->style);
        s->within = true;
    }
    p->mark = STR("");
    screen_end_line(s);
}

static void paragraph(struct paragraph *p, struct str text)
{
    struct arena *a = arena_new();
    struct screen *s = p->screen;
    size_t before = p->indent + p->mark_width;
    if (s->within)
        screen_end_line(s);
    /* Very narrow windows: the margin gives way before the words do. */
    if (s->width < before + 12 && p->indent > 0) {
        p->indent = 0;
        before = p->mark_width;
    }
    text_wrap(text_safe(a, text, true), s->width > before ? s->width - before : 1, wrapped_line, p);
    arena_free(a);
}

void screen_line(struct screen *s, enum style style, size_t indent, struct str text)
{
    struct paragraph p = {.screen = s, .style = style, .indent = indent, .mark = STR("")};
    paragraph(&p, text);
}

void screen_item(struct screen *s, enum style style, size_t indent, struct str mark,
                 struct str text)
{
    struct arena *a = arena_new();
    struct str safe = text_safe(a, mark, false);
    struct paragraph p = {.screen = s,
                          .style = style,
                          .indent = indent,
                          .mark = safe,
                          .mark_width = text_width(safe) + 2};
    paragraph(&p, text);
    arena_free(a);
}

void screen_pair(struct screen *s, enum style style, size_t indent, struct str left,
                 struct str right)
{
    struct arena *a = arena_new();
    struct str one = text_safe(a, left, false), two = text_safe(a, right, false);
    size_t used = indent + text_width(one) + text_width(two);
    if (used + 2 > s->width) {
        screen_line(s, style, indent, one);
        screen_line(s, style, indent, two);
    } else {
        if (s->within)
            screen_end_line(s);
        put_spaces(s, indent);
        screen_part(s, style, one);
        put_spaces(s, s->width - used);
        screen_part(s, style, two);
        screen_end_line(s);
    }
    arena_free(a);
}

void screen_heading(struct screen *s, struct str text)
{
    screen_gap(s);
    screen_line(s, STYLE_BOLD, 0, text);
}

void screen_control_(struct screen *s, const char *sequence, size_t n)
{
    if (s->terminal)
        put(s, sequence, n);
}
