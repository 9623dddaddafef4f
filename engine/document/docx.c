/* Word processing files as Office Open XML (ECMA-376, parts of WordprocessingML). */
#include "document/escape.h"
#include "document/office_parts.h"

struct docx {
    struct office o;
    struct buf links, numbers; /* relationships of addresses; one num for each ordered list */
    size_t n_links, n_anchors;
    size_t numbered; /* ordered lists up to this id have their num */
    struct office_table table;
    size_t sections;
    bool landscape; /* the section that is being written */
    bool begun;     /* something stands in it */
    bool bare;      /* a cell without a paragraph, which is not allowed */
    bool rtl;       /* the open paragraph */
};

static const char *const styles[OFFICE_STYLES] = {
    [OFFICE_TEXT] = "Normal",
    [OFFICE_TITLE] = "Title",
    [OFFICE_SUBTITLE] = "Subtitle",
    [OFFICE_DETAILS] = "Details",
    [OFFICE_HEADING_1] = "Heading1",
    [OFFICE_HEADING_2] = "Heading2",
    [OFFICE_HEADING_3] = "Heading3",
    [OFFICE_HEADING_4] = "Heading4",
    [OFFICE_QUOTE] = "Quote",
    [OFFICE_CODE] = "SourceCode",
    [OFFICE_RULE] = "Rule",
    [OFFICE_BULLET] = "ListBullet",
    [OFFICE_NUMBER] = "ListNumber",
    [OFFICE_FURTHER] = "ListContinue",
    [OFFICE_TABLE_HEAD] = "TableHead",
    [OFFICE_TABLE_TEXT] = "TableText",
    [OFFICE_CAPTION] = "Caption",
    [OFFICE_SOURCE] = "Source",
    [OFFICE_BOARD_TITLE] = "BoardTitle",
    [OFFICE_BOARD_PURPOSE] = "BoardPurpose",
    [OFFICE_BOARD_LABEL] = "BoardLabel",
    [OFFICE_BOARD_ITEM] = "BoardItem",
    [OFFICE_BOARD_ITEM_SMALL] = "BoardItemSmall",
    [OFFICE_BOARD_ITEM_TINY] = "BoardItemTiny",
    [OFFICE_BOARD_NOTE] = "BoardNote",
};

/* A mark that does not show and still makes an item of its own. */
#define NO_SIGN "\u200B"

/* The kinds of lists; their definitions are numbered from 1 in this order, and so is a list of each
 * kind that all but ordered ones use. */
static const struct {
    const char *format, *signs[3]; /* level by level, and from the start again */
    int step, hanging;
} kinds[OFFICE_KINDS] = {
    [OFFICE_BULLETS] = {"bullet", {"•", "–", "·"}, 340, 284},
    [OFFICE_NUMBERS] = {"decimal", {NULL, NULL, NULL}, 400, 400},
    [OFFICE_SIGNS] = {"bullet", {NO_SIGN, NO_SIGN, NO_SIGN}, 400, 400},
};

static struct docx *docx_of(struct office *o)
{
    return (struct docx *)o;
}

static size_t number_of(struct docx *d, const struct office_list *list)
{
    size_t level = list->level;
    if (list->kind != OFFICE_NUMBERS)
        return (size_t)list->kind + 1;
    if (list->id > d->numbered) {
        d->numbered = list->id;
        buf_format(&d->numbers,
                   "<w:num w:numId=\"%zu\"><w:abstractNumId w:val=\"%d\"/><w:lvlOverride "
                   "w:ilvl=\"%zu\"><w:startOverride w:val=\"%lld\"/></w:lvlOverride></w:num>",
                   list->id + OFFICE_KINDS, OFFICE_NUMBERS + 1, level, list->start);
    }
    return list->id + OFFICE_KINDS;
}

/* An item's first paragraph has a mark, what comes after it is as far from the margin. */
static void list_properties(struct docx *d, const struct office_paragraph *p)
{
    if (p->list && p->mark)
        buf_format(&d->o.body, "<w:numPr><w:ilvl w:val=\"%zu\"/><w:numId w:val=\"%zu\"/></w:numPr>",
                   p->list->level, number_of(d, p->list));
}

