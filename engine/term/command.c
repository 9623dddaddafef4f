#include "term/command.h"

#include <ctype.h>

static const struct {
    const char *names[TONGUE_COUNT];
    enum text purpose;
} commands[COMMAND_COUNT] = {
    [COMMAND_EXPLAIN] = {{"?", "?"}, TEXT_DOES_EXPLAIN},
    [COMMAND_BACK] = {{"back", "retour"}, TEXT_DOES_BACK},
    [COMMAND_NEXT] = {{"next", "suivant"}, TEXT_DOES_NEXT},
    [COMMAND_SKIP] = {{"skip", "passer"}, TEXT_DOES_SKIP},
    [COMMAND_EDIT] = {{"edit", "editer"}, TEXT_DOES_EDIT},
    [COMMAND_CLEAR] = {{"clear", "effacer"}, TEXT_DOES_CLEAR},
    [COMMAND_UNDO] = {{"undo", "annuler"}, TEXT_DOES_UNDO},
    [COMMAND_REDO] = {{"redo", "refaire"}, TEXT_DOES_REDO},
    [COMMAND_REVIEW] = {{"review", "revue"}, TEXT_DOES_REVIEW},
    [COMMAND_NOTE] = {{"note", "note"}, TEXT_DOES_NOTE},
    [COMMAND_SHARE] = {{"share", "partager"}, TEXT_DOES_SHARE},
    [COMMAND_SENSITIVE] = {{"sensitive", "sensible"}, TEXT_DOES_SENSITIVE},
    [COMMAND_NOTES] = {{"notes", "notes"}, TEXT_DOES_NOTES},
    [COMMAND_ADVICE] = {{"advice", "conseil"}, TEXT_DOES_ADVICE},
    [COMMAND_HELP] = {{"help", "aide"}, TEXT_DOES_HELP},
    [COMMAND_QUIT] = {{"quit", "quitter"}, TEXT_DOES_QUIT},
    [COMMAND_CHANGE] = {{"change", "changer"}, TEXT_DOES_CHANGE},
    [COMMAND_REMOVE] = {{"remove", "retirer"}, TEXT_DOES_REMOVE},
    [COMMAND_MOVE] = {{"move", "placer"}, TEXT_DOES_MOVE},
};

struct str command_name(enum command c, enum tongue tongue)
{
    return str_of(commands[c].names[tongue]);
}

struct str command_purpose(enum command c, enum tongue tongue)
{
    return commands[c].names[tongue] ? texts_get(tongue, commands[c].purpose) : STR("");
}

bool command_is_for_lists(enum command c)
{
    return c == COMMAND_CHANGE || c == COMMAND_REMOVE || c == COMMAND_MOVE;
}

/* Lower case, and e for its accented forms ("éditer"); at most 15 characters matter. */
static struct str folded(struct str word, char room[16])
{
    size_t n = 0;
    for (size_t i = 0; i < word.n && n < 15;) {
        uint32_t c = utf8_next(word, &i);
        if (c == 0xE9 || c == 0xE8 || c == 0xEA || c == 0xC9)
            c = 'e';
        room[n++] = c < 0x80 ? (char)tolower((int)c) : '_';
    }
    room[n] = '\0';
    return (struct str){room, n};
}

/* The command of that whole name, in either language. */
static enum command by_name(struct str word)
{
    for (enum command c = COMMAND_EXPLAIN; c < COMMAND_COUNT; c++)
        for (enum tongue t = TONGUE_EN; t < TONGUE_COUNT; t++)
            if (str_eq(word, command_name(c, t)))
                return c;
    return COMMAND_UNKNOWN;
}

/* The only command whose name begins so in one language. */
static enum command by_beginning(struct str word, enum tongue tongue)
{
    enum command found = COMMAND_UNKNOWN;
    for (enum command c = COMMAND_BACK; c < COMMAND_COUNT; c++) {
        if (!str_starts(command_name(c, tongue), word))
            continue;
        if (found != COMMAND_UNKNOWN)
            return COMMAND_UNKNOWN;
        found = c;
    }
    return found;
}

static struct str nearest_name(struct str word, enum tongue tongue)
{
    struct str names[COMMAND_COUNT];
    for (enum command c = COMMAND_NONE; c < COMMAND_COUNT; c++)
        names[c] = command_name(c, tongue);
    return text_nearest(word, names, COMMAND_COUNT);
}

struct typed_command command_read(struct str line, enum tongue tongue)
{
    struct typed_command t = {.what = COMMAND_NONE, .rest = line};
    struct str trimmed = str_trim(line), rest;
    if (str_is(trimmed, "?") || str_is(trimmed, ":?")) {
        t.what = COMMAND_EXPLAIN;
        t.rest = STR("");
        return t;
    }
    if (trimmed.n < 2 || trimmed.p[0] != ':')
        return t;
    if (trimmed.p[1] == ':') {
        t.rest = str_part(trimmed, 1, trimmed.n);
        return t;
    }
    /* ":-)" and ": so" are words of a person, not commands. */
    if (!isalpha((unsigned char)trimmed.p[1]) && (unsigned char)trimmed.p[1] < 0xC0)
        return t;
    char room[16];
    t.word = str_split(str_part(trimmed, 1, trimmed.n), ' ', &rest);
    t.rest = str_trim(rest);
    struct str word = folded(t.word, room);
    t.what = by_name(word);
    if (t.what == COMMAND_UNKNOWN)
        t.what = by_beginning(word, tongue);
    if (t.what == COMMAND_UNKNOWN)
        t.word = nearest_name(word, tongue);
    return t;
}

bool command_stands_alone(struct str line)
{
    struct str trimmed = str_trim(line);
    char room[16];
    if (str_is(trimmed, "?"))
        return true;
    if (trimmed.n < 2 || trimmed.n > 15 || trimmed.p[0] != ':')
        return false;
    enum command c = by_name(folded(str_part(trimmed, 1, trimmed.n), room));
    return c != COMMAND_UNKNOWN && !command_is_for_lists(c);
}
