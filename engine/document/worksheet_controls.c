/* A control of native elements for each type of question.  The script of the page reads them by
 * data-type; their names are what it keeps half-typed answers under. */
#include "document/worksheet_parts.h"

#include "document/escape.h"

enum { SCALE_BUTTONS = 12 }; /* more steps than this are a number to write */

#define PUT(b, literal) buf_add((b), STR(literal))

static void put_word(const struct control *c, const char *name)
{
    sheet_put(c->b, sheet_word(c->language, name));
}

/* The value as it stands in an input. */
static struct str typed(const struct control *c)
{
    if (json_is_string(c->value))
        return json_text(c->value);
    if (json_is_integer(c->value))
        return str_format(c->b->a, "%lld", (long long)json_integer_value(c->value));
    if (json_is_real(c->value))
        return json_write(c->b->a, c->value);
    return STR("");
}

static void put_limit(const struct control *c, const char *name)
{
    const json_t *limit = json_object_get(c->spec, name);
    struct control as_text = {.b = c->b, .value = limit};
    struct str text = typed(&as_text);
    if (text.n > 0) {
        buf_format(c->b, " data-%s=\"", name);
        sheet_put(c->b, text);
        PUT(c->b, "\"");
    }
}

static void put_name(const struct control *c)
{
    buf_format(c->b, " id=\"%s\" name=\"%s\"", c->name.p, c->name.p);
}

/* A line to write on; `mode`: the keyboard that a phone shows. */
static void put_input(const struct control *c, const char *type, const char *mode)
{
    struct str text = typed(c);
    buf_format(c->b, "<input type=\"%s\"", type);
    put_name(c);
    if (*mode)
        buf_format(c->b, " inputmode=\"%s\" class=\"short\"", mode);
    else
        PUT(c->b, " dir=\"auto\"");
    PUT(c->b, " autocomplete=\"off\" value=\"");
    sheet_put(c->b, text);
    PUT(c->b, "\">");
}

static void control_text(const struct control *c)
{
    put_input(c, "text", "");
}

static void control_long_text(const struct control *c)
{
    PUT(c->b, "<textarea rows=\"3\" dir=\"auto\"");
    put_name(c);
    PUT(c->b, ">\n"); /* the first line end of a textarea is not part of its text */
    sheet_put(c->b, typed(c));
    PUT(c->b, "</textarea>");
}

void control_option(const struct control *c, const char *kind, struct str id, struct str label,
                    bool checked)
{
    buf_format(c->b, "<label class=\"option\"><input type=\"%s\" name=\"%s\" value=\"", kind,
               c->name.p);
    sheet_put(c->b, id);
    buf_format(c->b, "\"%s> <span dir=\"auto\">", checked ? " checked" : "");
    sheet_put(c->b, label);
    PUT(c->b, "</span></label>\n");
}

static struct str label_of(const json_t *entry)
{
    struct str label = json_member(entry, "label");
    return label.n ? label : json_member(entry, "id");
}

static void control_yes_no(const struct control *c)
{
    PUT(c->b, "<div class=\"options inline\">\n");
    control_option(c, "radio", STR("true"), sheet_word(c->language, "yes"), json_is_true(c->value));
    control_option(c, "radio", STR("false"), sheet_word(c->language, "no"),
                   json_is_false(c->value));
    PUT(c->b, "</div>");
}

static void control_choice(const struct control *c)
{
    size_t i;
    json_t *option;
    PUT(c->b, "<div class=\"options\">\n");
    json_array_foreach (json_object_get(c->spec, "options"), i, option)
        control_option(c, "radio", json_member(option, "id"), label_of(option),
                       json_equal(json_object_get(option, "id"), c->value));
    PUT(c->b, "</div>");
}

static bool is_among(const json_t *list, const json_t *one)
{
    size_t i;
    json_t *each;
    json_array_foreach ((json_t *)(uintptr_t)list, i, each)
        if (json_equal(each, one))
            return true;
    return false;
}

static void control_choices(const struct control *c)
{
    size_t i;
    json_t *option;
    PUT(c->b, "<p class=\"hint\">");
    put_word(c, "several");
    PUT(c->b, "</p>\n<div class=\"options\">\n");
    json_array_foreach (json_object_get(c->spec, "options"), i, option)
        control_option(c, "checkbox", json_member(option, "id"), label_of(option),
                       is_among(c->value, json_object_get(option, "id")));
    PUT(c->b, "</div>");
}

static void put_end(const struct control *c, size_t which)
{
    struct str end = json_text(json_array_get(json_object_get(c->spec, "ends"), which));
    if (end.n == 0)
        return;
    buf_format(c->b, "<span class=\"end\" dir=\"auto\" id=\"%s.end%zu\">", c->name.p, which);
    sheet_put(c->b, end);
    PUT(c->b, "</span>\n");
}

