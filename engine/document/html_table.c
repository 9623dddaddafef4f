/* Tables of a page as HTML: wide ones scroll in a region of their own. */
#include "document/html.h"

#include "document/escape.h"

enum { MANY = 6 }; /* columns that have room beside each other on paper */

/* A name for the region: its number, and what its columns are. */
static void add_name(struct html *h, const json_t *head)
{
    bool any = false;
    size_t i, k;
    json_t *cell, *run;
    html_word(h, "table");
    buf_format(h->out, " %zu", ++h->n_tables);
    json_array_foreach (head, i, cell) {
        if (json_array_size(cell) == 0)
            continue;
        if (any)
            HTML(h, ", ");
        else
            html_word(h, "colon");
        json_array_foreach (cell, k, run)
            escape_html(h->out, json_member(run, "text"));
        any = true;
    }
}

static void add_side(struct html *h, const json_t *table, size_t column)
{
    struct str side = json_text(json_array_get(json_object_get(table, "sides"), column));
    if (str_is(side, "right"))
        HTML(h, " class=\"right\"");
    else if (str_is(side, "middle"))
        HTML(h, " class=\"middle\"");
}

static bool has_text(const json_t *row)
{
    size_t i;
    json_t *cell;
    json_array_foreach (row, i, cell)
        if (json_array_size(cell) > 0)
            return true;
    return false;
}

/* A column without a name has an ordinary cell: there is nothing for it to head. */
static void add_head(struct html *h, const json_t *table)
{
    const json_t *head = json_object_get(table, "head");
    size_t i;
    json_t *cell;
    if (!has_text(head))
        return;
    HTML(h, "<thead>\n<tr>");
    json_array_foreach (head, i, cell) {
        bool named = json_array_size(cell) > 0;
        buf_format(h->out, named ? "<th scope=\"col\"" : "<td");
        add_side(h, table, i);
        HTML(h, ">");
        html_inlines(h, cell);
        buf_format(h->out, named ? "</th>" : "</td>");
    }
    HTML(h, "</tr>\n</thead>\n");
}

static void add_row(struct html *h, const json_t *table, const json_t *row, const json_t *why)
{
    size_t i, last = json_array_size(row) - 1;
    json_t *cell;
    HTML(h, "<tr>");
    json_array_foreach (row, i, cell) {
        HTML(h, "<td");
        add_side(h, table, i);
        HTML(h, ">");
        html_inlines(h, cell);
        if (i == last)
            html_why(h, why);
        HTML(h, "</td>");
    }
    HTML(h, "</tr>\n");
}

void html_table(struct html *h, const json_t *table)
{
    const json_t *rows = json_object_get(table, "rows"), *why = json_object_get(table, "row_why");
    size_t i;
    json_t *row;
    HTML(h, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"");
    add_name(h, json_object_get(table, "head"));
    HTML(h, "\">\n");
    if (json_array_size(json_object_get(table, "sides")) > MANY)
        HTML(h, "<table class=\"many\" dir=\"auto\">\n");
    else
        HTML(h, "<table dir=\"auto\">\n");
    add_head(h, table);
    if (json_array_size(rows) > 0)
        HTML(h, "<tbody>\n");
    json_array_foreach (rows, i, row)
        add_row(h, table, row, json_array_get(why, i));
    if (json_array_size(rows) > 0)
        HTML(h, "</tbody>\n");
    HTML(h, "</table>\n</div>\n");
}
