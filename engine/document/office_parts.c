#include "document/office_parts.h"

#include "base/clock.h"
#include "base/files.h"
#include "document/escape.h"

#include <assert.h>
#include <ctype.h>

enum { PACKAGE_MAX = 64 << 20 };

/* Languages that come without a country, and what they need of fonts and direction. */
static const struct language_row {
    const char *code, *country, *asian_font;
    bool rtl, asian;
} languages[] = {
    {"en", "GB", NULL, false, false},
    {"fr", "FR", NULL, false, false},
    {"de", "DE", NULL, false, false},
    {"es", "ES", NULL, false, false},
    {"it", "IT", NULL, false, false},
    {"nl", "NL", NULL, false, false},
    {"pt", "PT", NULL, false, false},
    {"ar", "SA", NULL, true, false},
    {"he", "IL", NULL, true, false},
    {"fa", "IR", NULL, true, false},
    {"ur", "PK", NULL, true, false},
    {"ja", "JP", "Noto Sans CJK JP", false, true},
    {"ko", "KR", "Noto Sans CJK KR", false, true},
    {"zh", "CN", "Noto Sans CJK SC", false, true},
};

static const struct {
    const char *name;
    long width, height;
} papers[] = {{"A4", 11906, 16838}, {"A3", 16838, 23811}, {"Letter", 12240, 15840}};

enum { PAPERS = sizeof papers / sizeof papers[0] };

void office_set(struct office_values *v, const char *name, struct str xml)
{
    assert(v->n < sizeof v->rows / sizeof v->rows[0]);
    v->rows[v->n].name = name;
    v->rows[v->n++].value = xml;
}

static const struct language_row *find_language(struct str code)
{
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (str_is(code, languages[i].code))
            return &languages[i];
    return NULL;
}

/* Letters only, as many as codes have; else the other. */
static struct str code_or(struct str code, size_t most, const char *other)
{
    bool fine = code.n >= 2 && code.n <= most;
    for (size_t i = 0; i < code.n; i++)
        fine = fine && isalpha((unsigned char)code.p[i]);
    return fine ? code : str_of(other);
}

static void set_language(struct office_values *v, struct arena *a, const char *const names[3],
                         struct str code, struct str country)
{
    office_set(v, names[0], code);
    office_set(v, names[1], country);
    office_set(v, names[2], str_format(a, "%.*s-%.*s", STR_ARG(code), STR_ARG(country)));
}

static void set_languages(struct office *o, struct office_values *v)
{
    static const char *const names[3][3] = {{"code", "country", "language"},
                                            {"asian-code", "asian-country", "asian-language"},
                                            {"bidi-code", "bidi-country", "bidi-language"}};
    struct str rest, code = str_split(json_member(o->page, "language"), '-', &rest);
    code = code_or(code, 3, "en");
    while (rest.n > 2) /* a script or a variant stands before or behind the country */
        (void)str_split(rest, '-', &rest);
    const struct language_row *row = find_language(code), *ja = find_language(STR("ja"));
    struct str country = code_or(rest, 2, row ? row->country : "GB");
    bool asian = row && row->asian;
    o->rtl = row && row->rtl;
    set_language(v, o->a, names[0], code, country);
    set_language(v, o->a, names[1], asian ? code : STR("ja"), asian ? country : STR("JP"));
    set_language(v, o->a, names[2], o->rtl ? code : STR("ar"), o->rtl ? country : STR("SA"));
    office_set(v, "asian-font", str_of(asian ? row->asian_font : ja->asian_font));
}

static struct str escaped(struct arena *a, struct str s)
{
    struct buf b = {.a = a};
    buf_add(&b, STR(""));
    escape_xml(&b, s);
    return buf_str(&b);
}

/* Lengths in points for those who count so, and in twips. */
static void set_length(struct office *o, struct office_values *v, const char *const names[2],
                       long twips)
{
    office_set(v, names[0], str_format(o->a, "%ld", twips));
    office_set(v, names[1], str_format(o->a, "%ld.%02ldpt", twips / 20, twips % 20 * 5));
}