#define BAR_ON_THE_RIGHT                                                                   \
    "<w:pBdr><w:left w:val=\"nil\"/><w:right w:val=\"single\" w:sz=\"18\" w:space=\"12\" " \
    "w:color=\"2F5D50\"/></w:pBdr>"

static void start_paragraph(struct office *o, const struct office_paragraph *p)
{
    static const char *const sides[OFFICE_SIDES] = {"", "<w:jc w:val=\"center\"/>",
                                                    "<w:jc w:val=\"right\"/>"};
    struct docx *d = docx_of(o);
    d->begun = true;
    d->bare = false;
    d->rtl = p->rtl;
    buf_format(&o->body, "<w:p><w:pPr><w:pStyle w:val=\"%s\"/>", styles[p->style]);
    list_properties(d, p);
    if (p->rtl && p->style == OFFICE_QUOTE)
        buf_add(&o->body, STR(BAR_ON_THE_RIGHT));
    if (p->rtl)
        buf_add(&o->body, STR("<w:bidi/>"));
    if (p->list && !p->mark)
        buf_format(&o->body, "<w:ind w:left=\"%d\" w:firstLine=\"0\"/>",
                   kinds[p->list->kind].step * (int)(p->list->level + 1));
    buf_format(&o->body, "%s</w:pPr>", sides[p->side]);
    if (p->anchor.n > 0) {
        size_t id = d->n_anchors++;
        buf_format(&o->body,
                   "<w:bookmarkStart w:id=\"%zu\" w:name=\"%.*s\"/><w:bookmarkEnd w:id=\"%zu\"/>",
                   id, STR_ARG(p->anchor), id);
    }
}

static void end_paragraph(struct office *o)
{
    buf_add(&o->body, STR("</w:p>"));
}

/* The part of a text, from `from` on, that runs in one direction; signs and blanks between two
 * directions go with the paragraph's. */
static size_t same_direction(struct str text, size_t from, bool base, bool *rtl)
{
    int direction = 0;
    size_t end = from;
    for (size_t i = from; i < text.n;) {
        int now = text_direction(utf8_next(text, &i));
        if (now == 0)
            continue;
        if (direction != 0 && now != direction)
            break;
        direction = now;
        end = i;
    }
    *rtl = direction == 0 ? base : direction < 0;
    if (direction == 0 || *rtl == base || end == from)
        for (; end < text.n;) { /* what has no direction goes with it */
            size_t i = end;
            if (text_direction(utf8_next(text, &i)) != 0)
                break;
            end = i;
        }
    return end;
}

static void add_piece(struct docx *d, struct str text, const struct office_run *run, bool rtl)
{
    static const struct {
        unsigned mark;
        const char *xml;
    } marks[] = {{OFFICE_STRONG, "<w:b/><w:bCs/>"},
                 {OFFICE_EM, "<w:i/><w:iCs/>"},
                 {OFFICE_GONE, "<w:strike/>"}};
    struct buf *b = &d->o.body;
    const char *style = run->marks & OFFICE_ABOVE ? "SourceNumber"
        : run->link.n > 0                         ? "Hyperlink"
        : run->marks & OFFICE_MONO                ? "VerbatimChar"
                                                  : NULL;
    buf_add(b, STR("<w:r><w:rPr>"));
    if (style)
        buf_format(b, "<w:rStyle w:val=\"%s\"/>", style);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (run->marks & marks[i].mark)
            buf_add(b, str_of(marks[i].xml));
    buf_format(b, "%s</w:rPr><w:t xml:space=\"preserve\">", rtl ? "<w:rtl/>" : "");
    escape_xml(b, text);
    buf_add(b, STR("</w:t></w:r>"));
}

