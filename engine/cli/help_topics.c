/* Help that is about no single command: two columns each. */
#include "cli/table.h"

#include "workflow/value.h"

#include <stdio.h>

struct row {
    const char *left, *right;
};

static const struct row values[] = {
    {"text, long_text", "goal=\"My team decides\"   (a file: goal: My team decides)"},
    {"yes_no", "yes or no, true or false, oui or non"},
    {"choice", "the id of an option, or its label"},
    {"choices", "[alone, team]"},
    {"scale, integer", "7"},
    {"number", "2.5"},
    {"money", "1200 EUR per month   or {amount: \"1200.00\", currency: EUR, period: month}"},
    {"date", "2026-11-23, or +7d for a week from now, +2w"},
    {"duration", "minutes: 90, or 1h30"},
    {"list", "[nerves, {text: time, kind: outside}]   (a plain text is an item's text)"},
    {"sort", "{ITEM: reduce, ITEM: {to: maintain, why: it pays}}   (by the item's text or id)"},
    {"grid", "{ROW: {importance: 8, satisfaction: 3}}"},
    {"rank", "[ITEM, ITEM, ITEM]   all of them, the first one first"},
    {"commitment", "{what: Call Ida, by: +7d, know: she has called back, help: my sister}"},
    {"confirm", "{agreed: true, who: Ada, on: 2026-11-23}"},
    {"", ""},
    {"For each item", "power={time: 5, nerves: 2}   (by the item's text or id)"},
    {"KEY", "the id, or a tail of the key: goal, where_now@after, rework/round2/choice"},
    {"", ""},
    {"An answer file", "answers:"},
    {"", "  topic: delegation"},
    {"", "  obstacles: [ { text: time, kind: outside }, nerves ]"},
    {"", "  power: { time: 5, nerves: 2 }"},
    {"", "skip: { boss_knows: not now }"},
    {0},
};

static const struct row environment[] = {
    {"ESPALIER_DB", "the practice file, unless --db is given"},
    {"XDG_DATA_HOME", "else it is $XDG_DATA_HOME/espalier/practice.db, or below ~/.local/share"},
    {"ESPALIER_LIBRARY", "a folder with workflows/ and scripts/ of your own, before the built-in"},
    {"LC_ALL, LANG", "French if they begin with fr; --lang goes before"},
    {"VISUAL, EDITOR", "the editor for long texts"},
    {"NO_COLOR, TERM", "no colours; a dumb terminal gets plain lines"},
    {"TMPDIR", "where `demo` and `test` keep their temporary practice"},
    {"ESPALIER_CLOCK", "fixes the clock, as 2026-11-23T10:00:00Z (for tests)"},
    {"ESPALIER_SEED", "makes ids follow from a text (for tests)"},
    {"ESPALIER_ALLOW_NETWORK_FS", "1: a practice on a network drive, at your own risk"},
    {0},
};

static const struct row statuses[] = {
    {"0", "done"},
    {"1", "refused, or not found"},
    {"2", "the command line is wrong"},
    {"65", "what was entered, or a file, is not what it should be"},
    {"70", "the workflow's script failed; every answer is safe"},
    {"74", "the disk refused: full, read-only, broken"},
    {"75", "another program holds the file: try again"},
    {"130", "interrupted; everything acknowledged is saved"},
    {0},
};

/* The limits of INTERFACES.md section 4, from the constants the program itself uses. */
static const struct {
    const char *what, *unit;
    long long limit;
} limits[] = {
    {"an answer", "bytes", ANSWER_MAX},        {"a list", "items", LIST_MAX},
    {"a journey", "keys", JOURNEY_KEYS_MAX},   {"a YAML file", "bytes", YAML_FILE_MAX},
    {"a script", "bytes", SCRIPT_FILE_MAX},    {"a bundle", "bytes", BUNDLE_MAX},
    {"memory of a script", "bytes", 32 << 20}, {"time of a script", "milliseconds", 1000},
    {"output of a script", "bytes", 1 << 20},  {"a JSON line", "bytes", JSON_LINE_MAX},
};

static void print_rows(struct cli *c, const char *left, const char *right, const struct row *rows)
{
    json_t *list = json_array();
    size_t width = 0;
    for (const struct row *row = rows; row->left; row++)
        width = str_of(row->left).n > width ? str_of(row->left).n : width;
    for (; rows->left; rows++) {
        if (!c->json)
            (void)printf("  %-*s  %s\n", (int)width, rows->left, rows->right);
        else if (*rows->right)
            json_array_append_new(list,
                                  json_pack("{s:s,s:s}", left, rows->left, right, rows->right));
    }
    if (c->json)
        cli_print_json(c, json_incref(list));
    json_decref(list);
}

static void print_limits(struct cli *c)
{
    json_t *list = json_array();
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        json_array_append_new(list,
                              json_pack("{s:s,s:I,s:s}", "what", limits[i].what, "limit",
                                        (json_int_t)limits[i].limit, "unit", limits[i].unit));
        if (!c->json)
            (void)printf("  %-20s %10lld %s\n", limits[i].what, limits[i].limit, limits[i].unit);
    }
    if (c->json)
        cli_print_json(c, json_incref(list));
    json_decref(list);
}

static void print_options(struct cli *c)
{
    json_t *list = json_array();
    for (const struct option *option = options; option->name; option++) {
        char left[40];
        if (!option->everywhere)
            continue;
        (void)snprintf(left, sizeof left, "--%s %s", option->name, option->value);
        json_array_append_new(list,
                              json_pack("{s:s,s:s,s:s}", "name", option->name, "value",
                                        option->value, "summary", option->summary));
        if (!c->json)
            (void)printf("  %-20s %s\n", left, option->summary);
    }
    if (c->json)
        cli_print_json(c, json_incref(list));
    else
        (void)printf("\nThey may stand before or behind the command, as --db FILE or --db=FILE.\n"
                     "Behind a word -- alone everything is text, also what begins with -.\n");
    json_decref(list);
}

bool help_topic(struct cli *c, struct str name)
{
    if (str_is(name, "limits"))
        print_limits(c);
    else if (str_is(name, "options"))
        print_options(c);
    else if (str_is(name, "values"))
        print_rows(c, "type", "value", values);
    else if (str_is(name, "environment"))
        print_rows(c, "name", "meaning", environment);
    else if (str_is(name, "statuses"))
        print_rows(c, "status", "meaning", statuses);
    else
        return false;
    return true;
}
