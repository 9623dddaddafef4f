/* What the pages are made with and is the same for everybody: styles, scripts, words.  Compiled
 * into the program, found by exact name; a path carries the hash of its content. */
#ifndef ESPALIER_WEB_ASSETS_H
#define ESPALIER_WEB_ASSETS_H

#include "base/json.h"

struct asset {
    struct str path;    /* "/assets/style-1a2b3c4d.css" */
    const char *type;   /* "text/css; charset=utf-8" */
    struct str content; /* gzip-ed */
    const char *etag;
};

/* The asset of a path; NULL if there is none. */
const struct asset *asset_find(struct str path);

/* {"style":PATH,"app":PATH, ...}; and the words of a language, {"desk":{"title":...}, ...} from
 * pages/words/desk.en.json (new references). */
json_t *assets_paths(void);
json_t *assets_words(struct str language);

#endif
