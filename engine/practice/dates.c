/* The days of a journey.  A day is known again by what made it, not by its words or its day: both
 * may change, and the calendar of the client should follow. */
#include "practice/audience.h"
#include "practice/tables.h"

#include "base/clock.h"

#include <string.h>

/* What stands before a text, by the kind of output; also the category of the event. */
static const struct {
    const char *kind, *en, *fr;
    bool shown;
} kinds[] = {
    {"action", "Action", "Action", false},
    {"goal", "Goal", "Objectif", true},
    {"reminder", "Reminder", "Rappel", false},
    {"review", "Looking back", "Bilan", true},
    {"hypothesis", "Trying out", "Essai", true},
    {"support", "Asking for support", "Demande de soutien", true},
    {"talk", "Talk", "Entretien", true},
    {"wait", "Pause ends", "Fin de la pause", true},
};

/* What else is said of a day, in this order. */
static const struct {
    const char *field, *en, *fr;
} notes[] = {
    {"because", "Why", "Pourquoi"},
    {"test", "How", "Comment"},
    {"measure", "I will see it by", "Je le verrai à"},
    {"know", "I will know it by", "Je le saurai à"},
    {"ask", "What I ask for", "Ce que je demande"},
    {"help", "With help from", "Avec l’aide de"},
    {"watch_out", "To watch for", "À surveiller"},
};

struct dates {
    struct journey *j;
    struct arena *a;
    struct str audience, whose;
    json_t *events, *seen; /* seen: identity without number -> how many; day and text -> true */
    const char *stamp;
};

static bool french(const struct dates *of)
{
    return str_is(of->j->language, "fr");
}

/* The deepest place among the answers an output came from: "test/round1/k3f9qa".  The words of the
 * answers are no part of it. */
static struct str place_of(const json_t *from)
{
    struct str best = STR("");
    size_t i, depth = 0;
    json_t *key;
    json_array_foreach (from, i, key) {
        struct str text = json_text(key);
        size_t n = 0, last = 0;
        for (size_t k = 0; k < text.n; k++)
            if (text.p[k] == '/') {
                n++;
                last = k;
            }
        struct str place = str_part(text, 0, last);
        if (n > depth || (n == depth && n > 0 && str_order(place, best) < 0)) {
            best = place;
            depth = n;
        }
    }
    return best;
}

/* "JOURNEY-action-test-k3f9qa-2": the second of that kind from there. */
static struct str identity(struct dates *of, struct str kind, struct str field, struct str place)
{
    struct buf b = {.a = of->a};
    buf_format(&b, "%.*s-%.*s", STR_ARG(of->j->record.id), STR_ARG(kind));
    if (!str_is(field, "due"))
        buf_format(&b, "-%.*s", STR_ARG(field));
    buf_add_char(&b, '-');
    for (size_t i = 0; i < place.n; i++) {
        char c = place.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        buf_add_char(&b, plain ? c : '-');
    }
    struct str name = buf_str(&b);
    long long number = json_whole(of->seen, name.p, 0) + 1;
    json_object_set_new(of->seen, name.p, json_integer(number));
    return str_format(of->a, "%s-%lld", name.p, number);
}

/* A reminder of something that has its own entry on that day is the same to a reader. */
static bool is_there_already(struct dates *of, struct str day, struct str text)
{
    const char *name = str_format(of->a, "%.*s %.*s", STR_ARG(day), STR_ARG(text)).p;
    bool there = json_object_get(of->seen, name) != NULL;
    json_object_set_new(of->seen, name, json_true());
    return there;
}

static void add_event(struct dates *of, struct str uid, struct str day, struct str kind,
                      struct str text)
{
    struct buf title = {.a = of->a};
    const char *category = "";
    if (of->whose.n > 0)
        buf_format(&title, "%.*s: ", STR_ARG(of->whose));
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!str_is(kind, kinds[i].kind))
            continue;
        category = french(of) ? kinds[i].fr : kinds[i].en;
        if (kinds[i].shown)
            buf_format(&title, text.n == 0 ? "%s" : french(of) ? "%s\u00A0: " : "%s: ", category);
    }
    buf_add(&title, text);
    json_array_append_new(of->events,
                          json_pack("{s:o,s:o,s:o,s:s,s:s,s:I}", "uid", json_new_text(uid), "day",
                                    json_new_text(day), "text", json_new_text(buf_str(&title)),
                                    "kind", category, "stamp", of->stamp, "sequence",
                                    (json_int_t)fold_revision(&of->j->fold)));
}

