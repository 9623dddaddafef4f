/* Tables of Markdown.  cmark knows no tables, so pipe tables are taken out of the text before it is
 * parsed: each leaves a paragraph with one private sign behind, and its cells are parsed one by
 * one. | Goal | By | | --- | ---: | | walk | 1 June | A table begins with a line that begins with
 * "|" (indented by 3 at most, as in a list), outside of code; its second line says where
 * cells are set: ---, :---, ---:, :---:.  It ends with the first line that does not begin with "|".
 * In cells \| is a bar. */
#ifndef ESPALIER_DOCUMENT_TABLE_H
#define ESPALIER_DOCUMENT_TABLE_H

#include "base/text.h"

/* The private sign that stands for a table. */
#define TABLE_MARK "\uE0A7"

enum { TABLE_COLUMNS = 24 };

enum table_side { TABLE_LEFT, TABLE_RIGHT, TABLE_MIDDLE };

struct table_row {
    struct table_row *next;
    struct str cells[TABLE_COLUMNS]; /* Markdown of one line */
};

struct table {
    struct table *next;
    size_t columns;
    enum table_side sides[TABLE_COLUMNS];
    struct table_row *rows; /* the first is the head */
    size_t line, lines;     /* where it begins in the Markdown, from 1, and how many it has */
    size_t mark;            /* line of its sign in the text that table_take gives */
};

/* The Markdown with each table replaced by a paragraph, and the tables in their order.  The text
 * must not be changed while the tables are used: cells point into it. */
struct str table_take(struct arena *a, struct str markdown, struct table **tables);

/* Is this the paragraph that stands for a table? */
bool table_is_mark(const char *literal);

#endif
