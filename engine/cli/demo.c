/* The worked journey of an invented Social Innovator, in a temporary practice: three sittings from
 * answer files, an earlier answer changed so that a branch goes and comes back, then the plan and
 * the canvas. */
#include "cli/cli.h"

#include "document/document.h"
#include "practice/documents.h"
#include "practice/scripted.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const int64_t DAY = (int64_t)24 * 3600 * 1000;

static const struct sitting {
    const char *file, *what;
    int days_ago;
} sittings[] = {
    {"sitting-1", "First sitting: Define", 35},
    {"sitting-2", "Second sitting: Reflect and Rework", 21},
    {"change", "An earlier answer is changed: a branch goes", 21},
    {"change-back", "It is changed back: the branch comes back with its answers", 21},
    {"sitting-3", "Third sitting: Test", 0},
};

enum { SITTINGS = sizeof sittings / sizeof sittings[0] };

struct demo {
    struct cli *c;
    struct practice *p;
    struct str journey;
    int64_t today;
    json_t *told; /* what happened in each sitting */
};

/* Tells what a sitting did, as text or for --json. */
static void tell(struct demo *d, const struct sitting *s, struct journey *j, const json_t *report)
{
    json_t *view = journey_view(j), *progress = json_object_get(view, "progress"), *problem;
    const json_t *problems = json_object_get(report, "problems");
    long long saved = json_whole(report, "answered", 0) + json_whole(report, "skipped", 0);
    size_t i;
    if (!d->c->json)
        (void)printf("%s\n    %lld saved; now %s, %lld answered, %lld set aside, %lld to check\n",
                     s->what, saved, json_member(json_object_get(view, "phase"), "title").p,
                     json_whole(progress, "answered", 0), json_whole(progress, "set_aside", 0),
                     json_whole(progress, "to_check", 0));
    json_array_append_new(d->told,
                          json_pack("{s:s,s:I,s:O,s:O}", "sitting", s->what, "saved",
                                    (json_int_t)saved, "phase", json_object_get(view, "phase"),
                                    "progress", progress));
    json_array_foreach ((json_t *)(uintptr_t)problems, i, problem) {
        (void)fprintf(stderr, "%s: %s\n", json_member(problem, "entry").p,
                      json_member(problem, "text").p);
        d->c->status = err_exit_status(ERR_DATA);
    }
    cli_say_trouble(d->c, view);
    json_decref(view);
}

static bool sit(struct demo *d, const struct sitting *s, struct err *e)
{
    struct cli *c = d->c;
    struct str text, name = str_format(c->a, "workflows/business-model/demo/%s.yaml", s->file);
    struct diags diags = {.a = c->a};
    json_t *file, *report;
    struct journey *j;
    if (!files_find(name, &text) || !answer_file_read(c->a, name, text, &file, &diags))
        return err_set(e, ERR_DATA, "The file %s of the demo cannot be read.", name.p);
    clock_fix(d->today - s->days_ago * DAY);
    bool ok = journey_open(d->p, d->journey, STR(""), &j, e);
    if (ok && journey_apply(j, file, &report, e)) {
        tell(d, s, j, report);
        json_decref(report);
    } else {
        ok = false;
    }
    journey_close(j);
    json_decref(file);
    return ok;
}

static bool show_text(struct demo *d, struct journey *j, json_t *board, struct err *e)
{
    struct arena *a = d->c->a;
    struct diags diags = {.a = a};
    struct document_wish wish = {.name = STR("plan")};
    struct str plan;
    size_t width = cli_width(), text_width = width < 100 ? width : 100;
    if (!journey_document(j, a, &wish, &diags, &plan, e))
        return false;
    (void)printf("\n%s\n", markdown_to_text(a, plan, text_width).p);
    width = width < 120 && !isatty(STDOUT_FILENO) ? 120 : width;
    (void)printf("%s\n", board_to_text(a, board, width).p);
    return true;
}

static bool show(struct demo *d, struct err *e)
{
    struct journey *j;
    json_t *board;
    if (!journey_open(d->p, d->journey, STR(""), &j, e))
        return false;
    bool ok = journey_board(j, &(struct board_wish){0}, &board, e);
    if (ok && d->c->json)
        cli_print_json(d->c,
                       json_pack("{s:O,s:o,s:o}", "sittings", d->told, "plan",
                                 journey_tree(j, STR("client"), false), "canvas", board));
    else if (ok) {
        ok = show_text(d, j, board, e);
        json_decref(board);
    }
    journey_close(j);
    return ok;
}

static bool hold(struct demo *d, struct err *e)
{
    struct store_client client = {.name = STR("Amara Diallo"), .language = STR("en")};
    struct diags diags = {.a = d->c->a};
    struct store_journey journey = {.workflow = STR("business-model")};
    clock_fix(d->today - sittings[0].days_ago * DAY);
    if (!practice_client_add(d->p, &client, e) ||
        !practice_start(d->p, d->c->a, &client, &journey, &diags, e))
        return false;
    d->journey = journey.id;
    for (size_t i = 0; i < SITTINGS; i++)
        if (!sit(d, &sittings[i], e))
            return false;
    return show(d, e);
}

bool command_demo(struct cli *c, struct err *e)
{
    struct scripted_setup setup = {.library = {0}, .host = c->host};
    struct demo d = {.c = c, .today = clock_now(), .told = json_array()};
    struct str folder;
    bool ok = scratch_open(&setup, c->a, &d.p, &folder, e);
    if (ok) {
        ok = hold(&d, e);
        clock_fix(0);
        scratch_close(d.p, folder);
    }
    json_decref(d.told);
    if (ok)
        cli_say(c,
                "This was a temporary practice; it is gone. Now your own:\n"
                "    espalier client add \"Ada\"\n"
                "    espalier start ada              (or: espalier start ada first-talk)\n"
                "    espalier run ada\n"
                "    espalier plan ada\n"
                "    espalier help\n");
    return ok;
}
