/* The parts of a translation that are not plain texts; inside translate.c only. */
#ifndef ESPALIER_WORKFLOW_TRANSLATE_PARTS_H
#define ESPALIER_WORKFLOW_TRANSLATE_PARTS_H

#include "workflow/build.h"

struct translation {
    struct build b;
    json_t *definition; /* that the texts are laid over */
    json_t *messages;   /* ids of those translated so far */
    json_t *met;        /* ids of the entries translated in this list */
    struct str language;
};

/* Lays a map of texts over one object; `name` is what messages call it. */
void translation_object(struct translation *t, enum place in, const struct node *node,
                        json_t *target, struct str name);

/* Options by id; fields, canvases, documents by id; steps and questions by id; shared lists;
 * messages; free data. */
void translation_entries(struct translation *t, const struct schema_key *row,
                         const struct node *node, json_t *base);
void translation_members(struct translation *t, enum place in, const struct node *node,
                         json_t *base);
void translation_objects(struct translation *t, const struct schema_key *row,
                         const struct node *node, json_t *base);
void translation_lists(struct translation *t, const struct schema_key *row, const struct node *node,
                       json_t *base);
void translation_messages(struct translation *t, const struct node *node);
void translation_data(struct translation *t, const struct node *node, json_t *base);

/* Texts of shared lists go to the questions and fields that use them. */
void translation_spread_lists(struct translation *t);

void translation_untranslated(struct translation *t, const struct node *at, struct str name);
void translation_check_names(struct translation *t, const struct node *node, const json_t *known,
                             struct str text);
void translation_check_outdated(struct translation *t, const struct node *of, struct str original);

#endif
