/* JSON lines: one object per line each way (INTERFACES.md section 2).  An error leaves everything
 * as it was and is followed by no view. */
#include "cli/cli.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_DEPTH_MAX = 16, LINE_NODES_MAX = 10000 }; /* of the JSON in a line */

/* A reader of lines that knows its limit: what is longer is read to its end and reported. */
struct reader {
    char *p;
    size_t n, used;
    bool end;
};

/* Ctrl-C and the like arrive only while we wait for a line: never between an answer and its view.
 */
static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

static void watch_signals(sigset_t *before)
{
    static const int watched[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = stop};
    sigset_t held;
    (void)sigemptyset(&held);
    for (size_t i = 0; i < sizeof watched / sizeof watched[0]; i++) {
        struct sigaction inherited;
        (void)sigaction(watched[i], NULL, &inherited);
        if (inherited.sa_handler == SIG_IGN)
            continue; /* as under nohup */
        (void)sigaddset(&held, watched[i]);
        (void)sigaction(watched[i], &action, NULL);
    }
    (void)sigprocmask(SIG_BLOCK, &held, before);
}

static void fill(struct reader *r, const sigset_t *waiting)
{
    struct pollfd in = {.fd = STDIN_FILENO, .events = POLLIN};
    if (r->used > 0) {
        memmove(r->p, r->p + r->used, r->n - r->used);
        r->n -= r->used;
        r->used = 0;
    }
    if (ppoll(&in, 1, NULL, waiting) < 0) {
        r->end = stopped || errno != EINTR;
        return;
    }
    ssize_t got = read(STDIN_FILENO, r->p + r->n, JSON_LINE_MAX + 1 - r->n);
    r->end = got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN);
    if (got > 0)
        r->n += (size_t)got;
}

/* The next line without its end; *long_line if it was over the limit (and is dropped).  False at
 * the end of input. */
static bool next_line(struct reader *r, const sigset_t *waiting, struct str *line, bool *long_line)
{
    *long_line = false;
    for (;;) {
        const char *start = r->p + r->used;
        const char *newline = memchr(start, '\n', r->n - r->used);
        if (newline || (r->end && r->n > r->used && !stopped)) {
            *line = (struct str){start, newline ? (size_t)(newline - start) : r->n - r->used};
            r->used += line->n + (newline != NULL);
            return true;
        }
        if (r->end)
            return *long_line; /* the end of a line that was too long: it is reported */
        if (r->used == 0 && r->n == JSON_LINE_MAX + 1) { /* a full buffer without a line end */
            *long_line = true;
            r->n = 0;
        }
        fill(r, waiting);
    }
}

static void put(json_t *object)
{
    struct arena *a = arena_new();
    struct str line = json_write_line(a, object);
    (void)fwrite(line.p, 1, line.n, stdout);
    (void)fputc('\n', stdout);
    (void)fflush(stdout);
    arena_free(a);
    json_decref(object);
}

static void put_error(struct journey *j, struct str key, const struct err *e)
{
    json_t *object =
        json_pack("{s:s,s:s,s:s}", "type", "error", "code", err_name(e->code), "text", e->text);
    if (key.n > 0)
        json_object_set_new(object, "key", json_new_text(key));
    const json_t *conflict = e->code == ERR_CONFLICT ? journey_conflict(j) : NULL;
    if (conflict) {
        json_object_set(object, "yours", json_object_get(conflict, "yours"));
        json_object_set(object, "theirs", json_object_get(conflict, "theirs"));
        json_object_set(object, "revision", json_object_get(conflict, "revision"));
    }
    put(object);
}

struct request {
    struct journey *j;
    struct arena *a;
    const json_t *line;
    int64_t replaces;
    struct str key; /* that an error concerns */
    bool review, quit;
};

static bool want(bool fits, const char *name, const char *what, struct err *e)
{
    return fits || err_set(e, ERR_DATA, "\"%s\" must be %s.", name, what);
}

/* All answers or skips of the line; the caller's batch makes them one change. */
static bool each_change(struct request *r, const json_t *map, bool skip, struct err *e)
{
    const char *key;
    json_t *value;
    json_object_foreach ((json_t *)(uintptr_t)map, key, value) {
        struct change c = {.replaces = r->replaces, .value = value};
        r->key = str_copy(r->a, str_of(key));
        if (skip && !json_is_string(value))
            return err_set(e, ERR_DATA, "The reason of a skip must be a text.");
        if (!journey_resolve(r->j, r->a, str_of(key), &c.key, e))
            return false;
        r->key = c.key;
        c.why = json_text(value);
        if (!(skip ? journey_skip(r->j, &c, e) : journey_answer(r->j, &c, e)))
            return false;
    }
    return true;
}

