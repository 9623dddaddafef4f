#include "disk.h"

#include "base/mem.h"

#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES = 4, NAME = 64, SECTOR = 512, REGIONS = 16, REGION = 32768 };

struct image {
    unsigned char *p;
    size_t n;
};

struct file {
    char name[NAME];
    bool there, safely_there; /* the name, now and after a cut for sure */
    bool replaced;            /* a new file under the name of one whose removal is not safe yet */
    struct image now, safe;
    unsigned char *dirty; /* one byte for each sector written since the last sync */
    size_t sectors;
};

struct disk_state {
    struct file files[FILES];
};

static struct disk_state disk;
static struct {
    void (*each)(void *user);
    void *user;
    bool lies;
    int fail_sync, syncs;
} mode;
static void *regions[REGIONS]; /* the shared memory of WAL mode */

uint64_t chance(uint64_t *state)
{
    uint64_t x = *state += 0x9E3779B97F4A7C15;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9;
    x = (x ^ x >> 27) * 0x94D049BB133111EB;
    return x ^ x >> 31;
}

static void resize(struct image *i, size_t n)
{
    i->p = mem_grow(i->p, n, 1);
    if (n > i->n)
        memset(i->p + i->n, 0, n - i->n);
    i->n = n;
}

static void copy_image(struct image *to, const struct image *from)
{
    resize(to, from->n);
    if (from->n)
        memcpy(to->p, from->p, from->n);
}

static void mark(struct file *f, size_t from, size_t to)
{
    size_t last = (to + SECTOR - 1) / SECTOR;
    if (last > f->sectors) {
        f->dirty = mem_grow(f->dirty, last, 1);
        memset(f->dirty + f->sectors, 0, last - f->sectors);
        f->sectors = last;
    }
    for (size_t i = from / SECTOR; i < last; i++)
        f->dirty[i] = 1;
}

static void clean(struct file *f)
{
    if (f->sectors)
        memset(f->dirty, 0, f->sectors);
}

static void release(struct disk_state *s)
{
    for (int i = 0; i < FILES; i++) {
        free(s->files[i].now.p);
        free(s->files[i].safe.p);
        free(s->files[i].dirty);
    }
    memset(s, 0, sizeof *s);
}

void disk_free(struct disk_state *s)
{
    release(s);
    free(s);
}

void disk_clear(void)
{
    release(&disk);
    memset(&mode, 0, sizeof mode);
}

static struct file *find(const char *name, bool make)
{
    for (int i = 0; i < FILES; i++)
        if (strcmp(disk.files[i].name, name) == 0)
            return &disk.files[i];
    for (int i = 0; make && i < FILES; i++)
        if (!*disk.files[i].name) {
            (void)snprintf(disk.files[i].name, NAME, "%s", name);
            return &disk.files[i];
        }
    assert(!make);
    return NULL;
}

void disk_put(const char *name, const void *bytes, size_t n)
{
    struct file *f = find(name, true);
    resize(&f->now, n);
    memcpy(f->now.p, bytes, n);
    copy_image(&f->safe, &f->now);
    clean(f);
    f->there = f->safely_there = true;
}

bool disk_get(const char *name, const void **bytes, size_t *n)
{
    const struct file *f = find(name, false);
    if (!f || !f->there)
        return false;
    *bytes = f->now.p;
    *n = f->now.n;
    return true;
}

void disk_watch(void (*each)(void *user), void *user)
{
    mode.each = each;
    mode.user = user;
}

void disk_lie(bool on)
{
    mode.lies = on;
}

void disk_fail_sync(int nth)
{
    mode.fail_sync = nth ? mode.syncs + nth : 0;
}

int disk_syncs(void)
{
    return mode.syncs;
}

static void copy_state(struct disk_state *to, const struct disk_state *from)
{
    for (int i = 0; i < FILES; i++) {
        struct file *t = &to->files[i];
        *t = from->files[i];
        t->now = t->safe = (struct image){NULL, 0};
        copy_image(&t->now, &from->files[i].now);
        copy_image(&t->safe, &from->files[i].safe);
        t->dirty = mem_grow(NULL, t->sectors, 1);
        if (t->sectors)
            memcpy(t->dirty, from->files[i].dirty, t->sectors);
    }
}

struct disk_state *disk_save(void)
{
    struct disk_state *s = mem_new(sizeof *s);
    copy_state(s, &disk);
    return s;
}

/* What one written sector is after the cut.  Style 0: always the old one; 1: always the new one;
 * else by chance. */
