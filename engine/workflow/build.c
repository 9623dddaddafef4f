#include "workflow/build.h"

#include "base/clock.h"
#include "workflow/names.h"
#include "workflow/references.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 64, QUOTE_MAX = 60, LINE_MAX_BYTES = 300 };

void build_fault(struct build *b, const struct node *at, const char *code, const char *help,
                 const char *format, ...)
{
    if (b->d->n >= DIAG_MAX) {
        b->d->full = true;
        return;
    }
    char text[1024];
    va_list args;
    va_start(args, format);
    int n = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    struct str whole = {text, n > 0 && (size_t)n < sizeof text ? (size_t)n : strlen(text)};
    yaml_report(b->d, b->file, at, code, whole, str_of(help));
}

struct str build_quote(struct build *b, struct str text)
{
    return text_safe(b->a, str_part(text, 0, utf8_cut(text, QUOTE_MAX)), false);
}

const char *build_nearest(struct build *b, struct str word, const struct str *known, size_t n,
                          const char *otherwise)
{
    struct str nearest = text_nearest(word, known, n);
    if (nearest.n == 0)
        return otherwise;
    return str_format(b->a, "Did you mean \"%.*s\"?", STR_ARG(nearest)).p;
}

size_t build_keys(struct build *b, const json_t *object, struct str **out)
{
    const char *key;
    json_t *ignored;
    size_t n = 0;
    *out = arena_alloc(b->a, json_object_size(object) * sizeof **out);
    json_object_foreach ((json_t *)object, key, ignored)
        (*out)[n++] = str_of(key);
    return n;
}

void build_later(struct build *b, enum pending_kind kind, const struct node *at, struct str name)
{
    struct pending *p = arena_alloc(b->a, sizeof *p);
    *p = (struct pending){.kind = kind, .at = at, .file = b->file, .name = name};
    if (b->last)
        b->last->next = p;
    else
        b->first = p;
    b->last = p;
}

static const char *node_kind_name(const struct node *node)
{
    if (node->kind == NODE_MAP)
        return "a map (key: value)";
    if (node->kind == NODE_LIST)
        return "a list";
    return node->text.n ? "a text" : "nothing";
}

bool build_expect(struct build *b, const struct node *node, enum node_kind kind,
                  const struct schema_key *row)
{
    if (node->kind == kind)
        return true;
    if (node->kind == NODE_REFUSED)
        return false;
    const char *wanted = kind == NODE_MAP ? "a map (key: value)"
        : kind == NODE_LIST               ? "a list"
                                          : "a text";
    const char *help = kind == NODE_MAP
        ? "Write the entries below it, indented, each as \"key: value\"."
        : kind == NODE_LIST
        ? "Write [one, two], or each on a line of its own beginning with \"- \"."
        : "Write one text; if it begins with { or [, put it between quotes.";
    struct str what = STR("this entry");
    if (b->file && node == b->file->root)
        what = STR("the file");
    else if (row || node->key)
        what =
            str_format(b->a, "\"%.*s\"", STR_ARG(build_quote(b, row ? row->key : node->key->text)));
    build_fault(b, node, "E115", help, "%.*s should be %s, but here stands %s", STR_ARG(what),
                wanted, node_kind_name(node));
    return false;
}

struct str build_text(struct build *b, const struct node *node, const struct schema_key *row)
{
    if (!build_expect(b, node, NODE_TEXT, row))
        return STR("");
    struct str text = str_trim(node->text);
    if (text.n == 0)
        build_fault(
            b, node, "E121", "Write its value, or delete the line.", "\"%.*s\" has no value",
            STR_ARG(node->key ? build_quote(b, node->key->text) : STR("an entry of the list")));
    return text;
}

bool build_check_id(struct build *b, const struct node *node, struct str id)
{
    if (id_is_valid(id))
        return true;
    if (str_eq(id, STR("<<")) && !node->quoted) /* a message was given: merge keys */
        return false;
    struct str proposal = id_from_label(b->a, id);
    const char *help =
        "An id begins with a letter a-z and has only a-z, 0-9 and _, at most 64 of them.";
    if (id_is_valid(proposal))
        help = str_format(b->a, "%s For example: %s", help, proposal.p).p;
    build_fault(b, node, "E201", help, "\"%.*s\" cannot be an id", STR_ARG(build_quote(b, id)));
    return false;
}

