/* Looking back: the whole path with its answers, by phase and step, and what is set aside. */
#include "web/page_review.h"

#include "base/clock.h"
#include "base/random.h"
#include "web/assets.h"
#include "web/form.h"
#include "web/reply.h"

#include <string.h>

/* The page while it is made. */
struct looking {
    struct visit *v;
    struct journey *j;
    const json_t *definition; /* in the language of the journey */
    json_t *phases;
    struct str find, history; /* words that are looked for; key of the answer that is opened */
    size_t found;
    struct str phase, group; /* where the page is */
    json_t *step;            /* what is being filled */
    json_t *seen;            /* PHASE/STEP -> how often it stood there */
};

struct str review_word(const struct visit *v, const char *name)
{
    json_t *words = assets_words(v->language);
    struct str word = json_member(json_object_get(words, "review"), name);
    json_decref(words); /* the words themselves stay */
    return word;
}

struct str review_anchor(struct arena *a, struct str key)
{
    char hash[65];
    hash_sha256(key, hash);
    return str_format(a, "a-%.10s", hash);
}

struct str review_encode(struct arena *a, struct str text)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
    struct buf b = {.a = a};
    buf_add(&b, STR(""));
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c && strchr(plain, c))
            buf_add_char(&b, (char)c);
        else
            buf_format(&b, "%%%02X", c);
    }
    return buf_str(&b);
}

static json_t *member(const json_t *from, const char *name)
{
    json_t *value = json_object_get(from, name);
    return value ? json_incref(value) : json_null();
}

json_t *review_tree(struct visit *v, struct journey *j, const struct store_client *client,
                    const json_t *view)
{
    return json_pack("{s:o,s:o,s:{s:o,s:o},s:o,s:o,s:o,s:o}", "journey", json_new_text(v->parts[0]),
                     "title", json_new_text(client->name), "client", "id",
                     json_new_text(client->id), "name", json_new_text(client->name),
                     "content_language", json_new_text(journey_record(j)->language), "revision",
                     member(view, "revision"), "can_undo", member(view, "can_undo"), "can_redo",
                     member(view, "can_redo"));
}

/* What has become of an answer, as a word. */
static json_t *kind_word(const struct visit *v, const json_t *revision)
{
    struct str name = str_format(v->a, "was_%.*s", STR_ARG(json_member(revision, "kind")));
    return json_new_text(review_word(v, name.p));
}

static json_t *revision_of(struct visit *v, const json_t *revision, const json_t *question)
{
    struct str at = json_member(revision, "at"), wording = json_member(revision, "wording");
    json_t *as_asked = json_copy((json_t *)(uintptr_t)question);
    json_object_del(as_asked, "value");
    json_object_set(as_asked, "shown", json_object_get(revision, "shown"));
    if (json_object_get(revision, "value"))
        json_object_set(as_asked, "value", json_object_get(revision, "value"));
    bool differs = wording.n > 0 && !str_eq(wording, json_member(question, "ask"));
    int64_t ms;
    char time[6] = "";
    if (clock_parse(at, &ms))
        clock_time(ms, time);
    json_t *out = json_pack(
        "{s:o,s:O,s:s,s:o,s:O?,s:o,s:b,s:b}", "answer", review_answer(v->a, as_asked), "day",
        json_object_get(revision, "day"), "time", time, "kind", kind_word(v, revision), "why",
        json_object_get(revision, "why"), "wording", json_new_text(differs ? wording : STR("")),
        "coach", str_is(json_member(revision, "role"), "coach"), "has_answer",
        json_object_get(revision, "value") != NULL);
    json_decref(as_asked);
    return out;
}

json_t *review_history(struct visit *v, struct journey *j, const json_t *question)
{
    json_t *list, *out = json_array(), *revision;
    struct err ignored;
    size_t i;
    if (!journey_history(j, json_member(question, "key"), &list, &ignored))
        return out;
    json_array_foreach (list, i, revision)
        if (json_equal(json_object_get(revision, "key"), json_object_get(question, "key")))
            json_array_insert_new(out, 0, revision_of(v, revision, question));
    json_decref(list);
    return out;
}

