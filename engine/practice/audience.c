#include "practice/audience.h"

#include "base/random.h"
#include "workflow/value.h"

static const char *const audiences[] = {"client", "coach", "sponsor", "programme"};

bool audience_check(struct str audience, struct err *e)
{
    for (size_t i = 0; i < sizeof audiences / sizeof audiences[0]; i++)
        if (str_is(audience, audiences[i]))
            return true;
    return err_set(e, ERR_INPUT,
                   "A document is for the client, coach, sponsor or programme, not for \"%.*s\".",
                   STR_ARG(audience));
}

bool audience_may_receive(struct str made_for, struct str audience)
{
    return str_is(audience, "coach") || !str_is(made_for, "coach");
}

static bool is_hidden(const json_t *question)
{
    return json_flag(question, "private", false) || json_flag(question, "sensitive", false);
}

bool audience_sees_note(const json_t *question, struct str audience, bool sensitive)
{
    if (str_is(audience, "coach"))
        return sensitive || !json_flag(question, "sensitive", false);
    return !is_hidden(question);
}

bool audience_sees_answer(const json_t *question, struct str audience, bool sensitive)
{
    return (str_is(audience, "client") || str_is(audience, "coach")) &&
        audience_sees_note(question, audience, sensitive);
}

bool audience_may_name(const json_t *question, struct str audience)
{
    return str_is(audience, "coach") || !is_hidden(question);
}

static bool names(const json_t *list, struct str name)
{
    size_t i;
    json_t *one;
    json_array_foreach (list, i, one)
        if (str_eq(json_text(one), name))
            return true;
    return false;
}

bool audience_sees_canvas(const json_t *canvas, struct str audience)
{
    const json_t *whom = json_object_get(canvas, "for");
    if (str_is(audience, "coach"))
        return true;
    return whom ? names(whom, audience) : str_is(audience, "client");
}

/* What others may see of an output; NULL where the workflow says nothing of it. */
static const json_t *shown_fields(const json_t *declared, struct str audience)
{
    return json_object_get(declared, str_is(audience, "sponsor") ? "sponsor" : "programme");
}

bool audience_sees_field(const json_t *declared, struct str kind, struct str audience,
                         const char *field)
{
    struct str name = str_of(field);
    if (str_is(audience, "client") || str_is(audience, "coach"))
        return true;
    const json_t *shown = shown_fields(declared, audience);
    if (shown)
        return names(shown, name);
    /* What somebody has decided to do is what a sponsor asks about first. */
    return str_is(audience, "sponsor") && (str_is(kind, "goal") || str_is(kind, "action")) &&
        (str_is(name, "text") || str_is(name, "due"));
}

bool audience_sees_output(const json_t *declared, struct str kind, struct str audience)
{
    const json_t *shown = shown_fields(declared, audience);
    if (str_is(audience, "client") || str_is(audience, "coach"))
        return true;
    return shown ? json_array_size(shown) > 0 : audience_sees_field(NULL, kind, audience, "text");
}

/* The answer as the options that were chosen; "true" and "false" of yes or no. */
static bool allows(const json_t *value, const json_t *answers)
{
    size_t i;
    json_t *one;
    if (json_is_boolean(value))
        return names(answers, json_is_true(value) ? STR("true") : STR("false"));
    json_array_foreach (value, i, one)
        if (names(answers, json_text(one)))
            return true;
    return json_is_string(value) && names(answers, json_text(value));
}

/* Only what is asked now counts: an answer that was set aside is no consent. */
static bool has_agreed(struct journey *j, const json_t *share)
{
    struct str id = json_member(share, "question");
    bool agreed = false;
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(j->outcome, "path"), i, entry) {
        if (!str_eq(json_member(entry, "id"), id) ||
            !str_is(json_member(entry, "state"), "answered"))
            continue;
        agreed = allows(fold_value(&j->fold, json_member(entry, "key").p),
                        json_object_get(share, "answers"));
    }
    return agreed;
}

