/* Templates beyond the public rules: mistakes with their place, strict names, filters, limits, and
 * the names a template uses. */
#include "document/document.h"
#include "document/filter.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static json_t *parse(const char *json)
{
    struct err e;
    json_t *tree = NULL;
    if (!json_read(str_of(json), &tree, &e))
        fail_msg("%s: %s", json, e.text);
    return tree;
}

static bool find_partial(void *user, struct str name, struct str *text)
{
    const json_t *found = json_object_getn(user, name.p, name.n);
    *text = json_text(found);
    return found;
}

struct result {
    struct arena *a;
    struct diags d;
    struct str out;
    bool ok;
};

static struct result render(const char *text, const char *data, const char *partials,
                            const char *language)
{
    struct result r = {.a = arena_new()};
    json_t *tree = parse(data), *parts = parse(partials);
    struct template t = {.name = STR("plan.mustache"),
                         .text = str_of(text),
                         .escape = ESCAPE_TEXT,
                         .strict = true,
                         .language = str_of(language),
                         .partial = find_partial,
                         .user = parts};
    r.d.a = r.a;
    r.ok = mustache_render(r.a, &t, tree, &r.d, &r.out);
    json_decref(tree);
    json_decref(parts);
    return r;
}

/* A mistake: what the printed message must contain, and how many there are. */
static void test_mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *text, *code;
        int line, column;
        const char *says, *helps;
    } rows[] = {
        {"a\nb {{goal", "E500", 2, 3, "never closed", "\"}}\""},
        {"{{{goal}}", "E500", 1, 1, "never closed", ""},
        {"{{=<% %>=}}<%goal", "E500", 1, 12, "never closed", "\"%>\""},
        {"{{#goal}}", "E501", 1, 4, "\"goal\" is never closed", "{{/goal}}"},
        {"x\n{{/goal}}", "E501", 2, 1, "never opened", "{{#goal}}"},
        {"{{#goal}}\n{{#client}}\n{{/goal}}", "E501", 3, 1,
         "the section that is open is \"client\"", "in line 2"},
        {"{{#goal}}\n{{/gaol}}", "E501", 2, 1, "\"gaol\" is closed here", "{{/goal}}"},
        {"{{}}", "E504", 1, 1, "empty", "no spaces"},
        {"{{ my goal }}", "E504", 1, 1, "\"my goal\" is not a name", ""},
        {"{{.goal}}", "E504", 1, 1, "not a name", ""},
        {"{{client..name}}", "E504", 1, 1, "not a name", ""},
        {"{{#goal|upper}}{{/goal|upper}}", "E504", 1, 1, "not a name", "in values only"},
        {"{{=<%=}}", "E504", 1, 1, "not two delimiters", ""},
        {"{{goal|uper}}", "E503", 1, 8, "no filter \"uper\"", "Did you mean \"upper\"?"},
        {"{{goal | upper | nothing_like_it}}", "E503", 1, 18, "no filter",
         "Filters are: date, money"},
        {"{{goal|upper|upper|upper|upper|upper}}", "E507", 1, 32, "more than 4 filters", ""},
        {"é {{gaal}}", "E502", 1, 5, "\"gaal\" is not known", "Did you mean \"goal\"?"},
        {"{{client.nme}}", "E502", 1, 3, "\"client\" has no \"nme\"", "Did you mean \"name\"?"},
        {"{{#steps}}{{nothing}}{{/steps}}", "E502", 1, 13, "\"nothing\" is not known",
         "Names known here: text, goal"},
        {"{{steps.text}}", "E502", 1, 3, "\"steps\" is a list", "{{#steps}} ... {{/steps}}"},
        {"{{goal.text}}", "E502", 1, 3, "\"goal\" is one value", "{{goal}}"},
        {"{{^nothing}}x{{/nothing}}", "E502", 1, 4, "not known", ""},
        {"{{>other}}", "E505", 1, 4, "no partial \"other\"", "beside the template"},
        {"{{client}}", "E506", 1, 3, "\"client\" is a group of values", "{{#client}}"},
        {"{{deep}}", "E506", 1, 3, "\"deep\" is a list", "{{#deep}}"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct result r = render(rows[i].text,
                                 "{\"goal\":\"walk\",\"client\":{\"name\":\"Ines\"},\"steps\":[{"
                                 "\"text\":\"a\"},{\"text\":\"b\"}],"
                                 "\"deep\":[[1]]}",
                                 "{}", "en");
        if (r.ok || r.d.n != 1)
            fail_msg("%s: %zu messages", rows[i].text, r.d.n);
        const struct diag *m = &r.d.list[0];
        struct str printed = diag_print(r.a, m);
        if (strcmp(m->code, rows[i].code) != 0 || m->line != rows[i].line ||
            m->column != rows[i].column || !strstr(m->text.p, rows[i].says) ||
            !strstr(m->help.p, rows[i].helps))
            fail_msg("%s:\n%s", rows[i].text, printed.p);
        arena_free(r.a);
    }
}

