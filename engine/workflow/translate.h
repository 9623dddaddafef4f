/* Translations: the YAML files in the folder of a language repeat ids and carry only texts, which
 * are laid over the definition.  An entry may carry `of`, the first eight digits of the SHA-256 of
 * the original it was made from. */
#ifndef ESPALIER_WORKFLOW_TRANSLATE_H
#define ESPALIER_WORKFLOW_TRANSLATE_H

#include "base/diag.h"
#include "base/json.h"
#include "workflow/bundle.h"

/* A copy of the definition with the texts of `language` where there are any.  Mistakes, missing and
 * outdated texts go to `d`; with NULL they are passed over in silence. */
json_t *translate(const struct bundle *b, const json_t *definition, struct str language,
                  struct diags *d);

#endif