static const json_t *share_with(struct journey *j, struct str audience)
{
    const json_t *share = json_object_get(workflow_definition(j->w), "share");
    return json_object_get(share, str_is(audience, "sponsor") ? "sponsor" : "programme");
}

static bool is_words(const json_t *field)
{
    struct str type = json_member(field, "type");
    return str_is(type, "text") || str_is(type, "long_text");
}

/* Does the workflow let a programme read more than counts: words of outputs, a canvas? */
static bool opens_words(const json_t *definition)
{
    static const struct str programme = {"programme", 9};
    const char *name;
    json_t *one, *field;
    size_t i;
    json_object_foreach (json_object_get(definition, "canvases"), name, one)
        if (audience_sees_canvas(one, programme))
            return true;
    json_object_foreach (json_object_get(definition, "outputs"), name, one)
        json_array_foreach (json_object_get(one, "programme"), i, field)
            if (is_words(json_object_get(json_object_get(one, "fields"), json_text(field).p)))
                return true;
    return false;
}

/* Does this need the client's consent, and is there none? */
static bool is_withheld(struct journey *j, struct str audience)
{
    bool sponsor = str_is(audience, "sponsor");
    const json_t *share = share_with(j, audience);
    if (!sponsor && !str_is(audience, "programme"))
        return false;
    return share ? !has_agreed(j, share) : sponsor || opens_words(workflow_definition(j->w));
}

static struct str client_name(struct journey *j, struct arena *a)
{
    struct store_client client;
    struct err ignored;
    return store_client_get(j->p->store, a, j->record.client, &client, &ignored)
        ? client.name
        : STR("The client");
}

bool audience_agreed(struct journey *j, struct str audience, struct str what, struct str why,
                     struct err *e)
{
    if (!is_withheld(j, audience) || str_trim(why).n > 0)
        return true;
    struct arena *a = arena_new();
    const json_t *share = share_with(j, audience);
    struct str name = text_safe(a, client_name(j, a), false);
    if (share)
        (void)err_set(e, ERR_REFUSED,
                      "%.*s has not agreed that a %.*s sees \"%.*s\": question %s. Ask it, or say "
                      "with --why what was agreed.",
                      STR_ARG(name), STR_ARG(audience), STR_ARG(what),
                      json_member(share, "question").p);
    else
        (void)err_set(e, ERR_REFUSED,
                      "This workflow does not ask whether a %.*s may see \"%.*s\". Ask %.*s, and "
                      "say with --why what was agreed.",
                      STR_ARG(audience), STR_ARG(what), STR_ARG(name));
    arena_free(a);
    return false;
}

/* Outside of any sitting: handing something on is no coaching. */
static bool keep(struct journey *j, struct str text, struct err *e)
{
    struct store *s = j->p->store;
    int64_t now = clock_now();
    char id[37];
    random_uuid(id);
    struct store_note note = {.id = str_of(id),
                              .journey = j->record.id,
                              .text = text,
                              .visibility = STR("private"),
                              .at = now};
    if (!store_begin(s, e))
        return false;
    if (store_note_add(s, &note, e) &&
        store_audit_add(s, STR("given-without-consent"), j->record.id, now, e) &&
        store_commit(s, e))
        return true;
    store_rollback(s);
    return false;
}

bool audience_record(struct journey *j, struct str audience, struct str what, struct str why,
                     struct err *e)
{
    if (!is_withheld(j, audience) || str_trim(why).n == 0)
        return true;
    if (why.n > ANSWER_MAX || !utf8_valid(why))
        return err_set(e, ERR_LIMIT, "A reason may have %d bytes.", ANSWER_MAX);
    struct arena *a = arena_new();
    bool french = str_is(j->language, "fr");
    struct str note =
        str_format(a,
                   french ? "« %.*s » a été remis (%.*s) sans accord noté dans les réponses : %.*s"
                          : "\"%.*s\" was given to the %.*s without an agreement in the answers: "
                            "%.*s",
                   STR_ARG(what), STR_ARG(audience), STR_ARG(str_trim(why)));
    bool ok = keep(j, note, e);
    arena_free(a);
    return ok;
}