/* A document without a title is named after what it begins with. */
static struct str title_of(struct office *o)
{
    const json_t *first = json_array_get(json_object_get(o->page, "blocks"), 0);
    const json_t *text = json_object_get(first, "text");
    struct str title = json_member(o->page, "title");
    struct buf b = {.a = o->a};
    if (str_trim(title).n > 0)
        return title;
    if (str_is(json_member(first, "is"), "heading"))
        for (size_t i = 0; i < json_array_size(text); i++)
            buf_add(&b, json_member(json_array_get(text, i), "text"));
    buf_add(&b, json_member(json_object_get(first, "board"), "title"));
    return buf_str(&b);
}

void office_begin(struct office *o, struct office_values *v)
{
    static const char *const lengths[4][2] = {{"width", "width-points"},
                                              {"height", "height-points"},
                                              {"side", "side-points"},
                                              {"side-landscape", "side-landscape-points"}};
    size_t paper = PAPERS - 1;
    while (paper > 0 && !str_is(json_member(o->page, "paper"), papers[paper].name))
        paper--;
    struct str date = json_member(o->page, "date");
    o->width = papers[paper].width;
    o->height = papers[paper].height;
    set_length(o, v, lengths[0], o->width);
    set_length(o, v, lengths[1], o->height);
    set_length(o, v, lengths[2], OFFICE_SIDE);
    set_length(o, v, lengths[3], OFFICE_SIDE_LANDSCAPE);
    set_languages(o, v);
    office_set(v, "title", escaped(o->a, title_of(o)));
    office_set(v, "author", escaped(o->a, json_member(o->page, "author")));
    office_set(v, "date", clock_is_day(date) ? date : STR(""));
}

static void add_words(struct office *o, struct buf *b, const struct office_numbers *numbers,
                      struct str words)
{
    if (words.n > 0)
        buf_format(b, "%s%s%s", numbers->before, escaped(o->a, words).p, numbers->after);
}

struct str office_page_words(struct office *o, const struct office_numbers *numbers)
{
    struct str words = json_member(json_object_get(o->page, "words"), "page");
    struct buf b = {.a = o->a};
    if (words.n == 0)
        words = STR("{n} / {m}");
    while (words.n > 0) {
        size_t n = str_find(words, STR("{n}"), 0), m = str_find(words, STR("{m}"), 0);
        size_t at = n < m ? n : m;
        add_words(o, &b, numbers, str_part(words, 0, at));
        if (at < words.n)
            buf_add(&b, str_of(n < m ? numbers->n : numbers->m));
        words = str_part(words, at + 3, words.n);
    }
    return buf_str(&b);
}

struct str office_value(const struct office_values *v, struct str name)
{
    size_t i = 0;
    while (i < v->n && !str_is(name, v->rows[i].name))
        i++;
    assert(i < v->n);
    return v->rows[i].value;
}

static struct str fill(struct arena *a, struct str text, const struct office_values *v)
{
    struct buf b = {.a = a};
    while (text.n > 0) {
        struct str rest, plain = str_split(text, '{', &rest);
        buf_add(&b, plain);
        if (plain.n < text.n)
            buf_add(&b, office_value(v, str_split(rest, '}', &rest)));
        text = rest;
    }
    return buf_str(&b);
}

bool office_pack(struct office *o, const struct office_part *parts, size_t n,
                 const struct office_values *v, struct str *bytes, struct err *e)
{
    struct package *p = package_new(o->a, PACKAGE_MAX);
    for (size_t i = 0; i < n; i++) {
        struct str text, name = str_format(o->a, "engine/document/office/%s", parts[i].file);
        bool found = files_find(name, &text);
        assert(found);
        package_add(p, parts[i].name, fill(o->a, text, v), parts[i].how);
    }
    return package_finish(p, bytes, e);
}
