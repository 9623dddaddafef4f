/* espalier-draw: one JSON tree in (standard input), one file out (standard output), nothing else in
 * its reach.  Called by espalier, see document/draw.h.  A tree that cannot be drawn is refused with
 * a sentence on standard error and status 1. */
#include "base/json.h"

#include <stdio.h>

enum { INPUT_MAX = 16 << 20 };

static bool read_tree(json_t **tree, struct err *e)
{
    json_error_t fault;
    *tree = json_loadf(stdin, JSON_REJECT_DUPLICATES, &fault);
    return *tree || err_set(e, ERR_DATA, "What is to be drawn is no JSON: %s.", fault.text);
}

int main(void)
{
    struct err e;
    json_t *tree = NULL;
    bool ok = read_tree(&tree, &e);
    if (ok)
        ok = err_set(&e, ERR_DATA, "There is no drawing \"%.100s\".", json_member(tree, "draw").p);
    json_decref(tree);
    if (!ok)
        (void)fprintf(stderr, "%s\n", e.text);
    return ok ? 0 : 1;
}
