#include "term/line.h"

#include <histedit.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PASTE_LINES = 10 }; /* lines of a paste that are shown; of a longer one only its size */

struct line {
    struct keyboard *keyboard;
    struct screen *screen;
    EditLine *editor; /* NULL: lines are read plainly */
    History *history;
    FILE *in, *out, *nowhere;
    const struct line_wish *wish;
    struct arena *a;        /* of the line being read */
    bool pasted, lost;      /* a paste came; the input ended within one */
    struct str large, sign; /* a long paste, and what stands for it in the line */
};

static char *prompt_of(EditLine *editor)
{
    struct line *l = NULL;
    static char copy[128];
    (void)el_get(editor, EL_CLIENTDATA, &l);
    (void)snprintf(copy, sizeof copy, "%s", l->wish ? l->wish->prompt : "");
    return copy;
}

static int next_char(EditLine *editor, wchar_t *c)
{
    struct line *l = NULL;
    (void)el_get(editor, EL_CLIENTDATA, &l);
    int32_t got = keyboard_char(l->keyboard);
    if (got < 0)
        return got == KEYBOARD_END ? 0 : -1;
    *c = (wchar_t)got;
    return 1;
}

static void draw_again(void *user)
{
    struct line *l = user;
    screen_measure(l->screen);
    if (l->editor) {
        el_resize(l->editor);
        if (l->wish) {
            (void)fputs("\r\x1b[J", l->out);
            (void)el_set(l->editor, EL_REFRESH);
        }
    }
}

/* The pasted text as it goes into the line. */
static struct str as_wished(struct line *l, struct str pasted)
{
    struct buf b = {.a = l->a};
    for (size_t i = 0; i < pasted.n; i++)
        buf_add_char(&b, pasted.p[i] == '\n' && !l->wish->keep_lines ? ' ' : pasted.p[i]);
    struct str text = buf_str(&b);
    while (text.n && (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == ' '))
        text.n--;
    return str_copy(l->a, text);
}

/* Lines of the screen that a text takes; PASTE_LINES + 1 for any that takes more. */
static size_t lines_of(const struct line *l, struct str text)
{
    size_t lines = 0;
    struct str rest = text;
    while (rest.n && lines <= PASTE_LINES) {
        struct str line = str_split(rest, '\n', &rest);
        lines += 1 + line.n / (4 * l->screen->columns) +
            text_width(str_part(line, 0, 4096)) / l->screen->columns;
    }
    return lines <= PASTE_LINES ? lines : PASTE_LINES + 1;
}

static unsigned char on_paste(EditLine *editor, int key)
{
    struct line *l = NULL;
    (void)key;
    (void)el_get(editor, EL_CLIENTDATA, &l);
    struct buf b = {.a = l->a};
    if (!keyboard_paste(l->keyboard, &b)) {
        l->lost = true;
        return CC_EOF;
    }
    struct str text = as_wished(l, buf_str(&b));
    l->pasted = true;
    if (!l->large.n && lines_of(l, text) > PASTE_LINES) {
        l->large = text;
        l->sign = str_format(l->a, "[%zu %.*s]", utf8_count(text), STR_ARG(l->wish->large));
        text = l->sign;
    }
    return el_insertstr(editor, text.p) == 0 ? CC_REFRESH : CC_ERROR;
}

static bool editor_open(struct line *l)
{
    HistEvent event;
    l->in = fdopen(dup(l->keyboard->in), "r");
    l->out = fdopen(dup(l->screen->fd), "w");
    l->nowhere = fopen("/dev/null", "w");
    if (!l->in || !l->out || !l->nowhere)
        return false;
    l->editor = el_init_fd("espalier", l->in, l->out, l->nowhere, l->keyboard->in, l->screen->fd,
                           fileno(l->nowhere));
    l->history = history_init();
    if (!l->editor || !l->history)
        return false;
    (void)history(l->history, &event, H_SETSIZE, 8);
    (void)el_set(l->editor, EL_CLIENTDATA, l);
    (void)el_set(l->editor, EL_PROMPT, prompt_of);
    (void)el_set(l->editor, EL_EDITOR, "emacs");
    (void)el_set(l->editor, EL_GETCFN, next_char);
    (void)el_set(l->editor, EL_HIST, history, l->history);
    (void)el_set(l->editor, EL_SETTY, "-x", "-echo", "-icanon", "-icrnl", NULL);
    (void)el_set(l->editor, EL_SETTY, "-d", "-icrnl", "-inlcr", NULL);
    (void)el_set(l->editor, EL_ADDFN, "paste", "Takes pasted text as one piece", on_paste);
    (void)el_set(l->editor, EL_BIND, "\033[200~", "paste", NULL);
    (void)el_set(l->editor, EL_BIND, "\033[3~", "ed-delete-next-char", NULL);
    (void)el_set(l->editor, EL_BIND, "\033[H", "ed-move-to-beg", NULL);
    (void)el_set(l->editor, EL_BIND, "\033[F", "ed-move-to-end", NULL);
    (void)el_set(l->editor, EL_BIND, "\033[1~", "ed-move-to-beg", NULL);
    (void)el_set(l->editor, EL_BIND, "\033[4~", "ed-move-to-end", NULL);
    (void)el_set(l->editor, EL_BIND, "\033[1;5D", "ed-prev-word", NULL);
    (void)el_set(l->editor, EL_BIND, "\033[1;5C", "em-next-word", NULL);
    return true;
}

