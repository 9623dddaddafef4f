/* Word processing files as OpenDocument 1.2 (ISO/IEC 26300). */
#include "document/escape.h"
#include "document/office_parts.h"

enum master { MASTER_SAME, MASTER_FIRST, MASTER_PORTRAIT, MASTER_LANDSCAPE, MASTERS };
static const char *const masters[MASTERS] = {[MASTER_FIRST] = "First_20_Page",
                                             [MASTER_PORTRAIT] = "Standard",
                                             [MASTER_LANDSCAPE] = "Landscape"};

struct open_list {
    size_t id, item;
    bool header; /* what goes on with an item that was left for a table */
};

struct odt {
    struct office o;
    struct buf styles; /* automatic ones */
    bool used[OFFICE_STYLES][2][OFFICE_SIDES][MASTERS];
    struct open_list open[OFFICE_LEVELS];
    size_t n_open, tables, cells;
    enum master master; /* what the next paragraph or table begins */
    bool after_space;   /* a further blank would not show */
    bool heading;       /* the open paragraph */
};

static const struct {
    const char *name;
    int outline; /* level of a heading */
} styles[OFFICE_STYLES] = {
    [OFFICE_TEXT] = {"Standard", 0},
    [OFFICE_TITLE] = {"Title", 0},
    [OFFICE_SUBTITLE] = {"Subtitle", 0},
    [OFFICE_DETAILS] = {"Details", 0},
    [OFFICE_HEADING_1] = {"Heading_20_1", 1},
    [OFFICE_HEADING_2] = {"Heading_20_2", 2},
    [OFFICE_HEADING_3] = {"Heading_20_3", 3},
    [OFFICE_HEADING_4] = {"Heading_20_4", 4},
    [OFFICE_QUOTE] = {"Quotations", 0},
    [OFFICE_CODE] = {"Preformatted_20_Text", 0},
    [OFFICE_RULE] = {"Horizontal_20_Line", 0},
    [OFFICE_BULLET] = {"List_20_Bullet", 0},
    [OFFICE_NUMBER] = {"List_20_Number", 0},
    [OFFICE_FURTHER] = {"List_20_Contents", 0},
    [OFFICE_TABLE_HEAD] = {"Table_20_Heading", 0},
    [OFFICE_TABLE_TEXT] = {"Table_20_Contents", 0},
    [OFFICE_CAPTION] = {"Caption", 0},
    [OFFICE_SOURCE] = {"Source", 0},
    [OFFICE_BOARD_TITLE] = {"Board_20_Title", 0},
    [OFFICE_BOARD_PURPOSE] = {"Board_20_Purpose", 0},
    [OFFICE_BOARD_LABEL] = {"Board_20_Label", 0},
    [OFFICE_BOARD_ITEM] = {"Board_20_Item", 0},
    [OFFICE_BOARD_ITEM_SMALL] = {"Board_20_Item_20_Small", 0},
    [OFFICE_BOARD_ITEM_TINY] = {"Board_20_Item_20_Tiny", 0},
    [OFFICE_BOARD_NOTE] = {"Board_20_Note", 0},
};

static const char *const list_styles[OFFICE_KINDS] = {
    [OFFICE_BULLETS] = "Bullets", [OFFICE_NUMBERS] = "Numbers", [OFFICE_SIGNS] = "Signs"};

static struct odt *odt_of(struct office *o)
{
    return (struct odt *)o;
}

static void close_lists(struct odt *d, size_t from)
{
    while (d->n_open > from) {
        bool header = d->open[--d->n_open].header;
        buf_format(&d->o.body, "</text:list-%s></text:list>", header ? "header" : "item");
    }
}

static void open_item(struct odt *d, const struct office_list *list, bool mark)
{
    struct open_list *open = &d->open[list->level];
    *open = (struct open_list){list->id, list->item, !mark};
    if (!mark)
        buf_add(&d->o.body, STR("<text:list-header>"));
    else if (list->item == 1 && list->start != 1)
        buf_format(&d->o.body, "<text:list-item text:start-value=\"%lld\">", list->start);
    else
        buf_add(&d->o.body, STR("<text:list-item>"));
}

/* A list that was left for a table goes on with its numbers. */
static void open_list(struct odt *d, const struct office_list *list, bool mark)
{
    bool first = mark && list->item == 1;
    buf_format(&d->o.body, "<text:list text:style-name=\"%s\"%s>", list_styles[list->kind],
               first ? "" : " text:continue-numbering=\"true\"");
    open_item(d, list, mark);
    d->n_open = list->level + 1;
}

