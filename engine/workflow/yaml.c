#include "workflow/yaml.h"

#include "workflow/yaml_scan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* A list or map that is being read. */
struct level {
    struct node *collection, *last, *key;
};

struct reading {
    struct arena *a;
    struct yaml_file *file;
    struct diags *d;
    yaml_parser_t parser;
    struct level levels[YAML_DEPTH_MAX];
    size_t depth, events;
    size_t byte, character; /* the same position in the text, for marks that count characters */
    bool exclamation;       /* is there a "!" at all */
    bool documents, failed;
};

void yaml_report(struct diags *d, const struct yaml_file *f, const struct node *at,
                 const char *code, struct str text, struct str help)
{
    if (d->n >= DIAG_MAX) {
        d->full = true;
        return;
    }
    struct diag_place place = {.file = f->name, .source = f->text};
    if (at) {
        place.line = at->line;
        place.column = at->column;
        place.width = at->width;
    }
    diag_add(d, code, place, text, help);
}

static struct node *node_new(struct reading *r, enum node_kind kind, const yaml_event_t *event)
{
    struct node *node = arena_alloc(r->a, sizeof *node);
    const yaml_mark_t *start = &event->start_mark, *end = &event->end_mark;
    node->kind = kind;
    node->text = STR("");
    node->line = (int)start->line + 1;
    node->column = (int)start->column + 1;
    node->width = start->line == end->line && end->column > start->column
        ? (int)(end->column - start->column)
        : 1;
    return node;
}

static void report(struct reading *r, const struct node *at, const char *code, const char *text,
                   const char *help)
{
    yaml_report(r->d, r->file, at, code, str_of(text), str_of(help));
}

/* The byte at a mark: marks count characters and come in order, so the text is walked once. */
static char byte_at(struct reading *r, const yaml_mark_t *mark)
{
    while (r->character < mark->index && r->byte < r->file->text.n) {
        (void)utf8_next(r->file->text, &r->byte);
        r->character++;
    }
    return r->byte < r->file->text.n ? r->file->text.p[r->byte] : '\0';
}

/* Anchors and tags are refused; the value itself is read on. */
static void check_properties(struct reading *r, const struct node *node, const yaml_char_t *anchor,
                             const yaml_char_t *tag, const yaml_mark_t *start)
{
    /* A lone "!" leaves no tag in the event. */
    if (tag || (r->exclamation && byte_at(r, start) == '!'))
        report(r, node, "E106", "tags (!) are not used here",
               "If the text begins with !, put it between quotes.");
    if (anchor)
        report(r, node, "E105", "anchors (&) are not used here",
               "Write the value out; if the text begins with &, put it between quotes.");
}

static void check_key(struct reading *r, const struct node *key)
{
    if (key->kind == NODE_REFUSED)
        return;
    if (key->kind != NODE_TEXT)
        report(r, key, "E122", "a key must be a plain word",
               "A text that begins with { or [ needs quotes.");
    else if (str_is(key->text, "<<"))
        report(r, key, "E107", "merge keys (<<) are not used here", "Write the entries out.");
    else if (key->text.n == 0)
        report(r, key, "E122", "a colon without a key before it",
               "Write the key, or put the text between quotes.");
}

/* Puts a node where it belongs: the root, the next entry of a list, the next key or value of a map.
 */
static void place(struct reading *r, struct node *node)
{
    if (r->depth == 0) {
        r->file->root = node;
        return;
    }
    struct level *level = &r->levels[r->depth - 1];
    struct node *parent = level->collection;
    if (parent->kind == NODE_MAP && !level->key) {
        check_key(r, node);
        level->key = node;
        return;
    }
    node->key = level->key;
    level->key = NULL;
    if (level->last)
        level->last->next = node;
    else
        parent->first = node;
    level->last = node;
    parent->n++;
}

/* A value of a map, to be put in the order of the keys. */
struct sorted {
    struct node *value;
};

static int order_by_key(const void *a, const void *b)
{
    const struct node *one = ((const struct sorted *)a)->value->key;
    const struct node *two = ((const struct sorted *)b)->value->key;
    int order = str_order(one->text, two->text);
    if (order == 0)
        order = one->line != two->line ? one->line - two->line : one->column - two->column;
    return order;
}

/* The second of the two is read no further: what it says would be a second message for one fault.
 */
static void report_duplicate(struct reading *r, struct node *value, const struct node *before)
{
    struct str key = value->key->text;
    struct str text = str_format(r->a, "the key \"%.*s\" stands twice: here and on line %d",
                                 STR_ARG(str_part(key, 0, utf8_cut(key, 60))), before->key->line);
    yaml_report(r->d, r->file, value->key, "E104", text,
                STR("Delete one of the two, or give it another name."));
    value->kind = NODE_REFUSED;
}

/* Doubles are found by sorting: a map may have thousands of keys. */
static void check_duplicates(struct reading *r, const struct node *map)
{
    if (map->n < 2)
        return;
    struct sorted *sorted = arena_alloc(r->a, map->n * sizeof *sorted);
    size_t n = 0;
    for (struct node *v = map->first; v; v = v->next)
        if (v->key->kind == NODE_TEXT && v->key->text.n > 0)
            sorted[n++].value = v;
    qsort(sorted, n, sizeof *sorted, order_by_key);
    for (size_t i = 1; i < n; i++)
        if (str_eq(sorted[i].value->key->text, sorted[i - 1].value->key->text))
            report_duplicate(r, sorted[i].value, sorted[i - 1].value);
}

static bool begin_collection(struct reading *r, struct node *node)
{
    if (r->depth == YAML_DEPTH_MAX) {
        report(r, node, "E111", "this is nested more than 16 levels deep",
               "Nothing here needs so many levels: compare "
               "the brackets and the indentation with the lines above.");
        return false;
    }
    place(r, node);
    r->levels[r->depth++] = (struct level){.collection = node};
    return true;
}

