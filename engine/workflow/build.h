/* From YAML nodes to the definition, driven by the schema.  Shared by the files that build it:
 * build.c (objects and plain values), entries.c (options, fields), grid.c (canvases),
 * placeholders.c, definition.c. */
#ifndef ESPALIER_WORKFLOW_BUILD_H
#define ESPALIER_WORKFLOW_BUILD_H

#include "base/json.h"
#include "workflow/bundle.h"
#include "workflow/schema.h"
#include "workflow/yaml.h"

/* A name that can be checked only when all files have been read. */
enum pending_kind { PENDING_QUESTION, PENDING_CANVAS, PENDING_PLACEHOLDER, PENDING_RENAMED };

struct pending {
    enum pending_kind kind;
    const struct node *at;
    const struct yaml_file *file;
    struct str name;
    struct pending *next;
};

struct build {
    struct arena *a;
    struct diags *d;
    const struct bundle *bundle;
    const struct yaml_file *file; /* that is being read */
    json_t *lists;                /* shared lists, by id; owned by the definition */
    json_t *seen;                 /* id of a question: "define.yaml line 24" */
    json_t *messages;             /* of all files */
    json_t *given;                /* names the scripts give values; NULL until asked for */
    struct pending *first, *last;
    bool incomplete; /* a file could not be read: names may be missing for that reason */
};

/* A message at a node; the format is what is wrong. */
void build_fault(struct build *b, const struct node *at, const char *code, const char *help,
                 const char *format, ...) PRINTF_LIKE(5, 6);

/* "Did you mean \"x\"?  ..." for the help; `otherwise` when nothing is near. */
const char *build_nearest(struct build *b, struct str word, const struct str *known, size_t n,
                          const char *otherwise);

/* The keys of a JSON object, for proposals. */
size_t build_keys(struct build *b, const json_t *object, struct str **out);

/* Reads the map as an object of that place into `out` (a new object if NULL); NULL if it is no map.
 */
json_t *build_object(struct build *b, enum place in, const struct node *map);

/* Reads one value by its row; NULL after a message.  `owner` is the object it will be put into. */
json_t *build_value(struct build *b, const struct schema_key *row, const struct node *node,
                    json_t *owner);

/* Says that a key is not known at a place, or not for a type, and what may be meant. */
void build_unknown_key(struct build *b, enum place in, const struct node *key, enum type type);

/* Is the node of this kind?  If not, says so. */
bool build_expect(struct build *b, const struct node *node, enum node_kind kind,
                  const struct schema_key *row);

/* A text without spaces around it; empty after a message. */
struct str build_text(struct build *b, const struct node *node, const struct schema_key *row);

/* Is it an id?  If not, says so. */
bool build_check_id(struct build *b, const struct node *node, struct str id);

/* Texts cut for a message. */
struct str build_quote(struct build *b, struct str text);

void build_later(struct build *b, enum pending_kind kind, const struct node *at, struct str name);

json_t *build_entries(struct build *b, const struct schema_key *row, const struct node *node,
                      json_t *owner);
json_t *build_fields(struct build *b, const struct node *node, bool item);
json_t *build_default_item(void);

/* The rows of a canvas, in the form of board_to_text, from its `grid` (NULL: one block below the
 * other). */
json_t *build_grid(struct build *b, const struct node *grid, const json_t *blocks);

/* Adds the names in { } of a text to a list, each once. */
void placeholders_add(json_t *names, struct str text);

#endif
