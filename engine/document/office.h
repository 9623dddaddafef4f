/* The inside of the writers of word processors' files.  office*.c walks the tree of blocks and says
 * what comes (a paragraph of this style, a row, a cell); the form, docx.c or odt.c, writes it down.
 * Lists are no element here: each paragraph knows the list it stands in.  Lengths are in twips
 * (1/1440 inch).  Used by office*.c, docx.c, odt.c only. */
#ifndef ESPALIER_DOCUMENT_OFFICE_H
#define ESPALIER_DOCUMENT_OFFICE_H

#include "document/page.h"

enum office_style {
    OFFICE_TEXT,
    OFFICE_TITLE,
    OFFICE_SUBTITLE,
    OFFICE_DETAILS,
    OFFICE_HEADING_1,
    OFFICE_HEADING_2,
    OFFICE_HEADING_3,
    OFFICE_HEADING_4,
    OFFICE_QUOTE,
    OFFICE_CODE,
    OFFICE_RULE,
    OFFICE_BULLET,
    OFFICE_NUMBER,
    OFFICE_FURTHER, /* more paragraphs of a list's item */
    OFFICE_TABLE_HEAD,
    OFFICE_TABLE_TEXT,
    OFFICE_CAPTION,
    OFFICE_SOURCE,
    OFFICE_BOARD_TITLE,
    OFFICE_BOARD_PURPOSE,
    OFFICE_BOARD_LABEL,
    OFFICE_BOARD_ITEM,
    OFFICE_BOARD_ITEM_SMALL,
    OFFICE_BOARD_ITEM_TINY,
    OFFICE_BOARD_NOTE, /* legend, attribution */
    OFFICE_STYLES
};

enum office_kind { OFFICE_BULLETS, OFFICE_NUMBERS, OFFICE_SIGNS, OFFICE_KINDS };
enum { OFFICE_LEVELS = 9 };

/* A list.  OFFICE_SIGNS bear no mark of their own: their text begins with a box to tick. */
struct office_list {
    const struct office_list *outer;
    enum office_kind kind;
    size_t id;        /* 1, 2, 3 ... in the document */
    size_t level;     /* from 0; below OFFICE_LEVELS */
    size_t item;      /* which item we are in, from 1 */
    long long start;  /* first number */
    bool mark_is_due; /* the next paragraph begins the item */
};

enum office_side { OFFICE_START, OFFICE_MIDDLE, OFFICE_END, OFFICE_SIDES };

struct office_paragraph {
    enum office_style style;
    const struct office_list *list; /* NULL: none */
    bool mark;                      /* begins an item of the list */
    bool rtl;
    enum office_side side;
    struct str anchor; /* name of the place, for links; or empty */
};

enum { OFFICE_STRONG = 1, OFFICE_EM = 2, OFFICE_MONO = 4, OFFICE_GONE = 8, OFFICE_ABOVE = 16 };

struct office_run {
    struct str text;
    unsigned marks;
    struct str link; /* an address that is safe as it is, or # and the name of a place, or empty */
};

enum office_sign { OFFICE_BREAK, OFFICE_TAB, OFFICE_OPEN, OFFICE_DONE };

/* More columns than this are not opened by word processors. */
enum { OFFICE_COLUMNS = 60 };

struct office_table {
    size_t columns;
    long widths[OFFICE_COLUMNS];
    bool board, rtl;
};
struct office_row {
    bool head, whole; /* repeated on each page; not broken over pages */
    long height;      /* at least; 0: as its text needs */
};
struct office_cell {
    size_t column, span, rows;
    bool covered;          /* belongs to a cell that began in a row above */
    bool head, box, empty; /* box: of a canvas */
    struct str fill;       /* "#rrggbb" or empty */
};

struct office;
struct office_form {
    void (*paragraph)(struct office *o, const struct office_paragraph *p);
    void (*paragraph_end)(struct office *o);
    void (*run)(struct office *o, const struct office_run *run);
    void (*sign)(struct office *o, enum office_sign sign);
    void (*section)(struct office *o); /* o->landscape has just changed, or a new page begins */
    void (*table)(struct office *o, const struct office_table *t);
    void (*table_end)(struct office *o);
    void (*row)(struct office *o, const struct office_row *row);
    void (*row_end)(struct office *o, const struct office_row *row);
    void (*cell)(struct office *o, const struct office_cell *cell);
    void (*cell_end)(struct office *o, const struct office_cell *cell);
};

/* A document while it is written; the form's own things stand behind it. */
struct office {
    struct arena *a;
    const struct office_form *form;
    const json_t *page;
    struct buf body;
    long width, height; /* of the paper, portrait */
    bool landscape, rtl;
    bool titled; /* begins with a heading that is its title */
    size_t lists, used;
    bool failed; /* more than the limits; nothing is written any more */
};

/* Room for text on the paper as it lies now. */
enum { OFFICE_SIDE = 1417, OFFICE_SIDE_LANDSCAPE = 850 };
long office_room(const struct office *o);

/* The whole document through its form.  False if it is more than the limits. */
MUST_USE bool office_write(struct office *o, struct err *e);

/* Counts what is to be written; false if that is too much now. */
bool office_count(struct office *o, size_t bytes);

/* Does a text run from right to left?  By its first character that has a direction; else as the
 * document.  The text may be a list of inlines. */
bool office_is_rtl(const struct office *o, const json_t *text);

/* Inlines, or a text, into the open paragraph; `marks` come on top of theirs. */
void office_inlines(struct office *o, const json_t *inlines, unsigned marks);
void office_plain(struct office *o, struct str text, unsigned marks);

/* A paragraph of a text or of inlines; nothing at all if there is no text. */
void office_line(struct office *o, enum office_style style, const json_t *text);

void office_table(struct office *o, const json_t *block);
void office_board(struct office *o, const json_t *block);

#endif