static json_t *text_value(struct build *b, const struct schema_key *row, const struct node *node)
{
    struct str text = build_text(b, node, row);
    if (text.n == 0)
        return NULL;
    if (row->kind != KIND_TEXT && row->kind != KIND_LUA && str_find(text, STR("\n"), 0) < text.n) {
        build_fault(b, node, "E124", "Write it on one line.", "\"%.*s\" must be one line",
                    STR_ARG(row->key));
        return NULL;
    }
    if ((row->kind == KIND_LINE || row->kind == KIND_WORD) && text.n > LINE_MAX_BYTES) {
        build_fault(b, node, "E112", "Shorten it.", "\"%.*s\" is longer than %d bytes",
                    STR_ARG(row->key), LINE_MAX_BYTES);
        return NULL;
    }
    return json_stringn_nocheck(text.p, text.n); /* the file was checked to be UTF-8 */
}

static json_t *bool_value(struct build *b, const struct schema_key *row, const struct node *node)
{
    struct str text = build_text(b, node, row);
    if (str_eq(text, STR("true")) || str_eq(text, STR("false")))
        return json_boolean(text.n == 4);
    if (text.n)
        build_fault(b, node, "E117",
                    "Write true or false. (If you meant a text, it belongs to another key.)",
                    "\"%.*s\" is neither true nor false", STR_ARG(build_quote(b, text)));
    return NULL;
}

/* -?(0|[1-9][0-9]*), with a decimal part if `decimal`. */
static bool is_number(struct str s, bool decimal)
{
    size_t i = s.n > 0 && s.p[0] == '-', from = i, dots = 0;
    for (; i < s.n; i++) {
        if (decimal && s.p[i] == '.' && i > from && dots++ == 0 && i + 1 < s.n)
            continue;
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    }
    size_t digits = s.n - from;
    return digits > 0 && digits <= 15 && !(s.p[from] == '0' && digits > 1 && s.p[from + 1] != '.');
}

static json_t *number_value(struct build *b, const struct schema_key *row, const struct node *node)
{
    struct str text = build_text(b, node, row);
    bool whole = row->kind == KIND_INT;
    if (text.n == 0)
        return NULL;
    if (!is_number(text, !whole)) {
        build_fault(b, node, "E116",
                    whole ? "Write digits only, for example 10."
                          : "Write digits, with a point before decimals: 2.5",
                    "\"%.*s\" is not a %snumber", STR_ARG(build_quote(b, text)),
                    whole ? "whole " : "");
        return NULL;
    }
    char digits[20];
    (void)snprintf(digits, sizeof digits, "%.*s", STR_ARG(text));
    if (!whole && str_find(text, STR("."), 0) < text.n)
        return json_real(strtod(digits, NULL));
    long long n = strtoll(digits, NULL, 10);
    if (whole && (n < row->min || n > row->max)) {
        build_fault(b, node, "E120", row->what, "\"%.*s\" must be from %lld to %lld, not %lld",
                    STR_ARG(row->key), row->min, row->max, n);
        return NULL;
    }
    return json_integer(n);
}

static json_t *day_value(struct build *b, const struct schema_key *row, const struct node *node)
{
    struct str text = build_text(b, node, row);
    if (text.n == 0 || clock_is_day(text))
        return text.n ? json_new_text(text) : NULL;
    build_fault(b, node, "E116", "Write year, month and day: 2026-11-23",
                "\"%.*s\" is not a day of the calendar", STR_ARG(build_quote(b, text)));
    return NULL;
}

static json_t *one_of_value(struct build *b, const struct schema_key *row, const struct node *node)
{
    struct str known[16], rest = str_of(row->words), text = build_text(b, node, row);
    size_t n = 0;
    if (text.n == 0)
        return NULL;
    while (rest.n > 0 && n < 16) {
        known[n] = str_split(rest, '|', &rest);
        if (str_eq(known[n++], text))
            return json_new_text(text);
    }
    struct buf all = {.a = b->a};
    for (size_t i = 0; i < n; i++)
        buf_format(&all, "%s%.*s", i ? ", " : "Possible are: ", STR_ARG(known[i]));
    build_fault(b, node, "E120", build_nearest(b, text, known, n, buf_str(&all).p),
                "\"%.*s\" cannot be \"%.*s\"", STR_ARG(row->key), STR_ARG(build_quote(b, text)));
    return NULL;
}

