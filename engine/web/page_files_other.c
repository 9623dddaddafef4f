/* What goes out beside documents: the worksheet and what comes back of it, dates, tables. */
#include "web/page_plan.h"

#include "document/calendar.h"
#include "document/csv.h"
#include "document/worksheet.h"
#include "practice/tables.h"
#include "practice/worksheet.h"
#include "web/hub.h"

enum { INTRO_MAX = 4000 };

/* ---- the worksheet ---- */

bool page_worksheet(struct visit *v, struct err *e)
{
    struct worksheet_wish wish = {.blank = form_has(v->query, "blank"),
                                  .due = form_get(v->query, "due"),
                                  .intro = str_trim(form_get(v->query, "intro"))};
    struct reply_file file = {.type = "text/html; charset=utf-8"};
    struct store_client client;
    struct journey *j;
    json_t *sheet;
    if (wish.due.n > 0 && !clock_is_day(wish.due))
        return err_set(e, ERR_INPUT, "%.*s", STR_ARG(plan_word(v, "no_day")));
    wish.intro = str_part(wish.intro, 0, utf8_cut(wish.intro, INTRO_MAX));
    if (!page_journey(v, &j, &client, e) || !journey_worksheet(j, &wish, &sheet, NULL, e))
        return false;
    file.name = plan_file_name(v, &client, STR("client"), plan_word(v, "worksheet"), "html");
    file.bytes = worksheet_html(v->a, sheet);
    json_decref(sheet);
    reply_file(v, &file);
    return true;
}

/* Every part of the report is there for its template, with what stands in its lists. */
static void complete(json_t *report)
{
    size_t i;
    json_t *one;
    json_array_foreach (json_object_get(report, "problems"), i, one) {
        static const char *const names[] = {"key", "ask", "text", "given", "here"};
        for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
            if (!json_object_get(one, names[k]))
                json_object_set_new(one, names[k], json_null());
    }
    json_object_set_new(report, "has_problems",
                        json_boolean(json_array_size(json_object_get(report, "problems")) > 0));
    json_object_set_new(report, "has_reworded",
                        json_boolean(json_array_size(json_object_get(report, "reworded")) > 0));
}

/* The page with a report of what was taken in, or with what was wrong and what was pasted. */
static void show_back(struct visit *v, struct journey *j, const struct store_client *client,
                      json_t *report, const struct err *e)
{
    json_t *tree = plan_tree(v, j, client);
    json_object_set_new(tree, "title", json_new_text(plan_word(v, "back_title")));
    json_object_set_new(tree, "report", report ? report : json_null());
    json_object_set_new(tree, "wrong", report ? json_null() : json_string(e->text));
    json_object_set_new(tree, "typed",
                        report && !json_flag(report, "dry_run", false)
                            ? json_string("")
                            : json_new_text(form_get(v->form, "answers")));
    reply_page(v, report ? 200 : reply_status_of(e->code), "back", tree);
}

bool page_worksheet_back(struct visit *v, struct err *e)
{
    struct worksheet_import how = {.dry_run = form_has(v->form, "rehearse"),
                                   .theirs = form_has(v->form, "theirs")};
    struct store_client client;
    struct journey *j;
    json_t *back = NULL, *report = NULL;
    if (!page_journey(v, &j, &client, e))
        return false;
    bool ok = worksheet_read(form_get(v->form, "answers"), &back, e) &&
        worksheet_import(j, back, &how, &report, e);
    json_decref(back);
    if (ok)
        complete(report);
    if (ok && !how.dry_run)
        hub_tell(v->web->hub, v->parts[0]);
    show_back(v, j, &client, ok ? report : NULL, e);
    return true;
}

bool page_worksheet_form(struct visit *v, struct err *e)
{
    struct store_client client;
    struct journey *j;
    if (!page_journey(v, &j, &client, e))
        return false;
    json_t *tree = plan_tree(v, j, &client);
    json_object_set_new(tree, "title", json_new_text(plan_word(v, "back_title")));
    json_object_set_new(tree, "report", json_null());
    json_object_set_new(tree, "wrong", json_null());
    json_object_set_new(tree, "typed", json_string(""));
    reply_page(v, 200, "back", tree);
    return true;
}

/* ---- dates and tables ---- */

bool page_calendar(struct visit *v, struct err *e)
{
    bool coach = str_is(form_get(v->query, "for"), "coach");
    struct reply_file file = {.type = "text/calendar; charset=utf-8"};
    struct store_client client;
    struct journey *j;
    if (!page_journey(v, &j, &client, e))
        return false;
    struct str name = client.pseudonym.n ? client.pseudonym : client.name;
    json_t *events = journey_dates(j, coach ? STR("coach") : STR("client"), coach ? name : STR(""));
    bool any = json_array_size(events) > 0;
    json_t *calendar = json_pack("{s:o,s:o,s:o}", "name", json_new_text(name), "language",
                                 json_new_text(v->language), "events", events);
    file.name = plan_file_name(v, &client, STR("client"), plan_word(v, "calendar"), "ics");
    file.bytes = calendar_write(v->a, calendar);
    json_decref(calendar);
    if (!any)
        return err_set(e, ERR_NOT_FOUND, "%.*s", STR_ARG(plan_word(v, "no_dates")));
    reply_file(v, &file);
    return true;
}

static bool fill_table(struct visit *v, json_t *table, struct str name, struct err *e)
{
    struct store_client client;
    struct journey *j;
    size_t number;
    json_t *log;
    if (!page_journey(v, &j, &client, e) || !plan_number(v, j, &client, &number, e))
        return false;
    if (!str_is(name, "hours")) {
        table_add_journey(table, j, client.name, number);
        return true;
    }
    if (!practice_hours(v->web->o.practice, STR(""), STR(""), &log, e))
        return false;
    table_add_hours(table, log, client.name);
    json_decref(log);
    return true;
}

bool page_table(struct visit *v, struct err *e)
{
    struct str ending, name = str_split(v->parts[1], '.', &ending);
    struct reply_file file = {.type = "text/csv; charset=utf-8"};
    struct store_client client;
    struct journey *j;
    json_t *table = str_is(ending, "csv") ? table_new(name) : NULL;
    if (!table)
        return err_set(e, ERR_NOT_FOUND, "%.*s", STR_ARG(plan_word(v, "no_format")));
    bool ok = fill_table(v, table, name, e) && page_journey(v, &j, &client, e);
    if (ok) {
        file.name = plan_file_name(v, &client, STR("coach"), plan_label(v, "table", name), "csv");
        file.bytes = csv_write(v->a, table, (struct csv_style){.mark = true});
        reply_file(v, &file);
    }
    json_decref(table);
    return ok;
}
