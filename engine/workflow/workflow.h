/* A workflow: what is asked.  A bundle of files (YAML, Lua, templates, translations, tests) is read
 * into one validated JSON tree, the definition.  Nobody outside this folder sees YAML.
 *
 *     workflow_load(&bundle, &w, &diags) ... workflow_free(w)
 *
 * The definition is laid out as the files are (schema.c says which keys there are), and:
 *   phases     in order: id, title, purpose, minutes, done_when, steps: id, title, intro,
 *              questions (ids)
 *   questions  by id: also phase, step, file, line, placeholders (names in { } of its texts);
 *              required, by, private, sensitive and if_question_changes always stand there
 *   entries    (options, columns, rows, scales, blocks) are lists of {id, label, ...}, however they
 *              were written; from a shared list with "options_from" beside them; columns have a key
 *              of one character, scales from and to
 *   item       fields by name, `text` first, each with type and required
 *   messages   of all files by id: text, placeholders
 *   canvases   by id; grid is always the rows of a table: [[{block, span, rows}]], where block ""
 *              is an empty place
 *   lists, outputs, documents by id; data as written, all of its values texts
 */
#ifndef ESPALIER_WORKFLOW_WORKFLOW_H
#define ESPALIER_WORKFLOW_WORKFLOW_H

#include "base/diag.h"
#include "workflow/bundle.h"

struct workflow; /* handle lifetime; immutable once loaded */

/* Reads and checks all YAML files of the bundle.  All mistakes of all files go to `d` (DIAG_MAX at
 * most); warnings too.  Returns false if there was an error; `*out` is then NULL.  `b` is borrowed
 * during the call only. */
MUST_USE bool workflow_load(const struct bundle *b, struct workflow **out, struct diags *d);
void workflow_free(struct workflow *w);

/* The definition in the workflow's own language; borrowed, of the workflow's lifetime. */
const json_t *workflow_definition(const struct workflow *w);

/* The same with the texts of `language` where there is a translation, the workflow's own language
 * elsewhere. An unknown language gives the workflow's own.  Borrowed; made on first use. */
const json_t *workflow_in_language(struct workflow *w, struct str language);

/* Is `language` the workflow's own or one of its translations? */
bool workflow_speaks(const struct workflow *w, struct str language);

/* What the script worker needs: {"def":..., "script":NAME, "sources":{NAME:TEXT}}.  Its
 * questions have no texts that only a person reads.  Borrowed. */
const json_t *workflow_program(const struct workflow *w);

/* A question of a definition by id, or NULL. */
const json_t *workflow_question(const json_t *definition, struct str id);

/* The number of a phase among those that count, from 1, and how many count; 0 for a bookend. */
size_t workflow_phase_number(const json_t *definition, struct str id, size_t *of);

/* A document template of the bundle, language variant (documents/fr/NAME) first; false if there is
 * none. */
bool workflow_template(const struct workflow *w, struct str name, struct str language,
                       struct str *text);

/* Missing and outdated translated texts, as warnings W1xx. */
void workflow_check_translations(const struct workflow *w, struct diags *d);

/* Any other YAML file (answers, tests) by the same reading rules, as JSON: maps, lists, and every
 * text as a string, since its type follows from the question it answers (value_check takes texts
 * for all types).  `name` is what messages call it.  A new reference; false with messages in `d`.
 */
MUST_USE bool workflow_yaml(struct str name, struct str text, json_t **out, struct diags *d);

#endif
