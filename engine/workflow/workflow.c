#include "workflow/workflow.h"

#include "workflow/definition.h"
#include "workflow/translate.h"
#include "workflow/yaml.h"

#include <stdlib.h>
#include <string.h>

enum { LANGUAGES_MAX = 20 };

struct workflow {
    struct arena *a;
    struct bundle bundle; /* a copy: translations and templates are read when they are asked for */
    json_t *definition, *program;
    struct {
        struct str language;
        json_t *definition;
    } translated[LANGUAGES_MAX];
    size_t n;
};

static void copy_bundle(struct workflow *w, const struct bundle *b)
{
    w->bundle = *b;
    w->bundle.name = str_copy(w->a, b->name);
    w->bundle.files = arena_alloc(w->a, b->n * sizeof *b->files);
    for (size_t i = 0; i < b->n; i++) {
        w->bundle.files[i].name = str_copy(w->a, b->files[i].name);
        w->bundle.files[i].content = str_copy(w->a, b->files[i].content);
    }
}

/* The questions without what only a person reads: a script decides by ids, and a program that is
 * small is given to the worker quickly. */
static json_t *questions_for_scripts(const json_t *questions)
{
    static const char *const texts[] = {"ask", "help", "examples", "caution", "compare", "source"};
    json_t *bare = json_object(), *question;
    const char *id;
    json_object_foreach ((json_t *)(uintptr_t)questions, id, question) {
        json_t *copy = json_copy(question);
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            (void)json_object_del(copy, texts[i]);
        json_object_set_new(bare, id, copy);
    }
    return bare;
}

static json_t *make_program(const struct workflow *w)
{
    json_t *sources = json_object(), *definition = json_copy(w->definition);
    for (size_t i = 0; i < w->bundle.n; i++) {
        struct str name = w->bundle.files[i].name;
        if (str_starts(name, STR("scripts/")))
            json_object_set_new(sources, name.p + 8, json_new_text(w->bundle.files[i].content));
    }
    json_object_set_new(definition, "questions",
                        questions_for_scripts(json_object_get(definition, "questions")));
    return json_pack("{s:o,s:O,s:o}", "def", definition, "script",
                     json_object_get(w->definition, "script"), "sources", sources);
}

bool workflow_load(const struct bundle *b, struct workflow **out, struct diags *d)
{
    *out = NULL;
    json_t *definition = definition_read(b, d);
    if (!definition)
        return false;
    struct workflow *w = mem_new(sizeof *w);
    w->a = arena_new();
    w->definition = definition;
    copy_bundle(w, b);
    w->program = make_program(w);
    *out = w;
    return true;
}

void workflow_free(struct workflow *w)
{
    if (!w)
        return;
    for (size_t i = 0; i < w->n; i++)
        json_decref(w->translated[i].definition);
    json_decref(w->program);
    json_decref(w->definition);
    arena_free(w->a);
    free(w);
}

const json_t *workflow_definition(const struct workflow *w)
{
    return w->definition;
}

const json_t *workflow_program(const struct workflow *w)
{
    return w->program;
}

const json_t *workflow_question(const json_t *definition, struct str id)
{
    char name[65];
    if (id.n >= sizeof name)
        return NULL;
    memcpy(name, id.p, id.n);
    name[id.n] = '\0';
    return json_object_get(json_object_get(definition, "questions"), name);
}

size_t workflow_phase_number(const json_t *definition, struct str id, size_t *of)
{
    size_t i, number = 0;
    json_t *phase;
    *of = 0;
    json_array_foreach (json_object_get(definition, "phases"), i, phase) {
        bool counts = !json_flag(phase, "bookend", false);
        *of += counts;
        if (counts && str_eq(json_member(phase, "id"), id))
            number = *of;
    }
    return number;
}

static bool is_translation(const struct workflow *w, struct str language)
{
    size_t i;
    json_t *one;
    json_array_foreach (json_object_get(w->definition, "translations"), i, one)
        if (str_eq(json_text(one), language))
            return true;
    return false;
}

bool workflow_speaks(const struct workflow *w, struct str language)
{
    return str_eq(json_member(w->definition, "language"), language) || is_translation(w, language);
}

const json_t *workflow_in_language(struct workflow *w, struct str language)
{
    for (size_t i = 0; i < w->n; i++)
        if (str_eq(w->translated[i].language, language))
            return w->translated[i].definition;
    if (!is_translation(w, language) || w->n == LANGUAGES_MAX)
        return w->definition;
    w->translated[w->n].language = str_copy(w->a, language);
    w->translated[w->n].definition = translate(&w->bundle, w->definition, language, NULL);
    return w->translated[w->n++].definition;
}

void workflow_check_translations(const struct workflow *w, struct diags *d)
{
    size_t i;
    json_t *one;
    json_array_foreach (json_object_get(w->definition, "translations"), i, one)
        json_decref(translate(&w->bundle, w->definition, json_text(one), d));
}

bool workflow_template(const struct workflow *w, struct str name, struct str language,
                       struct str *text)
{
    struct arena *a = arena_new();
    struct str folder = str_format(a, "workflows/%.*s", STR_ARG(w->bundle.name));
    struct str own = str_format(a, "%s/documents/%.*s", folder.p, STR_ARG(name));
    struct str translated =
        str_format(a, "%s/documents/%.*s/%.*s", folder.p, STR_ARG(language), STR_ARG(name));
    bool found = (language.n > 0 && bundle_find(&w->bundle, translated, text)) ||
        bundle_find(&w->bundle, own, text);
    arena_free(a);
    return found;
}

bool workflow_yaml(struct str name, struct str text, json_t **out, struct diags *d)
{
    struct arena *a = arena_new();
    struct yaml_file f = {.name = name, .text = text};
    size_t before = d->errors;
    bool full = d->full;
    *out = NULL;
    if (yaml_read(a, &f, d) && d->errors == before && d->full == full)
        *out = node_json(f.root);
    arena_free(a);
    return *out != NULL;
}
