/* Tables for spreadsheets: RFC 4180 (UTF-8, CR LF, quotes doubled), from one JSON tree:
 *
 *     {"columns":[{"name":"due","type":"date"},{"name":"text","type":"text"}, ...],
 *      "rows":[["2026-12-01","Call Ida"], ...]}
 *
 * A spreadsheet reads a cell that begins with = + - @ (or their full-width forms, a tab, a line
 * end) as a formula.  In columns of type "text" such a beginning gets ' before it, also behind a
 * semicolon, tab or line end inside, where a spreadsheet that separates cells there would begin a
 * new one.  Columns of type "number" and "date" are left alone as long as that is what stands in
 * them.  A missing cell and null are empty. */
#ifndef ESPALIER_DOCUMENT_CSV_H
#define ESPALIER_DOCUMENT_CSV_H

#include "base/json.h"

struct csv_style {
    bool mark; /* begins with the mark (BOM) by which spreadsheets see that it is UTF-8 */
    bool raw;  /* for programs: texts exactly as they are, unguarded */
};

/* The table, its first line the names of the columns.  Lives in `a`. */
struct str csv_write(struct arena *a, const json_t *table, struct csv_style style);

#endif
