#include "workflow/bundle.h"

#include "base/random.h"
#include "workflow/modules.h"
#include "workflow/names.h"
#include "workflow/yaml.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 500, FOLDER_FLAGS = O_RDONLY | O_DIRECTORY | O_CLOEXEC };

/* What is being put together. */
struct collecting {
    struct arena *a;
    const struct library *library;
    struct bundle *bundle;
    size_t bytes, room;
    int own; /* the library folder that has the workflow, or -1: the one inside the program */
    struct err *e;
};

static bool has(const struct bundle *b, struct str name)
{
    for (size_t i = 0; i < b->n; i++)
        if (str_eq(b->files[i].name, name))
            return true;
    return false;
}

static bool add(struct collecting *c, struct str name, struct str content)
{
    struct bundle *b = c->bundle;
    if (b->n == FILES_MAX)
        return err_set(c->e, ERR_LIMIT, "A workflow may have at most %d files.", FILES_MAX);
    /* The archive adds a line to each file; 128 bytes are more than it can be. */
    c->bytes += content.n + name.n + 128;
    if (c->bytes > BUNDLE_MAX)
        return err_set(c->e, ERR_LIMIT,
                       "The files of workflow %.*s are larger than 4 MiB together.",
                       STR_ARG(b->name));
    if (b->n == c->room) {
        c->room = c->room ? 2 * c->room : 32;
        struct file *files = arena_alloc(c->a, c->room * sizeof *files);
        if (b->n)
            memcpy(files, b->files, b->n * sizeof *files);
        b->files = files;
    }
    b->files[b->n++] = (struct file){name, content};
    return true;
}

/* A folder inside a folder; never a link.  -1 if it is not there. */
static int open_folder(int parent, const char *name)
{
    return openat(parent, name, FOLDER_FLAGS | O_NOFOLLOW);
}

/* The folder ROOT/PART of a library, -1 if it is not there.  ROOT itself may be a link: its owner
 * chose it. */
static int open_part(const char *root, const char *part)
{
    int fd = open(root, FOLDER_FLAGS);
    if (fd < 0)
        return -1;
    int inner = open_folder(fd, part);
    (void)close(fd);
    return inner;
}

static bool collect_folder(struct collecting *c, int fd, struct str prefix);

