/* The page of the worksheet: a fitting control for every type of question, and nothing of people's
 * texts that is more than text. */
#include "document/worksheet.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>

static struct str page_of(struct arena *a, const char *sheet)
{
    json_error_t fault;
    json_t *tree = json_loads(sheet, 0, &fault);
    if (!tree)
        fail_msg("%s", fault.text);
    struct str html = worksheet_html(a, tree);
    json_decref(tree);
    return html;
}

static size_t count(struct str html, const char *part)
{
    size_t n = 0;
    for (const char *at = strstr(html.p, part); at; at = strstr(at + 1, part))
        n++;
    return n;
}

static void has(struct str html, const char *part)
{
    if (!strstr(html.p, part))
        fail_msg("missing: %s", part);
}

static void has_not(struct str html, const char *part)
{
    if (strstr(html.p, part))
        fail_msg("should not be there: %s", part);
}

/* One question, with what its page must have. */
static const struct {
    const char *question, *parts[5];
} controls[] = {
    {"\"type\":\"text\",\"previous\":\"so far\"",
     {"<h3><label for=\"q1\"", "<input type=\"text\" id=\"q1\"", "value=\"so far\"",
      "This is still right"}},
    {"\"type\":\"long_text\",\"start\":\"\\n two\"", {"<textarea", "name=\"q1\">\n\n two</text"}},
    {"\"type\":\"yes_no\",\"previous\":false",
     {"<fieldset", "<legend><h3", "value=\"true\">", "value=\"false\" checked>"}},
    {"\"type\":\"choice\",\"options\":[{\"id\":\"r\",\"label\":\"Red\"}],\"previous\":\"r\"",
     {"type=\"radio\" name=\"q1\" value=\"r\" checked>", ">Red<"}},
    {"\"type\":\"choices\",\"max\":2,\"options\":[{\"id\":\"r\"},{\"id\":\"b\"}],"
     "\"previous\":[\"b\"]",
     {"data-max=\"2\"", "type=\"checkbox\" name=\"q1\" value=\"r\">", "value=\"b\" checked>"}},
    {"\"type\":\"scale\",\"from\":1,\"to\":5,\"ends\":[\"low\",\"high\"],\"previous\":3",
     {"value=\"1\" aria-describedby=\"q1.end0\"", "value=\"3\" checked", ">low<", ">high<"}},
    {"\"type\":\"scale\",\"from\":0,\"to\":100,\"previous\":40",
     {"<label for=\"q1\"", "inputmode=\"decimal\"", "value=\"40\"", "from 0 to 100"}},
    {"\"type\":\"integer\",\"unit\":\"pieces\",\"min\":-5",
     {"data-min=\"-5\"", ">pieces<", "-5 or more"}},
    {"\"type\":\"number\",\"max\":2.5,\"previous\":1.5", {"value=\"1.5\"", "at most 2.5"}},
    {"\"type\":\"money\",\"currency\":\"EUR\",\"period\":\"month\"",
     {"q1.amount", "value=\"EUR\"", "<option value=\"month\" selected>per month"}},
    {"\"type\":\"money\",\"previous\":{\"amount\":\"12.50\",\"currency\":\"CHF\"}",
     {"value=\"12.50\"", "value=\"CHF\"", "<option value=\"\">"}},
    {"\"type\":\"date\",\"min\":\"2026-01-01\",\"previous\":\"2026-11-23\"",
     {"type=\"date\"", "min=\"2026-01-01\"", "value=\"2026-11-23\""}},
    {"\"type\":\"duration\",\"previous\":95", {"q1.hours", "value=\"1\"", "value=\"35\""}},
    {"\"type\":\"list\",\"item\":{\"text\":{\"type\":\"text\",\"max\":80},\"last_seen\":{\"type\":"
     "\"yes_no\"}},\"previous\":[{\"id\":\"k3f9qa\",\"text\":\"time\",\"last_seen\":true}]",
     {"data-id=\"k3f9qa\" data-n=\"0\"", "value=\"time\"",
      "name=\"q1.r0.f1\" value=\"true\" "
      "checked",
      "<template><li class=\"row\" data-id=\"\" data-n=\"R\"", ">Last seen<"}},
    {"\"type\":\"list\",\"item\":{\"text\":{\"type\":\"text\"}},\"start\":[\"one\"]",
     {"value=\"one\"", "class=\"rows single\" data-next=\"3\""}},
    {"\"type\":\"sort\",\"columns\":[{\"id\":\"k\",\"label\":\"Keep\"}],\"rows\":[{\"id\":\"t\","
     "\"text\":\"Tea\"}],\"previous\":{\"t\":{\"to\":\"k\",\"why\":\"warm\"}}",
     {"data-row=\"t\"", ">Tea</legend>", "value=\"k\" checked", "value=\"warm\""}},
    {"\"type\":\"grid\",\"scales\":[{\"id\":\"j\",\"label\":\"Joy\",\"from\":0,\"to\":10}],"
     "\"rows\":[{\"id\":\"w\",\"label\":\"Work\"}],\"previous\":{\"w\":{\"j\":7}}",
     {"<th scope=\"row\" dir=\"auto\">Work</th>", "aria-label=\"Work, Joy\" value=\"7\"",
      "data-scale=\"j\""}},
    {"\"type\":\"rank\",\"options\":[{\"id\":\"a\"},{\"id\":\"b\"}],\"previous\":[\"b\",\"a\"]",
     {"data-row=\"a\"><option value=\"\">\xE2\x80\x93</option><option value=\"1\">1</option>"
      "<option value=\"2\" selected>"}},
    {"\"type\":\"commitment\",\"previous\":{\"what\":\"Call\",\"by\":\"2026-12-01\"}",
     {">\nCall</textarea>", "value=\"2026-12-01\"", "q1.know", "q1.help"}},
    {"\"type\":\"confirm\",\"previous\":{\"agreed\":true,\"who\":\"Ada\"}",
     {"name=\"q1.agreed\" value=\"true\" checked", "value=\"Ada\""}},
    {"\"type\":\"hologram\"", {"<input type=\"text\" id=\"q1\""}},
};

