/* commitment: what, by when, how will you know, who helps; and confirm: a gate that somebody agreed
 * to. */
#include "workflow/value_type.h"

static bool is_absent(const json_t *value)
{
    return !value || json_is_null(value) ||
        (json_is_string(value) && str_trim(json_text(value)).n == 0);
}

static bool add_text(const struct check *k, const json_t *input, const char *name, bool lines,
                     json_t *out)
{
    struct str text;
    const json_t *value = json_object_get(input, name);
    if (is_absent(value))
        return true;
    if (!clean_text(k, value, lines, &text))
        return err_before(k->e, "%s: ", name);
    json_object_set_new(out, name, json_new_text(text));
    return true;
}

static bool add_day(const struct check *k, const json_t *input, const char *name, json_t *out)
{
    struct str day;
    const json_t *value = json_object_get(input, name);
    if (is_absent(value))
        return true;
    if (!check_day(k, value, &day))
        return false;
    json_object_set_new(out, name, json_new_text(day));
    return true;
}

static bool check_commitment(const struct check *k, const json_t *input, json_t **out)
{
    json_t *whole =
        json_is_string(input) ? json_pack("{s:O}", "what", input) : json_incref((json_t *)input);
    json_t *result = json_object();
    bool ok = json_is_object(whole) || say(k, SAY_COMMITMENT, STR(""), STR(""));
    ok = ok && check_fields(k, whole, "what|by|know|help");
    ok = ok &&
        (!is_absent(json_object_get(whole, "what")) || say(k, SAY_COMMITMENT, STR(""), STR("")));
    ok = ok && add_text(k, whole, "what", true, result) && add_day(k, whole, "by", result) &&
        add_text(k, whole, "know", true, result) && add_text(k, whole, "help", true, result);
    json_decref(whole);
    if (ok)
        *out = result;
    else
        json_decref(result);
    return ok;
}

static void show_commitment(struct buf *b, const json_t *question, const json_t *value,
                            struct str language)
{
    bool french = is_french(language);
    struct str by = json_member(value, "by"), know = json_member(value, "know"),
               help = json_member(value, "help");
    (void)question;
    buf_add(b, json_member(value, "what"));
    if (by.n > 0) {
        buf_add(b, french ? STR(" (avant le ") : STR(" (by "));
        show_day(b, by, language);
        buf_add_char(b, ')');
    }
    if (know.n > 0)
        buf_format(b, "\n%s%.*s",
                   french ? "Je le saurai à ceci\u00a0: " : "I will know it by: ", STR_ARG(know));
    if (help.n > 0)
        buf_format(b, "\n%s%.*s",
                   french ? "Avec l’aide de\u00a0: " : "With help from: ", STR_ARG(help));
}

/* Only a yes is an answer: a gate that is refused stays open. */
static bool is_agreed(const json_t *input)
{
    bool yes = false;
    if (json_is_object(input))
        input = json_object_get(input, "agreed");
    if (json_is_string(input))
        return read_yes_no(str_trim(json_text(input)), &yes) && yes;
    return json_is_true(input);
}

static bool check_confirm(const struct check *k, const json_t *input, json_t **out)
{
    if (json_is_object(input) && !check_fields(k, input, "agreed|who|on"))
        return false;
    if (!is_agreed(input))
        return say(k, SAY_CONFIRM, STR(""), STR(""));
    json_t *result =
        json_pack("{s:b,s:s,s:o}", "agreed", 1, "who", "", "on", json_new_text(k->c->today));
    if (add_text(k, input, "who", false, result) && add_day(k, input, "on", result)) {
        *out = result;
        return true;
    }
    json_decref(result);
    return false;
}

static bool read_confirm(const struct check *k, struct str typed, json_t **out)
{
    bool yes;
    if (!read_yes_no(typed, &yes) || !yes)
        return say(k, SAY_CONFIRM, STR(""), STR(""));
    *out = json_true();
    return true;
}

static void show_confirm(struct buf *b, const json_t *question, const json_t *value,
                         struct str language)
{
    struct str who = json_member(value, "who");
    (void)question;
    buf_add(b, is_french(language) ? STR("d’accord le ") : STR("agreed on "));
    show_day(b, json_member(value, "on"), language);
    if (who.n > 0)
        buf_format(b, " (%.*s)", STR_ARG(who));
}

const struct value_type type_commitment = {check_commitment, read_as_text, show_commitment};
const struct value_type type_confirm = {check_confirm, read_confirm, show_confirm};
