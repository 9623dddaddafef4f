/* For authors of workflows: check, test, explain. */
#include "cli/cli.h"

#include "practice/scripted.h"
#include "practice/templates.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* The workflow named on the line, or all of the library. */
static bool chosen(struct cli *c, struct str **names, size_t *n, struct err *e)
{
    if (c->n_args == 0)
        return library_list(c->a, &c->library, names, n, e);
    *names = arena_alloc(c->a, sizeof **names);
    **names = cli_arg(c, 0);
    *n = 1;
    return true;
}

/* The templates of a document: the workflow's own in each language, and those that the coach has
 * put into the library instead.  `seen` has the texts that were checked already. */
struct template_check {
    struct cli *c;
    const struct workflow *w;
    struct diags *d;
    struct str name, made_for, file, language;
    struct str origin; /* of what was found for the language before */
    const char *seen[8];
    size_t n;
};

/* Reads a template for the reader it is made for, by the code that renders it. */
static void check_text(struct template_check *t, const struct library *library, struct str file,
                       struct str text)
{
    struct template_place place = {library, t->w, t->language};
    struct template_wish wish = {
        .place = &place, .file = file, .text = text, .audience = t->made_for};
    struct template ignored;
    for (size_t i = 0; i < t->n; i++)
        if (t->seen[i] == text.p)
            return;
    if (t->n < sizeof t->seen / sizeof t->seen[0])
        t->seen[t->n++] = text.p;
    IGNORED(template_prepare(t->c->a, &wish, t->d, &ignored));
}

static bool check_document(struct template_check *t, struct err *e)
{
    struct template_place place = {&t->c->library, t->w, t->language};
    struct template_found found;
    struct str text;
    if (!workflow_template(t->w, t->file, t->language, &text))
        return true;
    check_text(t, NULL, t->file, text);
    if (!template_find(t->c->a, &place, t->name, &found, e))
        return false;
    /* The file for all languages is found for each of them. */
    if (found.is_coachs && !str_eq(found.origin, t->origin))
        check_text(t, &t->c->library, found.origin, found.text);
    t->origin = found.origin;
    return true;
}

static bool check_templates(struct cli *c, const struct workflow *w, struct diags *d, struct err *e)
{
    const char *name;
    json_t *document, *language;
    size_t i;
    bool ok = true;
    const json_t *definition = workflow_definition(w);
    json_object_foreach (json_object_get(definition, "documents"), name, document) {
        struct template_check t = {.c = c,
                                   .w = w,
                                   .d = d,
                                   .name = str_of(name),
                                   .made_for = json_member(document, "for"),
                                   .file = json_member(document, "template")};
        ok = ok && check_document(&t, e);
        json_array_foreach (json_object_get(definition, "translations"), i, language) {
            t.language = json_text(language);
            ok = ok && check_document(&t, e);
        }
    }
    return ok;
}

static bool check_one(struct cli *c, struct str name, struct diags *d, struct err *e)
{
    struct bundle bundle;
    struct workflow *w;
    if (!bundle_collect(c->a, &c->library, name, &bundle, e))
        return false;
    if (!workflow_load(&bundle, &w, d))
        return true;
    workflow_check_translations(w, d);
    bool ok = check_templates(c, w, d, e) &&
        script_load(c->host, str_of(bundle.hash), workflow_program(w), e) &&
        script_check(c->host, workflow_program(w), d, e);
    workflow_free(w);
    return ok;
}

bool command_check(struct cli *c, struct err *e)
{
    struct str *names;
    size_t n;
    struct diags all = {.a = c->a};
    if (!chosen(c, &names, &n, e))
        return false;
    for (size_t i = 0; i < n; i++) {
        struct diags d = {.a = c->a};
        if (!check_one(c, names[i], &d, e))
            return false;
        if (!c->json)
            cli_print_diags(c, &d);
        for (size_t k = 0; k < d.n; k++)
            diag_add_ready(&all, d.list[k]);
        if (!c->json && !c->quiet)
            (void)printf("%s: %zu %s, %zu %s\n", names[i].p, d.errors,
                         d.errors == 1 ? "error" : "errors", d.n - d.errors,
                         d.n - d.errors == 1 ? "warning" : "warnings");
    }
    if (c->json)
        cli_print_diags(c, &all);
    if (all.errors > 0)
        c->status = err_exit_status(ERR_DATA);
    return true;
}

struct tally {
    long long passed, failed;
    json_t *results;
};

