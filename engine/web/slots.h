/* HTML in a page: templates have no raw output, so what our own writers made (page.h, which escapes
 * every text) goes into the tree as a placeholder, a secret that is made anew each time, and takes
 * its place once the template is rendered.  Texts of people were there before the secret was, so
 * none of them can be it. */
#ifndef ESPALIER_WEB_SLOTS_H
#define ESPALIER_WEB_SLOTS_H

#include "base/json.h"

struct slot {
    char secret[65];
    struct str html;
    struct slot *next;
};

struct slots {
    struct slot *first;
};

/* A text for the tree (a new reference) where this HTML shall stand; it must live until
 * slots_fill. */
json_t *slot_add(struct arena *a, struct slots *s, struct str html);

/* The page with the HTML in its places.  What is put in is not looked through again. */
struct str slots_fill(struct arena *a, const struct slots *s, struct str page);

#endif
