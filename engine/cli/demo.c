/* The worked journey of an invented Social Innovator, in a temporary practice: three sittings from
 * answer files, an earlier answer changed so that a branch goes and comes back, then the plan and
 * the canvas. */
#include "cli/cli.h"

#include "document/document.h"
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
};

static bool sit(struct demo *d, const struct sitting *s, struct err *e)
{
    struct cli *c = d->c;
    struct str text, name = str_format(c->a, "workflows/business-model/demo/%s.yaml", s->file);
    struct diags diags = {.a = c->a};
    json_t *file, *report, *problem;
    struct journey *j;
    size_t i;
    if (!files_find(name, &text) || !answer_file_read(c->a, name, text, &file, &diags))
        return err_set(e, ERR_DATA, "The file %s of the demo cannot be read.", name.p);
    clock_fix(d->today - s->days_ago * DAY);
    bool ok = journey_open(d->p, d->journey, STR(""), &j, e);
    if (ok) {
        ok = journey_apply(j, file, &report, e);
        json_t *view = journey_view(j), *progress = json_object_get(view, "progress");
        if (ok) {
            (void)printf(
                "%s\n    %lld saved; now %s, %lld answered, %lld set aside, %lld to check\n",
                s->what, json_whole(report, "answered", 0) + json_whole(report, "skipped", 0),
                json_member(json_object_get(view, "phase"), "title").p,
                json_whole(progress, "answered", 0), json_whole(progress, "set_aside", 0),
                json_whole(progress, "to_check", 0));
            json_array_foreach (json_object_get(report, "problems"), i, problem)
                (void)printf("    %s: %s\n", json_member(problem, "entry").p,
                             json_member(problem, "text").p);
            c->status = json_array_size(json_object_get(report, "problems")) > 0 ? 1 : c->status;
            json_decref(report);
        }
        json_decref(view);
        journey_close(j);
    }
    json_decref(file);
    return ok;
}

static bool show(struct demo *d, struct err *e)
{
    struct cli *c = d->c;
    struct diags diags = {.a = c->a};
    struct journey *j;
    struct str plan;
    json_t *board;
    if (!journey_open(d->p, d->journey, STR(""), &j, e))
        return false;
    size_t width = cli_width() < 100 ? cli_width() : 100;
    bool ok =
        journey_document(j, c->a, &(struct document_wish){.name = STR("plan")}, &diags, &plan, e);
    if (ok)
        (void)printf("\n%s\n", markdown_to_text(c->a, plan, width).p);
    ok = ok && journey_board(j, STR(""), false, &board, e);
    if (ok) {
        (void)printf("%s\n",
                     board_to_text(c->a, board,
                                   cli_width() < 120 && !isatty(STDOUT_FILENO) ? 120 : cli_width())
                         .p);
        json_decref(board);
    }
    journey_close(j);
    return ok;
}

static bool hold(struct demo *d, struct err *e)
{
    struct store_client client = {.name = STR("Amara Diallo"), .language = STR("en")};
    struct diags diags = {.a = d->c->a};
    clock_fix(d->today - sittings[0].days_ago * DAY);
    if (!practice_client_add(d->p, &client, e) ||
        !practice_start(d->p, d->c->a, &client, STR("business-model"), &diags, &d->journey, e))
        return false;
    for (size_t i = 0; i < SITTINGS; i++)
        if (!sit(d, &sittings[i], e))
            return false;
    return show(d, e);
}

bool command_demo(struct cli *c, struct err *e)
{
    struct scripted_setup setup = {.library = {0}, .host = c->host};
    struct demo d = {.c = c, .today = clock_now()};
    struct str folder;
    if (!scratch_open(&setup, c->a, &d.p, &folder, e))
        return false;
    bool ok = hold(&d, e);
    clock_fix(0);
    scratch_close(d.p, folder);
    if (ok)
        (void)printf("This was a temporary practice; it is gone. Now your own:\n"
                     "    espalier client add \"Ada\"\n"
                     "    espalier start ada              (or: espalier start ada first-talk)\n"
                     "    espalier run ada\n"
                     "    espalier plan ada\n"
                     "    espalier help\n");
    return ok;
}