static void cut_sector(struct image *out, const struct image *old, size_t at, uint64_t style,
                       uint64_t *seed)
{
    size_t n = out->n - at < SECTOR ? out->n - at : SECTOR;
    uint64_t fate = style < 2 ? style : chance(seed) % (style == 2 ? 2 : 5);
    size_t kept = fate == 1 ? n : fate == 2 ? chance(seed) % (n + 1) : 0;
    if (fate < 3)
        for (size_t i = kept; i < n; i++)
            out->p[at + i] = at + i < old->n ? old->p[at + i] : 0;
    else if (fate == 3)
        for (size_t i = 0; i < n; i++)
            out->p[at + i] = (unsigned char)chance(seed);
}

static void cut_content(struct file *f, uint64_t style, uint64_t *seed)
{
    const struct image none = {NULL, 0};
    const struct image *old = f->replaced ? &none : &f->safe;
    bool old_size = style == 0 || (style >= 2 && chance(seed) % 2);
    struct image out = {NULL, 0};
    copy_image(&out, &f->now);
    if (old_size && old->n > out.n) { /* a truncation that did not happen */
        size_t from = out.n;
        resize(&out, old->n);
        memcpy(out.p + from, old->p + from, old->n - from);
    } else if (old_size) {
        resize(&out, old->n);
    }
    for (size_t i = 0; i < f->sectors && i * SECTOR < out.n; i++)
        if (f->dirty[i])
            cut_sector(&out, old, i * SECTOR, style, seed);
    free(f->now.p);
    f->now = out;
}

static void cut_file(struct file *f, uint64_t style, uint64_t *seed)
{
    bool keep_new = style == 1 || (style >= 2 && chance(seed) % 2);
    if (f->replaced && !keep_new) { /* the old file under this name is still there */
        f->there = f->safely_there;
        copy_image(&f->now, &f->safe);
    } else if (f->there) {
        if (!f->safely_there && !keep_new)
            f->there = false;
        else
            cut_content(f, style, seed);
    } else if (f->safely_there && !keep_new) { /* a removal that did not happen */
        f->there = true;
        copy_image(&f->now, &f->safe);
    }
    if (!f->there)
        resize(&f->now, 0);
    f->safely_there = f->there;
    f->replaced = false;
    copy_image(&f->safe, &f->now);
    clean(f);
}

void disk_cut(const struct disk_state *s, uint64_t seed)
{
    disk_clear();
    copy_state(&disk, s);
    uint64_t style = chance(&seed) % 6;
    for (int i = 0; i < FILES; i++)
        if (*disk.files[i].name)
            cut_file(&disk.files[i], style, &seed);
}

/* From here on: what SQLite calls. */

struct handle {
    sqlite3_file base;
    struct file *f;
    bool is_journal;
};

static struct file *file_of(sqlite3_file *f)
{
    return ((struct handle *)f)->f;
}

static void operation(void)
{
    if (mode.each)
        mode.each(mode.user);
}

static int on_close(sqlite3_file *f)
{
    (void)f;
    return SQLITE_OK;
}

