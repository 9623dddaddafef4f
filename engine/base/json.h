/* Small helpers over jansson.  Trees belong to the step that made them and are released with
 * json_decref. Reading helpers are safe on NULL and on other types: they return the empty value. */
#ifndef ESPALIER_BASE_JSON_H
#define ESPALIER_BASE_JSON_H

#include "base/text.h"

#include <jansson.h>

/* The text of a string, or of a member; empty if it is absent or not a string.  Lives as long as
 * the tree. */
struct str json_text(const json_t *string);
struct str json_member(const json_t *object, const char *name);

/* Truth of a member; absent or not boolean counts as `otherwise`. */
bool json_flag(const json_t *object, const char *name, bool otherwise);

/* Integer of a member, or `otherwise`. */
long long json_whole(const json_t *object, const char *name, long long otherwise);

/* The first object of a list whose member `name` is this text; NULL if there is none, or if the
 * text is empty. */
json_t *json_find(const json_t *list, const char *name, struct str text);

/* A new JSON string of a text that is valid UTF-8. */
json_t *json_new_text(struct str s);

/* Adds a text as a JSON string, quoted and escaped, to a buffer that becomes JSON. */
void json_add_text(struct buf *b, struct str s);

/* Parses one document (depth, duplicate keys and UTF-8 are checked).  Fails with ERR_DATA and the
 * position. */
MUST_USE bool json_read(struct str s, json_t **out, struct err *e);

/* Compact text with sorted keys: equal trees give equal bytes.  Lives in `a`. */
struct str json_write(struct arena *a, const json_t *value);

/* The same over several lines, keys in their own order, for people and for --json. */
struct str json_write_pretty(struct arena *a, const json_t *value);

/* Compact with keys in their own order, for JSON lines. */
struct str json_write_line(struct arena *a, const json_t *value);

#endif