/* Closes and opens lists so that a paragraph of `list` may stand here. */
static void go_to_list(struct odt *d, const struct office_list *list, bool mark)
{
    const struct office_list *chain[OFFICE_LEVELS] = {NULL};
    size_t depth = list ? list->level + 1 : 0, same = 0;
    for (const struct office_list *at = list; at; at = at->outer)
        chain[at->level] = at;
    while (same < depth && same < d->n_open && d->open[same].id == chain[same]->id &&
           (same + 1 == depth || d->open[same].item == chain[same]->item))
        same++;
    close_lists(d, same);
    if (depth > 0 && same == depth && d->open[depth - 1].item != list->item) {
        bool header = d->open[depth - 1].header;
        buf_format(&d->o.body, "</text:list-%s>", header ? "header" : "item");
        open_item(d, list, mark);
    }
    for (; same < depth; same++)
        open_list(d, chain[same], same + 1 == depth && mark);
}

#define BAR_ON_THE_RIGHT                                                                         \
    " fo:border-left=\"none\" fo:padding-left=\"0pt\" fo:border-right=\"2.25pt solid #2f5d50\" " \
    "fo:padding-right=\"12pt\""

/* The name of a style that has what a paragraph has beyond its named style. */
static struct str style_of(struct odt *d, const struct office_paragraph *p)
{
    /* Not "start" and "end", which some programs take for left and right. */
    static const char *const sides[2][OFFICE_SIDES] = {{"left", "center", "right"},
                                                       {"right", "center", "left"}};
    const char *named = styles[p->style].name;
    bool plain = !p->rtl && !d->o.rtl && p->side == OFFICE_START && d->master == MASTER_SAME;
    if (plain)
        return str_of(named);
    struct str name =
        str_format(d->o.a, "P%d.%d.%d.%d", (int)p->style, p->rtl, (int)p->side, (int)d->master);
    bool *used = &d->used[p->style][p->rtl][p->side][d->master];
    if (!*used) {
        buf_format(&d->styles,
                   "<style:style style:name=\"%.*s\" style:family=\"paragraph\" "
                   "style:parent-style-name=\"%s\"",
                   STR_ARG(name), named);
        if (d->master != MASTER_SAME)
            buf_format(&d->styles, " style:master-page-name=\"%s\"", masters[d->master]);
        buf_format(&d->styles,
                   "><style:paragraph-properties fo:text-align=\"%s\" style:writing-mode=\"%s\"%s/>"
                   "</style:style>",
                   sides[p->rtl][p->side], p->rtl ? "rl-tb" : "lr-tb",
                   p->rtl && p->style == OFFICE_QUOTE ? BAR_ON_THE_RIGHT : "");
    }
    *used = true;
    d->master = MASTER_SAME;
    return name;
}

static void start_paragraph(struct office *o, const struct office_paragraph *p)
{
    struct odt *d = odt_of(o);
    int outline = styles[p->style].outline;
    go_to_list(d, p->list, p->mark);
    struct str style = style_of(d, p);
    if (outline > 0)
        buf_format(&o->body, "<text:h text:style-name=\"%.*s\" text:outline-level=\"%d\">",
                   STR_ARG(style), outline);
    else
        buf_format(&o->body, "<text:p text:style-name=\"%.*s\">", STR_ARG(style));
    if (p->anchor.n > 0)
        buf_format(&o->body, "<text:bookmark text:name=\"%.*s\"/>", STR_ARG(p->anchor));
    d->heading = outline > 0;
    d->after_space = true;
}

static void end_paragraph(struct office *o)
{
    buf_add(&o->body, odt_of(o)->heading ? STR("</text:h>") : STR("</text:p>"));
}

/* Of several blanks only the first would show. */
static void add_text(struct odt *d, struct str text)
{
    while (text.n > 0) {
        struct str rest, word = str_split(text, ' ', &rest);
        bool space = word.n < text.n;
        escape_xml(&d->o.body, word);
        if (word.n > 0)
            d->after_space = false;
        if (space)
            buf_add(&d->o.body, d->after_space ? STR("<text:s/>") : STR(" "));
        d->after_space = d->after_space || space;
        text = rest;
    }
}

