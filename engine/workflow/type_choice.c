/* yes_no, choice and choices. */
#include "workflow/value_type.h"

static bool check_yes_no(const struct check *k, const json_t *input, json_t **out)
{
    bool yes = json_is_true(input);
    if (!json_is_boolean(input) && !read_yes_no(str_trim(json_text(input)), &yes))
        return say(k, SAY_YES_NO, STR(""), STR(""));
    *out = json_boolean(yes);
    return true;
}

static bool typed_yes_no(const struct check *k, struct str typed, json_t **out)
{
    bool yes;
    if (!read_yes_no(typed, &yes))
        return say(k, SAY_YES_NO, STR(""), STR(""));
    *out = json_boolean(yes);
    return true;
}

static void show_yes_no(struct buf *b, const json_t *question, const json_t *value,
                        struct str language)
{
    (void)question;
    if (is_french(language))
        buf_add(b, json_is_true(value) ? STR("oui") : STR("non"));
    else
        buf_add(b, json_is_true(value) ? STR("yes") : STR("no"));
}

static bool find(const struct check *k, struct str meant, bool numbers, struct str *id)
{
    const json_t *options = json_object_get(k->question, "options");
    const json_t *option = entry_find(options, meant, numbers);
    *id = json_member(option, "id");
    return option || say_no_entry(k, options, meant, SAY_CHOOSE_NEAR, SAY_CHOOSE);
}

static bool check_choice(const struct check *k, const json_t *input, json_t **out)
{
    struct str id;
    if (!json_is_string(input))
        return say(k, SAY_CHOOSE, entry_names(k->a, json_object_get(k->question, "options")),
                   STR(""));
    if (!find(k, json_text(input), false, &id))
        return false;
    *out = json_new_text(id);
    return true;
}

static bool typed_choice(const struct check *k, struct str typed, json_t **out)
{
    struct str id;
    if (!find(k, typed, true, &id))
        return false;
    *out = json_new_text(id);
    return true;
}

static void show_choice(struct buf *b, const json_t *question, const json_t *value,
                        struct str language)
{
    (void)language;
    const json_t *option =
        entry_find(json_object_get(question, "options"), json_text(value), false);
    buf_add(b, option ? entry_name(option) : json_text(value));
}

static bool check_number(const struct check *k, size_t n)
{
    long long least = json_whole(k->question, "min", 1), most = json_whole(k->question, "max", 0);
    if (n == 0 && least > 0)
        return say(k, SAY_EMPTY_LIST, STR(""), STR(""));
    if ((long long)n < least)
        return say(k, SAY_CHOOSE_MIN, str_format(k->a, "%lld", least), STR(""));
    if (most > 0 && (long long)n > most)
        return say(k, SAY_CHOOSE_MAX, str_format(k->a, "%lld", most), STR(""));
    return true;
}

/* The chosen ones in the order of the options, each once. */
static json_t *in_order(const struct check *k, const json_t *chosen)
{
    json_t *list = json_array(), *option;
    size_t i;
    json_array_foreach (json_object_get(k->question, "options"), i, option) {
        struct str id = json_member(option, "id");
        if (json_object_getn(chosen, id.p, id.n))
            json_array_append_new(list, json_new_text(id));
    }
    return list;
}

static bool check_choices(const struct check *k, const json_t *input, json_t **out)
{
    json_t *chosen = json_object(), *one;
    size_t i;
    struct str id;
    bool ok = json_is_array(input) || json_is_string(input) ||
        say(k, SAY_CHOOSE, entry_names(k->a, json_object_get(k->question, "options")), STR(""));
    if (ok && json_is_string(input) && (ok = find(k, json_text(input), false, &id)))
        json_object_setn_new(chosen, id.p, id.n, json_true());
    json_array_foreach ((json_t *)input, i, one) {
        if (!ok)
            break;
        ok = find(k, json_text(one), false, &id);
        if (ok)
            json_object_setn_new(chosen, id.p, id.n, json_true());
    }
    ok = ok && check_number(k, json_object_size(chosen));
    if (ok)
        *out = in_order(k, chosen);
    json_decref(chosen);
    return ok;
}

static bool typed_choices(const struct check *k, struct str typed, json_t **out)
{
    struct str *parts, id;
    size_t n = split_typed(k->a, typed, &parts);
    json_t *list = json_array();
    for (size_t i = 0; i < n; i++) {
        if (!find(k, parts[i], true, &id)) {
            json_decref(list);
            return false;
        }
        json_array_append_new(list, json_new_text(id));
    }
    *out = list;
    return true;
}

static void show_choices(struct buf *b, const json_t *question, const json_t *value,
                         struct str language)
{
    size_t i;
    json_t *one;
    json_array_foreach ((json_t *)value, i, one) {
        buf_add(b, i ? STR(", ") : STR(""));
        show_choice(b, question, one, language);
    }
}

const struct value_type type_yes_no = {check_yes_no, typed_yes_no, show_yes_no};
const struct value_type type_choice = {check_choice, typed_choice, show_choice};
const struct value_type type_choices = {check_choices, typed_choices, show_choices};
