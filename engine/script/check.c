/* What can be said of a script without running it.  Every source is compiled, then read by scan.c;
 * the expressions of the questions likewise.  Works in a worker: the text may be a stranger's. */
#include "script/api.h"
#include "script/convert.h"
#include "script/scan.h"
#include "script/state.h"
#include "script/worker.h"

#include <string.h>

/* A name read from `answers`: judged at the end, when all waits are known. */
struct reading {
    struct str file;
    struct token name;
    const json_t *question; /* of the expression it stands in */
};

struct check {
    struct run *r;
    lua_State *L;
    struct buf messages;
    struct scan scan;
    struct str file;
    const json_t *question; /* whose expression is read; NULL in a source */
    struct reading *readings;
    size_t n, room;
    struct str *waits;
    size_t waits_n, waits_room;
};

/* Where a message belongs: the token, or the question of the expression. */
static void report(struct check *c, const char *code, const struct token *at, struct str text,
                   struct str help)
{
    struct buf *b = &c->messages;
    struct str file = c->question ? json_member(c->question, "file") : c->file;
    int line = c->question ? (int)json_whole(c->question, "line", 0) : at->line;
    if (b->n > 0)
        buf_add_char(b, ',');
    buf_add_char(b, '{');
    convert_add_member(b, "code", str_of(code));
    convert_add_member(b, "file", file);
    buf_format(b, ",\"line\":%d,\"column\":%d,\"width\":%d", line, c->question ? 1 : at->column,
               c->question ? 1 : at->width);
    convert_add_member(b, "text", text);
    convert_add_member(b, "help", help);
    buf_add_char(b, '}');
}

static void report_unknown(struct check *c, const char *code, const struct token *at,
                           const char *what, struct str help)
{
    report(c, code, at, str_format(c->r->a, "unknown %s \"%.*s\"", what, STR_ARG(at->text)), help);
}

static void on_global(void *user, const struct token *name, bool assigned)
{
    struct check *c = user;
    struct arena *a = c->r->a;
    struct str help;
    if (assigned) {
        report(c, "E304", name,
               str_format(a, "\"%.*s\" is given a value, but it is not local", STR_ARG(name->text)),
               str_format(a, "Write: local %.*s = ...", STR_ARG(name->text)));
    } else if (api_knows(name->text)) {
        return;
    } else if (lua_absent_help(name->text, &help)) {
        report(c, "E303", name,
               str_format(a, "\"%.*s\" is not available in scripts", STR_ARG(name->text)), help);
    } else {
        help = STR("A name of your own needs a definition before its first use: local NAME = ...");
        report_unknown(c, "E302", name, "name", api_did_you_mean(a, name->text, help));
    }
}

/* Is there string.rep, table.sort ...? */
static bool has_member(lua_State *L, struct str library, struct str name)
{
    int base = lua_gettop(L);
    run_push_table(L, TABLE_API);
    (void)lua_pushlstring(L, library.p, library.n);
    (void)lua_rawget(L, -2);
    lua_push_real(L, -1);
    (void)lua_pushlstring(L, name.p, name.n);
    bool has = lua_rawget(L, -2) != LUA_TNIL;
    lua_settop(L, base);
    return has;
}

static void check_library(struct check *c, const struct token *of, const struct token *name)
{
    static const char *const libraries[] = {"string", "table", "math", "utf8"};
    struct arena *a = c->r->a;
    struct str whole = str_format(a, "%.*s.%.*s", STR_ARG(of->text), STR_ARG(name->text)), help;
    bool library = false;
    for (size_t i = 0; i < sizeof libraries / sizeof libraries[0]; i++)
        library = library || str_is(of->text, libraries[i]);
    if (!library || has_member(c->L, of->text, name->text))
        return;
    if (lua_absent_help(whole, &help))
        report(c, "E303", name,
               str_format(a, "\"%.*s\" is not available in scripts", STR_ARG(whole)), help);
    else
        report(c, "E302", name, str_format(a, "there is no \"%.*s\"", STR_ARG(whole)),
               STR("Correct the spelling."));
}

