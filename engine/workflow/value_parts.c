/* What the types share: sentences, texts, entries, rows. */
#include "workflow/value_type.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const struct {
    struct str en, fr;
} sentences[SAY_COUNT] = {
#define S(name, en, fr) {{en, sizeof en - 1}, {fr, sizeof fr - 1}},
    SENTENCES(S)
#undef S
};

bool is_french(struct str language)
{
    return str_starts(language, STR("fr"));
}

static bool set_sentence(const struct check *k, enum err_code code, enum sentence sentence,
                         struct str one, struct str two)
{
    struct str rest = is_french(k->c->language) ? sentences[sentence].fr : sentences[sentence].en;
    struct buf b = {.a = k->a};
    while (rest.n > 0) {
        buf_add(&b, str_split(rest, '{', &rest));
        if (rest.n < 2)
            break;
        buf_add(&b, text_safe(k->a, rest.p[0] == '1' ? one : two, false));
        rest = str_part(rest, 2, rest.n);
    }
    return err_set(k->e, code, "%s", buf_str(&b).p);
}

bool say(const struct check *k, enum sentence sentence, struct str one, struct str two)
{
    return set_sentence(k, ERR_INPUT, sentence, one, two);
}

bool say_limit(const struct check *k, enum sentence sentence, struct str one)
{
    return set_sentence(k, ERR_LIMIT, sentence, one, STR(""));
}

/* Line ends of all systems become LF. */
static struct str with_line_feeds(struct arena *a, struct str text)
{
    if (str_find(text, STR("\r"), 0) == text.n)
        return text;
    char *p = arena_alloc(a, text.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] != '\r')
            p[n++] = text.p[i];
        else if (i + 1 == text.n || text.p[i + 1] != '\n')
            p[n++] = '\n';
    }
    return (struct str){p, n};
}

static bool check_characters(const struct check *k, struct str text, bool lines)
{
    for (size_t i = 0; i < text.n;) {
        uint32_t c = utf8_next(text, &i);
        if (text_is_control(c))
            return say(k, SAY_CONTROL, str_format(k->a, "U+%04X", (unsigned)c), STR(""));
        if (!lines && (c == '\n' || c == '\t'))
            return say(k, SAY_ONE_LINE, STR(""), STR(""));
    }
    return true;
}

bool clean_text(const struct check *k, const json_t *input, bool lines, struct str *out)
{
    if (!json_is_string(input))
        return say(k, SAY_TEXT, STR(""), STR(""));
    struct str text = str_trim(with_line_feeds(k->a, json_text(input)));
    if (text.n == 0)
        return say(k, SAY_EMPTY, STR(""), STR(""));
    *out = text;
    return check_characters(k, text, lines);
}

bool read_as_text(const struct check *k, struct str typed, json_t **out)
{
    (void)k;
    *out = json_new_text(typed);
    return true;
}

size_t split_typed(struct arena *a, struct str typed, struct str **out)
{
    char separator = str_find(typed, STR(";"), 0) < typed.n ? ';' : ',';
    size_t n = 0, room = 1;
    for (size_t i = 0; i < typed.n; i++)
        room += typed.p[i] == separator;
    *out = arena_alloc(a, room * sizeof **out);
    while (typed.n > 0) {
        struct str part = str_trim(str_split(typed, separator, &typed));
        if (part.n > 0)
            (*out)[n++] = part;
    }
    return n;
}

bool read_yes_no(struct str word, bool *yes)
{
    static const char *const words[2][7] = {
        {"no", "n", "non", "false", "faux", "0", NULL},
        {"yes", "y", "oui", "o", "true", "vrai", "1"},
    };
    char lower[8];
    if (word.n == 0 || word.n >= sizeof lower)
        return false;
    for (size_t i = 0; i < word.n; i++)
        lower[i] = (char)tolower((unsigned char)word.p[i]);
    for (int truth = 0; truth < 2; truth++)
        for (int i = 0; i < 7 && words[truth][i]; i++)
            if (str_is((struct str){lower, word.n}, words[truth][i])) {
                *yes = truth;
                return true;
            }
    return false;
}

struct str entry_name(const json_t *entry)
{
    struct str name = json_member(entry, "label");
    if (name.n == 0)
        name = json_member(entry, "text");
    return name.n ? name : json_member(entry, "id");
}

/* ASCII letters whatever their case; other characters as they are. */
static bool same_word(struct str a, struct str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (tolower((unsigned char)a.p[i]) != tolower((unsigned char)b.p[i]))
            return false;
    return true;
}

static size_t position(struct str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (!isdigit((unsigned char)text.p[i]) || i > 3)
            return 0;
        n = n * 10 + (size_t)(text.p[i] - '0');
    }
    return n;
}

const json_t *entry_find(const json_t *entries, struct str meant, bool numbers)
{
    size_t i, n = numbers ? position(meant) : 0;
    json_t *one;
    meant = str_trim(meant);
    const json_t *found = json_find(entries, "id", meant);
    if (found)
        return found;
    json_array_foreach ((json_t *)entries, i, one)
        if (same_word(entry_name(one), meant))
            return one;
    return n > 0 ? json_array_get(entries, n - 1) : NULL;
}

