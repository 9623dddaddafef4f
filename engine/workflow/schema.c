#include "workflow/schema.h"

#define K(key)              \
    {                       \
        key, sizeof key - 1 \
    }
#define Q IN_QUESTION
#define F IN_FIELD
#define REQ KEY_REQUIRED
#define TXT KEY_TEXT
#define AUDIENCES "client|coach|sponsor|programme"

enum { BIG = 1000000000, WORDS = 64 << 10, ITEMS = 500 };

static const struct schema_key keys[] = {
    /* in, key, kind, flags, min, max, types, of, words, what */
    {IN_WORKFLOW, K("espalier"), KIND_INT, REQ, 1, 1, 0, 0, NULL, "version of this format: 1"},
    {IN_WORKFLOW, K("workflow"), KIND_NAME, REQ | KEY_IDENTITY, 0, 0, 0, 0, NULL,
     "name of the folder"},
    {IN_WORKFLOW | IN_PHASE, K("title"), KIND_LINE, REQ | TXT, 0, 0, 0, 0, NULL,
     "as people read it"},
    {IN_STEP | IN_CANVAS | IN_OUTPUT | IN_DOCUMENT, K("title"), KIND_LINE, TXT, 0, 0, 0, 0, NULL,
     "as people read it"},
    {IN_WORKFLOW | IN_PHASE, K("purpose"), KIND_TEXT, TXT, 0, 0, 0, 0, NULL,
     "what it is for, in a sentence"},
    {IN_WORKFLOW, K("language"), KIND_LANGUAGE, REQ | KEY_IDENTITY, 0, 0, 0, 0, NULL,
     "of the texts in these files"},
    {IN_WORKFLOW, K("translations"), KIND_LANGUAGES, 0, 0, 20, 0, 0, NULL,
     "languages there are folders for"},
    {IN_WORKFLOW, K("script"), KIND_FILE, 0, 0, 0, 0, 0, NULL,
     "file in scripts/; default NAME.lua"},
    {IN_WORKFLOW, K("phases"), KIND_IDS, REQ, 1, 50, 0, 0, NULL,
     "in order; each is a file PHASE.yaml"},
    {IN_WORKFLOW, K("source"), KIND_WORDS, 0, 0, 50, 0, 0, NULL, "where the method comes from"},
    {IN_WORKFLOW, K("lists"), KIND_LISTS, TXT, 0, 200, 0, IN_ENTRY, NULL,
     "options used by several questions"},
    {IN_WORKFLOW, K("canvases"), KIND_MAP, TXT, 0, 20, 0, IN_CANVAS, NULL, "one-page pictures"},
    {IN_WORKFLOW, K("outputs"), KIND_MAP, TXT, 0, 50, 0, IN_OUTPUT, NULL,
     "what scripts record besides the built-in"},
    {IN_WORKFLOW, K("documents"), KIND_MAP, TXT, 0, 50, 0, IN_DOCUMENT, NULL, "what is written"},
    {IN_WORKFLOW, K("share"), KIND_MAP, 0, 0, 2, 0, IN_SHARE, "sponsor|programme",
     "what the client must have said before somebody else gets a document"},
    {IN_WORKFLOW, K("data"), KIND_DATA, TXT, 0, 0, 0, 0, NULL,
     "catalogues and labels, read by scripts as data.NAME"},
    {IN_WORKFLOW | IN_PHASE, K("messages"), KIND_MESSAGES, TXT, 0, 500, 0, 0, NULL,
     "texts for say(id) and wait(id)"},

    {IN_PHASE, K("phase"), KIND_ID, REQ | KEY_IDENTITY, 0, 0, 0, 0, NULL, "name of this file"},
    {IN_PHASE, K("bookend"), KIND_BOOL, 0, 0, 0, 0, 0, NULL,
     "before or after the way itself: not counted among the phases"},
    {IN_PHASE, K("minutes"), KIND_INT, 0, 1, 6000, 0, 0, NULL, "how long it usually takes"},
    {IN_PHASE, K("done_when"), KIND_IDS, 0, 0, ITEMS, 0, 0, NULL,
     "questions that must be answered to close it"},
    {IN_PHASE, K("steps"), KIND_OBJECTS, TXT, 0, 200, 0, IN_STEP, NULL, "in order"},

    {IN_STEP, K("id"), KIND_ID, REQ | KEY_IDENTITY, 0, 0, 0, 0, NULL,
     "for step \"id\" in the script"},
    {IN_STEP, K("intro"), KIND_TEXT, TXT, 0, 0, 0, 0, NULL, "shown above its questions"},
    {IN_STEP, K("questions"), KIND_OBJECTS, TXT, 0, ITEMS, 0, IN_QUESTION, NULL, "in order"},

    {Q, K("id"), KIND_ID, REQ | KEY_IDENTITY, 0, 0, 0, 0, NULL, "unique in the whole workflow"},
    {Q, K("ask"), KIND_TEXT, REQ | TXT, 0, 0, 0, 0, NULL, "the question"},
    {Q, K("type"), KIND_TYPE, REQ, 0, 0, 0, 0, NULL, "what an answer is"},
    {F, K("type"), KIND_TYPE, 0, 0, 0, 0, 0, NULL, "what the field is; default text"},
    {F, K("label"), KIND_LINE, TXT, 0, 0, 0, 0, NULL, "as people read it"},
    {Q | F, K("help"), KIND_TEXT, TXT, 0, 0, 0, 0, NULL, "how to answer"},
    {Q, K("examples"), KIND_TEXTS, TXT, 0, 50, 0, 0, NULL, "answers that others gave"},
    {Q, K("caution"), KIND_TEXT, TXT, 0, 0, 0, 0, NULL, "what to watch for"},
    {Q, K("compare"), KIND_TEXT, TXT, 0, 0, 0, 0, NULL, "what to hold the answer against"},
    {Q | F, K("required"), KIND_BOOL, 0, 0, 0, 0, 0, NULL, "must it be answered"},
    {Q, K("by"), KIND_ONE_OF, 0, 0, 0, 0, 0, "client|coach", "who answers"},
    {Q, K("private"), KIND_BOOL, 0, 0, 0, 0, 0, NULL, "never in a document for the client"},
    {Q, K("sensitive"), KIND_BOOL, 0, 0, 0, 0, 0, NULL,
     "left out of every output unless asked for"},
    {Q, K("if_question_changes"), KIND_ONE_OF, 0, 0, 0, 0, 0, "check|keep|ask",
     "what becomes of earlier answers"},
    {Q, K("when"), KIND_LUA, 0, 0, 0, 0, 0, NULL, "a Lua expression: is it asked in its step"},
    {Q, K("check"), KIND_LUA, 0, 0, 0, 0, 0, NULL,
     "a Lua expression over value: true, or the sentence to show"},
    {Q, K("source"), KIND_WORDS, 0, 0, 50, 0, 0, NULL, "where the question comes from"},
    {Q, K("renamed_from"), KIND_IDS, 0, 0, 50, 0, 0, NULL, "ids it had in earlier versions"},
    {Q, K("start"), KIND_DATA, TXT, 0, 0, 0, 0, NULL, "what the answer begins with"},
    {Q, K("canvas"), KIND_REFERENCE, 0, 0, 0, 0, 0, NULL, "canvas.block on which it appears"},
    {Q | F, K("min"), KIND_INT, 0, 0, WORDS, TYPES_WRITTEN, 0, NULL, "least number of characters"},
    {Q | F, K("max"), KIND_INT, 0, 1, WORDS, TYPES_WRITTEN, 0, NULL,
     "largest number of characters"},
    {Q | F, K("min"), KIND_INT, 0, 0, ITEMS, TYPES(CHOICES) | TYPES(LIST), 0, NULL, "least number"},
    {Q | F, K("max"), KIND_INT, 0, 1, ITEMS, TYPES(CHOICES) | TYPES(LIST), 0, NULL,
     "largest number"},
    {Q | F, K("min"), KIND_INT, 0, -BIG, BIG, TYPES(INTEGER) | TYPES(DURATION), 0, NULL,
     "smallest value"},
    {Q | F, K("max"), KIND_INT, 0, -BIG, BIG, TYPES(INTEGER) | TYPES(DURATION), 0, NULL,
     "largest value"},
    {Q | F, K("min"), KIND_NUMBER, 0, 0, 0, TYPES(NUMBER) | TYPES(MONEY), 0, NULL,
     "smallest value"},
    {Q | F, K("max"), KIND_NUMBER, 0, 0, 0, TYPES(NUMBER) | TYPES(MONEY), 0, NULL, "largest value"},
    {Q | F, K("min"), KIND_DAY, 0, 0, 0, TYPES(DATE), 0, NULL, "first day"},
    {Q | F, K("max"), KIND_DAY, 0, 0, 0, TYPES(DATE), 0, NULL, "last day"},
    {Q | F, K("from"), KIND_INT, REQ, -BIG, BIG, TYPES(SCALE), 0, NULL, "lower end"},
    {Q | F, K("to"), KIND_INT, REQ, -BIG, BIG, TYPES(SCALE), 0, NULL, "upper end"},
    {Q | F, K("ends"), KIND_TEXTS, TXT, 2, 2, TYPES(SCALE), 0, NULL, "what the two ends mean"},
    {Q | F, K("unit"), KIND_LINE, TXT, 0, 0, TYPES(INTEGER) | TYPES(NUMBER), 0, NULL,
     "shown behind the number"},
    {Q | F, K("currency"), KIND_WORD, 0, 0, 0, TYPES(MONEY), 0, NULL,
     "three letters, for example EUR"},
    {Q | F, K("period"), KIND_ONE_OF, 0, 0, 0, TYPES(MONEY), 0,
     "once|hour|day|week|month|quarter|year", "per what"},
    {Q | F, K("options"), KIND_ENTRIES, REQ | TXT, 1, 1000, TYPES_CHOSEN, IN_ENTRY, NULL,
     "{ id: label }"},
    {Q, K("options"), KIND_ENTRIES, TXT, 1, ITEMS, TYPES(RANK), IN_ENTRY, NULL,
     "what is ranked, if it is fixed"},
    {Q, K("rows"), KIND_ENTRIES, TXT, 1, ITEMS, TYPES(RANK) | TYPES(GRID) | TYPES(SORT), IN_ENTRY,
     NULL, "what is rated, if it is fixed"},
    {Q, K("columns"), KIND_ENTRIES, REQ | TXT, 2, 20, TYPES(SORT), IN_COLUMN, NULL,
     "where items can go"},
    {Q, K("scales"), KIND_ENTRIES, REQ | TXT, 1, 10, TYPES(GRID), IN_SCALE, NULL,
     "on what each row is rated"},
    {Q, K("item"), KIND_FIELDS, TXT, 0, 20, TYPES(LIST), IN_FIELD, NULL, "the fields of an item"},

    {IN_ENTRY | IN_COLUMN | IN_SCALE, K("id"), KIND_ID, KEY_IDENTITY, 0, 0, 0, 0, NULL,
     "what is stored"},
    {IN_ENTRY | IN_COLUMN | IN_SCALE, K("label"), KIND_LINE, TXT, 0, 0, 0, 0, NULL,
     "as people read it"},
    {IN_ENTRY | IN_COLUMN | IN_SCALE, K("help"), KIND_TEXT, TXT, 0, 0, 0, 0, NULL, "what it means"},
    {IN_ENTRY | IN_COLUMN, K("symbol"), KIND_WORD, 0, 0, 0, 0, 0, NULL, "a sign for pictures"},
    {IN_ENTRY, K("colour"), KIND_WORD, 0, 0, 0, 0, 0, NULL, "of a block, for example #e6eee9"},
    {IN_ENTRY | IN_COLUMN, K("key"), KIND_WORD, 0, 0, 0, 0, 0, NULL,
     "the key that chooses it in a terminal"},
    {IN_SCALE, K("from"), KIND_INT, 0, -BIG, BIG, 0, 0, NULL, "lower end; default 0"},
    {IN_SCALE, K("to"), KIND_INT, 0, -BIG, BIG, 0, 0, NULL, "upper end; default 10"},
    {IN_SCALE, K("ends"), KIND_TEXTS, TXT, 2, 2, 0, 0, NULL, "what the two ends mean"},

    {IN_CANVAS, K("subtitle"), KIND_LINE, TXT, 0, 0, 0, 0, NULL, "below the title"},
    {IN_CANVAS, K("attribution"), KIND_TEXT, TXT, 0, 0, 0, 0, NULL, "whose picture it is"},
    {IN_CANVAS, K("grid"), KIND_GRID, 0, 0, 0, 0, 0, NULL,
     "where the blocks stand: a file, or rows"},
    {IN_CANVAS, K("blocks"), KIND_ENTRIES, REQ | TXT, 1, 40, 0, IN_ENTRY, NULL,
     "ids, or { id: label }"},
    {IN_CANVAS, K("follows"), KIND_ID, 0, 0, 0, 0, 0, NULL,
     "the canvas of today that this one is the target of"},
    {IN_CANVAS, K("pages"), KIND_BOOL, 0, 0, 0, 0, 0, NULL,
     "a page for each `page` that the script names: prototypes"},
    {IN_CANVAS, K("purpose"), KIND_IDS, 0, 1, 10, 0, 0, NULL,
     "questions: the first that is answered stands above the blocks"},
    {IN_CANVAS, K("for"), KIND_IDS, 0, 1, 4, 0, 0, AUDIENCES, "who may see it: client and coach"},
    {IN_OUTPUT, K("sponsor"), KIND_IDS, 0, 0, 20, 0, 0, NULL, "fields that a sponsor may see"},
    {IN_OUTPUT, K("programme"), KIND_IDS, 0, 0, 20, 0, 0, NULL, "fields that a programme may see"},
    {IN_OUTPUT, K("fields"), KIND_FIELDS, REQ | TXT, 0, 20, 0, IN_FIELD, NULL, "{ name: type }"},
    {IN_DOCUMENT, K("template"), KIND_FILE, REQ, 0, 0, 0, 0, NULL, "file in documents/"},
    {IN_DOCUMENT, K("for"), KIND_ONE_OF, REQ, 0, 0, 0, 0, AUDIENCES, "who reads it"},
    {IN_SHARE, K("question"), KIND_ID, REQ, 0, 0, 0, 0, NULL, "the question about it"},
    {IN_SHARE, K("answers"), KIND_IDS, REQ, 1, 20, 0, 0, NULL,
     "options that allow it; true for yes"},
};

