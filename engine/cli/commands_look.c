/* Looking back: review, history, notes. */
#include "cli/cli.h"

#include <stdio.h>

struct lines {
    const char *indent;
};

static void print_line(void *user, struct str part)
{
    const struct lines *of = user;
    (void)printf("%s%.*s\n", of->indent, STR_ARG(part));
}

static void print_wrapped(struct cli *c, struct str text, const char *indent)
{
    struct lines of = {indent};
    size_t margin = str_of(indent).n;
    text_wrap(text_safe(c->a, text, true), cli_width() - margin, print_line, &of);
}

static const char *state_word(const json_t *entry)
{
    struct str state = json_member(entry, "state");
    if (str_is(state, "to_check"))
        return "  (to check: the question has changed)";
    if (str_is(state, "invalid"))
        return "  (does not fit any more)";
    return "";
}

static void print_entry(struct cli *c, const json_t *entry)
{
    print_wrapped(c, json_member(entry, "ask"), "  ");
    if (json_object_get(entry, "skipped"))
        print_wrapped(c, str_format(c->a, "(left out: %s)", json_member(entry, "skipped").p),
                      "      ");
    else
        print_wrapped(c, json_member(entry, "shown"), "      ");
    (void)printf("      %s%s\n\n", json_member(entry, "key").p, state_word(entry));
}

static void print_review(struct cli *c, const json_t *view)
{
    struct str phase = STR("");
    json_t *entry;
    size_t i;
    json_array_foreach (json_object_get(view, "answered"), i, entry) {
        struct str title = json_member(entry, "phase_title");
        if (!str_eq(title, phase))
            (void)printf("%s%s\n\n", i ? "\n" : "", text_safe(c->a, title, false).p);
        phase = title;
        print_entry(c, entry);
    }
    size_t aside = json_array_size(json_object_get(view, "aside"));
    if (aside > 0)
        (void)printf("\nSet aside: %zu (not on the path now; they come back if the path does)\n\n",
                     aside);
    json_array_foreach (json_object_get(view, "aside"), i, entry)
        print_entry(c, entry);
}

bool command_review(struct cli *c, struct err *e)
{
    struct journey *j;
    if (!cli_journey(c, &j, e))
        return false;
    json_t *view = journey_review(j);
    if (c->json)
        cli_print_json(c, json_incref(view));
    else if (json_array_size(json_object_get(view, "answered")) == 0)
        cli_say(c, "Nothing is answered yet. Begin: espalier run \"%s\"\n", c->args[0]);
    else
        print_review(c, view);
    cli_say_trouble(c, view);
    json_decref(view);
    journey_close(j);
    return true;
}

static void print_revision(struct cli *c, const json_t *r)
{
    (void)printf("%4lld  %s  %-8s %s\n", json_whole(r, "seq", 0), json_member(r, "at").p,
                 json_member(r, "kind").p, json_member(r, "key").p);
    if (json_member(r, "shown").n > 0)
        print_wrapped(c, json_member(r, "shown"), "        ");
    if (json_member(r, "why").n > 0)
        print_wrapped(c, json_member(r, "why"), "        ");
}

bool command_history(struct cli *c, struct err *e)
{
    struct journey *j;
    json_t *list, *revision;
    size_t i;
    if (!cli_journey(c, &j, e))
        return false;
    bool ok = journey_history(j, cli_arg(c, 1), &list, e);
    if (ok && c->json) {
        cli_print_json(c, list);
    } else if (ok) {
        json_array_foreach (list, i, revision)
            print_revision(c, revision);
        if (json_array_size(list) == 0)
            cli_say(c, "Nothing is answered yet. Begin: espalier run \"%s\"\n", c->args[0]);
        json_decref(list);
    }
    journey_close(j);
    return ok;
}

bool command_notes(struct cli *c, struct err *e)
{
    struct journey *j;
    json_t *list, *note;
    size_t i;
    if (!cli_journey(c, &j, e))
        return false;
    bool ok = journey_notes(j, &list, e);
    if (ok && c->json) {
        cli_print_json(c, list);
    } else if (ok) {
        json_array_foreach (list, i, note) {
            (void)printf("%s  %s  %s\n", json_member(note, "day").p,
                         json_member(note, "visibility").p, json_member(note, "key").p);
            print_wrapped(c, json_member(note, "text"), "    ");
        }
        if (json_array_size(list) == 0)
            cli_say(c, "No notes yet. Write one: espalier note \"%s\" TEXT\n", c->args[0]);
        json_decref(list);
    }
    journey_close(j);
    return ok;
}
