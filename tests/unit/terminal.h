/* A person at a pseudo-terminal, for tests of the conversation: the program runs in a child with a
 * prepared journey; the test types, waits for what is printed, and looks at the changes and at the
 * terminal's modes.  Include it in one test file only. */
#ifndef ESPALIER_TESTS_TERMINAL_H
#define ESPALIER_TESTS_TERMINAL_H

#include "fake_journey.h"

#include "term/term.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>

#include <cmocka.h>

enum { PATIENCE_MS = 5000, SCREEN_MAX = 1 << 21 };

/* The terminal of the person: what was printed since the start, and where the next expectation
 * looks. */
static struct {
    int master, slave, report;
    pid_t child;
    struct termios before;
    char *got;
    size_t n, seen;
    int columns;
} t;

struct setup {
    const char *questions, *language, *name, *value; /* name, value: of the environment */
    int columns, rows;
    bool plain;
    int idle;
};

static void be_the_program(const struct setup *s, int report)
{
    struct err e = {0};
    struct journey j;
    (void)setenv("TERM", "xterm", 1);
    (void)unsetenv("NO_COLOR");
    if (s->name)
        (void)setenv(s->name, s->value, 1);
    struct term_options o = {.language = str_of(s->language ? s->language : "en"),
                             .client = STR("Ada"),
                             .scratch = str_of(getenv("BUILD")),
                             .color = true,
                             .interactive = !s->plain,
                             .idle_seconds = s->idle,
                             .in = 0,
                             .out = 1};
    fake_reset(s->questions);
    bool ok = term_run(&j, &o, &e);
    ssize_t n = write(report, fake.log, strlen(fake.log));
    _exit(!ok ? err_exit_status(e.code) : n < 0);
}

static void start(const struct setup *s)
{
    struct winsize size = {.ws_col = (unsigned short)(s->columns ? s->columns : 80),
                           .ws_row = (unsigned short)(s->rows ? s->rows : 24)};
    int ends[2];
    free(t.got);
    memset(&t, 0, sizeof t);
    t.got = calloc(1, SCREEN_MAX);
    t.columns = size.ws_col;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(openpty(&t.master, &t.slave, NULL, NULL, &size), 0);
    assert_int_equal(tcgetattr(t.slave, &t.before), 0);
    t.report = ends[0];
    t.child = fork();
    assert_true(t.child >= 0);
    if (t.child == 0) {
        (void)close(t.master);
        (void)login_tty(t.slave);
        be_the_program(s, ends[1]);
    }
    (void)close(ends[1]);
}

static void ask(const char *questions)
{
    start(&(struct setup){.questions = questions});
}

/* Takes in what is printed within `ms`; false if nothing was. */
static bool take_in(int ms)
{
    struct pollfd p = {.fd = t.master, .events = POLLIN};
    if (poll(&p, 1, ms) <= 0)
        return false;
    ssize_t n = read(t.master, t.got + t.n, SCREEN_MAX - 1 - t.n);
    if (n <= 0)
        return false;
    t.n += (size_t)n;
    t.got[t.n] = '\0';
    return true;
}

static void expect(const char *text)
{
    for (int i = 0; i < PATIENCE_MS / 50; i++) {
        char *at = strstr(t.got + t.seen, text);
        if (at) {
            t.seen = (size_t)(at - t.got) + strlen(text);
            return;
        }
        (void)take_in(50);
    }
    fail_msg("\"%s\" was not printed after:\n%s\nbut:\n%s", text, "...", t.got + t.seen);
}

static void type(const char *text)
{
    size_t n = strlen(text), done = 0;
    while (done < n) {
        struct pollfd p = {.fd = t.master, .events = POLLOUT};
        while (take_in(0))
            ;
        if (poll(&p, 1, 1000) <= 0)
            fail_msg("the program does not read: %zu of %zu", done, n);
        size_t part = n - done < 1024 ? n - done : 1024;
        ssize_t written = write(t.master, text + done, part);
        assert_true(written > 0);
        done += (size_t)written;
    }
}