static void add_run(struct office *o, const struct office_run *run)
{
    static const struct {
        unsigned mark;
        const char *style;
    } marks[] = {{OFFICE_STRONG, "Strong_20_Emphasis"},
                 {OFFICE_EM, "Emphasis"},
                 {OFFICE_MONO, "Source_20_Text"},
                 {OFFICE_GONE, "Struck"},
                 {OFFICE_ABOVE, "Source_20_Number"}};
    enum { MARKS = sizeof marks / sizeof marks[0] };
    const char *link = run->marks & OFFICE_ABOVE ? "Source_20_Number" : "Internet_20_link";
    if (run->link.n > 0) {
        buf_add(&o->body, STR("<text:a xlink:type=\"simple\" xlink:href=\""));
        escape_xml(&o->body, run->link);
        buf_format(&o->body, "\" text:style-name=\"%s\" text:visited-style-name=\"%s\">", link,
                   link);
    }
    for (size_t i = 0; i < MARKS; i++)
        if (run->marks & marks[i].mark)
            buf_format(&o->body, "<text:span text:style-name=\"%s\">", marks[i].style);
    add_text(odt_of(o), run->text);
    for (size_t i = 0; i < MARKS; i++)
        if (run->marks & marks[i].mark)
            buf_add(&o->body, STR("</text:span>"));
    if (run->link.n > 0)
        buf_add(&o->body, STR("</text:a>"));
}

static void add_sign(struct office *o, enum office_sign sign)
{
    static const char *const signs[] = {[OFFICE_BREAK] = "<text:line-break/>",
                                        [OFFICE_TAB] = "<text:tab/>",
                                        [OFFICE_OPEN] = "☐",
                                        [OFFICE_DONE] = "☑"};
    buf_add(&o->body, str_of(signs[sign]));
    odt_of(o)->after_space = sign == OFFICE_BREAK || sign == OFFICE_TAB;
}

static void turn_page(struct office *o)
{
    struct odt *d = odt_of(o);
    close_lists(d, 0);
    d->master = o->landscape ? MASTER_LANDSCAPE : MASTER_PORTRAIT;
}

static struct str points(struct arena *a, long twips)
{
    return str_format(a, "%ld.%02ldpt", twips / 20, twips % 20 * 5);
}

static void start_table(struct office *o, const struct office_table *t)
{
    struct odt *d = odt_of(o);
    size_t n = ++d->tables;
    long width = 0;
    close_lists(d, 0);
    for (size_t i = 0; i < t->columns; i++)
        width += t->widths[i];
    buf_format(&d->styles, "<style:style style:name=\"T%zu\" style:family=\"table\"", n);
    if (d->master != MASTER_SAME)
        buf_format(&d->styles, " style:master-page-name=\"%s\"", masters[d->master]);
    buf_format(&d->styles,
               "><style:table-properties style:width=\"%s\" table:align=\"%s\" "
               "fo:margin-top=\"4pt\" fo:margin-bottom=\"8pt\" style:writing-mode=\"%s\" "
               "table:border-model=\"collapsing\"/></style:style>",
               points(o->a, width).p, t->rtl ? "right" : "left", t->rtl ? "rl-tb" : "lr-tb");
    buf_format(&o->body, "<table:table table:name=\"T%zu\" table:style-name=\"T%zu\">", n, n);
    for (size_t i = 0; i < t->columns; i++) {
        buf_format(&d->styles,
                   "<style:style style:name=\"T%zu.%zu\" style:family=\"table-column\">"
                   "<style:table-column-properties style:column-width=\"%s\"/></style:style>",
                   n, i, points(o->a, t->widths[i]).p);
        buf_format(&o->body, "<table:table-column table:style-name=\"T%zu.%zu\"/>", n, i);
    }
    d->master = MASTER_SAME;
}

static void end_table(struct office *o)
{
    buf_add(&o->body, STR("</table:table>"));
}

static void start_row(struct office *o, const struct office_row *row)
{
    struct odt *d = odt_of(o);
    const char *style = row->whole ? "RowWhole" : "RowLoose";
    if (row->head)
        buf_add(&o->body, STR("<table:table-header-rows>"));
    if (row->height > 0) {
        struct str name = str_format(o->a, "R%zu", ++d->cells);
        buf_format(&d->styles,
                   "<style:style style:name=\"%s\" style:family=\"table-row\">"
                   "<style:table-row-properties style:min-row-height=\"%s\"/></style:style>",
                   name.p, points(o->a, row->height).p);
        style = name.p;
    }
    buf_format(&o->body, "<table:table-row table:style-name=\"%s\">", style);
}

