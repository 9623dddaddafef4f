/* Commands within the conversation.  They begin with a colon and a letter (":back"), or are a
 * single "?"; whatever else a person writes is an answer, and "::back" is the answer ":back".  Both
 * English and French names are understood; in each language an unambiguous beginning is enough. */
#ifndef ESPALIER_TERM_COMMAND_H
#define ESPALIER_TERM_COMMAND_H

#include "term/texts.h"

enum command {
    COMMAND_NONE,    /* it is an answer */
    COMMAND_UNKNOWN, /* it looks like a command but is none */
    COMMAND_EXPLAIN,
    COMMAND_BACK,
    COMMAND_NEXT,
    COMMAND_SKIP,
    COMMAND_EDIT,
    COMMAND_CLEAR,
    COMMAND_UNDO,
    COMMAND_REDO,
    COMMAND_REVIEW,
    COMMAND_NOTE,
    COMMAND_SHARE,
    COMMAND_SENSITIVE,
    COMMAND_NOTES,
    COMMAND_ADVICE,
    COMMAND_HELP,
    COMMAND_QUIT,
    /* inside a list: */
    COMMAND_CHANGE,
    COMMAND_REMOVE,
    COMMAND_MOVE,
    COMMAND_COUNT
};

struct typed_command {
    enum command what;
    struct str word; /* as typed, without the colon; or the nearest name if it is unknown */
    struct str rest; /* what follows, trimmed */
};

/* Reads a line.  For COMMAND_NONE `rest` is the answer (a doubled colon at its beginning made
 * single). */
struct typed_command command_read(struct str line, enum tongue tongue);

/* Is the line nothing but the whole name of a command (":quit"), or "?"?  That is meant as a
 * command even among the lines of a long text. */
bool command_stands_alone(struct str line);

/* The name in that language, and what it does; empty for commands that are not listed. */
struct str command_name(enum command c, enum tongue tongue);
struct str command_purpose(enum command c, enum tongue tongue);

/* Does it belong inside a list only? */
bool command_is_for_lists(enum command c);

#endif