static json_t *type_value(struct build *b, const struct schema_key *row, const struct node *node)
{
    struct str text = build_text(b, node, row), known[TYPE_COUNT];
    bool field = row->in & IN_FIELD;
    enum type type = type_of_name(text), last = field ? TYPE_LIST : TYPE_COUNT;
    if (text.n == 0)
        return NULL;
    if (type < last)
        return json_new_text(text);
    struct buf all = {.a = b->a};
    for (size_t i = 0; i < last; i++) {
        known[i] = type_name((enum type)i);
        buf_format(&all, "%s%.*s", i ? ", " : "Types are: ", STR_ARG(known[i]));
    }
    const char *help = build_nearest(b, text, known, last, buf_str(&all).p);
    if (type < TYPE_COUNT)
        build_fault(b, node, "E208", buf_str(&all).p, "a field cannot be of type \"%.*s\"",
                    STR_ARG(text));
    else
        build_fault(b, node, "E208", help, "unknown type \"%.*s\"", STR_ARG(build_quote(b, text)));
    return NULL;
}

static json_t *name_value(struct build *b, const struct schema_key *row, const struct node *node)
{
    struct str text = build_text(b, node, row);
    if (text.n == 0)
        return NULL;
    if (row->kind == KIND_ID || row->kind == KIND_IDS) {
        if (!build_check_id(b, node, text))
            return NULL;
    } else if (row->kind == KIND_NAME && !name_is_valid(text)) {
        build_fault(b, node, "E201", "A name has only a-z, 0-9 and -, and does not begin with -.",
                    "\"%.*s\" cannot be a name", STR_ARG(build_quote(b, text)));
        return NULL;
    } else if (row->kind == KIND_FILE && !file_name_is_valid(text)) {
        build_fault(
            b, node, "E227",
            "Write only the name of a file in the library: no folder, no \"..\", no address.",
            "\"%.*s\" cannot be a file of a workflow", STR_ARG(build_quote(b, text)));
        return NULL;
    } else if ((row->kind == KIND_LANGUAGE || row->kind == KIND_LANGUAGES) &&
               !language_is_valid(text)) {
        build_fault(b, node, "E222",
                    "Write its code of two or three letters, for example en or fr.",
                    "\"%.*s\" is not a language", STR_ARG(build_quote(b, text)));
        return NULL;
    }
    if (row->words)
        return one_of_value(b, row, node);
    references_expect(b, row, node, text);
    return json_new_text(text);
}

static json_t *reference_value(struct build *b, const struct schema_key *row,
                               const struct node *node)
{
    struct str block, text = build_text(b, node, row);
    if (text.n == 0)
        return NULL;
    struct str canvas = str_split(text, '.', &block);
    if (!id_is_valid(canvas) || !id_is_valid(block)) {
        build_fault(b, node, "E201",
                    "Write the canvas and the block with a point between them: talk.obstacles",
                    "\"%.*s\" does not name a block of a canvas", STR_ARG(build_quote(b, text)));
        return NULL;
    }
    build_later(b, PENDING_CANVAS, node, text);
    return json_new_text(text);
}

static bool check_count(struct build *b, const struct schema_key *row, const struct node *node,
                        size_t n)
{
    if ((long long)n >= row->min && (row->max == 0 || (long long)n <= row->max))
        return true;
    if (n == 0)
        build_fault(b, node, "E216", row->what, "\"%.*s\" is empty", STR_ARG(row->key));
    else if (row->min == row->max)
        build_fault(b, node, "E120", row->what, "\"%.*s\" must have %lld entries, not %zu",
                    STR_ARG(row->key), row->min, n);
    else
        build_fault(b, node, "E120", row->what,
                    "\"%.*s\" must have from %lld to %lld entries, not %zu", STR_ARG(row->key),
                    row->min, row->max, n);
    return false;
}

static bool contains(const json_t *list, const json_t *value)
{
    size_t i;
    json_t *one;
    json_array_foreach ((json_t *)list, i, one)
        if (json_equal(one, value))
            return true;
    return false;
}

static void append(struct build *b, const struct schema_key *row, const struct node *node,
                   json_t *list)
{
    bool names = row->kind == KIND_IDS || row->kind == KIND_LANGUAGES;
    json_t *value = names ? name_value(b, row, node) : text_value(b, row, node);
    if (!value)
        return;
    if (names && contains(list, value)) {
        build_fault(b, node, "E221", "Delete one of them.", "\"%.*s\" stands twice in this list",
                    STR_ARG(json_text(value)));
        json_decref(value);
        return;
    }
    json_array_append_new(list, value);
}

static json_t *list_value(struct build *b, const struct schema_key *row, const struct node *node)
{
    bool alone = node->kind == NODE_TEXT && node->text.n > 0 && row->min < 2;
    if (!alone && !build_expect(b, node, NODE_LIST, row))
        return NULL;
    if (!check_count(b, row, node, alone ? 1 : node->n))
        return NULL;
    /* A text of the list may have several lines; names and words may not. */
    struct schema_key element = *row;
    if (row->kind == KIND_TEXTS)
        element.kind = KIND_TEXT;
    json_t *list = json_array();
    if (alone)
        append(b, &element, node, list);
    else
        for (const struct node *v = node->first; v; v = v->next)
            append(b, &element, v, list);
    return list;
}

