/* What may stand in the YAML files of a workflow: one table, from which the reader knows keys,
 * kinds and ranges, "did you mean" its proposals, the translation what is text, and other tools
 * their JSON schema. A row says: in these places this key has this kind (for these types of
 * question). */
#ifndef ESPALIER_WORKFLOW_SCHEMA_H
#define ESPALIER_WORKFLOW_SCHEMA_H

#include "base/text.h"

/* Types of questions, in the order of AUTHORING.md. */
enum type {
    TYPE_TEXT,
    TYPE_LONG_TEXT,
    TYPE_YES_NO,
    TYPE_CHOICE,
    TYPE_CHOICES,
    TYPE_SCALE,
    TYPE_INTEGER,
    TYPE_NUMBER,
    TYPE_MONEY,
    TYPE_DATE,
    TYPE_DURATION,
    TYPE_LIST,
    TYPE_SORT,
    TYPE_GRID,
    TYPE_RANK,
    TYPE_COMMITMENT,
    TYPE_CONFIRM,
    TYPE_COUNT
};

#define TYPES(t) (1u << TYPE_##t)
enum {
    TYPES_WRITTEN = TYPES(TEXT) | TYPES(LONG_TEXT),
    TYPES_CHOSEN = TYPES(CHOICE) | TYPES(CHOICES),
    TYPES_FIELD =
        (1u << TYPE_LIST) - 1 /* what a field of an item may be: all but the composed ones */
};

enum place { /* bits: where a key may stand */
             IN_WORKFLOW = 1 << 0,
             IN_PHASE = 1 << 1,
             IN_STEP = 1 << 2,
             IN_QUESTION = 1 << 3,
             IN_FIELD = 1 << 4, /* of a list's items, of an output */
             IN_ENTRY = 1 << 5, /* an option, row, block: id and label */
             IN_COLUMN = 1 << 6,
             IN_SCALE = 1 << 7, /* of a grid */
             IN_CANVAS = 1 << 8,
             IN_OUTPUT = 1 << 9,
             IN_DOCUMENT = 1 << 10,
             IN_SHARE = 1 << 11
};

enum kind {
    KIND_TEXT,  /* a text for people, one line or several */
    KIND_LINE,  /* a text for people on one line */
    KIND_TEXTS, /* a list of texts; one text is a list of one */
    KIND_WORD,  /* a code such as a currency: not for translation */
    KIND_WORDS,
    KIND_ID,
    KIND_IDS,
    KIND_NAME,
    KIND_LANGUAGE,
    KIND_LANGUAGES,
    KIND_FILE,
    KIND_BOOL,
    KIND_INT, /* within min and max */
    KIND_NUMBER,
    KIND_DAY,
    KIND_ONE_OF, /* one of `words` */
    KIND_TYPE,
    KIND_LUA,
    KIND_REFERENCE, /* canvas.block */
    KIND_ENTRIES, /* objects of place `of`: { id: label }, or a list of ids and maps, or the name of
                     a shared list */
    KIND_FIELDS,  /* { name: type } or { name: { type: ... } } */
    KIND_MAP,     /* { id: object of place `of` } */
    KIND_OBJECTS, /* list of objects of place `of` */
    KIND_LISTS,   /* { id: entries } */
    KIND_MESSAGES, /* { id: text } */
    KIND_GRID,
    KIND_DATA /* maps, lists and texts, as the author likes */
};

enum {
    KEY_REQUIRED = 1,
    KEY_TEXT = 2 /* translated, or has translated texts in it */,
    KEY_IDENTITY = 4
};

struct schema_key {
    unsigned in; /* places */
    struct str key;
    enum kind kind;
    unsigned flags;
    long long min, max; /* of KIND_INT; number of entries of lists */
    unsigned types;     /* of questions that the key is for; 0: all */
    enum place of;
    const char *words; /* "client|coach": of KIND_ONE_OF, of ids, of the keys of a map */
    const char *what;  /* one line for the manual */
};

const struct schema_key *schema_keys(size_t *n);

/* The row for a key at a place for a type (TYPE_COUNT: any); NULL if there is none. */
const struct schema_key *schema_find(enum place in, struct str key, enum type type);

/* All keys of a place, for proposals; `out` has room for `room`. */
size_t schema_names(enum place in, enum type type, struct str *out, size_t room);

/* The type of a name, TYPE_COUNT if there is none; and back. */
enum type type_of_name(struct str name);
struct str type_name(enum type type);

#endif
