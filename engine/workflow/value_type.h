/* What the files of the types share; inside value.c and type_*.c only. */
#ifndef ESPALIER_WORKFLOW_VALUE_TYPE_H
#define ESPALIER_WORKFLOW_VALUE_TYPE_H

#include "workflow/schema.h"
#include "workflow/value.h"
#include "workflow/value_sentences.h"

enum sentence {
#define S(name, en, fr) SAY_##name,
    SENTENCES(S)
#undef S
        SAY_COUNT
};

/* One check at work. */
struct check {
    struct arena *a; /* for what is in between; the value itself owns its texts */
    const struct value_context *c;
    const json_t *question; /* c's, or a field of it */
    struct err *e;
};

/* Sets the sentence and returns false. */
bool say(const struct check *k, enum sentence sentence, struct str one, struct str two);
bool say_limit(const struct check *k, enum sentence sentence, struct str one);
bool is_french(struct str language);

/* A row of the table of types. */
struct value_type {
    bool (*check)(const struct check *k, const json_t *input, json_t **out);
    bool (*read)(const struct check *k, struct str typed, json_t **out);
    void (*show)(struct buf *b, const json_t *question, const json_t *value, struct str language);
};
extern const struct value_type type_text, type_long_text, type_yes_no, type_choice, type_choices,
    type_scale, type_integer, type_number, type_money, type_date, type_duration, type_list,
    type_sort, type_grid, type_rank, type_commitment, type_confirm;

const struct value_type *value_type_of(const json_t *question);

/* The text as it is kept: trimmed, line ends as LF, without control characters; one line unless
 * `lines`.  An empty text is refused. */
bool clean_text(const struct check *k, const json_t *input, bool lines, struct str *out);

/* A reading function for types whose typed form is accepted by their check. */
bool read_as_text(const struct check *k, struct str typed, json_t **out);

/* The parts of "a, b; c": at ; if there is one, else at commas; trimmed, empty ones left out. */
size_t split_typed(struct arena *a, struct str typed, struct str **out);

/* Yes or no in English and French; false if it is neither. */
bool read_yes_no(struct str word, bool *yes);

/* The entry of [{"id","label" or "text"}] meant by an id, a label (whatever its case), or a number
 * from 1 if `numbers`; NULL if there is none.  entry_name is what people call it. */
const json_t *entry_find(const json_t *entries, struct str meant, bool numbers);
struct str entry_name(const json_t *entry);
struct str entry_names(struct arena *a, const json_t *entries);
/* Says that none is meant, with the nearest or all. */
bool say_no_entry(const struct check *k, const json_t *entries, struct str meant,
                  enum sentence near, enum sentence all);

/* The members of a sort or grid in the order of the question's rows, others behind them: a new
 * reference. */
json_t *in_order_of_rows(const json_t *question, const json_t *value);

/* The rows of this asking: the script's, else the question's; NULL if they are not known. */
const json_t *rows_of(const struct check *k);
/* The row meant by an id or text; fails with a sentence.  Without rows every id is its own row. */
bool row_find(const struct check *k, struct str meant, struct str *id);
/* Name of a row for people. */
struct str row_name(const json_t *question, struct str id);
/* Puts the entries of `found` (by id) in the order of the rows; says `missing` if a row has none.
 */
bool rows_in_order(const struct check *k, const json_t *found, enum sentence missing, json_t **out);
/* Checks {ROW: value} of a sort or grid row by row, and puts it in the order of the rows. */
struct rows_rule {
    /* Fills an object with what is given for one row. */
    bool (*check_row)(const struct check *k, const json_t *input, json_t *out);
    enum sentence no_rows, missing; /* it is no such object; a row has nothing */
};
bool rows_check(const struct check *k, const json_t *input, const struct rows_rule *rule,
                json_t **out);

/* A whole number from JSON or text, within the limits that JSON numbers keep exactly. */
bool whole_number(const struct check *k, const json_t *input, long long *out);
bool check_whole_range(const struct check *k, long long n, const json_t *low, const json_t *high);
struct str number_text(struct arena *a, double n);
bool parse_decimal(struct str text, double *out);
/* Without spaces of any kind (thousands), and with "-" for U+2212. */
struct str without_spaces(struct arena *a, struct str text);

/* A day: YYYY-MM-DD, +7d, +2w, today, 23.11.2026. */
bool check_day(const struct check *k, const json_t *input, struct str *out);
void show_day(struct buf *b, struct str day, struct str language);

/* Refuses keys of `object` that are not in `known` ("a|b|c"). */
bool check_fields(const struct check *k, const json_t *object, const char *known);

#endif