static void end_row(struct office *o, const struct office_row *row)
{
    buf_add(&o->body, STR("</table:table-row>"));
    if (row->head)
        buf_add(&o->body, STR("</table:table-header-rows>"));
}

/* A box of a canvas has its own colour. */
static struct str cell_style(struct odt *d, const struct office_cell *cell)
{
    if (cell->empty)
        return STR("CellEmpty");
    if (cell->fill.n == 0)
        return cell->head ? STR("CellHead") : cell->box ? STR("CellBox") : STR("CellText");
    struct str name = str_format(d->o.a, "C%zu", ++d->cells);
    buf_format(&d->styles,
               "<style:style style:name=\"%s\" style:family=\"table-cell\">"
               "<style:table-cell-properties fo:background-color=\"%.*s\" "
               "fo:border=\"0.75pt solid #a9a193\" fo:padding=\"4pt\"/></style:style>",
               name.p, STR_ARG(cell->fill));
    return name;
}

static void start_cell(struct office *o, const struct office_cell *cell)
{
    if (cell->covered) {
        buf_add(&o->body, STR("<table:covered-table-cell>"));
        return;
    }
    buf_format(&o->body, "<table:table-cell table:style-name=\"%s\" office:value-type=\"string\"",
               cell_style(odt_of(o), cell).p);
    if (cell->span > 1 || cell->rows > 1)
        buf_format(&o->body,
                   " table:number-columns-spanned=\"%zu\" table:number-rows-spanned=\"%zu\"",
                   cell->span, cell->rows);
    buf_add_char(&o->body, '>');
}

static void end_cell(struct office *o, const struct office_cell *cell)
{
    close_lists(odt_of(o), 0);
    buf_add(&o->body,
            cell->covered ? STR("</table:covered-table-cell>") : STR("</table:table-cell>"));
    for (size_t i = 1; i < cell->span; i++)
        buf_add(&o->body, STR("<table:covered-table-cell/>"));
}

static const struct office_form form = {
    .paragraph = start_paragraph,
    .paragraph_end = end_paragraph,
    .run = add_run,
    .sign = add_sign,
    .section = turn_page,
    .table = start_table,
    .table_end = end_table,
    .row = start_row,
    .row_end = end_row,
    .cell = start_cell,
    .cell_end = end_cell,
};

static const struct office_part parts[] = {
    {"mimetype", "odt_mimetype.txt", PACKAGE_STORED},
    {"META-INF/manifest.xml", "odt_manifest.xml", PACKAGE_PACKED},
    {"meta.xml", "odt_meta.xml", PACKAGE_PACKED},
    {"styles.xml", "odt_styles.xml", PACKAGE_PACKED},
    {"content.xml", "odt_content.xml", PACKAGE_PACKED},
};

static void set_values(struct odt *d, struct office_values *v)
{
    static const struct office_numbers numbers = {
        "", "", "<text:page-number text:select-page=\"current\">1</text:page-number>",
        "<text:page-count>1</text:page-count>"};
    struct str date = office_value(v, STR("date"));
    struct str dates = str_format(d->o.a,
                                  "<meta:creation-date>%.*sT00:00:00</meta:creation-date>"
                                  "<dc:date>%.*sT00:00:00</dc:date>",
                                  STR_ARG(date), STR_ARG(date));
    office_set(v, "dates", date.n > 0 ? dates : STR(""));
    office_set(v, "direction", d->o.rtl ? STR("rl-tb") : STR("lr-tb"));
    office_set(v, "start", d->o.rtl ? STR("right") : STR("left"));
    office_set(v, "end", d->o.rtl ? STR("left") : STR("right"));
    office_set(v, "pages", office_page_words(&d->o, &numbers));
    office_set(v, "styles", buf_str(&d->styles));
    office_set(v, "body", buf_str(&d->o.body));
}

bool page_to_odt(struct arena *a, const json_t *page, struct str *bytes, struct err *e)
{
    struct odt *d = arena_alloc(a, sizeof *d);
    struct office_values v = {0};
    d->o = (struct office){.a = a, .form = &form, .page = page, .body = {.a = a}};
    d->styles.a = a;
    d->master = MASTER_FIRST;
    *bytes = STR("");
    office_begin(&d->o, &v);
    if (!office_write(&d->o, e))
        return false;
    close_lists(d, 0);
    set_values(d, &v);
    return office_pack(&d->o, parts, sizeof parts / sizeof parts[0], &v, bytes, e);
}
