/* Files carried inside the program: the library (workflows, scripts), migrations, texts.  Made at
 * build time from a list; names are paths relative to the project, such as
 * "workflows/first-talk/define.yaml". */
#ifndef ESPALIER_BASE_FILES_H
#define ESPALIER_BASE_FILES_H

#include "base/text.h"

struct file {
    struct str name, content; /* of program lifetime */
};

/* All embedded files, sorted by name. */
const struct file *files_all(size_t *n);

/* The embedded file of that name; false if there is none. */
bool files_find(struct str name, struct str *content);

/* Reads a regular file of at most `limit` bytes from disk into `a`; follows no symbolic link at its
 * end. Fails with ERR_NOT_FOUND, ERR_DATA (no regular file), ERR_LIMIT, ERR_DISK. */
MUST_USE bool files_read(struct arena *a, const char *path, size_t limit, struct str *out,
                         struct err *e);

/* The same for a name in an open folder. */
MUST_USE bool files_read_at(struct arena *a, int folder, const char *path, size_t limit,
                            struct str *out, struct err *e);

/* The same for a path of several parts below the folder `root`; follows no link below it. */
MUST_USE bool files_read_below(struct arena *a, const char *root, struct str path, size_t limit,
                               struct str *out, struct err *e);

/* Could a file of that name be written: it is not there, or is a plain file and `force`?  Fails
 * with ERR_REFUSED.  For a sentence before long work is done. */
MUST_USE bool files_may_write(const char *path, bool force, struct err *e);

/* Writes a file as a whole: a temporary file beside it (mode 0600), synced, then renamed.  An
 * existing file is replaced only if `force`.  Fails with ERR_REFUSED (exists), ERR_DISK; leaves no
 * half file. */
MUST_USE bool files_write(const char *path, struct str content, bool force, struct err *e);

#endif
