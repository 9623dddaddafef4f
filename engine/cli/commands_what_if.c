/* what-if: what another answer would change, before it is given. */
#include "cli/cli.h"

#include "practice/what_if.h"

#include <stdio.h>

/* The lists of the path, in the order in which they matter. */
static const struct {
    const char *name, *words;
} lists[] = {
    {"new", "Asked then, and not now:"},
    {"again", "Do not fit any more, and are asked for again:"},
    {"back", "Answers that come back:"},
    {"aside", "Answers that are set aside:"},
    {"to_check", "To check, because the question reads differently:"},
    {"gone", "Not asked any more:"},
    {"waiting", "Wait behind the new questions, and come back with them:"},
};

struct lines {
    const char *first, *other;
};

static void print_part(void *user, struct str part)
{
    struct lines *of = user;
    (void)printf("%s%.*s\n", of->first, STR_ARG(part));
    of->first = of->other;
}

static void print_marked(struct cli *c, const char *first, struct str text)
{
    struct lines of = {first, "      "};
    text_wrap(text_safe(c->a, text, true), cli_width() - 6, print_part, &of);
}

static void print_path(struct cli *c, const json_t *path)
{
    size_t i;
    json_t *entry;
    for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++) {
        const json_t *list = json_object_get(path, lists[k].name);
        if (json_array_size(list) > 0)
            (void)printf("\n%s\n", lists[k].words);
        json_array_foreach ((json_t *)(uintptr_t)list, i, entry) {
            print_marked(c, "    - ", json_member(entry, "ask"));
            (void)printf("      %s\n", text_safe(c->a, json_member(entry, "key"), false).p);
        }
    }
}

static void print_plan(struct cli *c, const json_t *plan)
{
    size_t i;
    json_t *line;
    if (json_array_size(plan) > 0)
        (void)printf("\nThe plan:\n");
    json_array_foreach ((json_t *)(uintptr_t)plan, i, line)
        print_marked(c, str_is(json_member(line, "sign"), "+") ? "    + " : "    - ",
                     json_member(line, "text"));
}

/* "block: text (mark)", and what it was. */
static struct str item_text(struct arena *a, const json_t *item)
{
    struct str mark = json_member(item, "mark"), was = json_member(item, "was"),
               block = json_member(item, "was_block"), old = json_member(item, "was_mark");
    struct str page = json_member(item, "page");
    struct buf b = {.a = a};
    if (page.n > 0)
        buf_format(&b, "%.*s, ", STR_ARG(page));
    buf_format(&b, "%.*s: %.*s", STR_ARG(json_member(item, "block")),
               STR_ARG(json_member(item, "text")));
    if (mark.n > 0)
        buf_format(&b, " (%.*s)", STR_ARG(mark));
    if (was.n > 0)
        buf_format(&b, "; it was: %.*s", STR_ARG(was));
    if (block.n > 0)
        buf_format(&b, "; it was on: %.*s", STR_ARG(block));
    if (old.n > 0)
        buf_format(&b, "; it was marked: %.*s", STR_ARG(old));
    return buf_str(&b);
}

static void print_canvases(struct cli *c, const json_t *canvases)
{
    size_t i, k;
    json_t *canvas, *item;
    json_array_foreach ((json_t *)(uintptr_t)canvases, i, canvas) {
        (void)printf("\n%s:\n", text_safe(c->a, json_member(canvas, "title"), false).p);
        json_array_foreach (json_object_get(canvas, "items"), k, item) {
            const char *first = str_format(c->a, "    %.1s ", json_member(item, "sign").p).p;
            print_marked(c, first, item_text(c->a, item));
        }
    }
}

static void print_told(struct cli *c, const json_t *told)
{
    struct str before = json_member(told, "before"), after = json_member(told, "after");
    print_marked(c, "", json_member(told, "ask"));
    print_marked(c, "    - ", before.n ? before : STR("(no answer)"));
    print_marked(c, "    + ", after.n ? after : STR("(left out)"));
    struct str trouble = json_member(told, "trouble");
    if (trouble.n > 0)
        print_marked(c, "", str_format(c->a, "The script fails then: %.*s", STR_ARG(trouble)));
    print_path(c, json_object_get(told, "path"));
    print_plan(c, json_object_get(told, "plan"));
    print_canvases(c, json_object_get(told, "canvases"));
    if (json_flag(told, "same", false))
        cli_say(c, "Nothing would change.\n");
    else
        cli_say(c, "Nothing was written. Give this answer: espalier answer \"%s\" %s\n", c->args[0],
                json_member(told, "key").p);
}

bool command_what_if(struct cli *c, struct err *e)
{
    struct str text, key = str_split(cli_arg(c, 1), '=', &text);
    struct change change = {.replaces = -1, .why = STR("-")};
    struct journey *j;
    json_t *told;
    if (key.n == 0 || key.n == cli_arg(c, 1).n)
        return err_set(e, ERR_USAGE, "\"%.200s\" is not KEY=VALUE.", c->args[1]);
    if (!cli_journey(c, &j, e))
        return false;
    json_t *value = text.n > 0 ? cli_read_value(c->a, text) : NULL;
    change.value = value;
    bool ok =
        journey_resolve(j, c->a, key, &change.key, e) && journey_what_if(j, &change, &told, e);
    json_decref(value);
    if (ok && c->json) {
        cli_print_json(c, told);
    } else if (ok) {
        print_told(c, told);
        json_decref(told);
    }
    journey_close(j);
    return ok;
}