enum { KEYS = sizeof keys / sizeof keys[0] };

static const struct str names[TYPE_COUNT] = {
    K("text"),    K("long_text"), K("yes_no"), K("choice"),     K("choices"),  K("scale"),
    K("integer"), K("number"),    K("money"),  K("date"),       K("duration"), K("list"),
    K("sort"),    K("grid"),      K("rank"),   K("commitment"), K("confirm"),
};

const struct schema_key *schema_keys(size_t *n)
{
    *n = KEYS;
    return keys;
}

static bool is_for(const struct schema_key *k, enum place in, enum type type)
{
    return (k->in & (unsigned)in) &&
        (type == TYPE_COUNT || k->types == 0 || (k->types & (1u << type)));
}

const struct schema_key *schema_find(enum place in, struct str key, enum type type)
{
    for (size_t i = 0; i < KEYS; i++)
        if (is_for(&keys[i], in, type) && str_eq(keys[i].key, key))
            return &keys[i];
    return NULL;
}

size_t schema_names(enum place in, enum type type, struct str *out, size_t room)
{
    size_t n = 0;
    for (size_t i = 0; i < KEYS && n < room; i++)
        if (is_for(&keys[i], in, type) && (n == 0 || !str_eq(out[n - 1], keys[i].key)))
            out[n++] = keys[i].key;
    return n;
}

enum type type_of_name(struct str name)
{
    for (int i = 0; i < TYPE_COUNT; i++)
        if (str_eq(names[i], name))
            return (enum type)i;
    return TYPE_COUNT;
}

struct str type_name(enum type type)
{
    return type < TYPE_COUNT ? names[type] : STR("");
}