static void editor_close(struct line *l)
{
    if (l->editor)
        el_end(l->editor);
    if (l->history)
        history_end(l->history);
    if (l->in)
        (void)fclose(l->in);
    if (l->out)
        (void)fclose(l->out);
    if (l->nowhere)
        (void)fclose(l->nowhere);
    l->editor = NULL;
    l->history = NULL;
    l->in = l->out = l->nowhere = NULL;
}

struct line *line_open(struct keyboard *k, struct screen *s)
{
    struct line *l = mem_new(sizeof *l);
    l->keyboard = k;
    l->screen = s;
    k->refresh = draw_again;
    k->user = l;
    /* libedit asks the locale how to write characters; ours is UTF-8 whatever that of the person
     * is. */
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    if (k->terminal && s->terminal && !editor_open(l))
        editor_close(l);
    return l;
}

void line_close(struct line *l)
{
    if (!l)
        return;
    l->keyboard->refresh = NULL;
    editor_close(l);
    free(l);
}

struct str line_clean(struct arena *a, struct str s)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < s.n;) {
        size_t start = i;
        if (!text_is_control(utf8_next(s, &i)))
            buf_add(&b, str_part(s, start, i));
    }
    return buf_str(&b);
}

/* Puts a long paste back where its sign stands. */
static struct str with_large(struct line *l, struct str text)
{
    size_t at = l->large.n ? str_find(text, l->sign, 0) : text.n;
    if (at == text.n)
        return text;
    struct buf b = {.a = l->a};
    buf_add(&b, str_part(text, 0, at));
    buf_add(&b, l->large);
    buf_add(&b, str_part(text, at + l->sign.n, text.n));
    return buf_str(&b);
}

static enum heard read_edited(struct line *l, struct str *text)
{
    HistEvent event;
    int n = 0;
    (void)history(l->history, &event, H_CLEAR);
    if (l->wish->earlier.n)
        (void)history(l->history, &event, H_ENTER, text_safe(l->a, l->wish->earlier, true).p);
    if (l->wish->begin.n)
        el_push(l->editor, str_copy(l->a, l->wish->begin).p);
    const char *line = el_gets(l->editor, &n);
    (void)fflush(l->out);
    screen_elsewhere(l->screen);
    if (!line || n <= 0 || l->lost) {
        screen_end_line(l->screen);
        return l->keyboard->stopped ? HEARD_STOP : HEARD_END;
    }
    struct str got = {line, strlen(line)};
    if (got.n && got.p[got.n - 1] == '\n')
        got.n--;
    *text = with_large(l, line_clean(l->a, got));
    return l->pasted ? HEARD_PASTE : HEARD_LINE;
}

/* Without a terminal what was read is shown again: the record of the conversation is then complete.
 */
static enum heard read_plain(struct line *l, struct str *text)
{
    struct buf b = {.a = l->a};
    screen_part(l->screen, STYLE_PLAIN, str_of(l->wish->prompt));
    screen_flush(l->screen);
    int failed = keyboard_line(l->keyboard, &b, LINE_MAX_BYTES);
    bool echo = !isatty(l->keyboard->in);
    if (failed) {
        screen_end_line(l->screen);
        return failed == KEYBOARD_STOP ? HEARD_STOP : HEARD_END;
    }
    if (!utf8_valid(buf_str(&b))) {
        screen_end_line(l->screen);
        return HEARD_UNREADABLE;
    }
    *text = line_clean(l->a, buf_str(&b));
    if (echo) {
        screen_part(l->screen, STYLE_PLAIN, *text);
        screen_end_line(l->screen);
    } else {
        screen_elsewhere(l->screen);
    }
    return HEARD_LINE;
}

enum heard line_read(struct line *l, struct arena *a, const struct line_wish *wish,
                     struct str *text)
{
    l->wish = wish;
    l->a = a;
    l->pasted = l->lost = false;
    l->large = l->sign = STR("");
    *text = STR("");
    screen_flush(l->screen);
    enum heard heard = l->editor ? read_edited(l, text) : read_plain(l, text);
    l->wish = NULL;
    return heard;
}