struct str entry_names(struct arena *a, const json_t *entries)
{
    struct buf b = {.a = a};
    size_t i;
    json_t *one;
    json_array_foreach ((json_t *)entries, i, one) {
        struct str name = entry_name(one);
        if (b.n > 600) {
            buf_add(&b, STR(", ..."));
            break;
        }
        buf_format(&b, "%s%.*s", i ? ", " : "", STR_ARG(name));
    }
    return buf_str(&b);
}

bool say_no_entry(const struct check *k, const json_t *entries, struct str meant,
                  enum sentence near, enum sentence all)
{
    size_t i, n = 0, count = json_array_size(entries);
    struct str *known = arena_alloc(k->a, 2 * count * sizeof *known);
    json_t *one;
    json_array_foreach ((json_t *)entries, i, one) {
        known[n++] = json_member(one, "id");
        known[n++] = entry_name(one);
    }
    struct str nearest = text_nearest(meant, known, n);
    struct str shown = str_part(meant, 0, utf8_cut(meant, 80));
    if (nearest.n > 0)
        return say(k, near, shown, nearest);
    struct str names = entry_names(k->a, entries);
    return all == SAY_CHOOSE ? say(k, all, names, STR("")) : say(k, all, shown, names);
}

const json_t *rows_of(const struct check *k)
{
    if (k->c->rows)
        return k->c->rows;
    const json_t *rows = json_object_get(k->question, "rows");
    return rows ? rows : json_object_get(k->question, "options");
}

bool row_find(const struct check *k, struct str meant, struct str *id)
{
    const json_t *rows = rows_of(k);
    const json_t *row = entry_find(rows, meant, false);
    *id = rows ? json_member(row, "id") : meant;
    return !rows || row || say_no_entry(k, rows, meant, SAY_ROW_NEAR, SAY_ROW_UNKNOWN);
}

json_t *in_order_of_rows(const json_t *question, const json_t *value)
{
    json_t *ordered = json_object(), *row, *cell;
    const char *id;
    size_t i;
    json_array_foreach (json_object_get(question, "rows"), i, row) {
        id = json_member(row, "id").p;
        cell = json_object_get(value, id);
        if (cell)
            json_object_set(ordered, id, cell);
    }
    json_object_update_missing(ordered, (json_t *)(uintptr_t)value);
    return ordered;
}

struct str row_name(const json_t *question, struct str id)
{
    const json_t *rows = json_object_get(question, "rows");
    const json_t *row = entry_find(rows ? rows : json_object_get(question, "options"), id, false);
    return row ? entry_name(row) : id;
}

bool rows_in_order(const struct check *k, const json_t *found, enum sentence missing, json_t **out)
{
    const json_t *rows = rows_of(k);
    size_t i;
    json_t *row;
    if (!rows) {
        *out = json_copy((json_t *)found);
        return true;
    }
    *out = json_object();
    json_array_foreach ((json_t *)rows, i, row) {
        struct str id = json_member(row, "id");
        json_t *value = json_object_getn(found, id.p, id.n);
        if (!value) {
            json_decref(*out);
            *out = NULL;
            return say(k, missing, entry_name(row), STR(""));
        }
        json_object_setn(*out, id.p, id.n, value);
    }
    return true;
}

/* Each member of `input` under the id of the row that it means. */
static bool check_rows(const struct check *k, const json_t *input, const struct rows_rule *rule,
                       json_t *found)
{
    const char *key;
    json_t *value;
    json_object_foreach ((json_t *)input, key, value) {
        struct str id;
        if (!row_find(k, str_of(key), &id))
            return false;
        if (json_object_getn(found, id.p, id.n))
            return say(k, SAY_ROW_TWICE, str_of(key), STR(""));
        json_t *row = json_object();
        json_object_setn_new(found, id.p, id.n, row);
        if (!rule->check_row(k, value, row))
            return err_before(k->e, "%.*s: ", (int)utf8_cut(str_of(key), 80), key);
    }
    return true;
}

bool rows_check(const struct check *k, const json_t *input, const struct rows_rule *rule,
                json_t **out)
{
    if (!json_is_object(input) || (!rows_of(k) && json_object_size(input) == 0))
        return say(k, rule->no_rows, STR(""), STR(""));
    json_t *found = json_object();
    bool ok = check_rows(k, input, rule, found) && rows_in_order(k, found, rule->missing, out);
    json_decref(found);
    return ok;
}

bool check_fields(const struct check *k, const json_t *object, const char *known)
{
    const char *key;
    json_t *ignored;
    struct str names[8], rest = str_of(known);
    size_t n = 0;
    while (rest.n > 0 && n < 8)
        names[n++] = str_split(rest, '|', &rest);
    json_object_foreach ((json_t *)object, key, ignored) {
        bool found = false;
        for (size_t i = 0; i < n; i++)
            found = found || str_is(names[i], key);
        if (found)
            continue;
        struct str word = str_part(str_of(key), 0, utf8_cut(str_of(key), 80));
        struct str nearest = text_nearest(word, names, n);
        struct buf all = {.a = k->a};
        for (size_t i = 0; i < n; i++)
            buf_format(&all, "%s%.*s", i ? ", " : "", STR_ARG(names[i]));
        return nearest.n ? say(k, SAY_FIELD_NEAR, word, nearest)
                         : say(k, SAY_FIELD, word, buf_str(&all));
    }
    return true;
}
