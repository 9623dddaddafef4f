#include "db/place.h"

#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

const char *place_network(unsigned long type)
{
    static const struct {
        unsigned long type;
        const char *name;
    } list[] = {
        {0x6969, "NFS"},        {0x517B, "SMB"},      {0xFF534D42, "CIFS"}, {0xFE534D42, "SMB"},
        {0x5346414F, "AFS"},    {0x6B414653, "AFS"},  {0x73757245, "Coda"}, {0x564C, "NCP"},
        {0x01021997, "9P"},     {0x00C36400, "Ceph"}, {0x01161970, "GFS2"}, {0x7461636F, "OCFS2"},
        {0x0BD00BD0, "Lustre"}, {0x47504653, "GPFS"},
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++)
        if (list[i].type == (type & 0xFFFFFFFF))
            return list[i].name;
    return NULL;
}

static bool too_long(const char *path, struct err *e)
{
    return err_set(e, ERR_USAGE, "The file name is too long: %.200s...", path);
}

bool place_sync(const char *path, struct err *e)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (!ok)
        (void)err_set(e, ERR_DISK, "%s cannot be brought safely to the disk: %s.", path,
                      strerror(errno));
    if (fd >= 0)
        (void)close(fd);
    return ok;
}

/* Makes one folder and its name durable; one that is there already is fine. */
static bool make_folder(char *folder, struct err *e)
{
    if (mkdir(folder, 0700) != 0) {
        if (errno == EEXIST)
            return true;
        return err_set(e, ERR_DISK, "The folder %s cannot be made: %s.", folder, strerror(errno));
    }
    char *slash = strrchr(folder, '/');
    if (!slash)
        return place_sync(".", e);
    *slash = '\0';
    bool ok = place_sync(slash == folder ? "/" : folder, e);
    *slash = '/';
    return ok;
}

static bool make_folders(char *folder, struct err *e)
{
    for (char *p = folder + 1; *p; p++) {
        if (*p != '/')
            continue;
        *p = '\0';
        bool ok = make_folder(folder, e);
        *p = '/';
        if (!ok)
            return false;
    }
    return make_folder(folder, e);
}

static bool check_local(const char *folder, struct err *e)
{
    struct statfs fs;
    const char *allowed = getenv("ESPALIER_ALLOW_NETWORK_FS");
    if ((allowed && strcmp(allowed, "1") == 0) || statfs(folder, &fs) != 0)
        return true;
    const char *name = place_network((unsigned long)fs.f_type);
    if (!name)
        return true;
    return err_set(
        e, ERR_REFUSED,
        "%s is on a network (%s), where two programs can damage one file without noticing. Choose "
        "a "
        "folder of this machine; or set ESPALIER_ALLOW_NETWORK_FS=1 if you alone use it.",
        folder, name);
}

/* Whoever can write to a folder can put another file in the place of ours. */
static bool check_folder(const char *folder, mode_t forbidden, struct err *e)
{
    struct stat st;
    if (stat(folder, &st) != 0)
        return err_set(e, ERR_DISK, "The folder %s cannot be looked at: %s.", folder,
                       strerror(errno));
    if (st.st_uid != geteuid() && st.st_uid != 0)
        return err_set(e, ERR_REFUSED,
                       "The folder %s belongs to another user. Choose a folder of your own.",
                       folder);
    if ((st.st_mode & forbidden) && !(st.st_mode & S_ISVTX))
        return err_set(e, ERR_REFUSED, "Others can change the folder %s. Run: chmod go-w '%s'",
                       folder, folder);
    return true;
}

static bool check_folders(const struct place *p, struct err *e)
{
    if (!check_folder(p->folder, S_IWGRP | S_IWOTH, e))
        return false;
    char above[PATH_MAX];
    (void)snprintf(above, sizeof above, "%s", p->folder);
    for (char *slash = strrchr(above, '/'); slash; slash = strrchr(above, '/')) {
        *slash = '\0';
        if (!check_folder(*above ? above : "/", S_IWOTH, e))
            return false;
    }
    return check_local(p->folder, e);
}

/* Cuts `path` into the folder and a pointer to the name. */
static bool cut(const char *path, char folder[PATH_MAX], const char **name, struct err *e)
{
    const char *slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    if (!**name || strcmp(*name, ".") == 0 || strcmp(*name, "..") == 0)
        return err_set(e, ERR_USAGE, "%.200s is a folder; the name of a file is needed.", path);
    int n = slash
        ? snprintf(folder, PATH_MAX, "%.*s", slash == path ? 1 : (int)(slash - path), path)
        : snprintf(folder, PATH_MAX, ".");
    return (n > 0 && n < PATH_MAX) || too_long(path, e);
}