static void open_link(struct docx *d, struct str link)
{
    if (link.p[0] == '#') {
        buf_format(&d->o.body, "<w:hyperlink w:anchor=\"%.*s\">",
                   STR_ARG(str_part(link, 1, link.n)));
        return;
    }
    buf_format(&d->links,
               "<Relationship Id=\"link%zu\" "
               "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
               "hyperlink\" TargetMode=\"External\" Target=\"",
               ++d->n_links);
    escape_xml(&d->links, link);
    buf_add(&d->links, STR("\"/>"));
    buf_format(&d->o.body, "<w:hyperlink r:id=\"link%zu\">", d->n_links);
}

static void add_run(struct office *o, const struct office_run *run)
{
    struct docx *d = docx_of(o);
    if (run->link.n > 0)
        open_link(d, run->link);
    for (size_t i = 0; i < run->text.n;) {
        bool rtl;
        size_t end = same_direction(run->text, i, d->rtl, &rtl);
        add_piece(d, str_part(run->text, i, end), run, rtl);
        i = end;
    }
    if (run->link.n > 0)
        buf_add(&o->body, STR("</w:hyperlink>"));
}

/* A box to tick is a control that a click turns. */
static void add_box(struct buf *b, bool done)
{
    buf_format(b,
               "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val=\"%d\"/>"
               "<w14:checkedState w14:val=\"2611\" w14:font=\"DejaVu Sans\"/>"
               "<w14:uncheckedState w14:val=\"2610\" w14:font=\"DejaVu Sans\"/></w14:checkbox>"
               "</w:sdtPr><w:sdtContent><w:r><w:t>%s</w:t></w:r></w:sdtContent></w:sdt>",
               done, done ? "☑" : "☐");
}

static void add_sign(struct office *o, enum office_sign sign)
{
    if (sign == OFFICE_BREAK)
        buf_add(&o->body, STR("<w:r><w:br/></w:r>"));
    else if (sign == OFFICE_TAB)
        buf_add(&o->body, STR("<w:r><w:tab/></w:r>"));
    else
        add_box(&o->body, sign == OFFICE_DONE);
}

/* What says how the pages of a section lie; the first has the footer of all and no header. */
static void section_properties(struct docx *d)
{
    const struct office *o = &d->o;
    bool landscape = d->landscape, first = d->sections++ == 0;
    int side = landscape ? OFFICE_SIDE_LANDSCAPE : OFFICE_SIDE;
    int high = landscape ? 1080 : 1304, low = landscape ? 907 : 1304;
    buf_add(&d->o.body, STR("<w:sectPr>"));
    if (first)
        buf_add(&d->o.body,
                STR("<w:headerReference w:type=\"default\" r:id=\"rId5\"/>"
                    "<w:footerReference w:type=\"default\" r:id=\"rId6\"/>"
                    "<w:footerReference w:type=\"first\" r:id=\"rId6\"/>"));
    buf_format(&d->o.body,
               "<w:type w:val=\"nextPage\"/><w:pgSz w:w=\"%ld\" w:h=\"%ld\"%s/><w:pgMar "
               "w:top=\"%d\" w:right=\"%d\" w:bottom=\"%d\" w:left=\"%d\" w:header=\"567\" "
               "w:footer=\"510\" w:gutter=\"0\"/>%s%s</w:sectPr>",
               landscape ? o->height : o->width, landscape ? o->width : o->height,
               landscape ? " w:orient=\"landscape\"" : "", high, side, low, side,
               first ? "<w:titlePg/>" : "", o->rtl ? "<w:bidi/>" : "");
}

/* A section ends with a paragraph that says how its pages lie. */
static void turn_page(struct office *o)
{
    struct docx *d = docx_of(o);
    if (d->begun) {
        buf_add(&o->body, STR("<w:p><w:pPr><w:pStyle w:val=\"SectionEnd\"/>"));
        section_properties(d);
        buf_add(&o->body, STR("</w:pPr></w:p>"));
    }
    d->begun = false;
    d->landscape = o->landscape;
}

