/* What the JSON of this program looks like, for authors of templates and of other programs. */
#include "cli/cli.h"

#include "base/files.h"

#include <stdio.h>

static const struct str folder = {"engine/document/schemas/", 24}, ending = {".json", 5};

/* The name of the schema that a file of the program is; empty if it is none. */
static struct str schema_name(struct str file)
{
    if (!str_starts(file, folder) || !str_ends(file, ending))
        return STR("");
    return str_part(file, folder.n, file.n - ending.n);
}

static size_t schema_names(struct str *names, size_t room)
{
    size_t n, known = 0;
    const struct file *files = files_all(&n);
    for (size_t i = 0; i < n && known < room; i++)
        if (schema_name(files[i].name).n > 0)
            names[known++] = schema_name(files[i].name);
    return known;
}

static struct str file_of(struct cli *c, struct str name)
{
    return str_format(c->a, "%.*s%.*s%.*s", STR_ARG(folder), STR_ARG(name), STR_ARG(ending));
}

static bool list_schemas(struct cli *c, const struct str *names, size_t n, struct err *e)
{
    json_t *list = json_array();
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        struct str text;
        json_t *schema = NULL;
        ok = files_find(file_of(c, names[i]), &text) && json_read(text, &schema, e);
        if (ok)
            json_array_append_new(list,
                                  json_pack("{s:o,s:O?,s:O?}", "name", json_new_text(names[i]),
                                            "title", json_object_get(schema, "title"),
                                            "description", json_object_get(schema, "description")));
        if (ok && !c->json)
            (void)printf("%-10s %s\n", str_copy(c->a, names[i]).p, json_member(schema, "title").p);
        json_decref(schema);
    }
    if (ok && c->json)
        cli_print_json(c, json_incref(list));
    json_decref(list);
    return ok;
}

bool command_schema(struct cli *c, struct err *e)
{
    struct str names[32], text, wanted = cli_arg(c, 0);
    size_t n = schema_names(names, sizeof names / sizeof names[0]);
    if (c->n_args == 0)
        return list_schemas(c, names, n, e);
    for (size_t i = 0; i < n; i++)
        if (str_eq(names[i], wanted) && files_find(file_of(c, wanted), &text))
            return cli_deliver(c, text, e);
    struct str near = text_nearest(wanted, names, n),
               shown = text_safe(c->a, str_part(wanted, 0, utf8_cut(wanted, 100)), false);
    if (near.n > 0)
        return err_set(e, ERR_NOT_FOUND, "There is no schema \"%s\". Did you mean \"%.*s\"?",
                       shown.p, STR_ARG(near));
    return err_set(e, ERR_NOT_FOUND,
                   "There is no schema \"%s\". `espalier schema` lists those there are.", shown.p);
}
