/* Bytes and keys from a person, and the signals that come between them.
 * One keyboard is open at a time.  While it is, INT, TERM, HUP, QUIT, WINCH and TSTP are blocked
 * everywhere but in the one place that waits for input: no other code is ever interrupted, and a
 * change is either not begun or committed. The terminal's modes are as before after keyboard_close,
 * after exit(), and after death by a signal that can be caught. */
#ifndef ESPALIER_TERM_KEYBOARD_H
#define ESPALIER_TERM_KEYBOARD_H

#include "base/text.h"

#include <signal.h>
#include <termios.h>

enum { KEYBOARD_END = -1, KEYBOARD_STOP = -2, KEYBOARD_SIGNALS = 6 };

struct keyboard {
    int in, out;
    bool terminal; /* `in` is a terminal whose modes and keys are ours */
    bool stopped;  /* INT, TERM, HUP or QUIT has come: nothing more is read */
    bool ended;    /* end of input */
    void (*refresh)(
        void *user); /* the window changed or the program was resumed: draw again; may be NULL */
    void *user;
    int idle_ms; /* without a key for so long the screen is hidden; 0: never */
    void (*hide)(void *user, bool hidden); /* hides it, and shows it again at the next key */
    void *hide_user;
    unsigned char bytes[512];
    size_t from, to;
    sigset_t ours, outside;
    struct sigaction before[KEYBOARD_SIGNALS];
    struct termios normal;
};

/* Opens it over two descriptors.  `terminal` asks for single keys and bracketed paste; it stays
 * false without one. */
void keyboard_open(struct keyboard *k, int in, int out, bool terminal);
void keyboard_close(struct keyboard *k);

/* The next byte, KEYBOARD_END or KEYBOARD_STOP.  Waits. */
int keyboard_byte(struct keyboard *k);

/* The next character (U+FFFD for what is not UTF-8), KEYBOARD_END or KEYBOARD_STOP. */
int32_t keyboard_char(struct keyboard *k);

enum key { KEY_CHAR, KEY_ENTER, KEY_BACKSPACE, KEY_OTHER, KEY_END, KEY_STOP };

/* One key press, in a terminal; arrows and pasted text are KEY_OTHER.  `*c` is set for KEY_CHAR. */
enum key keyboard_key(struct keyboard *k, uint32_t *c);

/* Reads the rest of a bracketed paste (after ESC [ 2 0 0 ~), up to its end, into `b`; line ends
 * become '\n', other control characters are dropped.  False if the input ended inside. */
bool keyboard_paste(struct keyboard *k, struct buf *b);

/* One line without its end, read plainly into `b`; what is longer than `limit` bytes is dropped.
 * Gives 0, KEYBOARD_END (nothing was left) or KEYBOARD_STOP. */
int keyboard_line(struct keyboard *k, struct buf *b, size_t limit);

/* Hands the terminal to another program, and takes it back. */
void keyboard_lend(struct keyboard *k);
void keyboard_return(struct keyboard *k);

#endif