/* Are the words that are looked for in the question, the answer or the reason? */
static bool is_wanted(struct looking *l, const json_t *entry)
{
    struct str all =
        str_format(l->v->a, "%.*s\n%.*s\n%.*s\n%.*s", STR_ARG(json_member(entry, "ask")),
                   STR_ARG(json_member(entry, "shown")), STR_ARG(json_member(entry, "skipped")),
                   STR_ARG(json_member(entry, "key")));
    if (l->find.n == 0)
        return true;
    struct str folded = text_fold(l->v->a, all);
    return str_find(folded, text_fold(l->v->a, l->find), 0) < folded.n;
}

static json_t *entry_of(struct looking *l, const json_t *entry)
{
    struct arena *a = l->v->a;
    struct str key = json_member(entry, "key"), state = json_member(entry, "state");
    bool skipped = json_object_get(entry, "skipped") != NULL, opened = str_eq(key, l->history);
    json_t *out = json_pack(
        "{s:o,s:o,s:o,s:o,s:o,s:b,s:o,s:o,s:o}", "anchor", json_new_text(review_anchor(a, key)),
        "at", json_new_text(review_encode(a, key)), "ask", member(entry, "ask"), "answer",
        review_answer(a, entry), "day", member(entry, "day"), "is_skipped", skipped, "skipped",
        member(entry, "skipped"), "why", member(entry, "why"), "revisions",
        opened ? review_history(l->v, l->j, entry) : json_null());
    json_object_set_new(out, "key", json_new_text(key));
    json_object_set_new(out, "opened", json_boolean(opened));
    json_object_set_new(out, "to_check", json_boolean(str_is(state, "to_check")));
    json_object_set_new(out, "invalid", json_boolean(str_is(state, "invalid")));
    json_object_set_new(out, "aside", json_boolean(str_is(state, "set_aside")));
    json_object_set_new(out, "private", json_boolean(json_flag(entry, "private", false)));
    json_object_set_new(out, "sensitive", json_boolean(json_flag(entry, "sensitive", false)));
    json_object_set_new(out, "by_coach", json_boolean(str_is(json_member(entry, "by"), "coach")));
    return out;
}

static struct str step_id(const struct looking *l, const json_t *entry)
{
    struct str id = json_member(entry, "step");
    return id.n ? id
                : json_member(workflow_question(l->definition, json_member(entry, "id")), "step");
}

static struct str step_title(const struct looking *l, struct str id)
{
    size_t i, k;
    json_t *phase, *step;
    json_array_foreach (json_object_get(l->definition, "phases"), i, phase)
        json_array_foreach (json_object_get(phase, "steps"), k, step)
            if (str_eq(json_member(step, "id"), id))
                return json_member(step, "title");
    return STR("");
}

/* All of a key but its last part: questions of one turn of a loop have it in common. */
static struct str turn_of(struct str key)
{
    size_t end = key.n;
    while (end > 0 && key.p[end - 1] != '/')
        end--;
    return str_part(key, 0, end);
}

static void begin_phase(struct looking *l, const json_t *entry)
{
    struct str id = json_member(entry, "phase");
    json_array_append_new(
        l->phases,
        json_pack("{s:o,s:O,s:i,s:[]}", "anchor",
                  json_new_text(str_format(l->v->a, "p%zu-%.*s", json_array_size(l->phases) + 1,
                                           STR_ARG(id))),
                  "title", json_object_get(entry, "phase_title"), "n", 0, "steps"));
    l->phase = id;
    l->group = STR("");
}

/* A step that stands there again, for another item or in another round, is counted. */
static void begin_step(struct looking *l, struct str step, struct str group)
{
    json_t *phase = json_array_get(l->phases, json_array_size(l->phases) - 1);
    struct str title = step_title(l, step),
               name = str_format(l->v->a, "%.*s/%.*s", STR_ARG(l->phase), STR_ARG(step));
    json_int_t n = json_integer_value(json_object_get(l->seen, name.p)) + 1;
    json_object_set_new(l->seen, name.p, json_integer(n));
    l->step = json_pack("{s:o,s:o,s:[]}", "title", json_new_text(title), "again",
                        n > 1 ? json_integer(n) : json_null(), "entries");
    json_array_append_new(json_object_get(phase, "steps"), l->step);
    l->group = group;
}