/* Waits for the end: the exit status, or 1000 + the signal; `log` gets the changes. */
static int finish(char log[65536])
{
    int status = 0;
    pid_t done = 0;
    for (int i = 0; i < PATIENCE_MS / 10 && done == 0; i++) {
        (void)take_in(10);
        done = waitpid(t.child, &status, WNOHANG);
    }
    if (done == 0) {
        (void)kill(t.child, SIGKILL);
        (void)waitpid(t.child, &status, 0);
    }
    while (take_in(0))
        ;
    size_t n = 0;
    for (ssize_t part; n < 65535 && (part = read(t.report, log + n, 65535 - n)) > 0;)
        n += (size_t)part;
    log[n] = '\0';
    (void)close(t.report);
    return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void assert_terminal_as_before(void)
{
    struct termios after;
    assert_int_equal(tcgetattr(t.slave, &after), 0);
    assert_int_equal(after.c_lflag, t.before.c_lflag);
    assert_int_equal(after.c_iflag, t.before.c_iflag);
    assert_int_equal(after.c_oflag, t.before.c_oflag);
    assert_int_equal(after.c_cflag, t.before.c_cflag);
    assert_memory_equal(after.c_cc, t.before.c_cc, sizeof after.c_cc);
    /* Bracketed paste is off again. */
    char *on = NULL, *off = NULL;
    for (char *p = t.got; (p = strstr(p, "\x1b[?2004")); p += 7)
        *(p[7] == 'h' ? &on : &off) = p;
    assert_true(off && off > on);
}

static void end_with(int status, const char *log)
{
    static char got[65536];
    int ended = finish(got);
    if (log)
        assert_string_equal(got, log);
    assert_int_equal(ended, status);
    if (status != 1000 + SIGKILL)
        assert_terminal_as_before();
    (void)close(t.master);
    (void)close(t.slave);
}

/* Only sequences of our own: styles, paste mode, and what a line editor moves and clears with. */
static void assert_only_own_sequences(void)
{
    for (size_t i = 0; i < t.n; i++) {
        unsigned char c = (unsigned char)t.got[i];
        if (c == 0x9B || (c < 0x20 && !strchr("\a\b\t\n\r\x1b", c)))
            if (c != 0x9B || i == 0 || (unsigned char)t.got[i - 1] == 0xC2)
                fail_msg("byte %02x was sent", c);
        if (c != 0x1B)
            continue;
        size_t k = i + 1;
        if (t.got[k++] != '[')
            fail_msg("a sequence other than CSI was sent: %.20s", t.got + i + 1);
        while (t.got[k] && strchr("0123456789;?", t.got[k]))
            k++;
        if (!t.got[k] || !strchr("mKJABCDPhl@G", t.got[k]))
            fail_msg("a foreign sequence was sent: %.20s", t.got + i + 1);
    }
}

#define Q(more) "[{\"key\":\"d/q\",\"id\":\"q\",\"ask\":\"The question?\"," more "}]"
#define TWO                                                                        \
    "[{\"key\":\"d/q\",\"id\":\"q\",\"ask\":\"The question?\",\"type\":\"text\"}," \
    "{\"key\":\"d/r\",\"id\":\"r\",\"ask\":\"The second?\",\"type\":\"text\"}]"
#define SORT                                                                                       \
    "\"type\":\"sort\",\"rows\":[{\"id\":\"k1\",\"text\":\"nerves\"},{\"id\":\"k2\","              \
    "\"text\":\"time\"}],\"columns\":[{\"id\":\"maintain\",\"label\":\"Maintain\",\"key\":\"m\"}," \
    "{\"id\":\"reduce\",\"label\":\"Reduce\",\"key\":\"r\"}]"

static void terminal_prepare(void)
{
    (void)setenv("ESPALIER_CLOCK", "2026-11-23T10:00:00Z", 1);
    (void)setenv("BUILD", "build", 0);
    (void)signal(SIGPIPE, SIG_IGN);
}

#endif
