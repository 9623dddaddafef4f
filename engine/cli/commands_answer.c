/* Answering and changing without a dialogue. */
#include "cli/cli.h"

#include "workflow/yaml.h"

#include <stdio.h>

enum { ANSWER_FILE_MAX = 1 << 20 };

json_t *cli_read_value(struct arena *a, struct str value)
{
    struct diags d = {.a = a};
    struct yaml_file f = {.name = STR("answer"), .text = value};
    char first = value.n > 0 ? value.p[0] : '\0', last = value.n > 1 ? value.p[value.n - 1] : '\0';
    bool structured = (first == '[' && last == ']') || (first == '{' && last == '}') ||
        ((first == '"' || first == '\'') && first == last);
    if (structured && yaml_read(a, &f, &d) && d.errors == 0)
        return node_json(f.root);
    return json_new_text(value);
}

/* "KEY=VALUE ..." as the map of an answer file. */
static bool pairs(struct cli *c, json_t **file, struct err *e)
{
    json_t *answers = json_object();
    bool ok = true;
    for (int i = 1; ok && i < c->n_args; i++) {
        struct str value, key = str_split(cli_arg(c, i), '=', &value);
        if (key.n == 0 || key.n == cli_arg(c, i).n)
            ok = err_set(e, ERR_USAGE, "\"%.200s\" is not KEY=VALUE.", c->args[i]);
        else if (json_object_getn(answers, key.p, key.n))
            ok = err_set(e, ERR_USAGE, "\"%.*s\" stands twice on the line.", STR_ARG(key));
        else
            json_object_setn_new(answers, key.p, key.n, cli_read_value(c->a, value));
    }
    *file = json_pack("{s:o}", "answers", answers);
    return ok;
}

static bool file_of(struct cli *c, const char *name, json_t **file, struct err *e)
{
    struct str text;
    struct diags d = {.a = c->a};
    if (!files_read(c->a, name, ANSWER_FILE_MAX, &text, e))
        return false;
    if (answer_file_read(c->a, text_safe(c->a, str_of(name), false), text, file, &d)) {
        if (json_object_size(json_object_get(*file, "answers")) +
                json_object_size(json_object_get(*file, "skip")) >
            0)
            return true;
        return err_set(e, ERR_DATA,
                       "%s answers nothing: it needs a line \"answers:\" and below it \"id: "
                       "answer\". See: espalier help values",
                       name);
    }
    cli_refuse_diags(c, &d);
    return err_set(e, ERR_DATA, "%s has mistakes; nothing was recorded.", name);
}

/* A file made for another workflow would be a heap of entries that were never asked for. */
static bool check_workflow(const json_t *file, struct journey *j, struct err *e)
{
    struct str meant = json_member(file, "workflow"), walked = journey_record(j)->workflow;
    return meant.n == 0 || str_eq(meant, walked) ||
        err_set(e, ERR_DATA,
                "The file is for the workflow %.*s, the journey walks %.*s. Choose the journey "
                "with --journey N.",
                STR_ARG(meant), STR_ARG(walked));
}

/* What was not recorded, on stderr; the command ends with the status of the gravest. */
static void report_problems(struct cli *c, const json_t *problems)
{
    json_t *problem;
    size_t i;
    json_array_foreach ((json_t *)(uintptr_t)problems, i, problem) {
        struct str code = json_member(problem, "code"), entry = json_member(problem, "entry");
        bool bad_data = str_is(code, err_name(ERR_INPUT)) || str_is(code, err_name(ERR_LIMIT));
        int status = err_exit_status(bad_data ? ERR_INPUT : ERR_NOT_FOUND);
        c->status = status > c->status ? status : c->status;
        if (c->json) {
            json_t *error =
                json_pack("{s:s,s:o,s:o,s:O}", "type", "error", "code", json_new_text(code), "key",
                          json_new_text(entry), "text", json_object_get(problem, "text"));
            (void)fprintf(stderr, "%s\n", json_write_line(c->a, error).p);
            json_decref(error);
        } else {
            (void)fprintf(stderr, "%s: %s\n", text_safe(c->a, entry, false).p,
                          text_safe(c->a, json_member(problem, "text"), false).p);
        }
    }
}

/* Says where the journey is after a change; with --json as members of `document`, which it prints.
 */
