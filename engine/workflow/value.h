/* Values of answers: checked against their question and brought into one normal form (INTERFACES.md
 * section 3).  One row of a table and one file for each type of question (type_*.c).
 *
 *     value_check(&context, input, &value, &e)   // e.text is the sentence for the person
 */
#ifndef ESPALIER_WORKFLOW_VALUE_H
#define ESPALIER_WORKFLOW_VALUE_H

#include "base/json.h"

enum { ANSWER_MAX = 64 << 10, LIST_MAX = 500 }; /* bytes of an answer, items of a list */

/* What a value is checked with. */
struct value_context {
    const json_t *question; /* from the definition, in the language of the person */
    const json_t *rows;     /* rows of this asking for sort, grid, rank: [{"id","text"}], or NULL */
    const json_t *previous; /* the value so far, so that items keep their ids; or NULL */
    struct str language;    /* "en", "fr": of the sentences */
    struct str today;       /* for "+7d" */
    void (*new_item_id)(char out[7]);
};

/* Checks `input` (JSON as of INTERFACES.md, or the looser forms of answer files: a plain string for
 * an item's text,
 * "+7d" for a date, a number or text for money) and gives a new reference to the normal form.
 * Fails with ERR_INPUT and one sentence that says what to give; with ERR_LIMIT above the limits. */
MUST_USE bool value_check(const struct value_context *c, const json_t *input, json_t **out,
                          struct err *e);

/* What a person typed on one line, read for this question: "7", "yes", "o", "a, b", "1200 EUR per
 * month" ... Gives JSON that value_check accepts, or fails with ERR_INPUT and a sentence. */
MUST_USE bool value_read(const struct value_context *c, struct str typed, json_t **out,
                         struct err *e);

/* The value as a person reads it, labels instead of ids: one line per item for lists.  Lives in
 * `a`. */
struct str value_show(struct arena *a, const json_t *question, const json_t *value,
                      struct str language);

/* Names of all types, in the order of AUTHORING.md; n is set. */
const char *const *value_types(size_t *n);

#endif
