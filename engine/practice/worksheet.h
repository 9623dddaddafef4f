/* Homework without a login: the questions that are open for the client as one tree, from which
 * document/worksheet.h writes a page, and the file of answers that comes back.
 *
 *     journey_worksheet(j, &wish, &sheet, &e);  worksheet_html(a, sheet)
 *     worksheet_read(text, &back, &e);       journey_open(p, the "journey" in it, ...)
 *     worksheet_import(j, back, &how, &report, &e);
 */
#ifndef ESPALIER_PRACTICE_WORKSHEET_H
#define ESPALIER_PRACTICE_WORKSHEET_H

#include "practice/journey.h"

enum {
    WORKSHEET_FILE_MAX = 16 << 20, /* bytes of a file that comes back */
    WORKSHEET_DEPTH_MAX = 8        /* lists and objects in each other in it */
};

struct worksheet_wish {
    bool blank;       /* every question of the workflow, and nothing of the client */
    struct str phase; /* only this phase; empty: all that there is */
    struct str due;   /* the day it should be back; empty: none is named */
    struct str intro; /* a word of the coach at its head; may be empty */
};

/* The tree of the sheet (document/worksheet.h), a new reference.  It asks what the client is to
 * answer: no question for the coach, and none that is private: those are for the conversation, and
 * `*kept_back` (may be NULL) is the number of open ones.  A sensitive question is asked without
 * what was answered before.  What a private, sensitive or coach's answer would show inside a
 * question is an ellipsis.  Fails with ERR_NOT_FOUND (no such phase; did you mean), ERR_REFUSED
 * (nothing to ask). */
MUST_USE bool journey_worksheet(struct journey *j, const struct worksheet_wish *wish,
                                json_t **sheet, size_t *kept_back, struct err *e);

/* Reads what came back: the file of answers (engine/document/schemas/answers.json), or a copy of
 * the page with answers in it.  The tree is a stranger's and checked as such: exactly the known
 * names, each of its kind, within the limits.  Fails with ERR_DATA, ERR_LIMIT and a sentence. */
MUST_USE bool worksheet_read(struct str text, json_t **back, struct err *e);

struct worksheet_import {
    bool dry_run; /* say what would happen, change nothing */
    bool theirs;  /* where an answer was given otherwise since, take the sheet's */
};

/* Takes the answers in, in the order of the questions, as the client's, and no session is
 * opened for it.  Everything that fits is saved as one change; a report tells the rest (a new
 * reference):
 * {"journey","answered":n,"skipped":n,"unchanged":n,"dry_run":bool,
 *  "problems":[{"key","ask","code","text","given","here":absent unless code is conflict}],
 *  "reworded":[{"key","asked","asks"}],"rest":{a file of answers with what was not taken}|null}
 * code: input, limit, not_found (not asked now), refused (the coach's question), conflict (answered
 * otherwise since; "given" and "here" are both as people read them).  "reworded": taken, but the
 * question is worded differently now.  The same file twice changes nothing.  Fails with ERR_DATA
 * (another journey's), ERR_DISK, ERR_LOCKED: then nothing has changed. */
MUST_USE bool worksheet_import(struct journey *j, const json_t *back,
                               const struct worksheet_import *how, json_t **report, struct err *e);

/* An entry of the path as a sheet asks it, without what the client has not said. */
struct str worksheet_ask(struct arena *a, struct journey *j, const json_t *entry,
                         struct str language);

/* May it be asked on a sheet at all?  Not if its rows come from an answer that is private or
 * sensitive: without them it could not be answered. */
bool worksheet_may_ask(struct journey *j, const json_t *entry);

#endif
