/* The board as it was at the end of each sitting. */
#include "web/page_board.h"

#include "document/language.h"

static struct str query_of(const struct wall *w, long long number)
{
    struct arena *a = w->v->a;
    return number ? str_format(a, "?canvas=%.*s&at=%lld", STR_ARG(w->canvas), number)
                  : str_format(a, "?canvas=%.*s", STR_ARG(w->canvas));
}

json_t *wall_sittings(struct wall *w)
{
    json_t *all, *sitting;
    struct err ignored;
    size_t i;
    if (!board_sittings(w->j, &all, &ignored))
        return json_null();
    size_t n = json_array_size(all);
    w->at = w->at > n ? 0 : w->at;
    json_array_foreach (all, i, sitting) {
        struct str day = language_date(w->v->a, w->v->language, json_member(sitting, "date"));
        struct str path = wall_path(w, query_of(w, (long long)i + 1).p);
        json_object_set_new(sitting, "date", json_new_text(day));
        json_object_set_new(sitting, "href", json_new_text(path));
        json_object_set_new(sitting, "here", json_boolean(w->at == i + 1));
    }
    json_t *time = json_pack(
        "{s:O,s:I,s:I,s:o,s:o,s:b}", "sittings", all, "last", (json_int_t)n + 1, "at",
        (json_int_t)(w->at ? w->at : n + 1), "today", json_new_text(wall_path(w, query_of(w, 0).p)),
        "shown",
        w->at ? json_incref(json_object_get(json_array_get(all, w->at - 1), "date")) : json_null(),
        "now", w->at == 0);
    json_object_set_new(time, "canvas", json_new_text(w->canvas));
    json_decref(all);
    if (n > 0)
        return time;
    json_decref(time);
    return json_null();
}
