/* Nothing of the sources is lost: the items of the inventory against the `source:` of the bundled
 * business-model.  Items of scope P (personal) and M (method) are carried by some question or by
 * the workflow itself; items of scope E (the contrast with an organisation) by a question of their
 * block that has a `compare` text.  The list in tests/unit/data holds id, block, scope and phase.
 */
#include "practice/scripted.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ITEMS = 504, LIST_MAX = 1 << 20 };

static const char own_list[] = "tests/unit/data/inventory.tsv";
static const char shared_list[] = "../shared/method/inventory.tsv";

/* Page furniture of the source texts: nothing that a coach or a client could use. */
static const struct {
    const char *id, *why;
} furniture[] = {
    {"MT-020", "a heading that praises the tool"},
    {"MT-034", "a recommendation to read a book"},
    {"MT-035", "a recommendation to read another book"},
    {"MT-036", "a link to a web site"},
};

/* General contrasts are nobody's block, but three of them speak of one. */
static const struct {
    const char *id, *blocks;
} general[] = {
    {"EP-008", "kr"},
    {"EP-010", "co rv"},
    {"EP-011", "kp"},
};

struct book {
    struct arena *a;
    struct bundle b;
    struct workflow *w;
    const json_t *def;
    json_t *carried;  /* id -> true: named by a source anywhere */
    json_t *compared; /* id -> "kr cs": blocks of the comparing questions that name it */
    json_t *items;    /* id -> [block, scope, phase] */
};

static struct str cell(struct str *line)
{
    return str_split(*line, '\t', line);
}

/* id -> [block, scope, phase]; the shared list has source, line and kind between, and contents. */
static json_t *read_list(struct arena *a, const char *path, bool shared)
{
    struct err e;
    struct str text, line;
    json_t *items = json_object();
    if (!files_read(a, path, LIST_MAX, &text, &e))
        fail_msg("%s: %s", path, e.text);
    for ((void)str_split(text, '\n', &text); text.n > 0;) {
        line = str_split(text, '\n', &text);
        struct str id = str_copy(a, cell(&line)), block = cell(&line);
        for (int i = 0; shared && i < 3; i++)
            (void)cell(&line);
        struct str scope = cell(&line), phase = cell(&line);
        json_t *row =
            json_pack("[o,o,o]", json_new_text(block), json_new_text(scope), json_new_text(phase));
        assert_non_null(row);
        assert_null(json_object_get(items, id.p));
        json_object_set_new(items, id.p, row);
    }
    return items;
}

static void carry(struct book *k, const json_t *sources)
{
    size_t i;
    json_t *id;
    json_array_foreach (sources, i, id)
        json_object_set_new(k->carried, json_string_value(id), json_true());
}

/* The block that a question is about: its step, or what its id begins with. */
static struct str block_of(const json_t *question)
{
    struct str step = json_member(question, "step"), id = json_member(question, "id");
    bool by_step = step.n == 2 || (step.n > 2 && step.p[2] == '_');
    return str_part(by_step ? step : id, 0, 2);
}

static void compare(struct book *k, const json_t *question)
{
    size_t i;
    json_t *id;
    if (json_member(question, "compare").n == 0)
        return;
    json_array_foreach (json_object_get(question, "source"), i, id) {
        const char *name = json_string_value(id);
        struct str block = block_of(question), before = json_member(k->compared, name);
        struct str both = str_format(k->a, "%.*s %.*s", STR_ARG(before), STR_ARG(block));
        json_object_set_new(k->compared, name, json_new_text(both));
    }
}

static int set_up(void **state)
{
    struct book *k = calloc(1, sizeof *k);
    struct library inside = {NULL, 0};
    struct diags d = {.a = arena_new()};
    struct err e;
    const char *id;
    json_t *question;
    k->a = d.a;
    *state = k;
    if (!bundle_collect(k->a, &inside, STR("business-model"), &k->b, &e))
        fail_msg("%s", e.text);
    if (!workflow_load(&k->b, &k->w, &d)) {
        for (size_t i = 0; i < d.n; i++)
            print_error("%s", diag_print(k->a, &d.list[i]).p);
        fail_msg("business-model does not load");
    }
    k->def = workflow_definition(k->w);
    k->items = read_list(k->a, own_list, false);
    k->carried = json_object();
    k->compared = json_object();
    carry(k, json_object_get(k->def, "source"));
    json_object_foreach (json_object_get(k->def, "questions"), id, question) {
        carry(k, json_object_get(question, "source"));
        compare(k, question);
    }
    return 0;
}

