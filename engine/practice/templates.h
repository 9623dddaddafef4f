/* Where the template of a document comes from, and what it may name.  A coach changes a document by
 * putting one text file into a folder of the library; it counts for journeys that have begun, too.
 * In this order, in each place the file of the language (fr/FILE) first:
 *   1. LIBRARY/documents/WORKFLOW/FILE and LIBRARY/workflows/WORKFLOW/documents/FILE, the latter
 *      unless the whole workflow is in that folder: then it is part of what is pinned
 *   2. LIBRARY/documents/NAME.md.mustache
 *   3. the workflow's own, as it was pinned
 *   4. the program's own: engine/document/templates/NAME.md.mustache
 * FILE is what the workflow calls the template of the document NAME; partials are found likewise.
 */
#ifndef ESPALIER_PRACTICE_TEMPLATES_H
#define ESPALIER_PRACTICE_TEMPLATES_H

#include "document/document.h"
#include "workflow/workflow.h"

enum { TEMPLATE_MAX = 256 << 10 }; /* bytes of a template that is read from a file */

struct template_place {
    const struct library *library;
    const struct workflow *w;
    struct str language;
};

/* A document: whom it is made for, its template and where that was found. */
struct template_found {
    struct str name, made_for, file; /* file: as the workflow or the program calls it */
    struct str text, origin;         /* origin: a path, or "the workflow", "the program" */
    bool is_coachs;                  /* a file of a library folder */
};

/* Finds document NAME.  Fails with ERR_NOT_FOUND (did you mean), ERR_DATA (its template is missing,
 * or a file in the library that cannot be read), ERR_LIMIT.  Texts live in `a` or the workflow. */
MUST_USE bool template_find(struct arena *a, const struct template_place *place, struct str name,
                            struct template_found *out, struct err *e);

/* Reads a template that the coach names. */
MUST_USE bool template_read(struct arena *a, const char *path, struct str *text, struct err *e);

/* Where the coach would put a copy of the template, below a library folder. */
struct str template_path(struct arena *a, const struct template_place *place,
                         const struct template_found *found);

/* The template ready to be rendered for an audience: strict, with its partials, once a private
 * answer that it names for others than the coach is told to `d` (E511).  False if it has mistakes.
 * `each` (may be NULL) gets its names.  `*out` refers to `place` and lives in `a`. */
struct template_wish {
    const struct template_place *place;
    struct str file, text, audience;
    mustache_name *each;
    void *user;
};
MUST_USE bool template_prepare(struct arena *a, const struct template_wish *wish, struct diags *d,
                               struct template *out);

#endif