static void on_member(void *user, const struct token *of, const struct token *name)
{
    struct check *c = user;
    struct run *r = c->r;
    if (str_is(of->text, "answers")) {
        if (c->n == c->room) {
            c->room = c->room ? 2 * c->room : 64;
            struct reading *more = arena_alloc(r->a, c->room * sizeof *more);
            if (c->n)
                memcpy(more, c->readings, c->n * sizeof *more);
            c->readings = more;
        }
        c->readings[c->n++] =
            (struct reading){.file = c->file, .name = *name, .question = c->question};
        return;
    }
    if (str_is(of->text, "lists") || str_is(of->text, "data")) {
        const json_t *all = json_object_get(r->def, str_copy(r->a, of->text).p);
        if (!json_object_get(all, str_copy(r->a, name->text).p))
            report_unknown(
                c, "E312", name, str_is(of->text, "lists") ? "list" : "data",
                run_did_you_mean(r->a, name->text, all, STR("They stand in workflow.yaml.")));
        return;
    }
    check_library(c, of, name);
}

/* An object with the ids of a list of objects as its names; `inside` names a list within each, or
 * NULL. */
static json_t *ids_of(const json_t *list, const char *inside)
{
    json_t *ids = json_object();
    size_t i, k;
    json_t *one, *inner;
    json_array_foreach ((json_t *)(uintptr_t)list, i, one) {
        if (!inside)
            (void)json_object_set_new(ids, json_member(one, "id").p, json_true());
        json_array_foreach (inside ? json_object_get(one, inside) : NULL, k, inner)
            (void)json_object_set_new(ids, json_member(inner, "id").p, json_true());
    }
    return ids;
}

static void check_id(struct check *c, const struct token *id, const json_t *known, const char *what,
                     struct str where)
{
    if (!json_object_get(known, str_copy(c->r->a, id->text).p))
        report_unknown(c, "E312", id, what, run_did_you_mean(c->r->a, id->text, known, where));
}

static void check_place(struct check *c, const struct token *call, const struct token *id)
{
    const json_t *phases = json_object_get(c->r->def, "phases");
    bool phase = str_is(call->text, "phase");
    json_t *ids = ids_of(phases, phase ? NULL : "steps");
    check_id(c, id, ids, phase ? "phase" : "step",
             phase ? STR("The phases stand in workflow.yaml.")
                   : STR("The steps stand in the files of the phases."));
    json_decref(ids);
}

static void remember_wait(struct check *c, struct str id)
{
    if (c->waits_n == c->waits_room) {
        c->waits_room = c->waits_room ? 2 * c->waits_room : 16;
        struct str *more = arena_alloc(c->r->a, c->waits_room * sizeof *more);
        if (c->waits_n)
            memcpy(more, c->waits, c->waits_n * sizeof *more);
        c->waits = more;
    }
    c->waits[c->waits_n++] = id;
}

static bool known_answer(const struct check *c, struct str id)
{
    struct str name = str_copy(c->r->a, id);
    if (json_object_get(c->r->questions, name.p) ||
        json_object_get(json_object_get(c->r->def, "messages"), name.p))
        return true;
    for (size_t i = 0; i < c->waits_n; i++)
        if (str_eq(c->waits[i], id))
            return true;
    return false;
}

static void check_module(struct check *c, const struct token *id)
{
    struct str file = str_format(c->r->a, "%.*s.lua", STR_ARG(id->text));
    if (!json_object_get(c->r->sources, file.p))
        report_unknown(
            c, "E215", id, "module",
            run_did_you_mean(c->r->a, file, c->r->sources,
                             STR("Modules lie in scripts/lib of the library: use \"lib/name\"")));
}

static void on_literal(void *user, const struct token *call, const struct token *id)
{
    struct check *c = user;
    struct run *r = c->r;
    if (str_is(call->text, "ask") || str_is(call->text, "each")) {
        if (!json_object_get(r->questions, str_copy(r->a, id->text).p))
            report_unknown(c, "E214", id, "question", api_question_help(r, id->text));
    } else if (str_is(call->text, "phase") || str_is(call->text, "step")) {
        check_place(c, call, id);
    } else if (str_is(call->text, "wait")) {
        remember_wait(c, id->text);
    } else if (str_is(call->text, "use")) {
        check_module(c, id);
    } else if (str_is(call->text, "say") && run_is_id(id->text) &&
               str_find(id->text, STR("_"), 0) < id->text.n) {
        check_id(c, id, json_object_get(r->def, "messages"), "message",
                 STR("Messages stand under messages: in the file of a phase."));
    }
}

/* Does the step ask the question, whatever the answers are? */
static bool step_asks(const struct run *r, struct str step_id, struct str id)
{
    const json_t *q = json_object_get(r->questions, str_copy(r->a, id).p);
    return !json_object_get(q, "when") && str_eq(json_member(q, "step"), step_id);
}

