/* The answers behind the blocks of a page: numbers at the blocks, and a list at the end. */
#include "practice/state.h"
#include "practice/why.h"

#include <string.h>

enum { SHOWN = 12 }; /* of one block */

struct pages {
    struct journey *j;
    struct arena *a;
    struct why_lines lines;
    json_t *sources; /* of the page */
    json_t *numbers; /* "KEY ITEM" -> number */
    bool sensitive;
};

static json_int_t number_of(struct pages *p, const struct why_source *source)
{
    struct str name = str_format(p->a, "%s %.*s", source->key, STR_ARG(source->item));
    json_t *known = json_object_get(p->numbers, name.p);
    if (known)
        return json_integer_value(known);
    json_int_t number = (json_int_t)json_array_size(p->sources) + 1;
    json_t *told = why_tell(p->j, source, p->sensitive);
    /* What the answer does to one line is no matter of the list. */
    (void)json_object_del(told, "how");
    (void)json_object_del(told, "lines");
    json_object_set_new(told, "n", json_integer(number));
    json_array_append_new(p->sources, told);
    json_object_set_new(p->numbers, name.p, json_integer(number));
    return number;
}

static bool has_number(const json_t *list, json_int_t number)
{
    size_t i;
    json_t *one;
    json_array_foreach ((json_t *)(uintptr_t)list, i, one)
        if (json_integer_value(one) == number)
            return true;
    return false;
}

/* The numbers of what stands behind the lines `first` to `last`, from 1: a new reference. */
static json_t *behind(struct pages *p, long long first, long long last)
{
    json_t *list = json_array();
    for (long long line = first; line >= 1 && line <= last; line++) {
        size_t n = 0;
        const struct why_source **sources = (size_t)line <= p->lines.n
            ? why_ranked(p->j, p->a, &p->lines.list[line - 1], &n)
            : NULL;
        n = why_telling(&p->lines, sources, n);
        for (size_t i = 0; sources && i < n && json_array_size(list) < SHOWN; i++) {
            json_int_t number = number_of(p, sources[i]);
            if (!has_number(list, number))
                json_array_append_new(list, json_integer(number));
        }
    }
    return list;
}

static void add_rows(struct pages *p, json_t *table)
{
    long long line = json_whole(table, "line", 0) + 2;
    json_t *list = json_array();
    for (size_t i = 0; i < json_array_size(json_object_get(table, "rows")); i++)
        json_array_append_new(list, behind(p, line + (long long)i, line + (long long)i));
    json_object_set_new(table, "row_why", list);
}

static void add_blocks(struct pages *p, json_t *blocks)
{
    size_t i, k;
    json_t *block, *item;
    json_array_foreach (blocks, i, block) {
        if (str_is(json_member(block, "is"), "table"))
            add_rows(p, block);
        else if (json_object_get(block, "last"))
            json_object_set_new(
                block, "why",
                behind(p, json_whole(block, "line", 0), json_whole(block, "last", 0)));
        add_blocks(p, json_object_get(block, "blocks"));
        json_array_foreach (json_object_get(block, "items"), k, item)
            add_blocks(p, json_object_get(item, "blocks"));
    }
}

bool why_add_sources(struct journey *j, struct arena *a, const struct document_wish *wish,
                     struct diags *d, json_t *page, struct err *e)
{
    struct pages p = {.j = j,
                      .a = a,
                      .sensitive = wish->sensitive,
                      .sources = json_array(),
                      .numbers = json_object()};
    struct why_wish of = {.document = wish, .bare = true};
    bool ok = why_find(j, a, &of, d, &p.lines, e);
    if (ok) {
        add_blocks(&p, json_object_get(page, "blocks"));
        json_object_set(page, "sources", p.sources);
    }
    json_decref(p.sources);
    json_decref(p.numbers);
    return ok;
}
