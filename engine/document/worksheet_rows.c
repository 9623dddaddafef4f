/* Controls of many rows: lists, and what is done to each row of a list. */
#include "document/worksheet_parts.h"

#include <ctype.h>
#include <string.h>

enum { ROWS_TO_WRITE = 3, ROWS_ON_PAPER = 4 };

#define PUT(b, literal) buf_add((b), STR(literal))

static void put_word(const struct control *c, const char *name)
{
    sheet_put(c->b, sheet_word(c->language, name));
}

static void put_tool(const struct control *c, const char *act, const char *name)
{
    buf_format(c->b, "<button type=\"button\" class=\"tool\" data-act=\"%s\">", act);
    put_word(c, name);
    PUT(c->b, "</button>");
}

/* "last_contact" as "Last contact", where an author gave no label. */
static struct str spelled(struct arena *a, const char *name)
{
    struct buf b = {.a = a};
    for (size_t i = 0; name[i]; i++)
        buf_add_char(&b,
                     name[i] == '_' ? ' ' : (char)(i ? name[i] : toupper((unsigned char)*name)));
    return buf_str(&b);
}

static struct str field_label(const struct control *c, const char *name, const json_t *field)
{
    struct str label = json_member(field, "label");
    if (label.n > 0)
        return label;
    return strcmp(name, "text") == 0 ? sheet_word(c->language, "text") : spelled(c->b->a, name);
}

/* The value of a field; an entry may be nothing but its text. */
static const json_t *field_value(const json_t *item, const char *name)
{
    if (json_is_string(item))
        return strcmp(name, "text") == 0 ? item : NULL;
    return json_object_get(item, name);
}

/* The `i`-th field of an entry. */
static void put_field(const struct control *row, size_t i, const char *name, const json_t *field)
{
    struct str part = str_format(row->b->a, "f%zu", i), label = field_label(row, name, field);
    struct control c = control_part(row, part.p, field_value(row->value, name));
    c.spec = field;
    PUT(c.b, "<div class=\"field\" data-field=\"");
    sheet_put(c.b, str_of(name));
    PUT(c.b, "\">");
    if (control_is_single(field)) {
        control_labelled(&c, label);
        control_write(&c);
    } else {
        PUT(c.b, "<fieldset><legend>");
        sheet_put(c.b, label);
        PUT(c.b, "</legend>");
        control_write(&c);
        PUT(c.b, "</fieldset>");
    }
    PUT(c.b, "</div>\n");
}

/* One entry of a list.  `n`: its number for names, or "R" where the script puts one. */
static void put_row(const struct control *list, const char *n, const json_t *item)
{
    struct control row = control_part(list, str_format(list->b->a, "r%s", n).p, item);
    const char *name;
    json_t *field;
    size_t i = 0;
    PUT(row.b, "<li class=\"row\" data-id=\"");
    sheet_put(row.b, json_member(item, "id"));
    buf_format(row.b, "\" data-n=\"%s\">\n<div class=\"fields\">\n", n);
    json_object_foreach (json_object_get(list->spec, "item"), name, field)
        put_field(&row, i++, name, field);
    PUT(row.b, "</div>\n<div class=\"tools\">");
    put_tool(&row, "up", "up");
    put_tool(&row, "down", "down");
    put_tool(&row, "remove", "remove");
    PUT(row.b, "</div>\n</li>\n");
}

static size_t empty_rows(const struct control *c, size_t filled)
{
    size_t fields = json_object_size(json_object_get(c->spec, "item"));
    size_t room = c->blank ? ROWS_ON_PAPER : fields > 2 ? 1 : ROWS_TO_WRITE;
    return filled < room ? room - filled : 1;
}

void control_list(const struct control *c)
{
    size_t i, filled = json_array_size(c->value), all = filled + empty_rows(c, filled);
    json_t *item;
    buf_format(c->b, "<ol class=\"rows%s\" data-next=\"%zu\">\n",
               json_object_size(json_object_get(c->spec, "item")) == 1 ? " single" : "", all);
    json_array_foreach ((json_t *)(uintptr_t)c->value, i, item)
        put_row(c, str_format(c->b->a, "%zu", i).p, item);
    for (i = filled; i < all; i++)
        put_row(c, str_format(c->b->a, "%zu", i).p, NULL);
    PUT(c->b, "</ol>\n");
    if (c->blank)
        return;
    PUT(c->b, "<template>");
    put_row(c, "R", NULL);
    PUT(c->b, "</template>\n");
    put_tool(c, "add", "add");
}

static const json_t *rows_of(const json_t *spec)
{
    const json_t *rows = json_object_get(spec, "rows");
    return rows ? rows : json_object_get(spec, "options");
}

static struct str row_text(const json_t *row)
{
    struct str text = json_member(row, "text"), label = json_member(row, "label");
    return text.n ? text : label.n ? label : json_member(row, "id");
}

static void put_row_text(const struct control *c, const json_t *row)
{
    if (row)
        sheet_put(c->b, row_text(row));
    else
        PUT(c->b, "<span class=\"write\">\xE2\x80\xA6</span>");
}

/* On paper the rows may not be known yet: NULL, and room to write them. */
static size_t count_rows(const struct control *c)
{
    size_t n = json_array_size(rows_of(c->spec));
    return n == 0 && c->blank ? ROWS_ON_PAPER : n;
}

static void put_data(const struct control *c, const char *name, const json_t *entry)
{
    buf_format(c->b, " data-%s=\"", name);
    sheet_put(c->b, json_member(entry, "id"));
    PUT(c->b, "\"");
}

