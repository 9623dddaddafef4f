/* The answers behind lines, as people and other programs read them. */
#include "practice/state.h"
#include "practice/why.h"

#include "workflow/value.h"

#include <stdlib.h>
#include <string.h>

static const char *const hows[] = {"field", "section", "script"};

/* A source and where its answer stands on the path. */
struct ranked {
    const struct why_source *source;
    size_t place;
};

/* What is shown first; then what moves the fewest lines; then the order of the questions. */
static int by_rank(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    bool field_a = a->source->how == WHY_FIELD, field_b = b->source->how == WHY_FIELD;
    if (field_a != field_b)
        return field_a ? -1 : 1;
    if (!field_a && a->source->lines != b->source->lines)
        return a->source->lines < b->source->lines ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

/* The part of an answer that is the item or row of this id; the whole if it has none. */
static json_t *part_of(const json_t *value, struct str id)
{
    size_t i;
    const char *name;
    json_t *one;
    json_array_foreach ((json_t *)(uintptr_t)value, i, one)
        if (str_eq(json_is_string(one) ? json_text(one) : json_member(one, "id"), id))
            return json_pack("[O]", one);
    json_object_foreach ((json_t *)(uintptr_t)value, name, one)
        if (str_is(id, name))
            return json_pack("{s:O}", name, one);
    return json_incref((json_t *)(uintptr_t)value);
}

static struct str shown_of(struct arena *a, struct journey *j, const struct why_source *source)
{
    const json_t *value = fold_value(&j->fold, source->key);
    json_t *part =
        source->item.n ? part_of(value, source->item) : json_incref((json_t *)(uintptr_t)value);
    struct str shown = view_shown(a, j, source->key, part);
    json_decref(part);
    return shown;
}

/* The question as it was asked, but for words of a sensitive answer. */
static struct str ask_of(struct arena *a, struct journey *j, const char *key, bool sensitive)
{
    const json_t *definition = workflow_in_language(j->w, j->language);
    const json_t *entry = journey_entry(j, key);
    json_t *seen = json_object(), *var;
    const char *name;
    json_object_foreach (json_object_get(entry, "vars"), name, var) {
        const json_t *source = workflow_question(definition, json_member(var, "q"));
        if (sensitive || !json_flag(source, "sensitive", false))
            json_object_set(seen, name, var);
    }
    const json_t *q = workflow_question(definition, json_member(entry, "id"));
    struct str ask = wording_fill(a, j, json_member(q, "ask"), seen, j->language);
    json_decref(seen);
    return ask;
}

json_t *why_tell(struct journey *j, const struct why_source *source, bool sensitive)
{
    struct arena *a = arena_new();
    const struct store_event *event = fold_event(&j->fold, source->key);
    struct str ask = ask_of(a, j, source->key, sensitive);
    json_t *told =
        json_pack("{s:s,s:o,s:o,s:s,s:o,s:I}", "key", source->key, "ask", json_new_text(ask),
                  "shown", json_new_text(shown_of(a, j, source)), "how", hows[source->how], "day",
                  json_new_text(event ? event->day : STR("")), "lines", (json_int_t)source->lines);
    if (source->item.n > 0)
        json_object_set_new(told, "id", json_new_text(source->item));
    arena_free(a);
    return told;
}

/* Many parts of one answer that all move the same lines are the answer as a whole: the question of
 * which of them it was has no answer. */
static size_t join_parts(struct arena *a, struct ranked *list, size_t n)
{
    enum { PARTS = 3 };
    size_t kept = 0;
    for (size_t i = 0; i < n;) {
        struct why_source whole = *list[i].source;
        size_t same = 1;
        while (i + same < n && list[i + same].place == list[i].place &&
               list[i + same].source->lines == whole.lines &&
               list[i + same].source->how == WHY_SCRIPT)
            same++;
        if (same > PARTS && whole.how == WHY_SCRIPT) {
            struct why_source *joined = arena_alloc(a, sizeof *joined);
            *joined = whole;
            joined->item = STR("");
            list[kept++] = (struct ranked){joined, list[i].place};
        } else {
            memmove(&list[kept], &list[i], same * sizeof *list);
            kept += same;
        }
        i += same;
    }
    return kept;
}

const struct why_source **why_ranked(struct journey *j, struct arena *a,
                                     const struct why_line *line, size_t *n)
{
    *n = 0;
    for (const struct why_source *s = line->first; s; s = s->next)
        (*n)++;
    struct ranked *list = arena_alloc(a, (*n + 1) * sizeof *list);
    const struct why_source **result = arena_alloc(a, (*n + 1) * sizeof *result);
    size_t i = 0;
    for (const struct why_source *s = line->first; s; s = s->next)
        list[i++] = (struct ranked){s, journey_entry_index(j, s->key)};
    qsort(list, *n, sizeof *list, by_rank);
    *n = join_parts(a, list, *n);
    for (i = 0; i < *n; i++)
        result[i] = list[i].source;
    return result;
}

size_t why_telling(const struct why_lines *lines, const struct why_source **ranked, size_t n)
{
    enum { SHOWN = 8, PART = 5, FEW = 12 };
    size_t all = 0, k = 0;
    for (size_t i = 0; i < lines->n; i++)
        all += str_trim(lines->list[i].text).n > 0;
    size_t many = all / PART > FEW ? all / PART : FEW;
    while (k < n && k < SHOWN && (k == 0 || ranked[k]->lines <= many))
        k++;
    return k;
}

bool journey_why(struct journey *j, struct arena *a, const struct document_wish *wish,
                 struct diags *d, json_t **out, struct err *e)
{
    struct why_lines lines;
    struct why_wish of = {.document = wish};
    if (!why_find(j, a, &of, d, &lines, e))
        return false;
    *out = json_array();
    for (size_t i = 0; i < lines.n; i++) {
        struct why_line *line = &lines.list[i];
        size_t n;
        if (str_trim(line->text).n == 0)
            continue;
        const struct why_source **sources = why_ranked(j, a, line, &n);
        json_t *from = json_array();
        for (size_t k = 0; k < n; k++)
            json_array_append_new(from, why_tell(j, sources[k], wish->sensitive));
        json_int_t telling = (json_int_t)why_telling(&lines, sources, n);
        json_array_append_new(*out,
                              json_pack("{s:I,s:o,s:I,s:o}", "line", (json_int_t)i + 1, "text",
                                        json_new_text(line->text), "telling", telling, "from",
                                        from));
    }
    return true;
}
