/* A zip file in memory, as word processors' files are: parts in the order in which they are added,
 * without times, so that equal parts give equal bytes.
 *
 *     struct package *p = package_new(a, limit);
 *     package_add(p, "mimetype", type, PACKAGE_STORED);
 *     ok = package_finish(p, &bytes, e); */
#ifndef ESPALIER_DOCUMENT_PACKAGE_H
#define ESPALIER_DOCUMENT_PACKAGE_H

#include "base/text.h"

enum package_how { PACKAGE_PACKED, PACKAGE_STORED };

struct package;

/* An empty package in `a`, of at most `limit` bytes.  Must be finished. */
struct package *package_new(struct arena *a, size_t limit);

/* Adds a part; its name is a path with slashes.  A failure is kept for package_finish. */
void package_add(struct package *p, const char *name, struct str content, enum package_how how);

/* The whole file, living in the arena.  Fails with ERR_LIMIT. */
MUST_USE bool package_finish(struct package *p, struct str *bytes, struct err *e);

#endif
