/* The names that are allowed: of workflows and files (NAME), of questions and options (ID), of
 * files in a bundle. */
#ifndef ESPALIER_WORKFLOW_NAMES_H
#define ESPALIER_WORKFLOW_NAMES_H

#include "base/text.h"

enum { NAME_MAX_BYTES = 64 };

/* [a-z0-9][a-z0-9-]* and [a-z][a-z0-9_]*, at most 64 bytes. */
bool name_is_valid(struct str name);
bool id_is_valid(struct str id);

/* A language: two or three letters, for example "fr". */
bool language_is_valid(struct str language);

/* A file name without folders: letters, digits, - _ . beginning with a letter or digit, no "..". */
bool file_name_is_valid(struct str name);

/* The name of a module as scripts write it: "lib/rounds". */
bool module_is_valid(struct str name);

/* May the bundle of workflow `workflow` contain a file of this name?  `*limit` gets its largest
 * size. */
bool bundle_path_is_valid(struct str path, struct str workflow, size_t *limit);

/* An id made from a label, as a proposal: "In me" gives "in_me".  Empty if nothing is left. */
struct str id_from_label(struct arena *a, struct str label);

#endif
