/* Answering and changing without a dialogue. */
#include "cli/cli.h"

#include "workflow/yaml.h"

#include <stdio.h>

enum { ANSWER_FILE_MAX = 1 << 20 };

/* "KEY=VALUE ..." as the map of an answer file; values are YAML, or plain text where they are no
 * valid YAML. */
static bool pairs(struct cli *c, json_t **file, struct err *e)
{
    json_t *answers = json_object();
    for (int i = 1; i < c->n_args; i++) {
        struct str value, key = str_split(cli_arg(c, i), '=', &value);
        if (key.n == 0 || key.n == cli_arg(c, i).n) {
            json_decref(answers);
            return err_set(e, ERR_USAGE, "\"%s\" is not KEY=VALUE.", c->args[i]);
        }
        if (!utf8_valid(value)) {
            json_decref(answers);
            return err_set(e, ERR_INPUT, "The answer to %.*s is not valid UTF-8 text.",
                           STR_ARG(key));
        }
        struct diags d = {.a = c->a};
        struct yaml_file f = {.name = STR("answer"), .text = value};
        bool structured = value.n > 0 && (value.p[0] == '[' || value.p[0] == '{');
        json_t *read = structured && yaml_read(c->a, &f, &d) && d.errors == 0
            ? node_json(f.root)
            : json_new_text(value);
        json_object_setn_new(answers, key.p, key.n, read);
    }
    *file = json_pack("{s:o}", "answers", answers);
    return true;
}

static bool file_of(struct cli *c, const char *name, json_t **file, struct err *e)
{
    struct str text;
    struct diags d = {.a = c->a};
    if (!files_read(c->a, name, ANSWER_FILE_MAX, &text, e))
        return false;
    if (answer_file_read(c->a, str_of(name), text, file, &d))
        return true;
    cli_print_diags(c, &d);
    return err_set(e, ERR_DATA, "%s has mistakes; nothing was recorded.", name);
}

static void say_next(struct cli *c, struct journey *j)
{
    json_t *view = journey_view(j);
    const json_t *next = json_array_get(json_object_get(view, "open"), 0);
    if (next)
        cli_say(c, "Next: %s  (%s)\n", text_safe(c->a, json_member(next, "ask"), false).p,
                json_member(next, "key").p);
    else if (json_flag(view, "done", false))
        cli_say(c, "The journey is finished. The plan: espalier plan \"%s\"\n", c->args[0]);
    if (json_object_get(view, "trouble"))
        cli_say(c, "The workflow's script failed; your answers are safe: %s\n",
                text_safe(c->a, json_member(json_object_get(view, "trouble"), "text"), false).p);
    json_decref(view);
}

/* Prints what was done; problems make the command end with 65. */
static void report(struct cli *c, struct journey *j, json_t *r)
{
    json_t *problem;
    size_t i;
    json_array_foreach (json_object_get(r, "problems"), i, problem)
        (void)fprintf(stderr, "%s: %s\n", text_safe(c->a, json_member(problem, "entry"), false).p,
                      text_safe(c->a, json_member(problem, "text"), false).p);
    if (json_array_size(json_object_get(r, "problems")) > 0)
        c->status = err_exit_status(ERR_INPUT);
    if (!c->json) {
        cli_say(c, "Saved: %lld answered, %lld skipped, %lld as they were.\n",
                json_whole(r, "answered", 0), json_whole(r, "skipped", 0),
                json_whole(r, "unchanged", 0));
        say_next(c, j);
    }
}

bool command_answer(struct cli *c, struct err *e)
{
    const char *name = cli_option(c, "file");
    json_t *file = NULL, *r = NULL;
    struct journey *j;
    if (!name && c->n_args < 2)
        return err_set(e, ERR_USAGE,
                       "What is answered? espalier answer CLIENT KEY=VALUE, or --file FILE.yaml");
    if (!(name ? file_of(c, name, &file, e) : pairs(c, &file, e)))
        return false;
    bool ok = cli_journey(c, &j, e);
    if (ok) {
        ok = journey_apply(j, file, &r, e);
        if (ok)
            report(c, j, r);
        if (ok && c->json)
            cli_print_json(c, json_incref(r));
        journey_close(j);
    }
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
    if (ok && c->json) {
        cli_print_json(c, json_pack("{s:s,s:o}", "done", word, "key", json_new_text(key)));
    } else if (ok) {
        cli_say(c, "%s: %s\n", word, key.p);
        say_next(c, j);
    }
    journey_close(j);
    return ok;
}

bool command_skip(struct cli *c, struct err *e)
{
    if (!cli_option(c, "why"))
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
    if (ok)
        cli_say(c, "Noted (%s).\n", visibility.p);
    journey_close(j);
    return ok;
}
