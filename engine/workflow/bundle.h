/* A bundle: all files of one workflow as one content-hashed archive.  The archive is canonical
 * (files sorted by name, no times, no owners): the same files give the same bytes and the same
 * SHA-256. A library is a folder with workflows/ and scripts/ in it; the program carries one
 * inside. */
#ifndef ESPALIER_WORKFLOW_BUNDLE_H
#define ESPALIER_WORKFLOW_BUNDLE_H

#include "base/err.h"
#include "base/files.h"
#include "base/text.h"

enum { BUNDLE_MAX = 4 << 20, YAML_FILE_MAX = 1 << 20, SCRIPT_FILE_MAX = 256 << 10 }; /* bytes */

/* Where workflows are looked for: `folders` in order (may be none), then the library inside the
 * program. */
struct library {
    const char *const *folders;
    size_t n;
};

/* Files by name as in a library: "workflows/NAME/...", "scripts/NAME.lua", "scripts/lib/...":
 * sorted by name. */
struct bundle {
    struct str name; /* of the workflow */
    struct file *files;
    size_t n;
    char hash[65]; /* SHA-256 of the archive, hexadecimal */
};

/* Collects the workflow's folder, its script and the modules these name literally with use
 * "lib/...". Names are checked, links are not followed.  Fails with ERR_NOT_FOUND (did you mean),
 * ERR_LIMIT, ERR_DATA. All memory is in `a`. */
MUST_USE bool bundle_collect(struct arena *a, const struct library *l, struct str name,
                             struct bundle *out, struct err *e);

/* The archive as bytes, and back.  bundle_unpack trusts nothing: sizes, names, order and hash are
 * checked. */
struct str bundle_pack(struct arena *a, const struct bundle *b);
MUST_USE bool bundle_unpack(struct arena *a, struct str archive, struct bundle *out, struct err *e);

/* The file of that name; false if the bundle has none. */
bool bundle_find(const struct bundle *b, struct str name, struct str *content);

/* Names of all workflows of the library, sorted, without doubles. */
MUST_USE bool library_list(struct arena *a, const struct library *l, struct str **names, size_t *n,
                           struct err *e);

#endif
