#include "workflow/bundle.h"

#include "workflow/names.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct names {
    struct arena *a;
    struct str *list;
    size_t n, room;
};

static void add(struct names *names, struct str name)
{
    if (!name_is_valid(name))
        return;
    if (names->n == names->room) {
        names->room = names->room ? 2 * names->room : 16;
        struct str *list = arena_alloc(names->a, names->room * sizeof *list);
        if (names->n)
            memcpy(list, names->list, names->n * sizeof *list);
        names->list = list;
    }
    names->list[names->n++] = str_copy(names->a, name);
}

static void list_folder(struct names *names, const char *root)
{
    struct str path = str_format(names->a, "%s/workflows", root);
    DIR *dir = opendir(path.p);
    if (!dir)
        return;
    for (const struct dirent *entry; (entry = readdir(dir));) {
        struct str file = str_format(names->a, "%s/workflow.yaml", entry->d_name);
        if (entry->d_name[0] != '.' &&
            faccessat(dirfd(dir), file.p, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
            add(names, str_of(entry->d_name));
    }
    (void)closedir(dir);
}

static void list_embedded(struct names *names)
{
    size_t n;
    const struct file *files = files_all(&n);
    for (size_t i = 0; i < n; i++) {
        struct str rest, name;
        if (!str_starts(files[i].name, STR("workflows/")))
            continue;
        name = str_split(str_part(files[i].name, 10, files[i].name.n), '/', &rest);
        if (str_eq(rest, STR("workflow.yaml")))
            add(names, name);
    }
}

static int order(const void *a, const void *b)
{
    return str_order(*(const struct str *)a, *(const struct str *)b);
}

bool library_list(struct arena *a, const struct library *l, struct str **out, size_t *n,
                  struct err *e)
{
    (void)e; /* A library folder that is not there holds no workflows. */
    struct names names = {.a = a};
    for (size_t i = 0; i < l->n; i++)
        list_folder(&names, l->folders[i]);
    list_embedded(&names);
    if (names.n > 0)
        qsort(names.list, names.n, sizeof names.list[0], order);
    size_t kept = 0;
    for (size_t i = 0; i < names.n; i++)
        if (i == 0 || !str_eq(names.list[i], names.list[kept - 1]))
            names.list[kept++] = names.list[i];
    *out = names.list;
    *n = kept;
    return true;
}
