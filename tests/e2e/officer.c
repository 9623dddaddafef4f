/* Reads a tree of blocks (engine/document/page.h) as JSON from a file and writes it as a word
 * processor's file:  officer docx|odt TREE FILE
 * Without arguments it tries both with an empty tree. */
#include "base/files.h"
#include "document/page.h"

#include <stdio.h>
#include <string.h>

static bool convert(struct arena *a, char **argv, struct err *e)
{
    struct str text, bytes;
    json_t *page = NULL;
    bool odt = strcmp(argv[1], "odt") == 0;
    if (!files_read(a, argv[2], 32 << 20, &text, e) || !json_read(text, &page, e))
        return false;
    bool ok = odt ? page_to_odt(a, page, &bytes, e) : page_to_docx(a, page, &bytes, e);
    json_decref(page);
    return ok && files_write(argv[3], bytes, true, e);
}

static bool try_self(struct arena *a, struct err *e)
{
    struct str bytes;
    json_t *page = json_object();
    bool ok = page_to_odt(a, page, &bytes, e) && page_to_docx(a, page, &bytes, e);
    json_decref(page);
    return ok;
}

int main(int argc, char **argv)
{
    struct err e = {0};
    struct arena *a = arena_new();
    bool usage = argc != 1 && argc != 4;
    bool ok = !usage && (argc == 1 ? try_self(a, &e) : convert(a, argv, &e));
    if (!ok)
        (void)fprintf(stderr, "%s\n", usage ? "usage: officer docx|odt TREE FILE" : e.text);
    arena_free(a);
    return ok ? 0 : err_exit_status(usage ? ERR_USAGE : e.code);
}