static void add_note(struct dates *of, const json_t *declared, const json_t *output)
{
    struct buf note = {.a = of->a};
    const json_t *fields = json_object_get(output, "fields");
    struct str kind = json_member(output, "kind");
    for (size_t i = 0; i < sizeof notes / sizeof notes[0]; i++) {
        struct str text = json_member(fields, notes[i].field);
        if (text.n == 0 || !audience_sees_field(declared, kind, of->audience, notes[i].field))
            continue;
        buf_format(&note, french(of) ? "%s%s\u00A0: %.*s" : "%s%s: %.*s", note.n ? "\n" : "",
                   french(of) ? notes[i].fr : notes[i].en, STR_ARG(text));
    }
    size_t last = json_array_size(of->events) - 1;
    json_object_set_new(json_array_get(of->events, last), "note", json_new_text(buf_str(&note)));
}

static void add_output(struct dates *of, const json_t *output)
{
    const json_t *outputs =
        json_object_get(workflow_in_language(of->j->w, of->j->language), "outputs");
    struct str kind = json_member(output, "kind"),
               place = place_of(json_object_get(output, "from"));
    const json_t *declared = json_object_get(outputs, kind.p);
    const json_t *types = json_object_get(declared, "fields");
    struct str text = json_member(json_object_get(output, "fields"), "text");
    const char *name;
    json_t *value;
    json_object_foreach (json_object_get(output, "fields"), name, value) {
        struct str type = json_member(json_object_get(types, name), "type");
        bool is_date = types ? str_is(type, "date") : strcmp(name, "due") == 0;
        if (!is_date || text.n == 0 || !clock_is_day(json_text(value)) ||
            !audience_sees_field(declared, kind, of->audience, name))
            continue;
        struct str uid = identity(of, kind, str_of(name), place);
        if (is_there_already(of, json_text(value), text))
            continue;
        add_event(of, uid, json_text(value), kind, text);
        add_note(of, declared, output);
    }
}

/* The words of a wait; empty if there is something in them that the audience may not read. */
static json_t *wait_words(struct dates *of, const json_t *entry)
{
    const json_t *definition = workflow_in_language(of->j->w, of->j->language), *vars;
    json_t *var;
    const char *name;
    vars = json_object_get(entry, "vars");
    json_object_foreach ((json_t *)(uintptr_t)vars, name, var) {
        const json_t *source = workflow_question(definition, json_member(var, "q"));
        bool seen = source ? audience_sees_answer(source, of->audience, false)
                           : str_is(of->audience, "coach");
        if (!seen)
            return json_string("");
    }
    json_t *question = view_question(of->j, entry);
    json_t *words = json_incref(json_object_get(question, "ask"));
    json_decref(question);
    return words;
}

/* A wait that goes on; one that was ended by hand has no day any more. */
static void add_wait(struct dates *of, const json_t *entry)
{
    struct str until = json_member(json_object_get(entry, "wait"), "until");
    if (!clock_is_day(until) || !str_is(json_member(entry, "state"), "open") ||
        !(str_is(of->audience, "client") || str_is(of->audience, "coach")))
        return;
    json_t *words = wait_words(of, entry);
    add_event(of, identity(of, STR("wait"), STR("due"), json_member(entry, "key")), until,
              STR("wait"), json_text(words));
    json_decref(words);
}

json_t *journey_dates(struct journey *j, struct str audience, struct str whose)
{
    char stamp[21];
    const struct fold *fold = &j->fold;
    clock_stamp(fold->n ? fold->events[fold->n - 1].at : j->record.started, stamp);
    struct dates of = {j, arena_new(), audience, whose, json_array(), json_object(), stamp};
    size_t i;
    json_t *one;
    json_array_foreach (json_object_get(j->outcome, "outputs"), i, one)
        add_output(&of, one);
    json_array_foreach (json_object_get(j->outcome, "path"), i, one)
        add_wait(&of, one);
    json_decref(of.seen);
    arena_free(of.a);
    return of.events;
}