static void every_type_has_its_control_and_begins_with_what_was_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        struct arena *a = arena_new();
        struct str sheet =
            str_format(a, "{\"title\":\"T\",\"open\":[{\"key\":\"d/q\",\"ask\":\"Well?\",%s}]}",
                       controls[i].question);
        struct str html = page_of(a, sheet.p);
        for (size_t k = 0; k < 5 && controls[i].parts[k]; k++)
            has(html, controls[i].parts[k]);
        arena_free(a);
    }
}

#define HOSTILE \
    "<script>alert(1)</script>\\\"'&</textarea><img src=x onerror=alert(1)>\\u202e\\u0007"

static void hostile_texts_are_text_wherever_they_stand(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const char entry[] = "[{\"id\":\"" HOSTILE "\",\"label\":\"" HOSTILE
                                "\",\"text\":\"" HOSTILE "\",\"from\":0,\"to\":3}]";
    static const char *const types[] = {"text",   "long_text", "choice", "choices",    "scale",
                                        "number", "money",     "date",   "duration",   "list",
                                        "sort",   "grid",      "rank",   "commitment", "confirm"};
    struct buf b = {.a = a};
    buf_format(&b,
               "{\"language\":\"en\",\"title\":\"%s\",\"client\":\"%s\",\"day\":\"%s\","
               "\"due\":\"%s\",\"intro\":\"%s\",\"journey\":\"%s\",\"open\":[",
               HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        buf_format(&b,
                   "%s{\"key\":\"%s%zu\",\"type\":\"%s\",\"ask\":\"%s\",\"help\":\"%s\","
                   "\"examples\":[\"%s\"],\"caution\":\"%s\",\"compare\":\"%s\",\"why\":\"%s\","
                   "\"unit\":\"%s\",\"ends\":[\"%s\",\"%s\"],\"phase_title\":\"%s\","
                   "\"step_title\":\"%s\",\"step_intro\":\"%s\",\"options\":%s,\"rows\":%s,"
                   "\"columns\":%s,\"scales\":%s,\"item\":{\"text\":{\"type\":\"text\"},\"%s\":{"
                   "\"type\":\"text\",\"label\":\"%s\"}},\"min\":\"%s\",\"previous\":\"%s\"}",
                   i ? "," : "", HOSTILE, i, types[i], HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE,
                   HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, entry, entry,
                   entry, entry, HOSTILE, HOSTILE, HOSTILE, HOSTILE);
    buf_add(&b, STR("]}"));
    struct str html = page_of(a, buf_str(&b).p);
    assert_int_equal(count(html, "<script"), 3); /* the data, the place for answers, ours */
    assert_int_equal(count(html, "</script"), 3);
    has_not(html, "<img");
    has_not(html, "\x07");
    has_not(html, "\xE2\x80\xAE"); /* an override of direction */
    has(html, "&lt;img src=x");
    has(html, "\\u003cscript>alert(1)");
    assert_int_equal(count(html, "</textarea>"), count(html, "<textarea"));
    arena_free(a);
}

/* Anything may be missing, and nothing may be of the kind that was expected. */
static void a_poor_tree_is_a_poor_page_and_no_more(void **state)
{
    (void)state;
    static const char *const sheets[] = {
        "{}",
        "{\"open\":[]}",
        "{\"open\":[{}]}",
        "{\"open\":[[],1,null,\"x\"]}",
        "{\"open\":{\"a\":1},\"title\":7}",
        "{\"open\":[{\"type\":\"list\",\"item\":[],\"previous\":[[],{},7]}]}",
        "{\"open\":[{\"type\":\"grid\",\"rows\":7,\"scales\":{},\"previous\":[]}]}",
        "{\"open\":[{\"type\":\"scale\",\"from\":9,\"to\":-9}]}",
        "{\"blank\":true,\"open\":[{\"type\":\"sort\"},{\"type\":\"rank\"},{\"type\":\"grid\"}]}"};
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++) {
        struct arena *a = arena_new();
        struct str html = page_of(a, sheets[i]);
        assert_true(str_ends(html, STR("</html>\n")));
        arena_free(a);
    }
}

