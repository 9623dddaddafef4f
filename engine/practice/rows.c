/* Rows for spreadsheets, from the tree that documents see. */
#include "practice/documents.h"
#include "practice/shape.h"
#include "practice/tables.h"

enum { COLUMNS = 16 };

/* A column: its name in the file, its type there, and the member it shows. */
struct column {
    const char *name, *type, *member;
};

static const struct {
    const char *name;
    struct column columns[COLUMNS];
} tables[] = {
    {"items",
     {{"client", "text", NULL},
      {"journey", "number", NULL},
      {"workflow", "text", NULL},
      {"canvas", "text", NULL},
      {"block", "text", NULL},
      {"text", "text", "text"},
      {"mark", "text", "mark_label"},
      {"feeling", "text", "feeling"},
      {"impact", "text", "impact"},
      {"kind", "text", "kind"},
      {"why", "text", "why"},
      {"hypothesis", "text", "hypothesis"},
      {"page", "text", "page"}}},
    {"actions",
     {{"client", "text", NULL},
      {"journey", "number", NULL},
      {"workflow", "text", NULL},
      {"text", "text", "text"},
      {"due", "date", "due"},
      {"who", "text", "who"},
      {"goal", "number", "goal"},
      {"because", "text", "because"},
      {"know", "text", "know"},
      {"help", "text", "help"},
      {"watch_out", "text", "watch_out"}}},
    {"goals",
     {{"client", "text", NULL},
      {"journey", "number", NULL},
      {"workflow", "text", NULL},
      {"number", "number", "number"},
      {"text", "text", "text"},
      {"due", "date", "due"},
      {"measure", "text", "measure"},
      {"confidence", "number", "confidence"},
      {"because", "text", "because"},
      {"obstacle", "text", "obstacle"},
      {"answer", "text", "answer"}}},
    {"hours",
     {{"client", "text", "client"},
      {"journey", "number", "journey"},
      {"workflow", "text", "workflow"},
      {"date", "date", "date"},
      {"minutes", "number", "minutes"},
      {"hours", "number", "hours"},
      {"kind", "text", "kind"}}},
};

static const struct column *columns_of(struct str name)
{
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        if (str_is(name, tables[i].name))
            return tables[i].columns;
    return NULL;
}

json_t *table_new(struct str name)
{
    const struct column *columns = columns_of(name);
    if (!columns)
        return NULL;
    json_t *table = json_pack("{s:o,s:[],s:[]}", "name", json_new_text(name), "columns", "rows");
    for (; columns->name; columns++)
        json_array_append_new(json_object_get(table, "columns"),
                              json_pack("{s:s,s:s}", "name", columns->name, "type", columns->type));
    return table;
}

/* A row that begins with `head` (taken), then what `from` has for the columns. */
static void add_row(json_t *table, json_t *head, const json_t *from)
{
    const struct column *columns = columns_of(json_member(table, "name"));
    for (; columns->name; columns++)
        if (columns->member) {
            json_t *cell = json_object_get(from, columns->member);
            json_array_append_new(head, cell ? json_incref(cell) : json_null());
        }
    json_array_append_new(json_object_get(table, "rows"), head);
}

static json_t *head_of(struct journey *j, struct str client, size_t number)
{
    return json_pack("[o,I,o]", json_new_text(client), (json_int_t)number,
                     json_new_text(j->record.workflow));
}

static void add_items(json_t *table, struct journey *j, const json_t *head)
{
    json_t *canvases = shape_canvases(j, STR("coach"), false), *canvas, *block, *item;
    const char *name;
    size_t i, k;
    json_object_foreach (canvases, name, canvas)
        json_array_foreach (json_object_get(canvas, "blocks"), i, block)
            json_array_foreach (json_object_get(block, "items"), k, item) {
                json_t *row = json_copy((json_t *)(uintptr_t)head);
                json_array_append_new(row, json_string(name));
                json_array_append_new(row, json_new_text(json_member(block, "label")));
                add_row(table, row, item);
            }
    json_decref(canvases);
}

void table_add_journey(json_t *table, struct journey *j, struct str client, size_t number)
{
    json_t *head = head_of(j, client, number), *one;
    bool items = str_is(json_member(table, "name"), "items");
    size_t i;
    if (items) {
        add_items(table, j, head);
    } else {
        json_t *tree = journey_tree(j, STR("coach"), false);
        json_array_foreach (json_object_get(tree, json_member(table, "name").p), i, one)
            add_row(table, json_copy(head), one);
        json_decref(tree);
    }
    json_decref(head);
}

/* Only notes that were shared. */
static void keep_shared(json_t *tree)
{
    json_t *shared = json_array(), *note;
    size_t i;
    json_array_foreach (json_object_get(tree, "notes"), i, note)
        if (str_is(json_member(note, "visibility"), "shared"))
            json_array_append(shared, note);
    json_object_set_new(json_object_get(tree, "has"), "notes",
                        json_boolean(json_array_size(shared) > 0));
    json_object_set_new(tree, "notes", shared);
}

json_t *journey_tree_without_notes(struct journey *j)
{
    json_t *tree = journey_tree(j, STR("coach"), false);
    keep_shared(tree);
    (void)json_object_del(tree, "prep"); /* for the next session, from the coach's notes */
    return tree;
}

void table_add_hours(json_t *table, const json_t *log, struct str client)
{
    size_t i;
    json_t *session;
    json_array_foreach (json_object_get(log, "sessions"), i, session)
        if (client.n == 0 || str_eq(json_member(session, "client"), client))
            add_row(table, json_array(), session);
}
