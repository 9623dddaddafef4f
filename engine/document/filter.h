/* Filters of templates: {{due|date}}, {{names|join|upper}}.  A fixed table; each turns a value into
 * another, most of them into text in the language of the document.  A filter never fails: a value
 * it can make nothing of passes as it is, so that a person's words are never lost.  Absent and null
 * stay empty (but for `default_dash`). */
#ifndef ESPALIER_DOCUMENT_FILTER_H
#define ESPALIER_DOCUMENT_FILTER_H

#include "base/json.h"

/* What passes through filters: first the JSON value, and text as soon as a filter has made some. */
struct filter_value {
    const json_t *json; /* NULL once there is text, or if the value is absent */
    struct str text;
};

struct filter {
    const char *name;
    struct filter_value (*apply)(struct arena *a, struct str language, struct filter_value v);
    const char *help; /* one sentence, for the manual */
};

/* The whole table, in the order of the manual. */
const struct filter *filter_all(size_t *n);

/* The filter of that name; NULL if there is none. */
const struct filter *filter_find(struct str name);

/* A value as text when no filter says otherwise: text, number, yes or no, an amount of money, the
 * "text" or "label" of an object, a list of such with commas.  False if it has no text of its own
 * (`out` is empty then). */
bool filter_text(struct arena *a, struct str language, const json_t *value, struct str *out);

#endif