static void end_collection(struct reading *r)
{
    assert(r->depth > 0);
    const struct node *ended = r->levels[--r->depth].collection;
    if (ended->kind == NODE_MAP)
        check_duplicates(r, ended);
}

/* Only escapes in double quotes can still bring such characters in: the bytes themselves were
 * scanned. */
static void check_escapes(struct reading *r, const struct node *node)
{
    for (size_t i = 0; i < node->text.n;) {
        uint32_t c = utf8_next(node->text, &i);
        if (!text_is_control(c))
            continue;
        report(r, node, "E109",
               c < 0x100 ? "this text contains a control character"
                         : "this text contains an invisible or direction-changing character",
               "Delete the part that begins with a backslash.");
        return;
    }
}

static bool read_scalar(struct reading *r, const yaml_event_t *event)
{
    struct node *node = node_new(r, NODE_TEXT, event);
    struct str text = {(const char *)event->data.scalar.value, event->data.scalar.length};
    if (text.n > YAML_SCALAR_MAX) {
        report(r, node, "E112", "this text is longer than 64 KiB",
               "Shorten it; if it should be short, look for a "
               "quote or a block text that is not ended.");
        return false;
    }
    node->text = str_copy(r->a, text);
    node->quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    check_properties(r, node, event->data.scalar.anchor, event->data.scalar.tag,
                     &event->start_mark);
    if (event->data.scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
        check_escapes(r, node);
    place(r, node);
    return true;
}

static bool begin_document(struct reading *r, const yaml_event_t *event)
{
    struct node *node = node_new(r, NODE_TEXT, event);
    if (r->documents) {
        report(r, node, "E108", "a second document (---) begins here",
               "Keep one document to a file; a line of dashes "
               "needs # before it.");
        return false;
    }
    r->documents = true;
    if (event->data.document_start.version_directive ||
        event->data.document_start.tag_directives.start !=
            event->data.document_start.tag_directives.end)
        report(r, node, "E108", "directives (%) are not used here",
               "Delete the line that begins with %.");
    return true;
}

/* False when reading ends: the last event, or a limit. */
static bool take(struct reading *r, const yaml_event_t *event)
{
    struct node *node;
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(r, event);
    case YAML_SEQUENCE_START_EVENT:
        node = node_new(r, NODE_LIST, event);
        check_properties(r, node, event->data.sequence_start.anchor, event->data.sequence_start.tag,
                         &event->start_mark);
        return begin_collection(r, node);
    case YAML_MAPPING_START_EVENT:
        node = node_new(r, NODE_MAP, event);
        check_properties(r, node, event->data.mapping_start.anchor, event->data.mapping_start.tag,
                         &event->start_mark);
        return begin_collection(r, node);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        end_collection(r);
        return true;
    case YAML_ALIAS_EVENT:
        node = node_new(r, NODE_REFUSED, event);
        report(r, node, "E105", "references (*) are not used here",
               "Write the value out; if the text begins with *, put it between quotes.");
        place(r, node);
        return true;
    case YAML_DOCUMENT_START_EVENT:
        return begin_document(r, event);
    default:
        return true;
    }
}

static bool count_event(struct reading *r, const yaml_event_t *event)
{
    if (++r->events <= YAML_EVENTS_MAX)
        return true;
    report(r, node_new(r, NODE_TEXT, event), "E113", "the file has more than 20,000 pieces",
           "Split the phase.");
    return false;
}

static void read_events(struct reading *r)
{
    for (bool more = true; more && !r->failed;) {
        yaml_event_t event;
        memset(&event, 0, sizeof event);
        if (!yaml_parser_parse(&r->parser, &event)) {
            const yaml_parser_t *p = &r->parser;
            yaml_report_syntax(r->d, r->file, p);
            r->failed = true;
            return;
        }
        more = event.type != YAML_STREAM_END_EVENT;
        r->failed = !(count_event(r, &event) && take(r, &event));
        yaml_event_delete(&event);
    }
}

bool yaml_read(struct arena *a, struct yaml_file *f, struct diags *d)
{
    if (str_starts(f->text, STR("\xEF\xBB\xBF")))
        f->text = str_part(f->text, 3, f->text.n);
    f->root = NULL;
    if (!yaml_scan(f, d))
        return false;
    struct reading r = {.a = a, .file = f, .d = d};
    r.exclamation = str_find(f->text, STR("!"), 0) < f->text.n;
    if (!yaml_parser_initialize(&r.parser))
        mem_exhausted();
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)f->text.p, f->text.n);
    read_events(&r);
    yaml_parser_delete(&r.parser);
    if (r.failed)
        f->root = NULL;
    else if (!f->root)
        yaml_report(d, f, NULL, "E114", STR("the file is empty"),
                    STR("Write its content, or delete the file."));
    return f->root != NULL;
}

const struct node *node_get(const struct node *map, struct str key)
{
    if (!map || map->kind != NODE_MAP)
        return NULL;
    for (const struct node *v = map->first; v; v = v->next)
        if (str_eq(v->key->text, key))
            return v;
    return NULL;
}

json_t *node_json(const struct node *node)
{
    json_t *out;
    switch (node->kind) {
    case NODE_LIST:
        out = json_array();
        for (const struct node *v = node->first; v; v = v->next)
            json_array_append_new(out, node_json(v));
        return out;
    case NODE_MAP:
        out = json_object();
        for (const struct node *v = node->first; v; v = v->next)
            json_object_setn_new(out, v->key->text.p, v->key->text.n, node_json(v));
        return out;
    default:
        return json_new_text(node->text);
    }
}
