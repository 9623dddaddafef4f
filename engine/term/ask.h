/* How each type of question is asked: one row of a table in ask.c, one function in ask_*.c.
 * A function shows what belongs to its type, reads what the person gives, and sets asked->value (a
 * new reference) when it returns REPLY_VALUE, or to what was begun with REPLY_COMMAND and
 * REPLY_END. */
#ifndef ESPALIER_TERM_ASK_H
#define ESPALIER_TERM_ASK_H

#include "term/talk.h"

typedef enum reply ask_function(struct talk *t, struct asking *asked);

/* Asks one question in the manner of its type. */
ask_function ask_question;

ask_function ask_line, ask_long, ask_yes_no, ask_choice, ask_choices, ask_scale, ask_list, ask_sort,
    ask_grid, ask_rank, ask_commitment, ask_confirm;

/* What was typed, read as an answer to `question` by the rules of its type.  False: a sentence was
 * shown. */
bool ask_read(struct talk *t, const struct asking *asked, const json_t *question, struct str typed,
              json_t **value);

/* A line for a part of an answer (a field of an item, of a commitment), read by the rules of
 * `field`, which stands for the question while it is asked for.  GIVEN_TEXT: *value is a new
 * reference. */
enum given ask_part(struct talk *t, const struct asking *asked, const json_t *field,
                    struct str name, const json_t *before, json_t **value);

/* The sign of the i-th option of a list: its own "key", else 1 to 9, then a, b, c ...
 * NUL-terminated. */
struct sign {
    char text[8];
};
struct sign ask_sign(const json_t *options, size_t i);

/* The option a sign, an id or a label means (any case, unique beginnings of labels); its number, or
 * the number of options if it means none. */
size_t ask_option(const json_t *options, struct str typed);

/* The options with their signs, each on its line; or all on one line where they fit. */
void ask_show_options(struct talk *t, const json_t *options);
void ask_show_columns(struct talk *t, const json_t *options);

/* Shows once more what there is to choose from, where the question's own asking does not. */
void ask_remind(struct talk *t, const json_t *question);

/* Is the question answered in several steps, so that an answer to it is first offered to be kept?
 */
bool ask_in_steps(const json_t *question);

/* The text of a row or an option: "text", else "label", else its id. */
struct str ask_name(const json_t *row);

/* What was given before as one line for the up arrow; empty for values that are not text. */
struct str ask_earlier(struct talk *t, const struct asking *asked);

#endif
