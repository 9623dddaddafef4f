/* From the fields of a form to an answer: every type, what was not given, and names that nobody
 * meant. */
#include "unit.h"

#include "web/form.h"

#include <stdio.h>
#include <string.h>

static json_t *json_of(const char *text)
{
    json_t *value = NULL;
    struct err e;
    assert_true(json_read(str_of(text), &value, &e));
    return value;
}

struct row {
    const char *says, *question, *fields;
    const char *value; /* NULL: nothing was given */
    const char *typed; /* what is shown again where it is another; NULL: the same */
};

#define LIST                                                                                     \
    "{\"type\":\"list\",\"item\":{\"text\":{\"type\":\"text\"},\"kind\":{\"type\":\"choices\"}," \
    "\"cost\":{\"type\":\"money\"}}}"

static const struct row rows[] = {
    {"a text", "{\"type\":\"text\"}", "v=two+words", "\"two words\"", NULL},
    {"spaces are no answer", "{\"type\":\"text\"}", "v=+%09+", NULL, NULL},
    {"nor is no field at all", "{\"type\":\"long_text\"}", "key=x", NULL, NULL},
    {"lines stay", "{\"type\":\"long_text\"}", "v=a%0D%0Ab", "\"a\\nb\"", NULL},
    {"a number as it was typed", "{\"type\":\"integer\"}", "v=many", "\"many\"", NULL},
    {"a yes", "{\"type\":\"yes_no\"}", "v=true", "\"true\"", NULL},
    {"the first of two", "{\"type\":\"choice\"}", "v=a&v=b", "\"a\"", NULL},
    {"everything that is ticked", "{\"type\":\"choices\"}", "v=a&v=b", "[\"a\",\"b\"]", NULL},
    {"nothing ticked", "{\"type\":\"choices\"}", "v=", NULL, NULL},
    {"hours and minutes", "{\"type\":\"duration\"}", "hours=1&minutes=30", "\"90\"", NULL},
    {"hours alone", "{\"type\":\"duration\"}", "hours=2&minutes=", "\"120\"", NULL},
    {"hours in words stay words", "{\"type\":\"duration\"}", "hours=two&minutes=5", "\"two\"",
     NULL},
    {"too many hours stay a text", "{\"type\":\"duration\"}", "hours=99999999999999999999",
     "\"99999999999999999999\"", NULL},
    {"a duration in one field", "{\"type\":\"duration\"}", "v=90", "\"90\"", NULL},
    {"an amount", "{\"type\":\"money\"}",
     "amount=5&currency=EUR&period=", "{\"amount\":\"5\",\"currency\":\"EUR\"}", NULL},
    {"a currency is no amount", "{\"type\":\"money\"}", "amount=&currency=EUR&period=month", NULL,
     "{\"currency\":\"EUR\",\"period\":\"month\"}"},
    {"a promise", "{\"type\":\"commitment\"}",
     "what=go&by=2026-12-01&know=&help=", "{\"by\":\"2026-12-01\",\"what\":\"go\"}", NULL},
    {"agreed", "{\"type\":\"confirm\"}", "agreed=true&who=Ada",
     "{\"agreed\":\"true\",\"who\":\"Ada\"}", NULL},
    {"a name is no agreement", "{\"type\":\"confirm\"}", "who=Ada", NULL, "{\"who\":\"Ada\"}"},
    {"notes in the order of the fields", LIST, "i.7.text=b&i.2.text=a",
     "[{\"text\":\"b\"},{\"text\":\"a\"}]", NULL},
    {"empty rows are no notes", LIST, "i.0.id=&i.0.text=&i.1.id=k3f9qa&i.1.text=+", NULL, NULL},
    {"a note keeps its id", LIST, "i.0.id=k3f9qa&i.0.text=a",
     "[{\"id\":\"k3f9qa\",\"text\":\"a\"}]", NULL},
    {"ticks and money of a note", LIST,
     "i.0.text=a&i.0.kind=x&i.0.kind=y&i.0.cost.amount=3&i.0.cost.period=week",
     "[{\"cost\":{\"amount\":\"3\",\"period\":\"week\"},\"kind\":[\"x\",\"y\"],\"text\":\"a\"}]",
     NULL},
    {"a period without an amount makes no note", LIST,
     "i.0.text=a&i.0.cost.period=week&i.1.text=&i.1.cost.currency=EUR", "[{\"text\":\"a\"}]", NULL},
    {"sorted, one with its reason", "{\"type\":\"sort\"}", "s.a.to=keep&s.a.why=good&s.b.to=drop",
     "{\"a\":{\"to\":\"keep\",\"why\":\"good\"},\"b\":{\"to\":\"drop\"}}", NULL},
    {"a reason sorts nothing", "{\"type\":\"sort\"}", "s.a.to=&s.a.why=good", NULL,
     "{\"a\":{\"why\":\"good\"}}"},
    {"numbers of rows", "{\"type\":\"grid\"}", "g.a.x=1&g.a.y=&g.b.x=", "{\"a\":{\"x\":\"1\"}}",
     NULL},
    {"an order by its places", "{\"type\":\"rank\"}", "r.a=3&r.b=1&r.c=2", "[\"b\",\"c\",\"a\"]",
     NULL},
    {"without a place behind the others", "{\"type\":\"rank\"}", "r.a=&r.b=2&r.c=x&r.d=1",
     "[\"d\",\"b\",\"a\",\"c\"]", NULL},
    {"the same place twice: as they came", "{\"type\":\"rank\"}", "r.a=1&r.b=1", "[\"a\",\"b\"]",
     NULL},
    {"names without their parts", LIST, "i=a&i.=b&i..text=c&i.0=d&i.0.=e&j.0.text=f", NULL, NULL},
    {"a field that is text and money at once", LIST, "i.0.text=a&i.0.cost=5&i.0.cost.amount=6",
     "[{\"cost\":\"5\",\"text\":\"a\"}]", NULL},
    {"names of any letters", "{\"type\":\"sort\"}", "s.%22%3E%3Cb%3E.to=x&s.%F0%9F%8C%B3.to=y",
     "{\"\\\"><b>\":{\"to\":\"x\"},\"\xF0\x9F\x8C\xB3\":{\"to\":\"y\"}}", NULL},
    {"a type that nobody knows is a line", "{\"type\":\"dream\"}", "v=a", "\"a\"", NULL},
};