static int tear_down(void **state)
{
    struct book *k = *state;
    json_decref(k->items);
    json_decref(k->carried);
    json_decref(k->compared);
    workflow_free(k->w);
    arena_free(k->a);
    free(k);
    return 0;
}

static const char *scope_of(const struct book *k, const char *id)
{
    return json_string_value(json_array_get(json_object_get(k->items, id), 1));
}

static bool is_furniture(const char *id)
{
    for (size_t i = 0; i < sizeof furniture / sizeof furniture[0]; i++)
        if (strcmp(furniture[i].id, id) == 0)
            return true;
    return false;
}

/* Is the item named by a question with a comparison, in one of its blocks? */
static bool is_compared(const struct book *k, const char *id)
{
    struct str named = json_member(k->compared, id), blocks = STR("");
    char lower[3] = {(char)(id[0] | ' '), (char)(id[1] | ' '), '\0'};
    if (strncmp(id, "EP-", 3) != 0)
        blocks = str_of(lower);
    for (size_t i = 0; i < sizeof general / sizeof general[0]; i++)
        if (strcmp(general[i].id, id) == 0)
            blocks = str_of(general[i].blocks);
    if (named.n == 0 || blocks.n == 0)
        return named.n > 0;
    while (blocks.n > 0) {
        struct str block = str_split(blocks, ' ', &blocks);
        if (str_find(named, block, 0) < named.n)
            return true;
    }
    return false;
}

static void check_none(struct buf *missing, size_t n, const char *what)
{
    if (n > 0)
        fail_msg("%zu %s:%s", n, what, buf_str(missing).p);
}

static void every_personal_and_method_item_is_carried(void **state)
{
    struct book *k = *state;
    struct buf missing = {.a = k->a};
    size_t n = 0;
    const char *id;
    json_t *row;
    json_object_foreach (k->items, id, row)
        if (strcmp(scope_of(k, id), "E") != 0 && !is_furniture(id) &&
            !json_object_get(k->carried, id)) {
            buf_format(&missing, " %s", id);
            n++;
        }
    check_none(&missing, n, "items of scope P or M that no source names");
}

static void every_enterprise_item_is_in_a_comparison_of_its_block(void **state)
{
    struct book *k = *state;
    struct buf missing = {.a = k->a};
    size_t n = 0;
    const char *id;
    json_t *row;
    json_object_foreach (k->items, id, row)
        if (strcmp(scope_of(k, id), "E") == 0 && !is_compared(k, id)) {
            buf_format(&missing, " %s", id);
            n++;
        }
    check_none(&missing, n, "items of scope E that no comparison of their block names");
}

static void no_source_names_an_unknown_item(void **state)
{
    struct book *k = *state;
    struct buf unknown = {.a = k->a};
    size_t n = 0;
    const char *id;
    json_t *yes;
    json_object_foreach (k->carried, id, yes)
        if (!json_object_get(k->items, id)) {
            buf_format(&unknown, " %s", id);
            n++;
        }
    check_none(&unknown, n, "ids that the inventory does not have");
}

static void the_page_furniture_is_in_the_inventory(void **state)
{
    struct book *k = *state;
    for (size_t i = 0; i < sizeof furniture / sizeof furniture[0]; i++) {
        assert_non_null(json_object_get(k->items, furniture[i].id));
        assert_true(strlen(furniture[i].why) > 0);
    }
}

static void the_inventory_is_complete_and_agrees_with_the_shared_one(void **state)
{
    struct book *k = *state;
    const char *id;
    json_t *row;
    assert_int_equal(json_object_size(k->items), ITEMS);
    if (access(shared_list, R_OK) != 0)
        return; /* elsewhere there is only the list of this repository */
    json_t *shared = read_list(k->a, shared_list, true);
    json_object_foreach (shared, id, row)
        if (!json_equal(row, json_object_get(k->items, id)))
            fail_msg("%s is not as in the shared inventory", id);
    assert_int_equal(json_object_size(shared), json_object_size(k->items));
    json_decref(shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_inventory_is_complete_and_agrees_with_the_shared_one),
        cmocka_unit_test(no_source_names_an_unknown_item),
        cmocka_unit_test(every_personal_and_method_item_is_carried),
        cmocka_unit_test(every_enterprise_item_is_in_a_comparison_of_its_block),
        cmocka_unit_test(the_page_furniture_is_in_the_inventory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