bool place_find(const char *path, bool make, struct place *out, struct err *e)
{
    char folder[PATH_MAX];
    const char *name;
    if (!cut(path, folder, &name, e))
        return false;
    if (!realpath(folder, out->folder)) {
        if (errno != ENOENT || !make)
            return err_set(e, errno == ENOENT ? ERR_NOT_FOUND : ERR_DISK,
                           "The folder %s cannot be opened: %s.", folder, strerror(errno));
        if (!make_folders(folder, e))
            return false;
        if (!realpath(folder, out->folder))
            return err_set(e, ERR_DISK, "The folder %s cannot be opened: %s.", folder,
                           strerror(errno));
    }
    const char *between = strcmp(out->folder, "/") == 0 ? "" : "/";
    int n = snprintf(out->path, sizeof out->path, "%s%s%s", out->folder, between, name);
    if (n < 0 || (size_t)n >= sizeof out->path - sizeof "-journal")
        return too_long(path, e);
    struct stat st;
    out->exists = lstat(out->path, &st) == 0;
    if (!out->exists && errno != ENOENT)
        return err_set(e, ERR_DISK, "%s cannot be looked at: %s.", out->path, strerror(errno));
    return check_folders(out, e);
}

static bool check_kind(const char *path, const struct stat *st, struct err *e)
{
    if (S_ISLNK(st->st_mode))
        return err_set(e, ERR_REFUSED, "%s is a symbolic link. Name the file it leads to.", path);
    if (S_ISDIR(st->st_mode))
        return err_set(e, ERR_REFUSED, "%s is a folder; the name of a practice file is needed.",
                       path);
    if (!S_ISREG(st->st_mode))
        return err_set(e, ERR_REFUSED, "%s is not a plain file. Choose another name.", path);
    if (st->st_nlink > 1)
        return err_set(
            e, ERR_REFUSED,
            "%s has a second name (a hard link), under which another program could change "
            "it unnoticed. Copy it, and remove both names.",
            path);
    if (st->st_uid != geteuid())
        return err_set(
            e, ERR_REFUSED,
            "%s belongs to another user. Run espalier as that user, or make a practice of "
            "your own.",
            path);
    if (st->st_mode & (S_IRWXG | S_IRWXO))
        return err_set(e, ERR_REFUSED, "Other users can open %s. Run: chmod 600 '%s'", path, path);
    return true;
}

static bool check_journal(const struct place *p, struct err *e)
{
    char journal[PATH_MAX + sizeof "-journal"];
    (void)snprintf(journal, sizeof journal, "%s-journal", p->path);
    struct stat st;
    return lstat(journal, &st) != 0 || check_kind(journal, &st, e);
}

bool place_check_file(const struct place *p, bool read_only, struct err *e)
{
    struct stat st;
    if (lstat(p->path, &st) != 0)
        return err_set(e, ERR_DISK, "%s cannot be looked at: %s.", p->path, strerror(errno));
    if (!check_kind(p->path, &st, e) || !check_journal(p, e))
        return false;
    /* We never leave an empty file: a new practice gets its name when it is whole. */
    if (st.st_size == 0)
        return err_set(
            e, ERR_DATA,
            "%s is empty. If it was your practice, put back a backup; if not, remove it.", p->path);
    if (read_only)
        return true;
    if (access(p->path, W_OK) != 0)
        return err_set(e, ERR_REFUSED, "%s cannot be written. Run: chmod 600 '%s'", p->path,
                       p->path);
    if (access(p->folder, W_OK | X_OK) != 0)
        return err_set(
            e, ERR_REFUSED,
            "Nothing can be written in the folder %s (%s), but a practice needs its journal "
            "there. Make the folder writable, or copy the practice elsewhere.",
            p->folder, strerror(errno));
    return true;
}

bool place_draft(const struct place *p, const char *word, bool alone, char name[PATH_MAX],
                 struct err *e)
{
    int n = snprintf(name, PATH_MAX, "%s.%s%s", p->path, word, alone ? "" : "-XXXXXX");
    if (n < 0 || n >= PATH_MAX)
        return too_long(p->path, e);
    if (alone)
        (void)unlink(name);
    int fd = alone ? open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600)
                   : mkostemp(name, O_CLOEXEC);
    if (fd < 0)
        return err_set(e, ERR_DISK, "%s cannot be made: %s.", p->path, strerror(errno));
    (void)close(fd);
    return true;
}

bool place_publish(const struct place *p, const char *draft, const char *name, bool replace,
                   bool *taken, struct err *e)
{
    *taken = false;
    int rc = renameat2(AT_FDCWD, draft, AT_FDCWD, name, replace ? 0 : RENAME_NOREPLACE);
    /* Some file systems cannot promise not to replace: then the look before must do. */
    if (rc != 0 && !replace && (errno == EINVAL || errno == ENOSYS))
        rc = access(name, F_OK) == 0 ? (errno = EEXIST, -1) : rename(draft, name);
    if (rc == 0)
        return place_sync(p->folder, e);
    int fault = errno;
    (void)unlink(draft);
    *taken = fault == EEXIST;
    return *taken || err_set(e, ERR_DISK, "%s cannot be made: %s.", name, strerror(fault));
}

bool place_make_journal(const struct place *p, struct err *e)
{
    char journal[PATH_MAX + sizeof "-journal"];
    (void)snprintf(journal, sizeof journal, "%s-journal", p->path);
    struct stat st;
    if (lstat(journal, &st) == 0)
        return true;
    int fd = open(journal, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0 && errno != EEXIST)
        return err_set(e, ERR_DISK, "%s cannot be made: %s.", journal, strerror(errno));
    if (fd >= 0)
        (void)close(fd);
    return place_sync(p->folder, e);
}