/* Mistakes of the test file itself: why it could not be held. */
static json_t *diag_sentences(struct cli *c, const struct diags *d)
{
    json_t *list = json_array();
    for (size_t i = 0; i < d->n; i++)
        json_array_append_new(list, json_new_text(diag_print(c->a, &d->list[i])));
    return list;
}

static void add_result(struct cli *c, struct tally *t, struct str name, json_t *failures)
{
    bool passed = json_array_size(failures) == 0;
    json_t *text;
    size_t i;
    *(passed ? &t->passed : &t->failed) += 1;
    if (!c->json && (!c->quiet || !passed))
        (void)printf("%s  %.*s\n", passed ? "ok    " : "FAILED", STR_ARG(name));
    json_array_foreach (failures, i, text)
        if (!c->json)
            (void)printf("        %s\n", text_safe(c->a, json_text(text), true).p);
    (void)fflush(stdout);
    json_array_append_new(t->results,
                          json_pack("{s:o,s:b,s:o}", "test", json_new_text(name), "passed", passed,
                                    "failures", failures));
}

static bool test_file(struct cli *c, struct str workflow, const struct file *f, struct tally *t,
                      struct err *e)
{
    struct scripted_setup setup = {c->library, c->host};
    struct diags d = {.a = c->a};
    json_t *failures;
    if (!scripted_run(&setup, workflow, f, &failures, &d, e)) {
        if (d.n == 0)
            return false;
        failures = diag_sentences(c, &d);
    }
    add_result(c, t, f->name, failures);
    return true;
}

static bool test_workflow(struct cli *c, struct str name, struct tally *t, struct err *e)
{
    struct bundle bundle;
    struct str folder = str_format(c->a, "workflows/%s/tests/", name.p);
    if (!bundle_collect(c->a, &c->library, name, &bundle, e))
        return false;
    for (size_t i = 0; i < bundle.n; i++)
        if (str_starts(bundle.files[i].name, folder) &&
            str_ends(bundle.files[i].name, STR(".yaml")) &&
            !test_file(c, name, &bundle.files[i], t, e))
            return false;
    return true;
}

bool command_test(struct cli *c, struct err *e)
{
    struct str *names;
    size_t n;
    struct tally t = {.results = json_array()};
    bool ok = chosen(c, &names, &n, e);
    for (size_t i = 0; ok && i < n; i++)
        ok = test_workflow(c, names[i], &t, e);
    if (ok && c->json)
        cli_print_json(c, json_incref(t.results));
    else if (ok)
        (void)printf("%lld passed, %lld failed\n", t.passed, t.failed);
    if (t.failed > 0)
        c->status = err_exit_status(ERR_DATA);
    json_decref(t.results);
    return ok;
}

static void add_code(void *user, const char *code, const char *title, const char *text)
{
    json_array_append_new(user,
                          json_pack("{s:s,s:s,s:s}", "code", code, "title", title, "text", text));
}

static void explain_all(struct cli *c)
{
    json_t *list = json_array(), *one;
    size_t i;
    diag_codes(add_code, list);
    json_array_foreach (list, i, one)
        if (!c->json)
            (void)printf("%s  %s\n", json_member(one, "code").p, json_member(one, "title").p);
    if (c->json)
        cli_print_json(c, json_incref(list));
    json_decref(list);
}

/* e214 is E214. */
static struct str capitals(struct arena *a, struct str text)
{
    char *p = arena_alloc(a, text.n + 1);
    for (size_t i = 0; i < text.n; i++)
        p[i] = (char)toupper((unsigned char)text.p[i]);
    return (struct str){p, text.n};
}

static void print_line(void *user, struct str part)
{
    (void)user;
    (void)printf("  %.*s\n", STR_ARG(part));
}

bool command_explain(struct cli *c, struct err *e)
{
    struct str title, text, code = capitals(c->a, cli_arg(c, 0));
    if (str_is(code, "ALL")) {
        explain_all(c);
        return true;
    }
    if (!diag_explain(code, &title, &text))
        return err_set(e, ERR_NOT_FOUND,
                       "There is no code \"%.*s\". All of them: espalier explain all",
                       STR_ARG(code));
    if (c->json) {
        cli_print_json(c,
                       json_pack("{s:o,s:o,s:o}", "code", json_new_text(code), "title",
                                 json_new_text(title), "text", json_new_text(text)));
        return true;
    }
    (void)printf("%s  %s\n\n", code.p, title.p);
    text_wrap(text, cli_width() - 2, print_line, NULL);
    return true;
}