static void put_step(const struct control *c, long long n, int end)
{
    bool checked = json_is_integer(c->value) && json_integer_value(c->value) == n;
    buf_format(c->b, "<label class=\"step\"><input type=\"radio\" name=\"%s\" value=\"%lld\"%s",
               c->name.p, n, checked ? " checked" : "");
    if (end >= 0 && json_array_get(json_object_get(c->spec, "ends"), (size_t)end))
        buf_format(c->b, " aria-describedby=\"%s.end%d\"", c->name.p, end);
    buf_format(c->b, "> <span>%lld</span></label>\n", n);
}

static void put_number(const struct control *c)
{
    put_input(c, "text", "decimal");
}

static void put_range_of(const struct control *c, const json_t *low, const json_t *high)
{
    struct control from = {.b = c->b, .value = low}, to = {.b = c->b, .value = high};
    const char *name = low && high ? "from_to" : low ? "at_least" : "at_most";
    if (!low && !high)
        return;
    if (json_object_get(c->spec, "unit"))
        PUT(c->b, " \xC2\xB7");
    PUT(c->b, " <span class=\"hint\">");
    struct str rest, word, text = sheet_word(c->language, name);
    while (text.n > 0) {
        sheet_put(c->b, str_split(text, '{', &rest));
        word = str_split(rest, '}', &text);
        if (word.n > 0)
            sheet_put(c->b, str_is(word, "from") || (low && !high) ? typed(&from) : typed(&to));
    }
    PUT(c->b, "</span>");
}

static bool is_wide(const json_t *spec)
{
    long long from = json_whole(spec, "from", 1), to = json_whole(spec, "to", 10);
    return str_is(json_member(spec, "type"), "scale") && (to < from || to - from >= SCALE_BUTTONS);
}

static void control_scale(const struct control *c)
{
    long long from = json_whole(c->spec, "from", 1), to = json_whole(c->spec, "to", 10);
    if (is_wide(c->spec)) {
        put_end(c, 0);
        put_number(c);
        put_end(c, 1);
        put_range_of(c, json_object_get(c->spec, "from"), json_object_get(c->spec, "to"));
        return;
    }
    PUT(c->b, "<div class=\"scale\">\n");
    put_end(c, 0);
    PUT(c->b, "<span class=\"steps\">");
    for (long long n = from; n <= to; n++)
        put_step(c, n, n == from ? 0 : n == to ? 1 : -1);
    PUT(c->b, "</span>\n");
    put_end(c, 1);
    PUT(c->b, "</div>");
}

static void control_number(const struct control *c)
{
    struct str unit = json_member(c->spec, "unit");
    put_number(c);
    if (unit.n > 0) {
        PUT(c->b, " <span class=\"unit\" dir=\"auto\">");
        sheet_put(c->b, unit);
        PUT(c->b, "</span>");
    }
    put_range_of(c, json_object_get(c->spec, "min"), json_object_get(c->spec, "max"));
}

static void control_date(const struct control *c)
{
    struct str low = json_member(c->spec, "min"), high = json_member(c->spec, "max");
    struct str day = typed(c);
    buf_format(c->b, "<input type=\"date\" class=\"short%s\"", day.n ? " filled" : "");
    put_name(c);
    if (low.n > 0) {
        PUT(c->b, " min=\"");
        sheet_put(c->b, low);
        PUT(c->b, "\"");
    }
    PUT(c->b, " max=\""); /* without one, browsers take years of six digits */
    sheet_put(c->b, high.n > 0 ? high : STR("9999-12-31"));
    PUT(c->b, "\"");
    PUT(c->b, " value=\"");
    sheet_put(c->b, day);
    PUT(c->b, "\">");
}

struct control control_part(const struct control *c, const char *part, const json_t *value)
{
    struct control inner = *c;
    inner.name = str_format(c->b->a, "%s.%s", c->name.p, part);
    inner.value = value;
    inner.spec = NULL; /* its limits are not those of the whole */
    return inner;
}

void control_labelled(const struct control *part, struct str label)
{
    buf_format(part->b, "<label for=\"%s\">", part->name.p);
    sheet_put(part->b, label);
    PUT(part->b, "</label>");
}

/* A part with its label above it: a line, several lines, or a day. */
static void put_part(const struct control *c, const char *part,
                     void (*write)(const struct control *))
{
    struct control inner = control_part(c, part, json_object_get(c->value, part));
    PUT(c->b, "<div class=\"part\">");
    control_labelled(&inner, sheet_word(c->language, part));
    write(&inner);
    PUT(c->b, "</div>\n");
}