static void add_entry(struct looking *l, const json_t *entry)
{
    struct str step = step_id(l, entry), phase = json_member(entry, "phase");
    struct str group = str_format(l->v->a, "%.*s %.*s", STR_ARG(step),
                                  STR_ARG(turn_of(json_member(entry, "key"))));
    if (!is_wanted(l, entry))
        return;
    if (!str_eq(phase, l->phase) || json_array_size(l->phases) == 0)
        begin_phase(l, entry);
    if (!str_eq(group, l->group))
        begin_step(l, step, group);
    json_array_append_new(json_object_get(l->step, "entries"), entry_of(l, entry));
    json_t *of = json_array_get(l->phases, json_array_size(l->phases) - 1);
    json_object_set_new(of, "n", json_integer(json_whole(of, "n", 0) + 1));
    l->found++;
}

static json_t *aside_of(struct looking *l, const json_t *view)
{
    json_t *list = json_array(), *entry;
    size_t i;
    json_array_foreach (json_object_get(view, "aside"), i, entry)
        if (is_wanted(l, entry)) {
            json_array_append_new(list, entry_of(l, entry));
            l->found++;
        }
    return list;
}

/* Questions whose answer somebody has to look at, for the head of the page. */
static json_t *to_check(struct looking *l, const json_t *view)
{
    json_t *list = json_array(), *entry;
    size_t i;
    json_array_foreach (json_object_get(view, "answered"), i, entry) {
        struct str state = json_member(entry, "state");
        if (str_is(state, "to_check") || str_is(state, "invalid"))
            json_array_append_new(
                list,
                json_pack("{s:o,s:O,s:o}", "anchor",
                          json_new_text(review_anchor(l->v->a, json_member(entry, "key"))), "ask",
                          json_object_get(entry, "ask"), "why", member(entry, "why")));
    }
    return list;
}

/* "140 answers" with the word for one or many. */
static json_t *counted(struct visit *v, size_t n, const char *one, const char *many)
{
    return json_new_text(str_format(v->a, "%zu %s", n, review_word(v, n == 1 ? one : many).p));
}

static void fill(struct looking *l, json_t *tree, const json_t *view)
{
    size_t i, answered = json_array_size(json_object_get(view, "answered"));
    json_t *entry;
    json_array_foreach (json_object_get(view, "answered"), i, entry)
        add_entry(l, entry);
    json_t *aside = aside_of(l, view), *check = to_check(l, view);
    size_t n = json_array_size(aside), all = json_array_size(json_object_get(view, "aside"));
    bool opened = l->find.n > 0;
    json_array_foreach (aside, i, entry)
        opened = opened || json_flag(entry, "opened", false);
    json_object_set_new(tree, "answered", counted(l->v, answered, "answer_one", "answer_many"));
    json_object_set_new(tree, "aside_told",
                        all ? counted(l->v, all, "aside_one", "aside_many") : json_string(""));
    json_object_set_new(tree, "found", counted(l->v, l->found, "found_one", "found_many"));
    json_object_set_new(tree, "has_aside", json_boolean(n > 0));
    json_object_set_new(tree, "aside_open", json_boolean(opened));
    json_object_set_new(tree, "aside_n", json_integer((json_int_t)n));
    json_object_set_new(tree, "aside", aside);
    json_object_set_new(tree, "has_check", json_boolean(json_array_size(check) > 0));
    json_object_set_new(tree, "check_n", json_integer((json_int_t)json_array_size(check)));
    json_object_set_new(tree, "check", check);
    json_object_set(tree, "phases", l->phases);
    json_object_set_new(tree, "find", json_new_text(l->find));
    json_object_set_new(tree, "finding", json_new_text(review_encode(l->v->a, l->find)));
    json_object_set_new(tree, "nothing", json_boolean(answered + all == 0));
    json_object_set_new(tree, "nothing_found", json_boolean(answered + all > 0 && l->found == 0));
    json_object_set_new(tree, "said",
                        json_new_text(review_word(
                            l->v, str_is(form_get(l->v->query, "said"), "saved") ? "saved" : "")));
}

bool page_review(struct visit *v, struct err *e)
{
    struct store_client client;
    struct looking l = {.v = v,
                        .find = str_trim(form_get(v->query, "find")),
                        .history = form_get(v->query, "history"),
                        .phases = json_array(),
                        .seen = json_object()};
    bool ok = page_journey(v, &l.j, &client, e);
    if (ok) {
        l.definition = workflow_in_language(journey_workflow(l.j), journey_record(l.j)->language);
        json_t *view = journey_review(l.j), *tree = review_tree(v, l.j, &client, view);
        fill(&l, tree, view);
        json_decref(view);
        reply_page(v, 200, "review", tree);
    }
    json_decref(l.phases);
    json_decref(l.seen);
    return ok;
}
