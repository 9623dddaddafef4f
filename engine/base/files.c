#include "base/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Made by the build: sorted by name. */
extern const struct file embedded_files[];
extern const size_t embedded_files_count;

const struct file *files_all(size_t *n)
{
    *n = embedded_files_count;
    return embedded_files;
}

static int order_by_name(const void *name, const void *file)
{
    return str_order(*(const struct str *)name, ((const struct file *)file)->name);
}

bool files_find(struct str name, struct str *content)
{
    const struct file *f =
        bsearch(&name, embedded_files, embedded_files_count, sizeof *f, order_by_name);
    if (f)
        *content = f->content;
    return f != NULL;
}

static bool read_all(int fd, char *p, size_t n, size_t *got)
{
    *got = 0;
    while (*got < n) {
        ssize_t part = read(fd, p + *got, n - *got);
        if (part < 0 && errno == EINTR)
            continue;
        if (part <= 0)
            return part == 0;
        *got += (size_t)part;
    }
    return true;
}

bool files_read(struct arena *a, const char *path, size_t limit, struct str *out, struct err *e)
{
    return files_read_at(a, AT_FDCWD, path, limit, out, e);
}

bool files_read_at(struct arena *a, int folder, const char *path, size_t limit, struct str *out,
                   struct err *e)
{
    int fd = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0) {
        enum err_code code = errno == ENOENT || errno == ENOTDIR ? ERR_NOT_FOUND : ERR_DISK;
        const char *reason = errno == ELOOP ? "it is a symbolic link" : strerror(errno);
        return err_set(e, code, "The file %s cannot be opened: %s.", path, reason);
    }
    struct stat st;
    bool ok = false;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        (void)err_set(e, ERR_DATA, "%s is not a regular file.", path);
    } else if ((unsigned long long)st.st_size > limit) {
        (void)err_set(e, ERR_LIMIT, "The file %s has %lld bytes; at most %zu are read.", path,
                      (long long)st.st_size, limit);
    } else {
        char *p = arena_alloc(a, (size_t)st.st_size + 1);
        size_t got;
        ok = read_all(fd, p, (size_t)st.st_size, &got);
        if (ok)
            *out = (struct str){p, got};
        else
            (void)err_set(e, ERR_DISK, "The file %s cannot be read: %s.", path, strerror(errno));
    }
    (void)close(fd);
    return ok;
}

bool files_read_below(struct arena *a, const char *root, struct str path, size_t limit,
                      struct str *out, struct err *e)
{
    static const int folder = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
    struct str rest, part = str_split(path, '/', &rest);
    int fd = open(root, folder), code = errno;
    while (fd >= 0 && rest.n > 0) {
        int inner = openat(fd, str_copy(a, part).p, folder | O_NOFOLLOW);
        code = errno;
        (void)close(fd);
        fd = inner;
        part = str_split(rest, '/', &rest);
    }
    if (fd < 0)
        return err_set(e, code == ENOENT ? ERR_NOT_FOUND : ERR_DISK,
                       "The folder of %s/%.*s cannot be opened: %s.", root, STR_ARG(path),
                       strerror(code));
    bool ok = files_read_at(a, fd, str_copy(a, part).p, limit, out, e);
    (void)close(fd);
    return ok;
}

static bool write_all(int fd, struct str s)
{
    for (size_t done = 0; done < s.n;) {
        ssize_t part = write(fd, s.p + done, s.n - done);
        if (part < 0 && errno == EINTR)
            continue;
        if (part < 0)
            return false;
        done += (size_t)part;
    }
    return true;
}

/* Makes the rename itself durable.  A folder that cannot be synced is no reason to fail: the file
 * is whole. */
static void sync_folder(const char *path)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    int n = slash ? snprintf(folder, sizeof folder, "%.*s/", (int)(slash - path), path)
                  : snprintf(folder, sizeof folder, ".");
    int fd =
        n > 0 && (size_t)n < sizeof folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (fd >= 0) {
        (void)fsync(fd);
        (void)close(fd);
    }
}

/* A name that nothing has, or, with `force`, that of a plain file: never a folder, device or link.
 */
bool files_may_write(const char *path, bool force, struct err *e)
{
    struct stat st;
    if (lstat(path, &st) != 0)
        return true;
    if (S_ISDIR(st.st_mode))
        return err_set(e, ERR_REFUSED, "%s is a folder; the name of a file is needed.", path);
    if (S_ISLNK(st.st_mode))
        return err_set(e, ERR_REFUSED, "%s is a symbolic link. Name the file it leads to.", path);
    if (!S_ISREG(st.st_mode))
        return err_set(e, ERR_REFUSED, "%s is not a plain file. Choose another name.", path);
    return force ||
        err_set(e, ERR_REFUSED,
                "%s exists already. Choose another name, or add --force to replace it.", path);
}

/* Without `force`, a file that came meanwhile is not replaced either. */
static bool give_name(const char *temporary, const char *path, bool force)
{
    if (force)
        return rename(temporary, path) == 0;
    if (renameat2(AT_FDCWD, temporary, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return true;
    return errno == EINVAL && link(temporary, path) == 0 && unlink(temporary) == 0;
}

bool files_write(const char *path, struct str content, bool force, struct err *e)
{
    char temporary[4096];
    int n = snprintf(temporary, sizeof temporary, "%s.XXXXXX", path);
    if (n < 0 || (size_t)n >= sizeof temporary)
        return err_set(e, ERR_USAGE, "The file name is too long: %.200s...", path);
    if (!files_may_write(path, force, e))
        return false;
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return err_set(e, ERR_DISK, "%s cannot be written: %s.", path, strerror(errno));
    bool ok = write_all(fd, content) && fsync(fd) == 0;
    int fault = ok ? 0 : errno;
    if (close(fd) != 0 && ok) {
        ok = false;
        fault = errno;
    }
    if (ok && !give_name(temporary, path, force)) {
        ok = false;
        fault = errno;
    }
    if (!ok) {
        (void)unlink(temporary);
        return err_set(e, ERR_DISK, "%s cannot be written: %s. Nothing was left behind.", path,
                       strerror(fault));
    }
    sync_folder(path);
    return true;
}