static void say_after(struct cli *c, struct journey *j, json_t *document)
{
    json_t *view = journey_view(j);
    if (c->json) {
        json_object_set_new(document, "next", cli_next(view));
        json_object_set(document, "done", json_object_get(view, "done"));
        cli_print_json(c, json_incref(document));
    } else {
        cli_say_next(c, view);
    }
    cli_say_trouble(c, view);
    json_decref(view);
}

static void report(struct cli *c, struct journey *j, json_t *r)
{
    report_problems(c, json_object_get(r, "problems"));
    if (!c->json)
        cli_say(c, "Saved: %lld answered, %lld skipped, %lld as they were.\n",
                json_whole(r, "answered", 0), json_whole(r, "skipped", 0),
                json_whole(r, "unchanged", 0));
    say_after(c, j, r);
}

bool command_answer(struct cli *c, struct err *e)
{
    const char *name = cli_option(c, "file");
    json_t *file = NULL, *r = NULL;
    struct journey *j = NULL;
    if (!name == (c->n_args < 2))
        return err_set(
            e, ERR_USAGE,
            "Give answers on the line or in a file: espalier answer CLIENT KEY=VALUE, or "
            "espalier answer CLIENT --file FILE.yaml");
    bool ok = (name ? file_of(c, name, &file, e) : pairs(c, &file, e)) && cli_journey(c, &j, e) &&
        check_workflow(file, j, e) && journey_apply(j, file, &r, e);
    if (ok)
        report(c, j, r);
    journey_close(j);
    json_decref(file);
    json_decref(r);
    return ok;
}

enum act { ACT_SKIP, ACT_BACK, ACT_UNDO, ACT_REDO };

static bool act_on(struct cli *c, struct journey *j, enum act act, struct str *key, struct err *e)
{
    struct change change = {.replaces = -1, .why = str_of(cli_option(c, "why"))};
    if (act == ACT_UNDO)
        return journey_undo(j, c->a, key, e);
    if (act == ACT_REDO)
        return journey_redo(j, c->a, key, e);
    if (!journey_resolve(j, c->a, cli_arg(c, 1), &change.key, e))
        return false;
    *key = change.key;
    return act == ACT_SKIP ? journey_skip(j, &change, e) : journey_clear(j, &change, e);
}

static bool act_and_say(struct cli *c, enum act act, const char *word, struct err *e)
{
    struct journey *j;
    struct str key;
    if (!cli_journey(c, &j, e))
        return false;
    bool ok = act_on(c, j, act, &key, e);
    if (ok) {
        json_t *document = json_pack("{s:s,s:o}", "change", word, "key", json_new_text(key));
        if (!c->json)
            cli_say(c, "%s: %s\n", word, key.p);
        say_after(c, j, document);
        json_decref(document);
    }
    journey_close(j);
    return ok;
}

bool command_skip(struct cli *c, struct err *e)
{
    if (str_trim(str_of(cli_option(c, "why"))).n == 0)
        return err_set(e, ERR_USAGE, "Say why it is left out: espalier skip CLIENT KEY --why TEXT");
    return act_and_say(c, ACT_SKIP, "Skipped", e);
}

bool command_back(struct cli *c, struct err *e)
{
    return act_and_say(c, ACT_BACK, "Open again", e);
}

bool command_undo(struct cli *c, struct err *e)
{
    return act_and_say(c, ACT_UNDO, "Undone", e);
}

bool command_redo(struct cli *c, struct err *e)
{
    return act_and_say(c, ACT_REDO, "Redone", e);
}

bool command_note(struct cli *c, struct err *e)
{
    struct journey *j;
    struct str key = STR("");
    const char *at = cli_option(c, "at");
    bool shared = cli_option(c, "shared"), sensitive = cli_option(c, "sensitive");
    if (shared && sensitive)
        return err_set(e, ERR_USAGE, "A note is shared or sensitive, not both.");
    struct str visibility = shared ? STR("shared") : sensitive ? STR("sensitive") : STR("private");
    if (!cli_journey(c, &j, e))
        return false;
    bool ok = (!at || journey_resolve(j, c->a, str_of(at), &key, e)) &&
        journey_note(j, key, cli_arg(c, 1), visibility, e);
    if (ok && c->json)
        cli_print_json(c,
                       json_pack("{s:o,s:o}", "visibility", json_new_text(visibility), "key",
                                 json_new_text(key)));
    else if (ok)
        cli_say(c, "Noted (%s). All of them: espalier notes \"%s\"\n", visibility.p, c->args[0]);
    journey_close(j);
    return ok;
}
