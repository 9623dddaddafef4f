/* Each allocation of SQLite fails in turn, once and from then on, while a practice is opened,
 * filled, read, examined and closed, and while a new one is made.  Every time: a clean error that
 * says memory, nothing leaked, and afterwards a sound practice in which the change is whole if it
 * was acknowledged, and whole or absent if not. usage: alloc */
#include "disk.h"
#include "practice.h"

#include <sqlite3.h>
#include <string.h>

static sqlite3_mem_methods real;
static struct {
    long made, live; /* allocations since the start of a run; blocks that are not freed */
    long fail_at;    /* 0: none */
    bool for_ever;
} memory;

static bool fails(void)
{
    memory.made++;
    return memory.fail_at &&
        (memory.for_ever ? memory.made >= memory.fail_at : memory.made == memory.fail_at);
}

static void *make(int n)
{
    void *p = fails() ? NULL : real.xMalloc(n);
    memory.live += p != NULL;
    return p;
}

static void release(void *p)
{
    memory.live -= p != NULL;
    real.xFree(p);
}

static void *resize(void *p, int n)
{
    return fails() ? NULL : real.xRealloc(p, n);
}

static const char *const name = "/practice";
static struct str empty_practice;
static struct arena *program;

/* How far a run came. */
struct run {
    bool acknowledged, finished;
    struct err e;
};

static bool fill(struct store *s, struct err *e)
{
    struct store_client c = {.id = STR("c1"), .name = STR("Ada")};
    struct store_journey j = {.id = STR("j1"),
                              .client = STR("c1"),
                              .workflow = STR("talk"),
                              .bundle = STR("b1"),
                              .cycle = 1};
    struct store_session x = {.id = STR("s1"), .journey = STR("j1"), .kind = STR("coaching")};
    struct store_note n = {
        .id = STR("n1"), .journey = STR("j1"), .visibility = STR("private"), .session = STR("s1")};
    struct store_event v[2] = {
        {.kind = EVENT_ANSWERED,
         .key = STR("k"),
         .value = STR("1"),
         .role = STR("client"),
         .session = STR("s1")},
        {.kind = EVENT_SKIPPED, .key = STR("l"), .value = empty_practice, .role = STR("coach")}};
    bool conflict;
    return store_client_add(s, &c, e) &&
        store_bundle_put(s, STR("b1"), STR("talk"), empty_practice, 1, e) &&
        store_bundle_put(s, STR("b2"), STR("talk"), STR("b"), 1, e) &&
        store_journey_add(s, &j, e) && store_journey_pin(s, STR("j1"), STR("b2"), e) &&
        store_session_add(s, &x, e) && store_session_end(s, STR("s1"), 5, 5, e) &&
        store_wording_put(s, STR("w"), STR("What?"), e) &&
        store_event_append(s, STR("j1"), 0, v, 2, &conflict, e) && store_note_add(s, &n, e) &&
        store_outcome_put(s, STR("j1"), 2, STR("{}"), e) &&
        store_journey_close(s, STR("j1"), 9, e) &&
        store_audit_add(s, STR("client.add"), STR("c1"), 1, e);
}

static bool read_all(struct store *s, struct arena *a, struct err *e)
{
    struct store_client *c, one;
    struct store_journey *j;
    struct store_session *x;
    struct store_event *v;
    struct store_note *notes;
    struct str text, *lines;
    int64_t seq;
    size_t n;
    bool healthy;
    return store_client_list(s, a, STR(""), 9, &c, &n, e) &&
        store_client_get(s, a, STR("c1"), &one, e) &&
        store_journey_list(s, a, STR("c1"), &j, &n, e) &&
        store_journey_list(s, a, STR(""), &j, &n, e) &&
        store_session_list(s, a, STR("j1"), &x, &n, e) &&
        store_event_list(s, a, STR("j1"), 0, &v, &n, e) &&
        store_note_list(s, a, STR("j1"), &notes, &n, e) &&
        store_bundle_get(s, a, STR("b1"), &text, e) &&
        store_wording_get(s, a, STR("w"), &text, e) &&
        store_outcome_get(s, a, STR("j1"), &seq, &text, e) &&
        store_examine(s, a, true, &lines, &n, &healthy, e);
}

