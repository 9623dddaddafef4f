/* Every sentence the terminal says, in English and French (texts.def).  "{1}" and "{2}" stand for
 * what is filled in. */
#ifndef ESPALIER_TERM_TEXTS_H
#define ESPALIER_TERM_TEXTS_H

#include "base/text.h"

enum tongue { TONGUE_EN, TONGUE_FR, TONGUE_COUNT };

enum text {
#define TEXT(name, english, french) TEXT_##name,
#include "term/texts.def"
#undef TEXT
    TEXT_COUNT
};

/* The tongue for a language code; English for one that is not known. */
enum tongue texts_tongue(struct str language);

/* The sentence as it is; of program lifetime. */
struct str texts_get(enum tongue tongue, enum text text);

/* The sentence with {1} and {2} filled in; lives in `a`. */
struct str texts_fill(struct arena *a, enum tongue tongue, enum text text, struct str one,
                      struct str two);

#endif