static void test_a_message_shows_the_line(void **state)
{
    (void)state;
    struct result r = render("# Plan\n  By {{gaal}}.\n", "{\"goal\":1}", "{}", "en");
    assert_string_equal(diag_print(r.a, &r.d.list[0]).p,
                        "E502  plan.mustache:2:8   The name \"gaal\" is not known here.\n"
                        "\n"
                        "   2 |   By {{gaal}}.\n"
                        "              ^^^^\n"
                        "  Did you mean \"goal\"?\n"
                        "  Names known here: goal.\n");
    arena_free(r.a);
}

static void test_all_mistakes_are_told_once(void **state)
{
    (void)state;
    struct result r = render("{{#steps}}{{a}}{{/steps}}{{b}}", "{\"steps\":[1,2,3]}", "{}", "en");
    assert_int_equal(r.d.n, 2);
    arena_free(r.a);
    r = render("{{#a}}{{/b}}{{x|y}}{{}}{{#c}}", "{}", "{}", "en");
    assert_int_equal(r.d.n, 4);
    arena_free(r.a);
}

/* A mistake in a partial names the partial and its own line and column, though it was indented. */
static void test_places_in_partials(void **state)
{
    (void)state;
    struct result r =
        render("a\n    {{>bit}}\n", "{}", "{\"bit\":\"one\\ntwo {{gone}}\\n\"}", "en");
    assert_int_equal(r.d.n, 1);
    assert_true(str_is(r.d.list[0].file, "bit"));
    assert_int_equal(r.d.list[0].line, 2);
    assert_int_equal(r.d.list[0].column, 7);
    assert_true(str_is(r.d.list[0].excerpt, "two {{gone}}"));
    arena_free(r.a);
    r = render("{{>bit}}{{>bit}}", "{}", "{\"bit\":\"{{#x}}\"}", "en");
    assert_int_equal(r.d.n, 1);
    assert_true(str_is(r.d.list[0].file, "bit"));
    arena_free(r.a);
}

static void test_empty_is_no_mistake(void **state)
{
    (void)state;
    static const char *const data[] = {"{\"goal\":null}", "{\"goal\":\"\"}", "{\"goal\":false}",
                                       "{\"goal\":[]}"};
    for (size_t i = 0; i < 4; i++) {
        struct result r = render("{{^goal}}none{{/goal}}{{#goal}}x{{/goal}}", data[i], "{}", "en");
        assert_true(r.ok);
        assert_string_equal(r.out.p, "none");
        arena_free(r.a);
    }
    struct result r = render("<{{goal}}{{goal.text}}>", "{\"goal\":null}", "{}", "en");
    assert_true(r.ok);
    assert_string_equal(r.out.p, "<>");
    arena_free(r.a);
}