static void check_twice(struct check *c)
{
    struct arena *a = c->r->a;
    for (size_t i = 0; i < c->scan.asks_n; i++) {
        const struct scan_ask *later = &c->scan.asks[i];
        for (size_t k = 0; k < i && !later->named; k++) {
            const struct scan_ask *first = &c->scan.asks[k];
            bool same = first->step == later->step ? str_eq(first->id.text, later->id.text)
                : first->step                      ? step_asks(c->r, first->id.text, later->id.text)
                              : step_asks(c->r, later->id.text, first->id.text);
            if (first->named || !same || !scan_together(&c->scan, first, later))
                continue;
            report(
                c, "W301", &later->id,
                str_format(a, "\"%.*s\" is already asked on line %d",
                           STR_ARG(later->step ? first->id.text : later->id.text), first->id.line),
                str_format(a, "Give this one a name of its own: %s(\"%.*s\", { as = \"after\" })",
                           later->step ? "step" : "ask", STR_ARG(later->id.text)));
            break;
        }
    }
    c->scan.asks_n = 0;
}

static void report_syntax(struct check *c, struct str message)
{
    struct run *r = c->r;
    struct fault f = state_syntax_fault(r, c->file, message);
    struct token at = {.line = f.line, .column = f.column, .width = f.width};
    if (c->question)
        report(c, "E313", &at,
               str_format(r->a, "an expression cannot be understood: %.*s", STR_ARG(f.text)),
               STR("when: and check: are Lua expressions, such as answers.where_now < 5"));
    else
        report(c, f.code, &at, f.text, f.help);
}

static void check_source(struct check *c, struct str name, struct str source)
{
    c->file = name;
    if (!state_load_chunk(c->L, source, str_format(c->r->a, "@%.*s", STR_ARG(name)).p)) {
        report_syntax(c, run_text(c->L, -1));
    } else {
        scan_source(&c->scan, source, NULL);
        check_twice(c);
    }
    lua_settop(c->L, 0);
}

static void check_expression(struct check *c, const json_t *question, struct str source)
{
    static const char *const parameters[] = {"value", "item", NULL};
    if (source.n == 0)
        return;
    c->question = question;
    c->file = STR("expression");
    if (!expression_compile(c->L, source))
        report_syntax(c, run_text(c->L, -1));
    else
        scan_source(&c->scan, str_format(c->r->a, "return %.*s", STR_ARG(source)), parameters);
    c->scan.asks_n = 0;
    c->question = NULL;
    lua_settop(c->L, 0);
}

static int l_check(lua_State *L)
{
    struct check *c = lua_touserdata(L, 1);
    const char *name;
    json_t *one;
    lua_settop(L, 0);
    json_object_foreach ((json_t *)(uintptr_t)c->r->sources, name, one)
        check_source(c, str_of(name), json_text(one));
    json_object_foreach ((json_t *)(uintptr_t)c->r->questions, name, one) {
        check_expression(c, one, json_member(one, "when"));
        check_expression(c, one, json_member(one, "check"));
    }
    for (size_t i = 0; i < c->n; i++) {
        c->file = c->readings[i].file;
        c->question = c->readings[i].question;
        if (!known_answer(c, c->readings[i].name.text))
            report_unknown(c, "E214", &c->readings[i].name, "question",
                           api_question_help(c->r, c->readings[i].name.text));
    }
    return 0;
}

struct str check_program(struct arena *a, const json_t *program, const struct script_limits *limits)
{
    struct scan_report calls = {.global = on_global, .member = on_member, .literal = on_literal};
    struct check c = {.r = state_new(a, program, limits),
                      .messages = {.a = a},
                      .scan = {.a = a, .report = &calls}};
    calls.user = &c;
    c.r->script = STR("");
    state_open(c.r);
    c.L = c.r->L;
    if (!c.r->fault.code) {
        lua_settop(c.L, 0);
        lua_pushcfunction(c.L, run_handle_error);
        lua_pushcfunction(c.L, l_check);
        lua_pushlightuserdata(c.L, &c);
        fault_from_status(c.r, lua_pcall(c.L, 1, 0, 1));
    }
    if (c.r->fault.code)
        report(&c, c.r->fault.code,
               &(struct token){.line = c.r->fault.line, .column = 1, .width = 1}, c.r->fault.text,
               c.r->fault.help);
    state_close(c.r);
    struct buf b = {.a = a};
    buf_add(&b, STR("{\"messages\":["));
    buf_add(&b, buf_str(&c.messages));
    buf_add(&b, STR("]}"));
    return buf_str(&b);
}