static json_t *map_value(struct build *b, const struct schema_key *row, const struct node *node)
{
    if (!build_expect(b, node, NODE_MAP, row) || !check_count(b, row, node, node->n))
        return NULL;
    json_t *out = json_object();
    for (const struct node *v = node->first; v; v = v->next) {
        if (v->key->kind != NODE_TEXT || !build_check_id(b, v->key, v->key->text))
            continue;
        json_t *value = row->words ? one_of_value(b, row, v->key) : NULL;
        if (row->words && !value)
            continue;
        json_decref(value);
        if (row->kind == KIND_LISTS) {
            struct schema_key one = *row;
            one.min = 1;
            one.max = 1000;
            value = build_entries(b, &one, v, NULL);
        } else {
            value = build_object(b, row->of, v);
        }
        if (value)
            json_object_set_new(out, v->key->text.p, value);
    }
    return out;
}

static json_t *objects_value(struct build *b, const struct schema_key *row, const struct node *node)
{
    if (!build_expect(b, node, NODE_LIST, row) || !check_count(b, row, node, node->n))
        return NULL;
    json_t *list = json_array();
    for (const struct node *v = node->first; v; v = v->next) {
        json_t *one = build_object(b, row->of, v);
        if (one)
            json_array_append_new(list, one);
    }
    return list;
}

static void add_message(struct build *b, const struct schema_key *row, const struct node *node)
{
    const struct node *key = node->key;
    if (key->kind != NODE_TEXT || !build_check_id(b, key, key->text))
        return;
    const struct schema_key text_row = {.key = row->key, .kind = KIND_TEXT};
    json_t *text = text_value(b, &text_row, node);
    if (!text)
        return;
    if (json_object_get(b->messages, key->text.p)) {
        build_fault(b, key, "E205", "Give one of the two another id.",
                    "there is already a message \"%.*s\"", STR_ARG(key->text));
        json_decref(text);
        return;
    }
    json_t *names = json_array();
    placeholders_add(names, json_text(text));
    size_t i;
    json_t *name;
    json_array_foreach (names, i, name)
        build_later(b, PENDING_PLACEHOLDER, node, str_copy(b->a, json_text(name)));
    json_object_set_new(b->messages, key->text.p,
                        json_pack("{s:o,s:o}", "text", text, "placeholders", names));
}

/* Messages of all files go to one place; the object that has them keeps their ids. */
static json_t *messages_value(struct build *b, const struct schema_key *row,
                              const struct node *node)
{
    if (!build_expect(b, node, NODE_MAP, row) || !check_count(b, row, node, node->n))
        return NULL;
    for (const struct node *v = node->first; v; v = v->next)
        add_message(b, row, v);
    return NULL;
}

json_t *build_value(struct build *b, const struct schema_key *row, const struct node *node,
                    json_t *owner)
{
    switch (row->kind) {
    case KIND_TEXT:
    case KIND_LINE:
    case KIND_WORD:
    case KIND_LUA:
        return text_value(b, row, node);
    case KIND_TEXTS:
    case KIND_WORDS:
    case KIND_IDS:
    case KIND_LANGUAGES:
        return list_value(b, row, node);
    case KIND_ID:
    case KIND_NAME:
    case KIND_LANGUAGE:
    case KIND_FILE:
        return name_value(b, row, node);
    case KIND_BOOL:
        return bool_value(b, row, node);
    case KIND_INT:
    case KIND_NUMBER:
        return number_value(b, row, node);
    case KIND_DAY:
        return day_value(b, row, node);
    case KIND_ONE_OF:
        return one_of_value(b, row, node);
    case KIND_TYPE:
        return type_value(b, row, node);
    case KIND_REFERENCE:
        return reference_value(b, row, node);
    case KIND_ENTRIES:
        return build_entries(b, row, node, owner);
    case KIND_FIELDS:
        return build_expect(b, node, NODE_MAP, row) ? build_fields(b, node, row->in == IN_QUESTION)
                                                    : NULL;
    case KIND_MAP:
        return map_value(b, row, node);
    case KIND_LISTS:
        return b->lists ? json_incref(b->lists) : map_value(b, row, node);
    case KIND_OBJECTS:
        return objects_value(b, row, node);
    case KIND_MESSAGES:
        return messages_value(b, row, node);
    case KIND_DATA:
        return node_json(node);
    case KIND_GRID: /* needs the blocks: see object.c */
        break;
    }
    return NULL;
}
