/* The conversation itself, shared by the files of this box: what is open, what is said, what is
 * asked next. ask_*.c ask the types of questions; show.h prints; remark.c answers commands that
 * change nothing about the question; turn.c moves within the journey; record.c hands answers over
 * and settles what stands in the way. */
#ifndef ESPALIER_TERM_TALK_H
#define ESPALIER_TERM_TALK_H

#include "practice/journey.h"
#include "term/command.h"
#include "term/line.h"
#include "term/term.h"

struct asking;

struct talk {
    struct journey *journey;
    const struct term_options *options;
    enum tongue tongue;
    struct str language;
    struct screen screen;
    struct keyboard keyboard;
    struct line *line;
    struct arena *a; /* of the question being asked */
    json_t *view;    /* where the journey stands */
    json_t *focus;   /* key of an answered question being looked at again, or NULL */
    json_t *passed;  /* keys left open for now by :next */
    json_t *draft;   /* what was given for "draft_key" and refused, so that it can be mended */
    json_t *draft_key;
    json_t *said;                 /* messages shown last */
    json_t *trouble;              /* trouble shown last */
    json_t *reviewed;             /* keys in the order of the last review, for ":back 3" */
    const struct asking *asked;   /* what is being asked */
    bool remarked;                /* a remark was made instead of an answer */
    bool woken;                   /* the screen was hidden and is shown again */
    char place[256];              /* phase and step shown last */
    char shown[512];              /* key of the question that stands on the screen */
    struct typed_command command; /* the one that ended an asking; texts in `a` */
    bool greeted;                 /* the title was shown */
    bool optional_hinted;         /* how an optional question is left was said */
    bool long_hinted;             /* how a long text ends was said */
    char explained[512];          /* key of the question that was explained last */
    bool over;                    /* the conversation ends */
    bool ok;                      /* ... without an error */
    struct err *e;
};

/* How an asking ended. */
enum reply {
    REPLY_VALUE,   /* an answer was given */
    REPLY_EMPTY,   /* nothing: leave it, or leave it as it is */
    REPLY_COMMAND, /* t->command is to be obeyed; a value that was begun may come with it */
    REPLY_END,     /* end of input or a signal; a value that was begun may come with it */
    REPLY_AGAIN    /* it was not understood, and that was said */
};

/* What there is to begin with. */
enum standing {
    STANDING_NOTHING,
    STANDING_ANSWER, /* an answer that may stay as it is: an empty line keeps it */
    STANDING_OFFER,  /* a draft, or an answer taken back: an empty line takes it */
    STANDING_REFUSED /* it does not fit: something else is needed */
};

/* A question being asked. */
struct asking {
    const json_t *question; /* as in the view */
    enum standing standing;
    const json_t *before; /* NULL with STANDING_NOTHING */
    bool fresh;           /* it was just shown in full: how to answer is said */
    json_t *value;        /* the answer: a new reference */
};

/* --- talk.c --- */

/* A sentence of ours, in the language of the conversation. */
struct str talk_text(struct talk *t, enum text text);
struct str talk_fill(struct talk *t, enum text text, struct str one, struct str two);
struct str talk_number(struct talk *t, long long n);

/* On the screen: a sentence of ours, a warning, a quiet remark. */
void talk_say(struct talk *t, enum style style, enum text text);
void talk_warn(struct talk *t, struct str sentence);
void talk_hint(struct talk *t, struct str sentence);

/* What a person gave at a prompt. */
enum given { GIVEN_TEXT, GIVEN_EMPTY, GIVEN_COMMAND, GIVEN_END };

struct prompt {
    const char *sign;   /* "> " */
    struct str earlier; /* for the up arrow */
    struct str begin;   /* stands in the line already */
    struct str again;   /* said again after a remark: which part is asked for; may be empty */
    bool keep_lines;    /* of pasted text */
    bool words_only;    /* nothing is a command here */
    bool bare_commands; /* ... but, where a person types, for one that stands alone in its line */
};

/* Asks for a line.  Remarks ("?", notes, review ...) are answered at once and the line is asked for
 * again; any other command ends the asking with GIVEN_COMMAND. */
enum given talk_prompt(struct talk *t, const struct asking *asked, const struct prompt *p,
                       struct str *text);

/* The reply that ends an asking for what was given (not for GIVEN_TEXT). */
enum reply talk_reply(enum given given);

/* A single key in a terminal: GIVEN_TEXT with *c set (or '\n', or 8 for backspace).  ":" asks for a
 * command; after a remark *c is 0: draw the prompt again. */
enum given talk_key(struct talk *t, const struct asking *asked, uint32_t *c);

/* Are single keys possible here? */
bool talk_has_keys(const struct talk *t);

/* Forgets what stands on the screen: the question is shown again in full. */
void talk_stale(struct talk *t);

/* The key of a question, NUL-terminated as long as it lives; a value as a person reads it. */
struct str question_key(const json_t *question);
struct str talk_shown(struct talk *t, const json_t *question, const json_t *value);

/* --- remark.c --- */

/* Obeys a command that leaves the question as it is.  False: it is no such command. */
bool remark_obey(struct talk *t, const struct asking *asked, const struct typed_command *c);

/* --- turn.c --- */

/* Obeys a command that moves within the journey. */
void turn_obey(struct talk *t, const struct asking *asked, const struct typed_command *c);

/* The question to ask now (a new reference), or NULL when nothing is left. */
json_t *turn_question(struct talk *t);

/* --- record.c --- */

/* Records an answer, a part of one that was begun, or that a question is left out.  True: it is
 * saved, and that was said. */
bool record_answer(struct talk *t, const json_t *question, const json_t *value);
void record_begun(struct talk *t, const json_t *question, const json_t *value);
bool record_skip(struct talk *t, const json_t *question, struct str why);

/* After a failed change: says so, settles a conflict, offers to try again.  True: try again. */
bool record_retry(struct talk *t, const struct err *e);

/* --- editor.c --- */

/* Lets a person write in their own editor.  False: nothing new was written, and why was said. */
bool editor_write(struct talk *t, struct str before, struct str *after);

#endif
