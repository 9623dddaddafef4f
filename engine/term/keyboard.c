#include "term/keyboard.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char paste_on[] = "\x1b[?2004h";
static const char paste_off[] = "\x1b[?2004l";

static const int signals[KEYBOARD_SIGNALS] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGTSTP};

/* Set by the handlers, which run only while keyboard_byte waits. */
static volatile sig_atomic_t stop_wished, window_changed, suspend_wished;

/* What must be put right if the program dies: read by the handlers of fatal signals and by atexit.
 */
static struct {
    volatile sig_atomic_t active;
    int in, out;
    struct termios normal;
} guard;

static void write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno != EINTR)
            return;
        if (done > 0) {
            p += done;
            n -= (size_t)done;
        }
    }
}

static void put_right(void)
{
    if (!guard.active)
        return;
    guard.active = 0;
    (void)tcsetattr(guard.in, TCSANOW, &guard.normal);
    write_all(guard.out, paste_off, sizeof paste_off - 1);
}

static void on_fatal(int number)
{
    put_right();
    (void)raise(number);
}

static void on_signal(int number)
{
    if (number == SIGWINCH)
        window_changed = 1;
    else if (number == SIGTSTP)
        suspend_wished = 1;
    else
        stop_wished = 1;
}

/* A handler for a fault only where nobody else (a sanitizer) has one. */
static void guard_against(int number)
{
    struct sigaction now, ours = {.sa_handler = on_fatal};
    ours.sa_flags = (int)SA_RESETHAND;
    if (sigaction(number, NULL, &now) == 0 && now.sa_handler == SIG_DFL)
        (void)sigaction(number, &ours, NULL);
}

static void guard_open(struct keyboard *k)
{
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    static bool registered;
    guard.in = k->in;
    guard.out = k->out;
    guard.normal = k->normal;
    guard.active = 1;
    if (!registered)
        registered = atexit(put_right) == 0;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        guard_against(faults[i]);
}

/* Between two readings nothing typed ahead is shown, and every byte of it is kept as it came: it
 * appears where it is read. */
static void set_quiet(struct keyboard *k)
{
    struct termios quiet = k->normal;
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ICANON);
    quiet.c_iflag &= ~(tcflag_t)ICRNL; /* a pasted line end is one, whichever it is */
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    (void)tcsetattr(k->in, TCSADRAIN, &quiet);
    write_all(k->out, paste_on, sizeof paste_on - 1);
}

void keyboard_open(struct keyboard *k, int in, int out, bool terminal)
{
    *k = (struct keyboard){.in = in, .out = out};
    k->terminal = terminal && tcgetattr(in, &k->normal) == 0;
    stop_wished = window_changed = suspend_wished = 0;
    sigemptyset(&k->ours);
    for (size_t i = 0; i < KEYBOARD_SIGNALS; i++)
        sigaddset(&k->ours, signals[i]);
    (void)sigprocmask(SIG_BLOCK, &k->ours, &k->outside);
    for (size_t i = 0; i < KEYBOARD_SIGNALS; i++) {
        struct sigaction act = {.sa_handler = on_signal};
        (void)sigaction(signals[i], NULL, &k->before[i]);
        /* A program started with a signal ignored (nohup) keeps ignoring it. */
        if (k->before[i].sa_handler != SIG_IGN || signals[i] == SIGWINCH)
            (void)sigaction(signals[i], &act, NULL);
    }
    if (k->terminal) {
        guard_open(k);
        set_quiet(k);
    }
}

void keyboard_close(struct keyboard *k)
{
    put_right();
    for (size_t i = 0; i < KEYBOARD_SIGNALS; i++)
        (void)sigaction(signals[i], &k->before[i], NULL);
    (void)sigprocmask(SIG_SETMASK, &k->outside, NULL);
}

void keyboard_lend(struct keyboard *k)
{
    if (!k->terminal)
        return;
    put_right();
}