static void start_table(struct office *o, const struct office_table *t)
{
    struct docx *d = docx_of(o);
    long width = 0;
    d->table = *t;
    d->begun = true;
    for (size_t i = 0; i < t->columns; i++)
        width += t->widths[i];
    buf_format(&o->body,
               "<w:tbl><w:tblPr><w:tblStyle w:val=\"%s\"/>%s<w:tblW w:w=\"%ld\" w:type=\"dxa\"/>"
               "<w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"%d\" "
               "w:lastRow=\"0\" w:firstColumn=\"0\" w:lastColumn=\"0\" w:noHBand=\"1\" "
               "w:noVBand=\"1\"/></w:tblPr><w:tblGrid>",
               t->board ? "BoardBoxes" : "PlainLines", t->rtl ? "<w:bidiVisual/>" : "", width,
               !t->board);
    for (size_t i = 0; i < t->columns; i++)
        buf_format(&o->body, "<w:gridCol w:w=\"%ld\"/>", t->widths[i]);
    buf_add(&o->body, STR("</w:tblGrid>"));
}

/* Two tables without anything between them would be one. */
static void end_table(struct office *o)
{
    buf_add(&o->body, STR("</w:tbl><w:p><w:pPr><w:pStyle w:val=\"TableEnd\"/></w:pPr></w:p>"));
}

static void start_row(struct office *o, const struct office_row *row)
{
    buf_format(&o->body, "<w:tr><w:trPr>%s", row->whole ? "<w:cantSplit/>" : "");
    if (row->height > 0)
        buf_format(&o->body, "<w:trHeight w:val=\"%ld\" w:hRule=\"atLeast\"/>", row->height);
    buf_format(&o->body, "%s</w:trPr>", row->head ? "<w:tblHeader/>" : "");
}

static void end_row(struct office *o, const struct office_row *row)
{
    (void)row;
    buf_add(&o->body, STR("</w:tr>"));
}

/* Each box has its own lines, because the empty places beside it have none. */
#define LINE(side) "<w:" side " w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"A9A193\"/>"
#define BOX_LINES \
    "<w:tcBorders>" LINE("top") LINE("left") LINE("bottom") LINE("right") "</w:tcBorders>"

static void start_cell(struct office *o, const struct office_cell *cell)
{
    struct docx *d = docx_of(o);
    long width = 0;
    for (size_t i = 0; i < cell->span; i++)
        width += d->table.widths[cell->column + i];
    buf_format(&o->body, "<w:tc><w:tcPr><w:tcW w:w=\"%ld\" w:type=\"dxa\"/>", width);
    if (cell->span > 1)
        buf_format(&o->body, "<w:gridSpan w:val=\"%zu\"/>", cell->span);
    if (cell->covered)
        buf_add(&o->body, STR("<w:vMerge/>"));
    else if (cell->rows > 1)
        buf_add(&o->body, STR("<w:vMerge w:val=\"restart\"/>"));
    if (cell->box && !cell->empty)
        buf_add(&o->body, STR(BOX_LINES));
    if (cell->fill.n > 0)
        buf_format(&o->body, "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"%.*s\"/>",
                   STR_ARG(str_part(cell->fill, 1, cell->fill.n)));
    buf_add(&o->body, STR("</w:tcPr>"));
    d->bare = true;
}