static void a_blank_sheet_is_for_paper(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct str html =
        page_of(a,
                "{\"title\":\"T\",\"blank\":true,\"open\":[{\"key\":\"k\",\"type\":\"sort\","
                "\"ask\":\"Sort\",\"examples\":[\"so\"],\"columns\":[{\"id\":\"k\"}],"
                "\"previous\":{\"x\":1},\"start\":{\"x\":1}}]}");
    has_not(html, "<script");
    has_not(html, "id=\"give\"");
    has_not(html, "Leave this out");
    has(html, "script-src 'none'");
    has(html, "<details class=\"hints\" open>");
    assert_int_equal(count(html, "class=\"sorted\""), 4);
    arena_free(a);
}

static void headings_stand_where_phase_and_step_change(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    struct str html =
        page_of(a,
                "{\"language\":\"fr\",\"title\":\"T\",\"open\":["
                "{\"key\":\"a\",\"ask\":\"A\",\"phase_title\":\"P1\",\"step_title\":\"S1\"},"
                "{\"key\":\"b\",\"ask\":\"B\",\"phase_title\":\"P1\",\"step_title\":\"S1\"},"
                "{\"key\":\"c\",\"ask\":\"C\",\"phase_title\":\"P1\",\"step_title\":\"S2\","
                "\"step_intro\":\"Now\"},"
                "{\"key\":\"d\",\"ask\":\"D\",\"phase_title\":\"P0\",\"earlier\":true,"
                "\"required\":false}]}");
    assert_int_equal(count(html, ">P1</h2>"), 1);
    assert_int_equal(count(html, ">S1</p>"), 1);
    assert_int_equal(count(html, ">S2</p>"), 1);
    assert_int_equal(count(html, ">Now</p>"), 1);
    assert_int_equal(count(html, "<details class=\"earlier\">"), 1);
    has(html, "<html lang=\"fr\">");
    has(html, "Laisser de c\xC3\xB4t\xC3\xA9");
    has(html, "si vous voulez");
    arena_free(a);
}

static void the_same_tree_is_the_same_page(void **state)
{
    (void)state;
    struct arena *a = arena_new();
    static const char sheet[] = "{\"title\":\"T\",\"journey\":\"j\",\"revision\":3,\"open\":[{"
                                "\"key\":\"a\",\"ask\":\"A\",\"type\":\"text\"}]}";
    assert_true(str_eq(page_of(a, sheet), page_of(a, sheet)));
    has(page_of(a, sheet), "default-src 'none'; style-src 'sha256-");
    has(page_of(a, sheet), WORKSHEET_GIVEN);
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_has_its_control_and_begins_with_what_was_there),
        cmocka_unit_test(hostile_texts_are_text_wherever_they_stand),
        cmocka_unit_test(a_poor_tree_is_a_poor_page_and_no_more),
        cmocka_unit_test(a_blank_sheet_is_for_paper),
        cmocka_unit_test(headings_stand_where_phase_and_step_change),
        cmocka_unit_test(the_same_tree_is_the_same_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
