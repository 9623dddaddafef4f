#include "document/package.h"

#include <limits.h>
#include <minizip/zip.h>
#include <string.h>
#include <zlib.h>

struct package {
    struct buf out;
    size_t at, limit;
    bool failed;
    zipFile zip;
};

static voidpf open_file(voidpf opaque, const char *name, int mode)
{
    (void)name;
    (void)mode;
    return opaque;
}

static uLong read_file(voidpf opaque, voidpf stream, void *to, uLong n)
{
    struct package *p = opaque;
    (void)stream;
    struct str part = str_part(buf_str(&p->out), p->at, p->at + n);
    memcpy(to, part.p, part.n);
    p->at += part.n;
    return part.n;
}

/* The sizes in the head of a part are known, and written there, once the part is written.  What is
 * too much is dropped and remembered: minizip loses memory where a write fails. */
static uLong write_file(voidpf opaque, voidpf stream, const void *from, uLong n)
{
    struct package *p = opaque;
    (void)stream;
    p->failed = p->failed || n > p->limit || p->at > p->limit - n;
    if (p->failed)
        return n;
    struct str bytes = {from, n}, over = str_part(bytes, 0, p->out.n - p->at);
    if (over.n > 0)
        memcpy(p->out.p + p->at, over.p, over.n);
    buf_add(&p->out, str_part(bytes, over.n, bytes.n));
    p->at += n;
    return n;
}

static long tell_file(voidpf opaque, voidpf stream)
{
    const struct package *p = opaque;
    (void)stream;
    return (long)p->at;
}

static long seek_file(voidpf opaque, voidpf stream, uLong offset, int origin)
{
    struct package *p = opaque;
    (void)stream;
    size_t from = origin == ZLIB_FILEFUNC_SEEK_SET ? 0
        : origin == ZLIB_FILEFUNC_SEEK_CUR         ? p->at
                                                   : p->out.n;
    p->at = offset > p->out.n - from ? p->out.n : from + offset;
    return 0;
}

static int close_file(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

struct package *package_new(struct arena *a, size_t limit)
{
    struct package *p = arena_alloc(a, sizeof *p);
    zlib_filefunc_def calls = {
        .zopen_file = open_file,
        .zread_file = read_file,
        .zwrite_file = write_file,
        .ztell_file = tell_file,
        .zseek_file = seek_file,
        .zclose_file = close_file,
        .zerror_file = close_file,
        .opaque = p,
    };
    p->out.a = a;
    p->limit = limit;
    p->zip = zipOpen2("", APPEND_STATUS_CREATE, NULL, &calls);
    p->failed = !p->zip;
    return p;
}

/* The first of January 1980 is where the calendar of zip files begins. */
void package_add(struct package *p, const char *name, struct str content, enum package_how how)
{
    zip_fileinfo info = {.tmz_date = {.tm_mday = 1, .tm_year = 1980}};
    int method = how == PACKAGE_STORED ? 0 : Z_DEFLATED;
    if (p->failed || content.n > UINT_MAX ||
        zipOpenNewFileInZip(p->zip, name, &info, NULL, 0, NULL, 0, NULL, method,
                            Z_DEFAULT_COMPRESSION) != ZIP_OK) {
        p->failed = true;
        return;
    }
    bool written =
        content.n == 0 || zipWriteInFileInZip(p->zip, content.p, (unsigned)content.n) == ZIP_OK;
    bool closed = zipCloseFileInZip(p->zip) == ZIP_OK;
    p->failed = p->failed || !written || !closed;
}

bool package_finish(struct package *p, struct str *bytes, struct err *e)
{
    bool ok = p->zip && zipClose(p->zip, NULL) == ZIP_OK && !p->failed;
    p->zip = NULL;
    *bytes = ok ? buf_str(&p->out) : STR("");
    return ok ||
        err_set(e, ERR_LIMIT, "The document is larger than %zu MB. Make it shorter.",
                p->limit >> 20);
}
