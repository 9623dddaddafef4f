/* Answers set for reading: lists as lists, grids as tables, what was sorted by its columns. */
#include "web/page_review.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void answers_have_their_shape(void **state)
{
    static const struct {
        const char *what, *question, *answer;
    } rows[] = {
        {"a text of two paragraphs",
         "{\"type\":\"long_text\",\"value\":\"one\\n\\ntwo\",\"shown\":\"one\\n\\ntwo\"}",
         "{\"lines\":[\"one\",\"two\"]}"},
        {"a list, with what was said of an entry",
         "{\"type\":\"list\",\"value\":[{\"text\":\"a (b)\"},{\"text\":\"c\"}],"
         "\"shown\":\"a (b)\\nc (D · E)\"}",
         "{\"items\":[{\"text\":\"a (b)\",\"more\":\"\"},{\"text\":\"c\",\"more\":\"D · E\"}],"
         "\"has_items\":true}"},
        {"a list whose entries have several lines",
         "{\"type\":\"list\",\"value\":[{\"text\":\"a\\nb\"}],\"shown\":\"a\\nb\"}",
         "{\"lines\":[\"a\",\"b\"]}"},
        {"an order",
         "{\"type\":\"rank\",\"value\":[\"x\",\"y\"],\"shown\":\"1. second. best\\n2. first\"}",
         "{\"items\":[{\"text\":\"second. "
         "best\",\"more\":\"\"},{\"text\":\"first\",\"more\":\"\"}],"
         "\"has_items\":true,\"numbered\":true}"},
        {"what was sorted, by column in their order",
         "{\"type\":\"sort\",\"columns\":[{\"id\":\"k\",\"label\":\"Keep\"},{\"id\":\"d\","
         "\"label\":\"Drop\"},{\"id\":\"n\",\"label\":\"None\"}],\"rows\":[{\"id\":\"1\",\"text\":"
         "\"a\"},{\"id\":\"2\",\"text\":\"b\"}],\"value\":{\"2\":{\"to\":\"k\"},\"1\":{\"to\":"
         "\"d\",\"why\":\"enough\"}},\"shown\":\"a: Drop (enough)\\nb: Keep\"}",
         "{\"groups\":[{\"label\":\"Keep\",\"items\":[{\"text\":\"b\",\"more\":\"\"}]},"
         "{\"label\":\"Drop\",\"items\":[{\"text\":\"a\",\"more\":\"enough\"}]}]}"},
        {"what was sorted, and has no row any more",
         "{\"type\":\"sort\",\"columns\":[{\"id\":\"k\",\"label\":\"Keep\"}],\"rows\":[],"
         "\"value\":{\"2\":{\"to\":\"k\"}},\"shown\":\"b: Keep\"}",
         "{\"lines\":[\"b: Keep\"]}"},
        {"a grid, whose rows stand in the file",
         "{\"type\":\"grid\",\"scales\":[{\"id\":\"j\",\"label\":\"Joy\"},{\"id\":\"c\",\"label\":"
         "\"Cost\"}],\"rows\":[{\"id\":\"w\",\"label\":\"work\"}],\"value\":{\"w\":{\"j\":8}},"
         "\"shown\":\"work: Joy 8\"}",
         "{\"table\":{\"heads\":[\"Joy\",\"Cost\"],\"rows\":[{\"text\":\"work\",\"cells\":[\"8\","
         "\"\"]}]}}"},
        {"nothing yet", "{\"type\":\"sort\"}", "{\"groups\":[]}"},
    };
    struct arena *a = arena_new();
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        json_t *question = json_loads(rows[i].question, 0, NULL),
               *wanted = json_loads(rows[i].answer, 0, NULL), *is = review_answer(a, question);
        json_t *all = json_pack("{s:n,s:n,s:n,s:n,s:b,s:b}", "lines", "items", "groups", "table",
                                "has_items", 0, "numbered", 0);
        assert_non_null(question);
        assert_non_null(wanted);
        json_object_update(all, wanted);
        if (!json_equal(is, all))
            fail_msg("%s: %s", rows[i].what, json_write(a, is).p);
        json_decref(all);
        json_decref(wanted);
        json_decref(question);
        json_decref(is);
    }
    arena_free(a);
}

static void keys_stand_in_addresses(void **state)
{
    struct arena *a = arena_new();
    (void)state;
    assert_string_equal(review_encode(a, STR("a/b_1")).p, "a/b_1");
    assert_string_equal(review_encode(a, STR("a@b#2 \"<é&")).p, "a%40b%232%20%22%3C%C3%A9%26");
    assert_string_equal(review_encode(a, STR("")).p, "");
    arena_free(a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_have_their_shape),
        cmocka_unit_test(keys_stand_in_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