static int on_read(sqlite3_file *handle, void *p, int n, sqlite3_int64 at)
{
    const struct image *i = &file_of(handle)->now;
    size_t have = (size_t)at >= i->n ? 0 : i->n - (size_t)at;
    size_t got = have < (size_t)n ? have : (size_t)n;
    if (got)
        memcpy(p, i->p + at, got);
    memset((char *)p + got, 0, (size_t)n - got);
    return got == (size_t)n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int on_write(sqlite3_file *handle, const void *p, int n, sqlite3_int64 at)
{
    struct file *f = file_of(handle);
    operation();
    size_t end = (size_t)at + (size_t)n;
    if (end > f->now.n)
        resize(&f->now, end);
    memcpy(f->now.p + at, p, (size_t)n);
    mark(f, (size_t)at, end);
    return SQLITE_OK;
}

static int on_truncate(sqlite3_file *handle, sqlite3_int64 n)
{
    operation();
    if ((size_t)n < file_of(handle)->now.n)
        resize(&file_of(handle)->now, (size_t)n);
    return SQLITE_OK;
}

static int on_sync(sqlite3_file *handle, int flags)
{
    (void)flags;
    struct file *f = file_of(handle);
    operation();
    mode.syncs++;
    if (mode.lies)
        return SQLITE_OK;
    if (mode.fail_sync && mode.syncs == mode.fail_sync) {
        clean(f);
        return SQLITE_IOERR_FSYNC;
    }
    /* Sector by sector: what an earlier failed sync dropped is not written by a later one. */
    resize(&f->safe, f->now.n);
    for (size_t i = 0; i < f->sectors && i * SECTOR < f->now.n; i++)
        if (f->dirty[i] || f->replaced)
            memcpy(f->safe.p + i * SECTOR, f->now.p + i * SECTOR,
                   f->now.n - i * SECTOR < SECTOR ? f->now.n - i * SECTOR : SECTOR);
    clean(f);
    f->replaced = false;
    if (((struct handle *)handle)
            ->is_journal) /* SQLite syncs the folder with a journal it has made */
        f->safely_there = f->there;
    return SQLITE_OK;
}

static int on_size(sqlite3_file *handle, sqlite3_int64 *n)
{
    *n = (sqlite3_int64)file_of(handle)->now.n;
    return SQLITE_OK;
}

static int on_lock(sqlite3_file *f, int level)
{
    (void)f;
    (void)level;
    return SQLITE_OK;
}

static int on_reserved(sqlite3_file *f, int *out)
{
    (void)f;
    *out = 0;
    return SQLITE_OK;
}

static int on_control(sqlite3_file *f, int op, void *p)
{
    (void)f;
    (void)op;
    (void)p;
    return SQLITE_NOTFOUND;
}

/* Both as the system's VFS answers. */
static int on_sector(sqlite3_file *f)
{
    (void)f;
    return 4096;
}

static int on_traits(sqlite3_file *f)
{
    (void)f;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE;
}

static int on_map(sqlite3_file *f, int region, int size, int extend, void volatile **out)
{
    (void)f, (void)extend;
    assert(region < REGIONS && size == REGION);
    if (!regions[region])
        regions[region] = mem_new(REGION);
    *out = regions[region];
    return SQLITE_OK;
}

static int on_map_lock(sqlite3_file *f, int from, int n, int flags)
{
    (void)f, (void)from, (void)n, (void)flags;
    return SQLITE_OK;
}

static void on_barrier(sqlite3_file *f)
{
    (void)f;
}

static int on_unmap(sqlite3_file *f, int remove)
{
    (void)f;
    (void)remove;
    for (int i = 0; i < REGIONS; i++) {
        free(regions[i]);
        regions[i] = NULL;
    }
    return SQLITE_OK;
}

static const sqlite3_io_methods methods = {
    .iVersion = 2,
    .xClose = on_close,
    .xRead = on_read,
    .xWrite = on_write,
    .xTruncate = on_truncate,
    .xSync = on_sync,
    .xFileSize = on_size,
    .xLock = on_lock,
    .xUnlock = on_lock,
    .xCheckReservedLock = on_reserved,
    .xFileControl = on_control,
    .xSectorSize = on_sector,
    .xDeviceCharacteristics = on_traits,
    .xShmMap = on_map,
    .xShmLock = on_map_lock,
    .xShmBarrier = on_barrier,
    .xShmUnmap = on_unmap,
};

static int on_open(sqlite3_vfs *v, const char *name, sqlite3_file *out, int flags, int *out_flags)
{
    (void)v;
    struct handle *h = (struct handle *)out;
    h->base.pMethods = NULL;
    struct file *f = find(name, flags & SQLITE_OPEN_CREATE);
    if (!f || (!f->there && !(flags & SQLITE_OPEN_CREATE)))
        return SQLITE_CANTOPEN;
    if (!f->there) {
        operation();
        f->there = true;
        f->replaced = f->safely_there;
        resize(&f->now, 0);
        clean(f);
    }
    h->f = f;
    h->is_journal = flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL);
    h->base.pMethods = &methods;
    if (out_flags)
        *out_flags = flags;
    return SQLITE_OK;
}

static int on_delete(sqlite3_vfs *v, const char *name, int sync_folder)
{
    (void)v;
    struct file *f = find(name, false);
    if (!f || !f->there)
        return SQLITE_IOERR_DELETE_NOENT;
    operation();
    f->there = false;
    resize(&f->now, 0);
    if (sync_folder && !mode.lies)
        f->safely_there = false;
    return SQLITE_OK;
}

static int on_access(sqlite3_vfs *v, const char *name, int flags, int *out)
{
    (void)v;
    const struct file *f = find(name, false);
    *out = f && f->there && (flags != SQLITE_ACCESS_EXISTS || f->now.n > 0);
    return SQLITE_OK;
}

static int on_full_name(sqlite3_vfs *v, const char *name, int room, char *out)
{
    (void)v;
    (void)snprintf(out, (size_t)room, "%s", name);
    return SQLITE_OK;
}

static int on_random(sqlite3_vfs *v, int n, char *out)
{
    (void)v;
    static uint64_t seed = 1;
    for (int i = 0; i < n; i++)
        out[i] = (char)chance(&seed);
    return n;
}

void disk_register(void)
{
    static sqlite3_vfs vfs;
    vfs = *sqlite3_vfs_find(NULL);
    vfs.szOsFile = (int)sizeof(struct handle);
    vfs.zName = "disk";
    vfs.xOpen = on_open;
    vfs.xDelete = on_delete;
    vfs.xAccess = on_access;
    vfs.xFullPathname = on_full_name;
    vfs.xRandomness = on_random;
    (void)sqlite3_vfs_register(&vfs, 0);
}