void keyboard_return(struct keyboard *k)
{
    if (!k->terminal)
        return;
    guard.active = 1;
    set_quiet(k);
}

/* Stops as any program does, with the terminal as it was, and goes on where it stopped. */
static void suspend(struct keyboard *k)
{
    struct sigaction standard = {.sa_handler = SIG_DFL}, ours;
    struct termios raw;
    sigset_t only;
    bool known = k->terminal && tcgetattr(k->in, &raw) == 0;
    keyboard_lend(k);
    (void)sigaction(SIGTSTP, &standard, &ours);
    (void)raise(SIGTSTP);
    sigemptyset(&only);
    sigaddset(&only, SIGTSTP);
    (void)sigprocmask(SIG_UNBLOCK, &only, NULL); /* stops here */
    (void)sigprocmask(SIG_BLOCK, &only, NULL);
    (void)sigaction(SIGTSTP, &ours, NULL);
    if (known)
        (void)tcsetattr(k->in, TCSADRAIN, &raw);
    keyboard_return(k);
    window_changed = 1;
}

/* Does what the signals that have come ask for.  False: stop. */
static bool heed_signals(struct keyboard *k)
{
    if (stop_wished)
        k->stopped = true;
    if (suspend_wished && !k->stopped) {
        suspend_wished = 0;
        suspend(k);
    }
    if (window_changed) {
        window_changed = 0;
        if (k->refresh)
            k->refresh(k->user);
    }
    return !k->stopped;
}

/* Waits for a byte, or for the time to hide what is on the screen.  Signals are let in only here.
 */
static int wait_for_input(struct keyboard *k, bool hidden)
{
    struct pollfd p = {.fd = k->in, .events = POLLIN};
    struct timespec idle = {.tv_sec = k->idle_ms / 1000, .tv_nsec = k->idle_ms % 1000 * 1000000L};
    bool patient = hidden || k->idle_ms <= 0 || !k->hide;
    return ppoll(&p, 1, patient ? NULL : &idle, &k->outside);
}

/* The key that wakes the screen is no part of an answer; what was asked is drawn again. */
static void wake(struct keyboard *k)
{
    k->bytes[0] = 0; /* means nothing to a line editor, and makes those who read keys draw again */
    k->to = 1;
    k->hide(k->hide_user, false);
    if (k->refresh)
        k->refresh(k->user);
}

static int wait_for_bytes(struct keyboard *k)
{
    bool hidden = false;
    while (heed_signals(k)) {
        int ready = wait_for_input(k, hidden);
        if (ready < 0 && errno != EINTR)
            return KEYBOARD_END;
        if (ready == 0) {
            hidden = true;
            k->hide(k->hide_user, true);
        }
        if (ready <= 0)
            continue;
        ssize_t n = read(k->in, k->bytes, sizeof k->bytes);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        k->from = 0;
        k->to = n > 0 ? (size_t)n : 0;
        k->ended = n <= 0;
        if (hidden && n > 0)
            wake(k);
        return n > 0 ? 0 : KEYBOARD_END;
    }
    return KEYBOARD_STOP;
}

int keyboard_byte(struct keyboard *k)
{
    if (k->stopped)
        return KEYBOARD_STOP;
    if (k->from == k->to) {
        if (k->ended)
            return KEYBOARD_END;
        int failed = wait_for_bytes(k);
        if (failed)
            return failed;
    }
    return k->bytes[k->from++];
}

static bool is_continuation(const struct keyboard *k)
{
    return k->from < k->to && (k->bytes[k->from] & 0xC0) == 0x80;
}

int32_t keyboard_char(struct keyboard *k)
{
    char bytes[4];
    int first = keyboard_byte(k);
    if (first < 0x80)
        return first;
    size_t n = 0, wanted = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2, i = 0;
    bytes[n++] = (char)first;
    while (n < wanted) {
        if (k->from == k->to && (k->ended || wait_for_bytes(k) != 0))
            break;
        if (!is_continuation(k))
            break;
        bytes[n++] = (char)k->bytes[k->from++];
    }
    uint32_t c = utf8_next((struct str){bytes, n}, &i);
    return i == n ? (int32_t)c : 0xFFFD;
}

