#include "workflow/bundle.h"

#include "base/random.h"
#include "workflow/names.h"

#include <stdlib.h>

/* The archive, all of it text but the contents:
 *     espalier bundle 1 NAME\n
 *     SIZE PATH\n CONTENT \n        for every file, sorted by path
 *     end\n */
static const char magic[] = "espalier bundle 1 ";

struct str bundle_pack(struct arena *a, const struct bundle *b)
{
    struct buf out = {.a = a};
    buf_format(&out, "%s%.*s\n", magic, STR_ARG(b->name));
    for (size_t i = 0; i < b->n; i++) {
        buf_format(&out, "%zu %.*s\n", b->files[i].content.n, STR_ARG(b->files[i].name));
        buf_add(&out, b->files[i].content);
        buf_add_char(&out, '\n');
    }
    buf_add(&out, STR("end\n"));
    return buf_str(&out);
}

bool bundle_find(const struct bundle *b, struct str name, struct str *content)
{
    size_t from = 0, to = b->n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = str_order(name, b->files[middle].name);
        if (order == 0) {
            *content = b->files[middle].content;
            return true;
        }
        if (order < 0)
            to = middle;
        else
            from = middle + 1;
    }
    return false;
}

static bool damaged(struct err *e, const char *what)
{
    return err_set(
        e, ERR_DATA,
        "The bundle of the workflow is damaged: %s. Take it from a backup or from its author "
        "again.",
        what);
}

/* A number as bundle_pack writes it: no sign, no leading zero. */
static bool read_size(struct str s, size_t *out)
{
    size_t n = 0;
    if (s.n == 0 || s.n > 8 || (s.p[0] == '0' && s.n > 1))
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        n = n * 10 + (size_t)(s.p[i] - '0');
    }
    *out = n;
    return true;
}

static bool read_file(struct str *rest, struct str workflow, struct file *out, struct err *e)
{
    struct str after, path, size_text;
    struct str head = str_split(*rest, '\n', &after);
    size_text = str_split(head, ' ', &path);
    size_t size, limit;
    if (!read_size(size_text, &size))
        return damaged(e, "the size of a file is not a number");
    if (!bundle_path_is_valid(path, workflow, &limit))
        return damaged(e, "it contains a file name that is not allowed");
    if (size > limit)
        return err_set(e, ERR_LIMIT,
                       "The bundle contains a file of %zu bytes; at most %zu are allowed.", size,
                       limit);
    if (after.n <= size || after.p[size] != '\n')
        return damaged(e, "a file is cut short");
    *out = (struct file){path, str_part(after, 0, size)};
    *rest = str_part(after, size + 1, after.n);
    return true;
}

static struct file *add_file(struct arena *a, struct bundle *b, size_t *room)
{
    if (b->n == *room) {
        *room = *room ? 2 * *room : 16;
        struct file *files = arena_alloc(a, *room * sizeof *files);
        for (size_t i = 0; i < b->n; i++)
            files[i] = b->files[i];
        b->files = files;
    }
    return &b->files[b->n++];
}

bool bundle_unpack(struct arena *a, struct str archive, struct bundle *out, struct err *e)
{
    *out = (struct bundle){.n = 0};
    if (archive.n > BUNDLE_MAX)
        return err_set(e, ERR_LIMIT, "The bundle has %zu bytes; at most %d are allowed.", archive.n,
                       BUNDLE_MAX);
    if (!str_starts(archive, str_of(magic)))
        return damaged(e, "it does not begin as a bundle does");
    struct str copy = str_copy(a, archive), rest;
    out->name = str_part(str_split(copy, '\n', &rest), sizeof magic - 1, copy.n);
    if (!name_is_valid(out->name))
        return damaged(e, "the name of its workflow is not allowed");
    size_t room = 0;
    while (!str_eq(rest, STR("end\n"))) {
        struct file *f = add_file(a, out, &room);
        if (!read_file(&rest, out->name, f, e))
            return false;
        if (out->n > 1 && str_order(f[-1].name, f->name) >= 0)
            return damaged(e, "its files are not in order");
    }
    hash_sha256(copy, out->hash);
    return true;
}
