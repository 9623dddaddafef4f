/* What the files of the worksheet share: words, and the control for each type of question. */
#ifndef ESPALIER_DOCUMENT_WORKSHEET_PARTS_H
#define ESPALIER_DOCUMENT_WORKSHEET_PARTS_H

#include "document/worksheet.h"

/* A word or sentence of ours in the language of the sheet; French for "fr", else English. */
struct str sheet_word(struct str language, const char *name);

/* All of them as an object, for the script of the page (a new reference). */
json_t *sheet_words(struct str language);

/* A text of people into the page: escaped, control characters made visible. */
void sheet_put(struct buf *b, struct str text);

/* One control: what is asked (a question, or a field of an item), what stands in it to begin with
 * (NULL: nothing), and its name, unique in the page. */
struct control {
    struct buf *b;
    struct str language;
    const json_t *spec, *value;
    struct str name;
    bool blank; /* on paper: rows to write on */
};

/* Is the control one native element that a <label> can name? */
bool control_is_single(const json_t *spec);

/* Writes it as <div class="c" data-type data-name>. */
void control_write(const struct control *c);

/* controls of many rows: worksheet_rows.c */
void control_list(const struct control *c);
void control_sort(const struct control *c);
void control_grid(const struct control *c);
void control_rank(const struct control *c);

/* The control of a part, under the name NAME.PART, and its label. */
struct control control_part(const struct control *c, const char *part, const json_t *value);
void control_labelled(const struct control *part, struct str label);

/* A radio button or checkbox with its label. */
void control_option(const struct control *c, const char *kind, struct str id, struct str label,
                    bool checked);

#endif
