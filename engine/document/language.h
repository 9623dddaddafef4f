/* Dates, numbers and amounts as a language writes them: English and French; other languages get the
 * English forms of numbers and days as 2026-11-23. */
#ifndef ESPALIER_DOCUMENT_LANGUAGE_H
#define ESPALIER_DOCUMENT_LANGUAGE_H

#include "base/json.h"

struct language {
    const char *code, *yes, *no, *and_word;
    const char *thousands, *decimal; /* of numbers: 1,234.5 */
    bool currency_last;              /* 1 234,50 € rather than €1,234.50 */
    const char *months[12];          /* months[0] is NULL where days stay as they are */
    const char *first_day;           /* "1er"; NULL: 1 */
    const char *periods[5];          /* per hour, day, week, month, year */
};

/* The row for "fr", "fr-CA" ...; English words with plain days for any other language. */
const struct language *language_find(struct str code);

/* "2026-11-23" as "23 November 2026"; a text that is no day comes back as it is. */
struct str language_date(struct arena *a, struct str code, struct str day);

/* "-1234.50" as "-1,234.50"; a text that is no decimal number comes back as it is. */
struct str language_number(struct arena *a, struct str code, struct str number);

/* {"amount","currency","period"} or a number as an amount.  False if the value is neither. */
bool language_money(struct arena *a, struct str code, const json_t *value, struct str *out);

#endif
