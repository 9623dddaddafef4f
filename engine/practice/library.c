/* What can be begun, as somebody who chooses reads it.  A workflow is read once for each state of
 * its files. */
#include "practice/state.h"

#include <stdio.h>

static json_t *mistakes_of(const struct diags *d)
{
    json_t *list = json_array();
    for (size_t i = 0; i < d->n; i++)
        if (d->list[i].code[0] == 'E')
            json_array_append_new(list, json_new_text(diag_print(d->a, &d->list[i])));
    return list;
}

static json_t *phases_of(const json_t *definition, long long *minutes)
{
    json_t *list = json_array(), *phase;
    size_t i;
    *minutes = 0;
    json_array_foreach (json_object_get(definition, "phases"), i, phase) {
        *minutes += json_whole(phase, "minutes", 0);
        json_array_append_new(list,
                              json_pack("{s:O?,s:O?}", "title", json_object_get(phase, "title"),
                                        "purpose", json_object_get(phase, "purpose")));
    }
    return list;
}

static json_t *about_sound(struct workflow *w, struct str name, struct str language)
{
    const json_t *definition = workflow_in_language(w, language);
    long long minutes;
    json_t *phases = phases_of(definition, &minutes);
    return json_pack(
        "{s:o,s:O?,s:O?,s:o,s:o,s:b,s:b,s:[]}", "name", json_new_text(name), "title",
        json_object_get(definition, "title"), "purpose", json_object_get(definition, "purpose"),
        "phases", phases, "minutes", minutes > 0 ? json_integer(minutes) : json_null(), "english",
        workflow_speaks(w, STR("en")), "french", workflow_speaks(w, STR("fr")), "mistakes");
}

static json_t *about_broken(struct str name, json_t *mistakes)
{
    return json_pack("{s:o,s:o,s:n,s:[],s:n,s:b,s:b,s:o}", "name", json_new_text(name), "title",
                     json_new_text(name), "purpose", "phases", "minutes", "english", false,
                     "french", false, "mistakes", mistakes);
}

/* Of one workflow; what is known already is not read again. */
static json_t *about(struct practice *p, struct arena *a, struct str name, struct str language)
{
    struct bundle bundle;
    struct workflow *w;
    struct diags d = {.a = a};
    struct err e;
    char memo[80];
    if (!bundle_collect(a, &p->library, name, &bundle, &e))
        return about_broken(name, json_pack("[s]", e.text));
    (void)snprintf(memo, sizeof memo, "%s/%.8s", bundle.hash, language.p);
    json_t *known = json_object_get(p->about, memo);
    if (known)
        return json_incref(known);
    if (workflow_load(&bundle, &w, &d)) {
        known = about_sound(w, name, language);
        workflow_free(w);
    } else {
        known = about_broken(name, mistakes_of(&d));
    }
    json_object_set(p->about, memo, known);
    return known;
}

bool practice_library(struct practice *p, struct str language, json_t **out, struct err *e)
{
    struct arena *a = arena_new();
    struct str *names;
    size_t n;
    bool ok = practice_workflows(p, a, &names, &n, e);
    json_t *list = json_array();
    for (size_t i = 0; ok && i < n; i++)
        json_array_append_new(list, about(p, a, names[i], str_copy(a, language)));
    arena_free(a);
    if (ok)
        *out = list;
    else
        json_decref(list);
    return ok;
}