static bool changes(struct request *r, const json_t *map, bool skip, struct err *e)
{
    const char *name = skip ? "skip" : "answer";
    if (!want(json_is_object(map) && json_object_size(map) > 0, name, "an object of keys", e))
        return false;
    if (json_object_size(map) == 1)
        return each_change(r, map, skip, e);
    if (!journey_batch_begin(r->j, e))
        return false;
    bool ok = each_change(r, map, skip, e);
    if (ok)
        return journey_batch_end(r->j, true, e);
    struct err ignored;
    IGNORED(journey_batch_end(r->j, false, &ignored));
    return false;
}

static bool do_answer(struct request *r, const json_t *value, struct err *e)
{
    return changes(r, value, false, e);
}

static bool do_skip(struct request *r, const json_t *value, struct err *e)
{
    return changes(r, value, true, e);
}

static bool check_note(const json_t *note, struct err *e)
{
    static const char *const fields[] = {"at", "text", "visibility"};
    const char *name;
    json_t *value;
    if (!want(json_is_object(note), "note", "an object with a text", e))
        return false;
    json_object_foreach ((json_t *)(uintptr_t)note, name, value) {
        bool known = false;
        for (size_t i = 0; i < 3; i++)
            known = known || strcmp(fields[i], name) == 0;
        if (!known)
            return err_set(e, ERR_DATA,
                           "A note has no field \"%.100s\"; it has at, text, visibility.", name);
        if (!json_is_string(value))
            return err_set(e, ERR_DATA, "\"%s\" of a note must be a text.", name);
    }
    return true;
}

static bool do_note(struct request *r, const json_t *value, struct err *e)
{
    struct str at = json_member(value, "at"), key = STR(""),
               visibility = json_member(value, "visibility");
    if (!check_note(value, e) || (at.n > 0 && !journey_resolve(r->j, r->a, at, &key, e)))
        return false;
    return journey_note(r->j, key, json_member(value, "text"),
                        visibility.n ? visibility : STR("private"), e);
}

/* Is the journey still as the view was that the line replaces?  In a transaction: it stays so. */
static bool is_unchanged(struct request *r, struct err *e)
{
    int64_t now;
    return journey_revision(r->j, &now, e) &&
        (r->replaces < 0 || now == r->replaces ||
         err_set(e, ERR_CONFLICT,
                 "Something was changed elsewhere meanwhile (revision %lld, not %lld). Ask for the "
                 "view and look at it first.",
                 (long long)now, (long long)r->replaces));
}

static bool turn(struct request *r, bool redo, struct err *e)
{
    struct err ignored;
    if (!journey_batch_begin(r->j, e))
        return false;
    if (is_unchanged(r, e) &&
        (redo ? journey_redo(r->j, r->a, &r->key, e) : journey_undo(r->j, r->a, &r->key, e)))
        return journey_batch_end(r->j, true, e);
    IGNORED(journey_batch_end(r->j, false, &ignored));
    return false;
}

static bool do_undo(struct request *r, const json_t *value, struct err *e)
{
    return want(json_is_true(value), "undo", "true", e) && turn(r, false, e);
}

static bool do_redo(struct request *r, const json_t *value, struct err *e)
{
    return want(json_is_true(value), "redo", "true", e) && turn(r, true, e);
}

static bool do_back(struct request *r, const json_t *value, struct err *e)
{
    struct change c = {.replaces = r->replaces};
    r->key = json_text(value);
    return want(json_is_string(value), "back", "a key", e) &&
        journey_resolve(r->j, r->a, json_text(value), &c.key, e) && journey_clear(r->j, &c, e);
}

static bool do_view(struct request *r, const json_t *value, struct err *e)
{
    struct str what = json_text(value);
    int64_t now;
    r->review = str_is(what, "review");
    return want(r->review || str_is(what, "now"), "view", "\"review\" or \"now\"", e) &&
        journey_revision(r->j, &now, e);
}

static bool do_quit(struct request *r, const json_t *value, struct err *e)
{
    r->quit = json_is_true(value);
    return want(r->quit, "quit", "true", e);
}

static const struct {
    const char *name;
    bool (*run)(struct request *r, const json_t *value, struct err *e);
} acts[] = {
    {"answer", do_answer}, {"skip", do_skip}, {"note", do_note}, {"undo", do_undo},
    {"redo", do_redo},     {"back", do_back}, {"view", do_view}, {"quit", do_quit},
};

enum { ACTS = sizeof acts / sizeof acts[0] };