static void test_filters(void **state)
{
    (void)state;
    static const struct {
        const char *language, *text, *value, *expect;
    } rows[] = {
        {"en", "{{v|hours}}", "45", "45 min"},
        {"en", "{{v|hours}}", "120", "2 h"},
        {"fr", "{{v|hours}}", "150", "2 h 30 min"},
        {"en", "{{v|hours}}", "\"an hour\"", "an hour"},
        {"en", "{{v|date}}", "\"2026-11-23\"", "23 November 2026"},
        {"fr", "{{v|date}}", "\"2026-11-23\"", "23 novembre 2026"},
        {"fr", "{{v|date}}", "\"2026-08-01\"", "1er août 2026"},
        {"fr-CA", "{{v|date}}", "\"2027-02-28\"", "28 février 2027"},
        {"en-GB", "{{v|date}}", "\"2026-08-01\"", "1 August 2026"},
        {"", "{{v|date}}", "\"2026-08-01\"", "1 August 2026"},
        {"de", "{{v|date}}", "\"2026-08-01\"", "2026-08-01"},
        {"en", "{{v|date}}", "\"next spring\"", "next spring"},
        {"en", "{{v|date}}", "\"2026-02-30\"", "2026-02-30"},
        {"en", "{{v|date}}", "null", ""},
        {"en", "{{ v | date | upper }}", "\"2026-11-23\"", "23 NOVEMBER 2026"},
        {"en", "{{v|upper}}", "\"été straße\"", "ÉTÉ STRAẞE"},
        {"en", "{{v|lower}}", "\"ÉTÉ 1\"", "été 1"},
        {"en", "{{v|capital}}", "\"élan vital\"", "Élan vital"},
        {"en", "{{v|capital}}", "\"\"", ""},
        {"en", "{{v|inline}}", "\" a\\n\\n  b\\tc \\r\\nd\\n\"", "a b c d"},
        {"en", "{{v|money}}", "{\"amount\":\"1200.00\",\"currency\":\"EUR\",\"period\":\"month\"}",
         "€1,200 per month"},
        {"fr", "{{v|money}}", "{\"amount\":\"1200.50\",\"currency\":\"EUR\",\"period\":\"month\"}",
         "1\u202F200,50\u00A0€ par mois"},
        {"en", "{{v}}", "{\"amount\":\"-12345678.5\",\"currency\":\"CHF\"}",
         "-CHF\u00A012,345,678.5"},
        {"fr", "{{v}}", "{\"amount\":\"20\",\"currency\":\"USD\",\"period\":\"hour\"}",
         "20\u00A0$ par heure"},
        {"en", "{{v|money}}", "{\"amount\":\"about 5\",\"currency\":\"EUR\"}", "about 5 EUR"},
        {"en", "{{v|money}}", "1234.5", "1,234.5"},
        {"en", "{{v|money}}", "\"much\"", "much"},
        {"en", "{{v|money}}", "null", ""},
        {"en", "{{v|number}}", "1234567", "1,234,567"},
        {"fr", "{{v|number}}", "-1234.25", "-1\u202F234,25"},
        {"en", "{{v|number}}", "\"x1\"", "x1"},
        {"en", "{{v|count}}", "[1,2,3]", "3"},
        {"en", "{{v|count}}", "[]", "0"},
        {"en", "{{v|count}}", "null", "0"},
        {"en", "{{v|count}}", "{\"a\":1}", "1"},
        {"en", "{{v|count}}", "\"one\"", "1"},
        {"en", "{{v|join}}", "[\"a\",\"b\",\"c\"]", "a, b and c"},
        {"fr", "{{v|join}}", "[\"a\",{\"text\":\"b\"}]", "a et b"},
        {"en", "{{v|join}}", "[\"a\"]", "a"},
        {"en", "{{v|join}}", "[]", ""},
        {"en", "{{v|default_dash}}", "null", "–"},
        {"en", "{{v|default_dash}}", "\"  \"", "–"},
        {"en", "{{v|default_dash}}", "[]", "–"},
        {"en", "{{v|default_dash}}", "0", "0"},
        {"en", "{{v|default_dash}}", "\"x\"", "x"},
        {"en", "{{v|date|default_dash}}", "null", "–"},
        {"en", "{{v}}", "true", "yes"},
        {"fr", "{{v}}", "false", "non"},
        {"en", "{{v}}", "[\"a\",2,{\"label\":\"c\"}]", "a, 2, c"},
        {"en", "{{v}}", "{\"id\":\"k\",\"text\":\"an item\"}", "an item"},
        {"en", "{{v}}", "0.1", "0.1"},
        {"en", "{{v}}", "2.0", "2"},
        {"en", "{{v}}", "12345678901234567", "12345678901234567"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char data[256];
        (void)snprintf(data, sizeof data, "{\"v\":%s}", rows[i].value);
        struct result r = render(rows[i].text, data, "{}", rows[i].language);
        if (!r.ok || !str_is(r.out, rows[i].expect))
            fail_msg("%s of %s in \"%s\": \"%s\", not \"%s\"", rows[i].text, rows[i].value,
                     rows[i].language, r.out.p, rows[i].expect);
        arena_free(r.a);
    }
}

/* What follows a value that runs from the right keeps its order: "23 May" stays "23 May". */
static void test_values_from_the_right(void **state)
{
    static const struct {
        const char *value, *expect;
    } rows[] = {
        {"\"Ada\"", "Ada · 23 May"},
        {"\"\u0633\u0644\u0645\"", "\u200E\u0633\u0644\u0645\u200E · 23 May"},
        {"\"\u05D0 (2)\"", "\u200E\u05D0 (2)\u200E · 23 May"},
        {"\"\u05D0 is a letter\"", "\u200E\u05D0 is a letter · 23 May"},
        {"\"the \u05D0\"", "the \u05D0\u200E · 23 May"},
        {"\"\"", " · 23 May"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct diags d = {.a = a};
        struct str out;
        struct template t = {.text = STR("{{v}} · 23 May"), .escape = ESCAPE_MARKDOWN};
        json_t *tree = parse(str_format(a, "{\"v\":%s}", rows[i].value).p);
        assert_true(mustache_render(a, &t, tree, &d, &out));
        assert_string_equal(out.p, rows[i].expect);
        json_decref(tree);
        arena_free(a);
    }
}

/* Nothing may crash a filter. */
static void test_filters_take_anything(void **state)
{
    (void)state;
    static const char *const values[] = {"null",
                                         "true",
                                         "0",
                                         "-1.5e300",
                                         "\"\"",
                                         "\"\\u0000\"",
                                         "[]",
                                         "{}",
                                         "[[]]",
                                         "[null]",
                                         "[{}]",
                                         "{\"amount\":1}",
                                         "{\"amount\":\"\"}",
                                         "{\"text\":{}}"};
    size_t n;
    const struct filter *all = filter_all(&n);
    for (size_t f = 0; f < n; f++) {
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
            char text[64], data[64];
            struct err e;
            json_t *tree;
            struct arena *a = arena_new();
            struct diags d = {.a = a};
            struct str out;
            (void)snprintf(text, sizeof text, "{{v|%s}}{{v|%s|inline}}", all[f].name, all[f].name);
            (void)snprintf(data, sizeof data, "{\"v\":%s}", values[i]);
            struct template t = {.text = str_of(text), .escape = ESCAPE_MARKDOWN};
            if (json_read(str_of(data), &tree, &e)) {
                assert_true(mustache_render(a, &t, tree, &d, &out));
                json_decref(tree);
            }
            arena_free(a);
        }
    }
}

static void assert_stops(const char *text, const char *data, const char *partials, const char *says)
{
    struct result r = render(text, data, partials, "en");
    assert_false(r.ok);
    assert_int_equal(r.d.n, 1);
    assert_string_equal(r.d.list[0].code, "E507");
    if (!strstr(r.d.list[0].text.p, says))
        fail_msg("%s", r.d.list[0].text.p);
    arena_free(r.a);
}

static void test_limits(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct buf deep = {.a = a}, list = {.a = a}, many = {.a = a};
    for (int i = 0; i < 65; i++)
        buf_add(&deep, STR("{{#a}}"));
    assert_stops(buf_str(&deep).p, "{\"a\":1}", "{}", "more than 64 deep");
    assert_stops("{{>self}}", "{}", "{\"self\":\"x{{>self}}\"}", "more than 64 deep");
    assert_stops("{{>self}}", "{}", "{\"self\":\"  {{>self}}\\n\"}", "more than 64 deep");
    for (int i = 0; i < 200; i++)
        buf_add(&list, i ? STR(",1") : STR("1"));
    struct str data = str_format(a, "{\"a\":[%s],\"long\":\"%01000d\"}", buf_str(&list).p, 7);
    assert_stops("{{#a}}{{#a}}{{#a}}{{#a}}{{/a}}{{/a}}{{/a}}{{/a}}", data.p, "{}",
                 "too many times");
    assert_stops("{{#a}}{{#a}}{{long}}{{/a}}{{/a}}", data.p, "{}", "longer than 4 MiB");
    for (int i = 0; i < 64; i++)
        buf_add(&many, STR("{{#b}}"));
    for (int i = 0; i < 64; i++)
        buf_add(&many, STR("{{/b}}"));
    struct result r = render(buf_str(&many).p, "{\"b\":true}", "{}", "en");
    assert_true(r.ok);
    arena_free(r.a);
    arena_free(a);
}

/* Broken templates of all kinds end in messages, never in a crash. */
static void test_broken_templates(void **state)
{
    (void)state;
    static const char alphabet[] = "{}{}{{}}#/^>!&=| .a\nb";
    unsigned seed = 5;
    for (int round = 0; round < 20000; round++) {
        struct arena *a = arena_new();
        struct diags d = {.a = a};
        struct buf text = {.a = a};
        struct str out;
        json_t *tree = json_pack("{s:[i,i],s:{s:s}}", "a", 1, 2, "b", "a", "x"),
               *parts = json_pack("{s:s}", "a", "{{b}}");
        for (int i = rand_r(&seed) % 40; i > 0; i--) {
            if (rand_r(&seed) % 3 == 0)
                buf_add(&text, STR("{{"));
            else
                buf_add_char(&text, alphabet[(size_t)rand_r(&seed) % (sizeof alphabet - 1)]);
        }
        struct template t = {.text = buf_str(&text),
                             .strict = true,
                             .escape = ESCAPE_MARKDOWN,
                             .partial = find_partial,
                             .user = parts};
        if (mustache_render(a, &t, tree, &d, &out) != (d.errors == 0))
            fail_msg("%s: %zu messages", buf_str(&text).p, d.n);
        json_decref(tree);
        json_decref(parts);
        arena_free(a);
    }
}

static void add_name(void *user, struct str path, const struct diag_place *where)
{
    buf_format(user, "%.*s@%.*s%d:%d ", STR_ARG(path), STR_ARG(where->file), where->line,
               where->column);
}

static void test_names(void **state)
{
    (void)state;
    static const struct {
        const char *text, *expect;
    } rows[] = {
        {"a {{goal}}\n{{{client.name}}} {{&x|upper}}", "goal@1:5 client.name@2:4 x@2:22 "},
        {"{{#answers}}{{goal}}{{/answers}}", "answers@1:4 answers.goal@1:15 goal@1:15 "},
        {"{{#answers}}{{.}}{{/answers}}{{.}}", "answers@1:4 answers@1:15 @1:32 "},
        {"{{^answers}}{{goal}}{{/answers}}", "answers@1:4 goal@1:15 "},
        {"{{#a}}{{#b}}{{c}}{{/b}}{{/a}}",
         "a@1:4 a.b@1:10 b@1:10 a.b.c@1:15 b.c@1:15 a.c@1:15 c@1:15 "},
        {"{{#a}}{{#a}}{{b}}{{/a}}{{/a}}", "a@1:4 a.a@1:10 a@1:10 a.a.b@1:15 a.b@1:15 b@1:15 "},
        {"{{#a}}\n{{>bit}}\n{{/a}}", "a@1:4 a.secret@bit1:3 secret@bit1:3 "},
        {"{{>self}}", "x@self1:3 l@self1:9 l.x@self1:3 x@self1:3 l.l@self1:9 l@self1:9 "},
        {"{{! {{x}} }}text", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena *a = arena_new();
        struct diags d = {.a = a};
        struct buf names = {.a = a};
        json_t *parts = parse("{\"bit\":\"{{secret}}\",\"self\":\"{{x}}{{#l}}{{>self}}{{/l}}\"}");
        struct template t = {.text = str_of(rows[i].text), .partial = find_partial, .user = parts};
        bool ok = mustache_names(a, &t, &d, add_name, &names);
        if (!ok || !str_is(buf_str(&names), rows[i].expect))
            fail_msg("%s: %s", rows[i].text, buf_str(&names).p);
        json_decref(parts);
        arena_free(a);
    }
}

static void test_names_that_cannot_be_read(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct diags d = {.a = a};
    struct buf names = {.a = a};
    struct template t = {.text = STR("{{#a}}{{#b}}{{#c}}{{#d}}{{#e}}{{#f}}{{#g}}{{#h}}{{#i}}{{j}}"
                                     "{{/i}}{{/h}}{{/g}}{{/f}}{{/e}}{{/d}}{{/c}}{{/b}}{{/a}}")};
    assert_false(mustache_names(a, &t, &d, add_name, &names));
    assert_string_equal(d.list[0].code, "E507");
    t.text = STR("{{#a}}");
    assert_false(mustache_names(a, &t, &d, add_name, &names));
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_a_message_shows_the_line),
        cmocka_unit_test(test_all_mistakes_are_told_once),
        cmocka_unit_test(test_places_in_partials),
        cmocka_unit_test(test_empty_is_no_mistake),
        cmocka_unit_test(test_filters),
        cmocka_unit_test(test_values_from_the_right),
        cmocka_unit_test(test_filters_take_anything),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_broken_templates),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_names_that_cannot_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
