/* What a browser sends: fields of a form or a query, in their order, decoded once.  A name may come
 * several times.  Texts live in the arena. */
#ifndef ESPALIER_WEB_FORM_H
#define ESPALIER_WEB_FORM_H

#include "base/json.h"

enum { FORM_FIELDS = 4000 };

struct field {
    struct str name, value;
};

struct form {
    struct field *fields;
    size_t n;
};

/* Reads application/x-www-form-urlencoded.  Fails with ERR_DATA (not UTF-8, a broken % escape, NUL)
 * and ERR_LIMIT. */
MUST_USE bool form_read(struct arena *a, struct str text, struct form *out, struct err *e);

/* The first value of a name; empty if there is none. */
struct str form_get(const struct form *f, const char *name);
bool form_has(const struct form *f, const char *name);

/* The revision that a form was made from, its field "replaces": -1 where it has none; 0, which is
 * older than anything, where that is no number. */
int64_t form_revision(const struct form *f);

/* The answer that the fields of a question's form mean, as value_check takes it (a new reference):
 * texts, lists and maps of texts.  NULL if nothing was given.  Which names there are follows from
 * the type of the question, see form_value.c. */
json_t *form_value(struct arena *a, const struct form *f, const json_t *question);

/* The same with what is no answer yet (a reason without its column, a currency without an amount):
 * what a form is filled with when it is shown again. */
json_t *form_typed(struct arena *a, const struct form *f, const json_t *question);

/* Moves the entry of a typed list that came from row N of the form: "up.N", "down.N" or "drop.N".
 * Nothing happens if there is no such row, and for anything else. */
void form_move_row(const struct form *f, const json_t *question, json_t *typed, struct str how);

#endif
