#include "script/verify.h"

#include <string.h>

enum {
    ENTRIES_MAX = 25000,
    DERIVED_MAX = 100000,
    TEXT_MAX = 1 << 20,
    KEY_MAX = 240,
    DEPTH_MAX = 18
};

enum kind { TEXT, ID, KEY, FLAG, WHOLE, ANY, OBJECT, LIST, WORD_OR_NULL };

struct member {
    const char *name;
    enum kind kind;
    bool required;
};

static bool is_id(struct str s)
{
    bool ok = s.n > 0 && s.n <= 64 && s.p[0] >= 'a' && s.p[0] <= 'z';
    for (size_t i = 0; ok && i < s.n; i++)
        ok = (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') ||
            s.p[i] == '_' || s.p[i] == '-';
    return ok;
}

/* Segments of letters, digits, - and _; "@" and "#" in the last one only. */
static bool is_key(struct str s)
{
    size_t slashes = 0, run = 0;
    bool marked = false;
    if (s.n == 0 || s.n > KEY_MAX)
        return false;
    for (size_t i = 0; i < s.n; i++, run++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '_' || c == '-';
        bool mark = (c == '@' || c == '#') && run > 0;
        if (!letter && !mark && (c != '/' || run == 0 || marked))
            return false;
        marked = marked || mark;
        slashes += c == '/';
        if (c == '/')
            run = (size_t)-1;
    }
    return slashes > 0 && s.p[s.n - 1] != '/';
}

static bool depth_fits(const json_t *v, int depth)
{
    size_t i;
    const char *name;
    json_t *member;
    if (depth > DEPTH_MAX)
        return false;
    json_array_foreach ((json_t *)(uintptr_t)v, i, member)
        if (!depth_fits(member, depth + 1))
            return false;
    json_object_foreach ((json_t *)(uintptr_t)v, name, member)
        if (!depth_fits(member, depth + 1))
            return false;
    return true;
}

static bool fits(const json_t *v, enum kind kind)
{
    struct str s = json_text(v);
    switch (kind) {
    case TEXT:
        return json_is_string(v) && s.n <= TEXT_MAX;
    case ID:
        return json_is_string(v) && is_id(s);
    case KEY:
        return json_is_string(v) && is_key(s);
    case FLAG:
        return json_is_boolean(v);
    case WHOLE:
        return json_is_integer(v) && json_integer_value(v) >= 0 &&
            json_integer_value(v) <= 10000000;
    case ANY:
        return depth_fits(v, 0);
    case OBJECT:
        return json_is_object(v) && depth_fits(v, 0);
    case LIST:
        return json_is_array(v) && depth_fits(v, 0);
    case WORD_OR_NULL:
        return json_is_null(v) || (json_is_string(v) && is_id(s));
    }
    return false;
}

static const struct member *member_of(const struct member *members, const char *name)
{
    for (; members->name; members++)
        if (strcmp(members->name, name) == 0)
            return members;
    return NULL;
}

/* Has the object all required members, and none but those of the table, each of its kind? */
static bool check_object(const json_t *object, const struct member *members, const char *where,
                         struct err *e)
{
    const char *name;
    json_t *value;
    if (!json_is_object(object))
        return err_set(e, ERR_DATA, "%s is not an object", where);
    json_object_foreach ((json_t *)(uintptr_t)object, name, value) {
        const struct member *m = member_of(members, name);
        if (!m)
            return err_set(e, ERR_DATA, "%s has an unknown member", where);
        if (!fits(value, m->kind))
            return err_set(e, ERR_DATA, "%s: %s is malformed", where, m->name);
    }
    for (const struct member *m = members; m->name; m++)
        if (m->required && !json_object_get(object, m->name))
            return err_set(e, ERR_DATA, "%s: %s is missing", where, m->name);
    return true;
}

static bool check_list(const json_t *list, const struct member *members, const char *where,
                       size_t most, struct err *e)
{
    size_t i;
    json_t *one;
    if (json_array_size(list) > most)
        return err_set(e, ERR_DATA, "%s has too many members", where);
    json_array_foreach ((json_t *)(uintptr_t)list, i, one)
        if (!check_object(one, members, where, e))
            return false;
    return true;
}

static const struct member outcome_members[] = {
    {"path", LIST, true},           {"messages", LIST, true},      {"canvas", LIST, true},
    {"outputs", LIST, true},        {"advice", LIST, true},        {"log", LIST, true},
    {"phases_entered", LIST, true}, {"phase", WORD_OR_NULL, true}, {"done", FLAG, true},
    {"today", ANY, true},           {"error", ANY, true},          {NULL, ANY, false},
};
static const struct member entry_members[] = {
    {"key", KEY, true},        {"id", ID, true},
    {"state", ID, true},       {"why", TEXT, false},
    {"required", FLAG, false}, {"rows", LIST, false},
    {"start", ANY, false},     {"vars", OBJECT, false},
    {"phase", ID, true},       {"step", WORD_OR_NULL, false},
    {"item", TEXT, false},     {"line", WHOLE, false},
    {"wait", OBJECT, false},   {NULL, ANY, false},
};
static const struct member row_members[] = {
    {"id", TEXT, true}, {"text", TEXT, true}, {NULL, ANY, false}};
static const struct member wait_members[] = {
    {"until", TEXT, false}, {"who", TEXT, false}, {NULL, ANY, false}};
static const struct member message_members[] = {{"at", WHOLE, true},
                                                {"id", ID, false},
                                                {"text", TEXT, false},
                                                {"vars", OBJECT, false},
                                                {NULL, ANY, false}};
static const struct member advice_members[] = {{"id", ID, false},
                                               {"text", TEXT, false},
                                               {"vars", OBJECT, false},
                                               {"about", TEXT, false},
                                               {NULL, ANY, false}};
static const struct member canvas_members[] = {
    {"canvas", ID, true},  {"block", ID, true},      {"text", TEXT, true}, {"mark", ID, false},
    {"item", TEXT, false}, {"fields", OBJECT, true}, {"from", LIST, true}, {NULL, ANY, false}};
static const struct member output_members[] = {{"kind", ID, true},
                                               {"fields", OBJECT, true},
                                               {"phase", TEXT, true},
                                               {"from", LIST, true},
                                               {NULL, ANY, false}};
static const struct member error_members[] = {
    {"code", TEXT, true},    {"file", TEXT, true},   {"line", WHOLE, true},
    {"column", WHOLE, true}, {"width", WHOLE, true}, {"text", TEXT, true},
    {"help", TEXT, true},    {"key", TEXT, true},    {NULL, ANY, false}};

static bool check_entry(const json_t *questions, const json_t *entry, struct err *e)
{
    static const char *const states[] = {"answered", "skipped", "open", "invalid"};
    if (!check_object(entry, entry_members, "an entry of the path", e))
        return false;
    const json_t *id = json_object_get(entry, "id"), *wait = json_object_get(entry, "wait");
    struct str state = json_member(entry, "state");
    bool known = false;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        known = known || str_is(state, states[i]);
    if (!known)
        return err_set(e, ERR_DATA, "an entry of the path has an unknown state");
    if (!wait && !json_object_get(questions, json_string_value(id)))
        return err_set(e, ERR_DATA, "the path has a question that the workflow does not have");
    return (!wait || check_object(wait, wait_members, "a wait", e)) &&
        check_list(json_object_get(entry, "rows"), row_members, "the rows of a question",
                   DERIVED_MAX, e);
}

static bool check_path(const json_t *def, const json_t *path, struct err *e)
{
    const json_t *questions = json_object_get(def, "questions");
    size_t i;
    json_t *entry, *seen = json_object();
    bool ok = json_array_size(path) <= ENTRIES_MAX || err_set(e, ERR_DATA, "the path is too long");
    json_array_foreach ((json_t *)(uintptr_t)path, i, entry) {
        ok = ok && check_entry(questions, entry, e);
        if (!ok)
            break;
        const char *key = json_string_value(json_object_get(entry, "key"));
        if (json_object_get(seen, key))
            ok = err_set(e, ERR_DATA, "a key is on the path twice");
        (void)json_object_set_nocheck(seen, key, json_true());
    }
    json_decref(seen);
    return ok;
}

static bool check_texts(const json_t *list, enum kind kind, const char *where, size_t most,
                        struct err *e)
{
    size_t i;
    json_t *one;
    if (json_array_size(list) > most)
        return err_set(e, ERR_DATA, "%s has too many members", where);
    json_array_foreach ((json_t *)(uintptr_t)list, i, one)
        if (!fits(one, kind))
            return err_set(e, ERR_DATA, "%s is malformed", where);
    return true;
}

/* Outputs and canvas items name kinds and canvases that the definition has, and keys that are keys.
 */
static bool check_derived(const json_t *def, const json_t *outcome, struct err *e)
{
    size_t i;
    json_t *one;
    json_array_foreach (json_object_get(outcome, "outputs"), i, one) {
        struct str kind = json_member(one, "kind");
        bool known = str_is(kind, "action") || str_is(kind, "goal") || str_is(kind, "reminder") ||
            json_object_get(json_object_get(def, "outputs"), kind.p);
        if (!known)
            return err_set(e, ERR_DATA, "an output is of a kind that the workflow does not have");
        if (!check_texts(json_object_get(one, "from"), KEY, "the origin of an output", ENTRIES_MAX,
                         e))
            return false;
    }
    json_array_foreach (json_object_get(outcome, "canvas"), i, one) {
        if (!json_object_get(json_object_get(def, "canvases"), json_member(one, "canvas").p))
            return err_set(e, ERR_DATA,
                           "an item is put on a canvas that the workflow does not have");
        if (!check_texts(json_object_get(one, "from"), KEY, "the origin of a canvas item",
                         ENTRIES_MAX, e))
            return false;
    }
    return true;
}

bool verify_outcome(const json_t *def, const json_t *outcome, struct err *e)
{
    const json_t *error = json_object_get(outcome, "error"),
                 *today = json_object_get(outcome, "today");
    if (!check_object(outcome, outcome_members, "the outcome", e))
        return false;
    if (!json_is_null(today) && !(json_is_string(today) && json_text(today).n == 10))
        return err_set(e, ERR_DATA, "today is not a day");
    if (!json_is_null(error) && !check_object(error, error_members, "the error", e))
        return false;
    return check_path(def, json_object_get(outcome, "path"), e) &&
        check_list(json_object_get(outcome, "messages"), message_members, "a message", DERIVED_MAX,
                   e) &&
        check_list(json_object_get(outcome, "canvas"), canvas_members, "a canvas item", DERIVED_MAX,
                   e) &&
        check_list(json_object_get(outcome, "outputs"), output_members, "an output", DERIVED_MAX,
                   e) &&
        check_list(json_object_get(outcome, "advice"), advice_members, "advice", DERIVED_MAX, e) &&
        check_texts(json_object_get(outcome, "log"), TEXT, "the log", 100, e) &&
        check_texts(json_object_get(outcome, "phases_entered"), ID, "a phase", 1000, e) &&
        check_derived(def, outcome, e);
}

json_t *verify_refusal(struct str script, struct str reason)
{
    struct arena *a = arena_new();
    struct str text = str_format(
        a, "the script's process gave something else than an outcome: %.*s", STR_ARG(reason));
    json_t *outcome =
        json_pack("{s:[],s:[],s:[],s:[],s:[],s:[],s:[],s:n,s:b,s:n}", "path", "messages", "canvas",
                  "outputs", "advice", "log", "phases_entered", "phase", "done", 0, "today");
    json_t *error = json_pack(
        "{s:s,s:i,s:i,s:i,s:s,s:s}", "code", "E407", "line", 0, "column", 0, "width", 0, "help",
        "No script should be able to do that: please report it, with the script.", "key", "");
    (void)json_object_set_new(error, "file", json_new_text(script));
    (void)json_object_set_new(error, "text", json_new_text(text));
    (void)json_object_set_new(outcome, "error", error);
    arena_free(a);
    return outcome;
}

void verify_messages(const json_t *program, const json_t *answer, struct diags *d)
{
    const json_t *messages = json_object_get(answer, "messages"),
                 *error = json_object_get(answer, "error");
    struct str script = json_member(program, "script");
    size_t i;
    json_t *one;
    if (!json_is_array(messages)) {
        struct str code = json_member(error, "code"), title, text;
        bool known = check_object(error, error_members, "the error", NULL) &&
            diag_explain(code, &title, &text);
        diag_add(d, known ? str_copy(d->a, code).p : "E407", (struct diag_place){.file = script},
                 known ? json_member(error, "text") : STR("the script could not be checked"),
                 json_member(error, "help"));
        return;
    }
    json_array_foreach ((json_t *)(uintptr_t)messages, i, one) {
        struct str code = json_member(one, "code"), title, text,
                   file = str_copy(d->a, json_member(one, "file"));
        if (!diag_explain(code, &title, &text))
            continue;
        struct diag_place place = {
            .file = file,
            .source = json_text(json_object_get(json_object_get(program, "sources"), file.p)),
            .line = (int)json_whole(one, "line", 0),
            .column = (int)json_whole(one, "column", 0),
            .width = (int)json_whole(one, "width", 1)};
        diag_add(d, str_copy(d->a, code).p, place, json_member(one, "text"),
                 json_member(one, "help"));
    }
}