/* Is a byte there already, or within the 50 ms in which a terminal sends the rest of a key? */
static bool follows_at_once(struct keyboard *k)
{
    struct pollfd p = {.fd = k->in, .events = POLLIN};
    struct timespec wait = {.tv_nsec = 50 * 1000 * 1000};
    return k->from < k->to || ppoll(&p, 1, &wait, NULL) > 0;
}

/* Behind ESC: reads the whole sequence, and a whole paste. */
static void skip_sequence(struct keyboard *k)
{
    if (!follows_at_once(k))
        return;
    int c = keyboard_byte(k), number = 0;
    if (c != '[' && c != 'O')
        return;
    do {
        c = keyboard_byte(k);
        if (c >= '0' && c <= '9' && number < 1000)
            number = 10 * number + c - '0';
    } while (c >= 0x20 && c < 0x40);
    if (c == '~' && number == 200) {
        struct arena *a = arena_new();
        struct buf dropped = {.a = a};
        (void)keyboard_paste(k, &dropped);
        arena_free(a);
    }
}

enum key keyboard_key(struct keyboard *k, uint32_t *c)
{
    int32_t got = keyboard_char(k);
    if (got == 27)
        skip_sequence(k);
    *c = 0;
    if (got == KEYBOARD_END || got == 4)
        return KEY_END;
    if (got == KEYBOARD_STOP)
        return KEY_STOP;
    if (got == '\r' || got == '\n')
        return KEY_ENTER;
    if (got == 8 || got == 127)
        return KEY_BACKSPACE;
    if (got < 0x20 || text_is_control((uint32_t)got))
        return KEY_OTHER;
    *c = (uint32_t)got;
    return KEY_CHAR;
}

static void add_char(struct buf *b, uint32_t c)
{
    char p[4];
    size_t n = 0;
    if (c < 0x80) {
        p[n++] = (char)c;
    } else if (c < 0x800) {
        p[n++] = (char)(0xC0 | c >> 6);
        p[n++] = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        p[n++] = (char)(0xE0 | c >> 12);
        p[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        p[n++] = (char)(0x80 | (c & 0x3F));
    } else {
        p[n++] = (char)(0xF0 | c >> 18);
        p[n++] = (char)(0x80 | (c >> 12 & 0x3F));
        p[n++] = (char)(0x80 | (c >> 6 & 0x3F));
        p[n++] = (char)(0x80 | (c & 0x3F));
    }
    buf_add(b, (struct str){p, n});
}

bool keyboard_paste(struct keyboard *k, struct buf *b)
{
    static const char end[] = "\x1b[201~";
    size_t matched = 0;
    bool after_return = false;
    for (;;) {
        int32_t c = keyboard_char(k);
        if (c < 0)
            return false;
        matched = c == end[matched] ? matched + 1 : c == end[0];
        if (matched == sizeof end - 1)
            break;
        if (c == '\r' || (c == '\n' && !after_return))
            buf_add_char(b, '\n');
        else if (c == '\t')
            buf_add_char(b, ' ');
        else if (c != '\n' && !text_is_control((uint32_t)c))
            add_char(b, (uint32_t)c);
        after_return = c == '\r';
    }
    /* The printable part of the end mark came through as text. */
    b->n -= sizeof end - 3;
    b->p[b->n] = '\0';
    return true;
}

int keyboard_line(struct keyboard *k, struct buf *b, size_t limit)
{
    int c;
    size_t start = b->n;
    while ((c = keyboard_byte(k)) >= 0 && c != '\n')
        if (b->n - start < limit)
            buf_add_char(b, (char)c);
    if (c == KEYBOARD_STOP)
        return KEYBOARD_STOP;
    return c < 0 && b->n == start ? KEYBOARD_END : 0;
}