static void play(struct run *r, const char *path, const struct store_options *o)
{
    struct store *s;
    struct arena *a = arena_new();
    bool opened = store_open(path, o, &s, &r->e);
    if (opened && !o->create && store_begin(s, &r->e)) {
        bool filled = fill(s, &r->e);
        r->acknowledged = filled && store_commit(s, &r->e);
        if (!filled)
            store_rollback(s);
    }
    r->finished = o->create ? opened : r->acknowledged && read_all(s, a, &r->e);
    store_close(s);
    arena_free(a);
}

/* With memory again: is the practice sound, and as much in it as was acknowledged? */
static bool verify(const struct run *r, const char *path, const struct store_options *o)
{
    struct store *s;
    struct arena *a = arena_new();
    struct err e = {0};
    struct str *lines;
    struct store_event *v;
    size_t n, entries = 0;
    bool healthy = false;
    bool ok = store_open(path, o, &s, &e) && store_examine(s, a, true, &lines, &n, &healthy, &e) &&
        store_event_list(s, a, STR("j1"), 0, &v, &entries, &e);
    if (!ok || !healthy)
        (void)printf("afterwards: %s\n", ok ? "doctor finds a fault" : e.text);
    store_close(s);
    arena_free(a);
    return ok && healthy && (entries == 2 || (entries == 0 && !r->acknowledged));
}

static long errors; /* runs that ended with one */

/* One run with the allocation `at` failing; *reached: it was made at all. */
static bool try_once(long at, bool for_ever, const char *path, const struct store_options *o,
                     bool *reached)
{
    struct run r = {.e = {.code = ERR_NONE}};
    memory.made = 0;
    memory.fail_at = at;
    memory.for_ever = for_ever;
    play(&r, path, o);
    memory.fail_at = 0;
    *reached = memory.made >= at;
    errors += !r.finished;
    bool said = r.finished || (r.e.code == ERR_MEMORY && *r.e.text);
    bool ok = verify(&r, path, o) && said;
    (void)sqlite3_shutdown();
    if (!ok || memory.live)
        (void)printf("allocation %ld%s: %s (%s), %ld leaked\n", at,
                     for_ever ? " and all after it" : "", ok ? "ok" : "FAILED", r.e.text,
                     memory.live);
    return ok && memory.live == 0;
}

static bool fail_each(const char *what, const char *path, const struct store_options *o)
{
    bool ok = true, reached = true;
    long runs = 0, at;
    errors = 0;
    for (at = 1; reached; at++)
        for (int for_ever = 0; for_ever < 2; for_ever++, runs++) {
            disk_clear();
            disk_put(name, empty_practice.p, empty_practice.n);
            ok = try_once(at, for_ever, path, o, &reached) && ok;
            if (!o->vfs)
                remove_practice(path);
        }
    /* Some failures are nothing to SQLite (a cache stays smaller); if most were, nothing would have
     * been tested. */
    ok = ok && errors > runs / 2;
    (void)printf("%s: %ld allocations, %ld runs, %ld errors: %s\n", what, at - 2, runs, errors,
                 ok ? "ok" : "FAILED");
    return ok;
}

int main(void)
{
    static const struct store_options in_memory = {.vfs = "disk"}, making = {.create = true};
    char folder[256], path[300];
    (void)sqlite3_config(SQLITE_CONFIG_GETMALLOC, &real);
    sqlite3_mem_methods counting = real;
    counting.xMalloc = make;
    counting.xFree = release;
    counting.xRealloc = resize;
    (void)sqlite3_config(SQLITE_CONFIG_MALLOC, &counting);
    program = arena_new();
    empty_practice = new_practice(program);
    disk_register();
    make_folder(folder, sizeof folder);
    (void)snprintf(path, sizeof path, "%s/practice", folder);
    bool ok = fail_each("an evening with a practice", name, &in_memory);
    ok = fail_each("a practice is made", path, &making) && ok;
    remove_practice(path);
    disk_clear();
    arena_free(program);
    if (rmdir(folder) != 0) {
        (void)printf("something was left in %s\n", folder);
        ok = false;
    }
    (void)printf("failing allocations: %s\n", ok ? "ok" : "FAILED");
    return ok ? 0 : 1;
}
