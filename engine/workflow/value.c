#include "workflow/value.h"

#include "workflow/value_type.h"

#include <assert.h>

static const struct value_type *const table[TYPE_COUNT] = {
    [TYPE_TEXT] = &type_text,         [TYPE_LONG_TEXT] = &type_long_text,
    [TYPE_YES_NO] = &type_yes_no,     [TYPE_CHOICE] = &type_choice,
    [TYPE_CHOICES] = &type_choices,   [TYPE_SCALE] = &type_scale,
    [TYPE_INTEGER] = &type_integer,   [TYPE_NUMBER] = &type_number,
    [TYPE_MONEY] = &type_money,       [TYPE_DATE] = &type_date,
    [TYPE_DURATION] = &type_duration, [TYPE_LIST] = &type_list,
    [TYPE_SORT] = &type_sort,         [TYPE_GRID] = &type_grid,
    [TYPE_RANK] = &type_rank,         [TYPE_COMMITMENT] = &type_commitment,
    [TYPE_CONFIRM] = &type_confirm,
};

const struct value_type *value_type_of(const json_t *question)
{
    enum type type = type_of_name(json_member(question, "type"));
    return type == TYPE_COUNT ? NULL : table[type];
}

/* What was put together from parts is measured as it will be kept. */
static bool check_size(const struct check *k, const json_t *value)
{
    size_t n = json_is_string(value) ? json_string_length(value)
                                     : json_dumpb(value, NULL, 0, JSON_COMPACT | JSON_ENCODE_ANY);
    return n <= ANSWER_MAX || say_limit(k, SAY_TOO_LARGE, STR(""));
}

bool value_check(const struct value_context *c, const json_t *input, json_t **out, struct err *e)
{
    const struct value_type *type = value_type_of(c->question);
    *out = NULL;
    if (!type)
        return err_set(e, ERR_DATA, "The question has no known type.");
    struct arena *a = arena_new();
    struct check k = {.a = a, .c = c, .question = c->question, .e = e};
    bool ok = check_size(&k, input) && type->check(&k, input, out);
    if (ok && !check_size(&k, *out)) {
        json_decref(*out);
        *out = NULL;
        ok = false;
    }
    assert(ok == (*out != NULL));
    arena_free(a);
    return ok;
}

bool value_read(const struct value_context *c, struct str typed, json_t **out, struct err *e)
{
    const struct value_type *type = value_type_of(c->question);
    *out = NULL;
    if (!type)
        return err_set(e, ERR_DATA, "The question has no known type.");
    struct arena *a = arena_new();
    struct check k = {.a = a, .c = c, .question = c->question, .e = e};
    bool ok;
    if (!utf8_valid(typed))
        ok = say(&k, SAY_NOT_UTF8, STR(""), STR(""));
    else if (str_trim(typed).n == 0)
        ok = say(&k, SAY_EMPTY, STR(""), STR(""));
    else
        ok = type->read(&k, str_trim(typed), out);
    arena_free(a);
    return ok;
}

struct str value_show(struct arena *a, const json_t *question, const json_t *value,
                      struct str language)
{
    const struct value_type *type = value_type_of(question);
    struct buf b = {.a = a};
    if (type && value)
        type->show(&b, question, value, language);
    return buf_str(&b);
}

const char *const *value_types(size_t *n)
{
    static const char *names[TYPE_COUNT];
    for (int i = 0; i < TYPE_COUNT; i++)
        names[i] = type_name((enum type)i).p;
    *n = TYPE_COUNT;
    return names;
}