static bool unknown_field(const char *name, struct err *e)
{
    struct str known[ACTS + 1] = {STR("replaces")};
    for (size_t i = 0; i < ACTS; i++)
        known[i + 1] = str_of(acts[i].name);
    struct str near = text_nearest(str_of(name), known, ACTS + 1);
    return err_set(e, ERR_DATA, "There is no field \"%.100s\" in a line.%s%s%s", name,
                   near.n ? " Did you mean \"" : "", near.p, near.n ? "\"?" : "");
}

/* The one act of a line; unknown fields and several acts are refused. */
static bool find_act(struct request *r, size_t *act, struct err *e)
{
    const char *name;
    json_t *value;
    *act = ACTS;
    if (!json_is_object(r->line))
        return err_set(
            e, ERR_DATA,
            "A line must be one JSON object, such as {\"answer\":{\"define/goal\":\"...\"}}.");
    json_object_foreach ((json_t *)(uintptr_t)r->line, name, value) {
        size_t i = 0;
        while (i < ACTS && strcmp(acts[i].name, name) != 0)
            i++;
        if (i == ACTS && strcmp(name, "replaces") != 0)
            return unknown_field(name, e);
        if (i < ACTS && *act < ACTS)
            return err_set(e, ERR_DATA, "One line does one thing: \"%s\" or \"%s\".",
                           acts[*act].name, name);
        if (i < ACTS)
            *act = i;
    }
    return *act < ACTS ||
        err_set(
            e, ERR_DATA,
            "The line does nothing. It has answer, skip, back, undo, redo, note, view or quit.");
}

static bool read_replaces(struct request *r, struct err *e)
{
    const json_t *replaces = json_object_get(r->line, "replaces");
    r->replaces = replaces ? json_integer_value(replaces) : -1;
    if (replaces && (!json_is_integer(replaces) || r->replaces < 0))
        return err_set(e, ERR_DATA, "\"replaces\" must be the revision of a view.");
    return true;
}

/* More than any answer needs is no answer. */
static bool check_shape(const json_t *value, int depth, size_t *nodes, struct err *e)
{
    const char *name;
    json_t *inner;
    size_t i;
    bool ok = ++*nodes <= LINE_NODES_MAX && depth <= LINE_DEPTH_MAX;
    if (!ok)
        return err_set(e, ERR_LIMIT, "A line may have %d values, one inside the other %d deep.",
                       LINE_NODES_MAX, LINE_DEPTH_MAX);
    json_object_foreach ((json_t *)(uintptr_t)value, name, inner)
        ok = ok && check_shape(inner, depth + 1, nodes, e);
    json_array_foreach (value, i, inner)
        ok = ok && check_shape(inner, depth + 1, nodes, e);
    return ok;
}

static bool handle(struct request *r, struct str text, json_t **parsed, struct err *e)
{
    size_t act, nodes = 0;
    if (!json_read(text, parsed, e) || !check_shape(*parsed, 0, &nodes, e))
        return false;
    r->line = *parsed;
    return find_act(r, &act, e) && read_replaces(r, e) &&
        acts[act].run(r, json_object_get(r->line, acts[act].name), e);
}

static void put_view(struct journey *j, bool review)
{
    put(review ? journey_review(j) : journey_view(j));
}

/* Deals with one line; true when the conversation ends. */
static bool take_line(struct journey *j, struct str text, bool long_line)
{
    struct err e = {0};
    struct request r = {.j = j, .a = arena_new(), .key = STR("")};
    json_t *parsed = NULL;
    bool ok = long_line ? err_set(&e, ERR_LIMIT, "A line may have %d bytes.", JSON_LINE_MAX)
                        : handle(&r, text, &parsed, &e);
    if (!ok)
        put_error(j, r.key, &e);
    else if (!r.quit)
        put_view(j, r.review);
    json_decref(parsed);
    arena_free(r.a);
    return ok && r.quit;
}

bool json_lines_run(struct journey *j, struct err *e)
{
    struct reader r = {.p = mem_new(JSON_LINE_MAX + 1)};
    struct str line;
    sigset_t waiting;
    bool long_line, quit = false;
    watch_signals(&waiting);
    put_view(j, false);
    while (!quit && !ferror(stdout) && next_line(&r, &waiting, &line, &long_line))
        if (long_line || str_trim(line).n > 0)
            quit = take_line(j, line, long_line);
    free(r.p);
    if (stopped)
        return err_set(e, ERR_INTERRUPTED, "Stopped; everything accepted is saved.");
    if (ferror(stdout))
        return err_set(e, ERR_DISK,
                       "The other side no longer reads; everything accepted is saved.");
    return true;
}