static void put_period(const struct control *c, struct str chosen)
{
    static const char *const periods[] = {"once",  "hour",    "day", "week",
                                          "month", "quarter", "year"};
    struct control inner = control_part(c, "period", NULL);
    PUT(c->b, "<div class=\"part\">");
    control_labelled(&inner, sheet_word(c->language, "period"));
    PUT(c->b, "<select");
    put_name(&inner);
    PUT(c->b, "><option value=\"\">");
    put_word(c, "unsaid");
    PUT(c->b, "</option>");
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        bool selected = str_is(chosen, periods[i]);
        buf_format(c->b, "<option value=\"%s\"%s>", periods[i], selected ? " selected" : "");
        put_word(c, periods[i]);
        PUT(c->b, "</option>");
    }
    PUT(c->b, "</select></div>\n");
}

static void control_money(const struct control *c)
{
    const json_t *currency = json_object_get(c->value, "currency");
    struct str period = json_member(c->value ? c->value : c->spec, "period");
    struct control amount = control_part(c, "amount", json_object_get(c->value, "amount"));
    struct control code =
        control_part(c, "currency", currency ? currency : json_object_get(c->spec, "currency"));
    PUT(c->b, "<div class=\"parts\"><div class=\"part\">");
    control_labelled(&amount, sheet_word(c->language, "amount"));
    put_number(&amount);
    PUT(c->b, "</div>\n<div class=\"part\">");
    control_labelled(&code, sheet_word(c->language, "currency"));
    put_input(&code, "text", "text");
    PUT(c->b, "</div>\n");
    put_period(c, period);
    PUT(c->b, "</div>");
}

static void control_duration(const struct control *c)
{
    long long all = json_integer_value(c->value);
    json_t *hours = c->value && all >= 60 ? json_integer(all / 60) : NULL,
           *minutes = c->value ? json_integer(all % 60) : NULL;
    struct control h = control_part(c, "hours", hours);
    struct control m = control_part(c, "minutes", minutes);
    PUT(c->b, "<div class=\"parts\"><div class=\"part\">");
    control_labelled(&h, sheet_word(c->language, "hours"));
    put_number(&h);
    PUT(c->b, "</div>\n<div class=\"part\">");
    control_labelled(&m, sheet_word(c->language, "minutes"));
    put_number(&m);
    PUT(c->b, "</div></div>");
    json_decref(hours);
    json_decref(minutes);
}

static void control_commitment(const struct control *c)
{
    put_part(c, "what", control_long_text);
    put_part(c, "by", control_date);
    put_part(c, "know", control_text);
    put_part(c, "help", control_text);
}

static void control_confirm(const struct control *c)
{
    struct control agreed = control_part(c, "agreed", NULL);
    PUT(c->b, "<div class=\"options\">\n");
    control_option(&agreed, "checkbox", STR("true"), sheet_word(c->language, "agreed"),
                   json_flag(c->value, "agreed", false));
    PUT(c->b, "</div>\n<div class=\"parts\">");
    put_part(c, "who", control_text);
    put_part(c, "on", control_date);
    PUT(c->b, "</div>");
}

static const struct {
    const char *type;
    bool single;
    void (*write)(const struct control *);
} controls[] = {
    {"text", true, control_text},          {"long_text", true, control_long_text},
    {"yes_no", false, control_yes_no},     {"choice", false, control_choice},
    {"choices", false, control_choices},   {"scale", false, control_scale},
    {"integer", true, control_number},     {"number", true, control_number},
    {"money", false, control_money},       {"date", true, control_date},
    {"duration", false, control_duration}, {"list", false, control_list},
    {"sort", false, control_sort},         {"grid", false, control_grid},
    {"rank", false, control_rank},         {"commitment", false, control_commitment},
    {"confirm", false, control_confirm},
};

enum { CONTROLS = sizeof controls / sizeof controls[0] };

/* What a newer program may ask is at least a line to write on. */
static size_t row_of(const json_t *spec)
{
    for (size_t i = 0; i < CONTROLS; i++)
        if (str_is(json_member(spec, "type"), controls[i].type))
            return i;
    return 0;
}

bool control_is_single(const json_t *spec)
{
    return controls[row_of(spec)].single || is_wide(spec);
}

void control_write(const struct control *c)
{
    size_t row = row_of(c->spec);
    buf_format(c->b, "<div class=\"c\" data-type=\"%s\" data-name=\"%s\"", controls[row].type,
               c->name.p);
    put_limit(c, "min");
    put_limit(c, "max");
    put_limit(c, "from");
    put_limit(c, "to");
    PUT(c->b, ">");
    controls[row].write(c);
    PUT(c->b, "</div>\n");
}