static void expect(struct arena *a, const char *says, json_t *got, const char *wanted)
{
    struct str text = got ? json_write(a, got) : STR("nothing");
    if (!str_is(text, wanted ? wanted : "nothing"))
        fail_msg("%s: %.*s, not %s", says, STR_ARG(text), wanted ? wanted : "nothing");
    json_decref(got);
}

static void test_every_type(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *r = &rows[i];
        struct arena *a = arena_new();
        json_t *question = json_of(r->question);
        struct form f;
        struct err e;
        assert_true(form_read(a, str_of(r->fields), &f, &e));
        expect(a, r->says, form_value(a, &f, question), r->value);
        expect(a, r->says, form_typed(a, &f, question), r->typed ? r->typed : r->value);
        json_decref(question);
        arena_free(a);
    }
}

static void test_moving_rows(void **state)
{
    static const struct {
        const char *how, *texts;
    } moves[] = {
        {"up.4", "a c b"},       {"down.0", "b a c"}, {"up.0", "a b c"},   {"down.5", "a b c"},
        {"drop.4", "a b"},       {"drop.2", "a b c"}, {"drop.9", "a b c"}, {"drop.", "a b c"},
        {"sideways.0", "a b c"}, {"more", "a b c"},   {"up.4.4", "a b c"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof moves / sizeof moves[0]; i++) {
        struct arena *a = arena_new();
        json_t *question = json_of(LIST), *item;
        struct form f;
        struct err e;
        struct buf b = {.a = a};
        size_t k;
        assert_true(form_read(
            a, STR("i.0.text=a&i.2.text=&i.2.cost.period=week&i.3.text=b&i.4.text=c"), &f, &e));
        json_t *typed = form_typed(a, &f, question);
        form_move_row(&f, question, typed, str_of(moves[i].how));
        json_array_foreach (typed, k, item)
            buf_format(&b, "%s%s", k ? " " : "", json_string_value(json_object_get(item, "text")));
        struct str wanted = str_of(moves[i].texts);
        if (!str_eq(buf_str(&b), wanted))
            fail_msg("%s: %s, not %s", moves[i].how, buf_str(&b).p, moves[i].texts);
        json_decref(typed);
        json_decref(question);
        arena_free(a);
    }
}

static void test_as_many_fields_as_a_form_may_have(void **state)
{
    struct arena *a = arena_new();
    struct buf b = {.a = a};
    struct form f;
    struct err e;
    json_t *question = json_of(LIST);
    (void)state;
    for (int i = 0; i < FORM_FIELDS; i++)
        buf_format(&b, "%si.%d.text=n%d", i ? "&" : "", i, i);
    assert_true(form_read(a, buf_str(&b), &f, &e));
    json_t *list = form_value(a, &f, question);
    assert_int_equal(json_array_size(list), FORM_FIELDS);
    assert_true(str_is(json_member(json_array_get(list, FORM_FIELDS - 1), "text"), "n3999"));
    json_decref(list);
    json_decref(question);
    buf_add(&b, STR("&i.9999.text=more"));
    assert_false(form_read(a, buf_str(&b), &f, &e));
    assert_int_equal(e.code, ERR_LIMIT);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_type),
        cmocka_unit_test(test_moving_rows),
        cmocka_unit_test(test_as_many_fields_as_a_form_may_have),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