static void end_cell(struct office *o, const struct office_cell *cell)
{
    (void)cell;
    buf_add(&o->body, docx_of(o)->bare ? STR("<w:p/></w:tc>") : STR("</w:tc>"));
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

static void add_level(struct buf *b, int kind, int level)
{
    const char *sign = kinds[kind].signs[level % 3];
    buf_format(b,
               "<w:lvl w:ilvl=\"%d\"><w:start w:val=\"1\"/><w:numFmt w:val=\"%s\"/><w:suff "
               "w:val=\"%s\"/><w:lvlText w:val=\"",
               level, kinds[kind].format, kind >= OFFICE_SIGNS ? "nothing" : "tab");
    if (sign)
        buf_add(b, str_of(sign));
    else
        buf_format(b, "%%%d.", level + 1);
    buf_format(b,
               "\"/><w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"%d\" w:hanging=\"%d\"/>"
               "</w:pPr><w:rPr><w:color w:val=\"2F5D50\"/></w:rPr></w:lvl>",
               kinds[kind].step * (level + 1), kinds[kind].hanging);
}

/* The definitions of lists, a list of each kind for all, and one of its own for each ordered one.
 */
static struct str all_lists(struct docx *d)
{
    struct buf b = {.a = d->o.a};
    for (int kind = 0; kind < OFFICE_KINDS; kind++) {
        buf_format(&b,
                   "<w:abstractNum w:abstractNumId=\"%d\"><w:multiLevelType "
                   "w:val=\"hybridMultilevel\"/>",
                   kind + 1);
        for (int level = 0; level < OFFICE_LEVELS; level++)
            add_level(&b, kind, level);
        buf_add(&b, STR("</w:abstractNum>"));
    }
    for (int kind = 0; kind < OFFICE_KINDS; kind++)
        buf_format(&b, "<w:num w:numId=\"%d\"><w:abstractNumId w:val=\"%d\"/></w:num>", kind + 1,
                   kind + 1);
    buf_add(&b, buf_str(&d->numbers));
    return buf_str(&b);
}

static const struct office_part parts[] = {
    {"[Content_Types].xml", "docx_types.xml", PACKAGE_PACKED},
    {"_rels/.rels", "docx_package.xml", PACKAGE_PACKED},
    {"docProps/core.xml", "docx_core.xml", PACKAGE_PACKED},
    {"docProps/app.xml", "docx_app.xml", PACKAGE_PACKED},
    {"word/_rels/document.xml.rels", "docx_links.xml", PACKAGE_PACKED},
    {"word/document.xml", "docx_document.xml", PACKAGE_PACKED},
    {"word/styles.xml", "docx_styles.xml", PACKAGE_PACKED},
    {"word/numbering.xml", "docx_numbering.xml", PACKAGE_PACKED},
    {"word/settings.xml", "docx_settings.xml", PACKAGE_PACKED},
    {"word/fontTable.xml", "docx_fonts.xml", PACKAGE_PACKED},
    {"word/header1.xml", "docx_header.xml", PACKAGE_PACKED},
    {"word/footer1.xml", "docx_footer.xml", PACKAGE_PACKED},
};

#define FIELD(name) "<w:fldSimple w:instr=\" " name " \"><w:r><w:t>1</w:t></w:r></w:fldSimple>"

static void set_values(struct docx *d, struct office_values *v)
{
    static const struct office_numbers numbers = {"<w:r><w:t xml:space=\"preserve\">",
                                                  "</w:t></w:r>", FIELD("PAGE"), FIELD("NUMPAGES")};
    struct arena *a = d->o.a;
    struct str date = office_value(v, STR("date"));
    struct str dates = str_format(
        a,
        "<dcterms:created xsi:type=\"dcterms:W3CDTF\">%.*sT00:00:00Z</dcterms:created>"
        "<dcterms:modified xsi:type=\"dcterms:W3CDTF\">%.*sT00:00:00Z</dcterms:modified>",
        STR_ARG(date), STR_ARG(date));
    office_set(v, "dates", date.n > 0 ? dates : STR(""));
    office_set(v, "bidi", d->o.rtl ? STR("<w:bidi/>") : STR(""));
    office_set(v, "rtl", d->o.rtl ? STR("<w:rPr><w:rtl/></w:rPr>") : STR(""));
    office_set(v, "pages", office_page_words(&d->o, &numbers));
    office_set(v, "links", buf_str(&d->links));
    office_set(v, "lists", all_lists(d));
    office_set(v, "body", buf_str(&d->o.body));
}

bool page_to_docx(struct arena *a, const json_t *page, struct str *bytes, struct err *e)
{
    struct docx *d = arena_alloc(a, sizeof *d);
    struct office_values v = {0};
    d->o = (struct office){.a = a, .form = &form, .page = page, .body = {.a = a}};
    d->links.a = d->numbers.a = a;
    *bytes = STR("");
    office_begin(&d->o, &v);
    if (!office_write(&d->o, e))
        return false;
    section_properties(d);
    set_values(d, &v);
    return office_pack(&d->o, parts, sizeof parts / sizeof parts[0], &v, bytes, e);
}
