/* The parts of word processors' files that are the same for every document but for a few words:
 * embedded files, in which {name} stands for a value.  Used by docx.c and odt.c only. */
#ifndef ESPALIER_DOCUMENT_OFFICE_PARTS_H
#define ESPALIER_DOCUMENT_OFFICE_PARTS_H

#include "document/office.h"
#include "document/package.h"

struct office_values {
    size_t n;
    struct {
        const char *name;
        struct str value; /* XML */
    } rows[40];
};

/* A part: its name in the package, and the file in engine/document/office that it is made from. */
struct office_part {
    const char *name, *file;
    enum package_how how;
};

void office_set(struct office_values *v, const char *name, struct str xml);
struct str office_value(const struct office_values *v, struct str name);

/* Reads the paper and the language of the page, and sets what both forms need: {title}, {author},
 * {language} "en-GB", {code} "en", {country} "GB" and the same for Asian and right-to-left texts,
 * {asian-font} ... */
void office_begin(struct office *o, struct office_values *v);

/* The words "Page {n} of {m}": each text between `before` and `after`, the numbers as given. */
struct office_numbers {
    const char *before, *after, *n, *m;
};
struct str office_page_words(struct office *o, const struct office_numbers *numbers);

/* All parts, filled, as one package.  Fails with ERR_LIMIT. */
MUST_USE bool office_pack(struct office *o, const struct office_part *parts, size_t n,
                          const struct office_values *v, struct str *bytes, struct err *e);

#endif
