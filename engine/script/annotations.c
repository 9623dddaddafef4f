/* scripts/api.lua: what editors and luacheck know of the author's functions, from the table that
 * registers them. */
#include "script/api.h"

#include <string.h>

static void add_lines(struct buf *b, struct str lines)
{
    while (lines.n > 0) {
        struct str line = str_split(lines, '\n', &lines);
        buf_format(b, "%.*s\n", STR_ARG(line));
    }
}

/* Views that are no functions. */
static const struct {
    const char *name, *type, *text;
} views[] = {
    {"answers", "table<string, any>",
     "Live answers by the id of their question; nil if skipped or not asked yet."},
    {"data", "table<string, any>", "Further data of the workflow, read-only."},
    {"lists", "table<string, { id: string, label: string }[]>",
     "The option lists of the workflow, read-only."},
};

struct str script_api_annotations(struct arena *a)
{
    struct buf b = {.a = a};
    buf_add(&b,
            STR("---@meta espalier\n"
                "-- Everything a script may call, for editors and luacheck.  Generated from the "
                "table in\n"
                "-- engine/script/api.c; a test compares.  Besides these: string, table, math, "
                "utf8, pairs,\n"
                "-- ipairs, select, type, tostring, tonumber, assert, error, pcall.\n"));
    for (size_t i = 0; i < sizeof views / sizeof views[0]; i++)
        buf_format(&b, "\n--- %s\n---@type %s\n%s = {}\n", views[i].text, views[i].type,
                   views[i].name);
    for (size_t i = 0; i < api_rows_count; i++) {
        buf_format(&b, "\n--- %s\n", api_rows[i].text);
        add_lines(&b, str_of(api_rows[i].annotation));
        buf_format(&b, "function %s(%s) end\n", api_rows[i].name, api_rows[i].params);
    }
    return buf_str(&b);
}