static bool collect_entry(struct collecting *c, int folder, const char *name, struct str prefix)
{
    struct stat st;
    struct str path = str_format(c->a, "%.*s%s", STR_ARG(prefix), name);
    size_t limit;
    if (name[0] == '.' || fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return true;
    bool wanted = bundle_path_is_valid(path, c->bundle->name, &limit);
    if (S_ISLNK(st.st_mode))
        return err_set(c->e, ERR_DATA,
                       "%s is a link. Links are not followed out of a library: put the file itself "
                       "there.",
                       path.p);
    if (S_ISDIR(st.st_mode)) {
        if (!file_name_is_valid(str_of(name)))
            return true;
        int inner = open_folder(folder, name);
        if (inner < 0)
            return err_set(c->e, ERR_DISK, "The folder %s cannot be opened: %s.", path.p,
                           strerror(errno));
        return collect_folder(c, inner, str_format(c->a, "%s/", path.p));
    }
    if (!wanted)
        return true;
    struct str content;
    if (!files_read_at(c->a, folder, name, limit, &content, c->e))
        return err_before(c->e, "%s: ", path.p);
    return add(c, path, content);
}

/* Closes `fd`. */
static bool collect_folder(struct collecting *c, int fd, struct str prefix)
{
    /* workflows/NAME/ and four levels of folders: deeper is no workflow but a loop of mounts. */
    size_t slashes = 0;
    for (size_t i = 0; i < prefix.n; i++)
        slashes += prefix.p[i] == '/';
    DIR *dir = slashes <= 5 ? fdopendir(fd) : NULL;
    if (!dir) {
        (void)close(fd);
        return slashes > 5 ||
            err_set(c->e, ERR_DISK, "The folder %s cannot be read: %s.", prefix.p, strerror(errno));
    }
    bool ok = true;
    for (const struct dirent *entry; ok && (entry = readdir(dir));)
        ok = collect_entry(c, dirfd(dir), entry->d_name, prefix);
    (void)closedir(dir);
    return ok;
}

static bool collect_embedded(struct collecting *c)
{
    struct str prefix = str_format(c->a, "workflows/%.*s/", STR_ARG(c->bundle->name));
    size_t n, limit;
    const struct file *files = files_all(&n);
    for (size_t i = 0; i < n; i++)
        if (str_starts(files[i].name, prefix) &&
            bundle_path_is_valid(files[i].name, c->bundle->name, &limit) &&
            !add(c, files[i].name, files[i].content))
            return false;
    return true;
}

/* The folder of the workflow in a library, or -1. */
static int open_workflow(const char *root, struct str name)
{
    int workflows = open_part(root, "workflows");
    if (workflows < 0)
        return -1;
    int fd = open_folder(workflows, name.p);
    (void)close(workflows);
    if (fd >= 0 && faccessat(fd, "workflow.yaml", F_OK, AT_SYMLINK_NOFOLLOW) != 0) {
        (void)close(fd);
        return -1;
    }
    return fd;
}

static bool not_found(struct collecting *c)
{
    struct str *names, nearest, name = c->bundle->name;
    size_t n;
    if (!library_list(c->a, c->library, &names, &n, c->e))
        return false;
    nearest = text_nearest(name, names, n);
    if (nearest.n > 0)
        return err_set(c->e, ERR_NOT_FOUND, "There is no workflow \"%.*s\". Did you mean \"%.*s\"?",
                       STR_ARG(text_safe(c->a, name, false)), STR_ARG(nearest));
    struct buf all = {.a = c->a};
    for (size_t i = 0; i < n; i++)
        buf_format(&all, "%s%.*s", i ? ", " : "", STR_ARG(names[i]));
    return err_set(c->e, ERR_NOT_FOUND, "There is no workflow \"%.*s\". There are: %s.",
                   STR_ARG(text_safe(c->a, name, false)), n ? buf_str(&all).p : "none");
}

static bool collect_workflow(struct collecting *c)
{
    struct str prefix = str_format(c->a, "workflows/%.*s/", STR_ARG(c->bundle->name));
    c->own = -1;
    if (!name_is_valid(c->bundle->name))
        return not_found(c);
    for (size_t i = 0; i < c->library->n; i++) {
        int fd = open_workflow(c->library->folders[i], c->bundle->name);
        if (fd < 0)
            continue;
        c->own = (int)i;
        return collect_folder(c, fd, prefix);
    }
    struct str ignored;
    if (!files_find(str_format(c->a, "%sworkflow.yaml", prefix.p), &ignored))
        return not_found(c);
    return collect_embedded(c);
}

/* Opens the folder of `path` step by step; `*name` gets its last part.  -1 if a part is missing or
 * a link. */
static int open_parent(const char *root, struct str path, struct str *name)
{
    int fd = open(root, FOLDER_FLAGS);
    struct arena *a = arena_new();
    *name = path;
    for (struct str rest = path; fd >= 0;) {
        struct str part = str_split(rest, '/', &rest);
        if (rest.n == 0)
            break;
        *name = rest;
        int inner = open_folder(fd, str_copy(a, part).p);
        (void)close(fd);
        fd = inner;
    }
    arena_free(a);
    return fd;
}

static bool script_on_disk(struct collecting *c, size_t i, struct str path, bool *found,
                           struct str *text)
{
    struct str name;
    int fd = open_parent(c->library->folders[i], path, &name);
    *found = false;
    if (fd < 0)
        return true;
    bool ok = true;
    struct stat st;
    if (fstatat(fd, name.p, &st, AT_SYMLINK_NOFOLLOW) == 0) {
        ok = files_read_at(c->a, fd, name.p, SCRIPT_FILE_MAX, text, c->e) ||
            err_before(c->e, "%s: ", path.p);
        *found = ok;
    }
    (void)close(fd);
    return ok;
}

/* A script of the workflow's own library, else of the others in order, else of the one inside the
 * program. */
static bool find_script(struct collecting *c, struct str path, bool *found, struct str *text)
{
    *found = false;
    if (c->own >= 0 && !script_on_disk(c, (size_t)c->own, path, found, text))
        return false;
    /* A workflow of the program's own library uses its own scripts first. */
    if (c->own < 0)
        *found = files_find(path, text);
    for (size_t i = 0; i < c->library->n && !*found; i++)
        if (!script_on_disk(c, i, path, found, text))
            return false;
    if (!*found)
        *found = files_find(path, text);
    return true;
}

/* Adds a script and what it uses, and so on.  What is missing is told when the workflow is loaded,
 * with its place. */
static bool collect_script(struct collecting *c, struct str path)
{
    struct str text;
    size_t limit, at = 0;
    bool found;
    if (!bundle_path_is_valid(path, c->bundle->name, &limit) || has(c->bundle, path))
        return true;
    if (!find_script(c, path, &found, &text))
        return false;
    if (!found)
        return true;
    if (text.n > SCRIPT_FILE_MAX)
        return err_set(c->e, ERR_LIMIT, "%s is larger than 256 KiB.", path.p);
    if (!add(c, path, text))
        return false;
    for (struct module_use use; module_next_use(text, &at, &use);)
        if (module_is_valid(use.name) &&
            !collect_script(c, str_format(c->a, "scripts/%.*s.lua", STR_ARG(use.name))))
            return false;
    return true;
}

/* The script named by workflow.yaml; by default it has the workflow's name. */
static struct str script_path(struct collecting *c)
{
    struct yaml_file f = {.name = STR("workflow.yaml")};
    struct diags ignored = {.a = c->a};
    struct str path = str_format(c->a, "workflows/%.*s/workflow.yaml", STR_ARG(c->bundle->name));
    for (size_t i = 0; i < c->bundle->n; i++)
        if (str_eq(c->bundle->files[i].name, path))
            f.text = c->bundle->files[i].content;
    const struct node *script =
        yaml_read(c->a, &f, &ignored) ? node_get(f.root, STR("script")) : NULL;
    if (script && script->kind == NODE_TEXT && file_name_is_valid(script->text))
        return str_format(c->a, "scripts/%.*s", STR_ARG(script->text));
    return str_format(c->a, "scripts/%.*s.lua", STR_ARG(c->bundle->name));
}

static int order_files(const void *a, const void *b)
{
    return str_order(((const struct file *)a)->name, ((const struct file *)b)->name);
}

bool bundle_collect(struct arena *a, const struct library *l, struct str name, struct bundle *out,
                    struct err *e)
{
    *out = (struct bundle){.name = str_copy(a, name)};
    struct collecting c = {.a = a, .library = l, .bundle = out, .e = e};
    if (!collect_workflow(&c) || !collect_script(&c, script_path(&c)))
        return false;
    qsort(out->files, out->n, sizeof out->files[0], order_files);
    hash_sha256(bundle_pack(a, out), out->hash);
    return true;
}
