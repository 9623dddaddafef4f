/* A question as its form shows it: one JSON tree with everything that the templates ask_*.mustache
 * name, whatever the type.  Used by the session room and wherever else a question is answered.
 *
 *     model = asking_model(&(struct asking){.a = v->a, .language = v->language, .question = q});
 *     {{#asked}}{{>ask_control}}{{/asked}} */
#ifndef ESPALIER_WEB_ASKING_H
#define ESPALIER_WEB_ASKING_H

#include "base/json.h"

struct asking {
    struct arena *a;
    struct str language;    /* of the page */
    const json_t *question; /* as in "open" of a view, see journey.h */
    const json_t *given; /* what the controls begin with: a value, or form_typed; NULL: nothing */
    size_t rows;         /* empty rows of a list; 0: as many as suit */
};

/* What the controls of a question begin with: what has to be checked or changed, its answer, or
 * what the workflow suggests; NULL for nothing.  Borrowed. */
const json_t *asking_begin(const json_t *question);

/* A new reference:
 *   "form", "f"     names for the ids in the page, the same for the same key
 *   "key", "type", "ask", "help", "examples", "caution", "compare", "extras" (one of these three)
 *   "required", "optional", "by_coach", "private", "sensitive", "to_check", "invalid", "why",
 *   "before" (the previous answer in words), "until"
 *   "single"        one control that a label belongs to; else a group
 *   "c"             {TYPE: what its control needs, null for all other types} */
json_t *asking_model(const struct asking *asking);

/* Of lists, and of what is done to each row (asking_rows.c): what the control needs. */
json_t *asking_list(const struct asking *asking);
json_t *asking_sort(const struct asking *asking);
json_t *asking_grid(const struct asking *asking);
json_t *asking_rank(const struct asking *asking);

/* A value as the text that stands in a field; empty for NULL.  Lives in `a`. */
struct str asking_text(struct arena *a, const json_t *value);

/* Options with "on" for what is chosen: an id, or a list of ids. */
json_t *asking_options(const json_t *options, const json_t *chosen);

/* {"amount","currency","period","periods":[{"id","label","on"}]} */
json_t *asking_money(const struct asking *asking);

/* A word of words/session.LANGUAGE.json; empty if there is none.  Lives as long as the program. */
struct str asking_word(struct str language, const char *name);

#endif