static void put_sort_row(const struct control *row, const json_t *columns, const json_t *place)
{
    size_t i;
    json_t *column;
    struct control why = control_part(row, "why", NULL);
    struct str reason = json_member(place, "why");
    PUT(row->b, "<div class=\"options inline\">\n");
    json_array_foreach ((json_t *)(uintptr_t)columns, i, column)
        control_option(row, "radio", json_member(column, "id"), row_text(column),
                       json_equal(json_object_get(column, "id"), json_object_get(place, "to")));
    PUT(row->b, "</div>\n<div class=\"part\">");
    control_labelled(&why, sheet_word(row->language, "why"));
    buf_format(row->b,
               "<input type=\"text\" dir=\"auto\" autocomplete=\"off\" id=\"%s\" name=\"%s\" "
               "value=\"",
               why.name.p, why.name.p);
    sheet_put(row->b, reason);
    PUT(row->b, "\"></div>\n");
}

void control_sort(const struct control *c)
{
    const json_t *columns = json_object_get(c->spec, "columns");
    for (size_t i = 0; i < count_rows(c); i++) {
        const json_t *row = json_array_get(rows_of(c->spec), i);
        const char *id = json_string_value(json_object_get(row, "id"));
        struct control part =
            control_part(c, str_format(c->b->a, "%zu", i).p, json_object_get(c->value, id));
        PUT(c->b, "<fieldset class=\"sorted\"");
        put_data(c, "row", row);
        PUT(c->b, "><legend dir=\"auto\">");
        put_row_text(c, row);
        PUT(c->b, "</legend>\n");
        put_sort_row(&part, columns, part.value);
        PUT(c->b, "</fieldset>\n");
    }
}

static void put_grid_head(const struct control *c, const json_t *scales)
{
    size_t i;
    json_t *scale;
    PUT(c->b, "<thead><tr><td></td>");
    json_array_foreach ((json_t *)(uintptr_t)scales, i, scale) {
        PUT(c->b, "<th scope=\"col\" dir=\"auto\">");
        sheet_put(c->b, row_text(scale));
        buf_format(c->b, " <span class=\"hint\">%lld\xE2\x80\x93%lld</span></th>",
                   json_whole(scale, "from", 0), json_whole(scale, "to", 0));
    }
    PUT(c->b, "</tr></thead>\n");
}

static void put_cell(const struct control *c, const json_t *row, const json_t *scale,
                     const json_t *given)
{
    const json_t *n = json_object_get(given, json_member(scale, "id").p);
    buf_format(c->b,
               "<td><input type=\"text\" inputmode=\"numeric\" autocomplete=\"off\" "
               "class=\"digit\" id=\"%s\" name=\"%s\"",
               c->name.p, c->name.p);
    put_data(c, "row", row);
    put_data(c, "scale", scale);
    buf_format(c->b, " data-from=\"%lld\" data-to=\"%lld\" aria-label=\"",
               json_whole(scale, "from", 0), json_whole(scale, "to", 0));
    if (row)
        sheet_put(c->b, row_text(row));
    PUT(c->b, ", ");
    sheet_put(c->b, row_text(scale));
    PUT(c->b, "\" value=\"");
    if (json_is_integer(n))
        buf_format(c->b, "%lld", (long long)json_integer_value(n));
    PUT(c->b, "\"></td>");
}

void control_grid(const struct control *c)
{
    const json_t *scales = json_object_get(c->spec, "scales");
    PUT(c->b, "<div class=\"grid\"><table>");
    put_grid_head(c, scales);
    PUT(c->b, "<tbody>\n");
    for (size_t i = 0; i < count_rows(c); i++) {
        const json_t *row = json_array_get(rows_of(c->spec), i);
        const json_t *given =
            json_object_get(c->value, json_string_value(json_object_get(row, "id")));
        PUT(c->b, "<tr><th scope=\"row\" dir=\"auto\">");
        put_row_text(c, row);
        PUT(c->b, "</th>");
        for (size_t k = 0; k < json_array_size(scales); k++) {
            struct control cell = control_part(c, str_format(c->b->a, "%zu.%zu", i, k).p, NULL);
            put_cell(&cell, row, json_array_get(scales, k), given);
        }
        PUT(c->b, "</tr>\n");
    }
    PUT(c->b, "</tbody></table></div>");
}

/* The place of a row in a rank, from 1; 0: none yet. */
static size_t place_of(const json_t *value, const json_t *id)
{
    for (size_t i = 0; i < json_array_size(value); i++)
        if (json_equal(json_array_get(value, i), id))
            return i + 1;
    return 0;
}

static void put_places(const struct control *c, const json_t *row, size_t n, size_t chosen)
{
    buf_format(c->b, "<select id=\"%s\" name=\"%s\"", c->name.p, c->name.p);
    put_data(c, "row", row);
    PUT(c->b, "><option value=\"\">\xE2\x80\x93</option>");
    for (size_t i = 1; i <= n; i++)
        buf_format(c->b, "<option value=\"%zu\"%s>%zu</option>", i, i == chosen ? " selected" : "",
                   i);
    PUT(c->b, "</select>");
}

void control_rank(const struct control *c)
{
    size_t n = count_rows(c);
    PUT(c->b, "<ul class=\"ranked\">\n");
    for (size_t i = 0; i < n; i++) {
        const json_t *row = json_array_get(rows_of(c->spec), i);
        struct control part = control_part(c, str_format(c->b->a, "%zu", i).p, NULL);
        PUT(c->b, "<li>");
        put_places(&part, row, n, row ? place_of(c->value, json_object_get(row, "id")) : 0);
        buf_format(c->b, " <label for=\"%s\" dir=\"auto\">", part.name.p);
        put_row_text(c, row);
        PUT(c->b, "</label></li>\n");
    }
    PUT(c->b, "</ul>");
}
