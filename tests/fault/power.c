/* Power cuts.  A coach's evening is played on a disk in memory (disk.h): a client, a journey,
 * answers, each change acknowledged by store_commit.  Before every operation of the disk its state
 * is kept; then the power goes in each of these states many times, each time with another fate of
 * the unsafe sectors, and the practice is opened again: lost     an acknowledged answer is not
 * there         torn    a change is there in part, or entries have gaps corrupt  the practice does
 * not open, or doctor finds a fault For some the power goes again while that opening repairs the
 * file.  All must be 0 for the settings of the program, and must not be 0 for weaker ones and for a
 * disk that lies: else this test could not fail. Last, each sync fails once (and what it should
 * have written is gone): the store stops, nothing acknowledged is lost. usage: power [EVENINGS] 10
 * is the default, or 400 with SOAK=1 */
#include "disk.h"
#include "practice.h"

#include "db/inner.h"

#include <assert.h>
#include <string.h>

enum { CHANGES = 12, STATES = 1000, FATES = 8 };

/* Where the evening stood when a state was kept. */
struct moment {
    struct disk_state *disk;
    int acknowledged,
        next; /* entries surely there; entries if the change under way is there, too */
};

struct evening {
    uint64_t seed;
    struct moment moments[STATES];
    int n, acknowledged, next;
};

struct count {
    long cuts, again, lost, torn, corrupt;
};

static struct str empty_practice; /* the bytes of a new file */
static struct arena *program;
static const char *const name = "/practice";
static const struct schema *schema = &schema_shipped; /* what practices are opened with */

static void keep_moment(void *user)
{
    struct evening *v = user;
    assert(v->n < STATES);
    v->moments[v->n++] = (struct moment){disk_save(), v->acknowledged, v->next};
}

/* The text of entry `seq`: it follows from seed and seq, some are long. */
static struct str text_of(struct arena *a, uint64_t seed, int seq)
{
    static const size_t sizes[] = {20, 60, 100, 300, 900, 4000, 12000};
    uint64_t state = seed * 1000 + (uint64_t)seq;
    size_t n = sizes[chance(&state) % 7] + chance(&state) % 50;
    char *p = arena_alloc(a, n + 1);
    uint64_t bits = 0;
    for (size_t i = 0; i < n; i++) {
        bits = i % 16 ? bits >> 4 : chance(&state);
        p[i] = (char)('a' + (bits & 15));
    }
    return (struct str){p, n};
}

static bool begin_journey(struct store *s, struct err *e)
{
    struct store_client c = {.id = STR("c1"), .name = STR("Ada")};
    struct store_journey j = {.id = STR("j1"),
                              .client = STR("c1"),
                              .workflow = STR("talk"),
                              .bundle = STR("b1"),
                              .cycle = 1};
    return store_begin(s, e) && store_client_add(s, &c, e) &&
        store_bundle_put(s, STR("b1"), STR("talk"), STR("archive"), 1, e) &&
        store_journey_add(s, &j, e) && store_commit(s, e);
}

/* One change of one to three entries. */
static bool change(struct evening *v, struct store *s, uint64_t *seed, struct err *e)
{
    struct arena *a = arena_new();
    struct store_event events[3];
    size_t n = chance(seed) % 5 ? 1 : 3;
    bool conflict = false;
    for (size_t i = 0; i < n; i++)
        events[i] =
            (struct store_event){.kind = EVENT_ANSWERED,
                                 .key = STR("k"),
                                 .role = STR("client"),
                                 .value = text_of(a, v->seed, v->acknowledged + (int)i + 1)};
    v->next = v->acknowledged + (int)n;
    bool ok = store_begin(s, e);
    if (ok &&
        (!store_event_append(s, STR("j1"), v->acknowledged, events, n, &conflict, e) ||
         !store_outcome_put(s, STR("j1"), v->next, events[0].value, e))) {
        store_rollback(s);
        ok = false;
    }
    ok = ok && store_commit(s, e);
    assert(!conflict);
    if (ok)
        v->acknowledged = v->next;
    arena_free(a);
    return ok;
}

/* Plays the evening until its end or the first error. */
static void play(struct evening *v, const char *pragmas, void (*each)(void *user))
{
    const struct store_options o = {.vfs = "disk", .pragmas_for_test = pragmas};
    struct store *s;
    struct err e;
    uint64_t seed = v->seed;
    disk_put(name, empty_practice.p, empty_practice.n);
    disk_watch(each, v);
    if (store_open_as(name, &o, schema, &s, &e)) {
        bool ok = begin_journey(s, &e);
        for (int i = 0; ok && i < CHANGES; i++)
            ok = change(v, s, &seed, &e);
        if (!ok)
            assert(!store_begin(s, &e));
        disk_watch(NULL, NULL);
        store_close(s);
    }
}

static bool sound(struct store *s, struct arena *a)
{
    struct str *lines;
    size_t n;
    bool healthy = false;
    return store_examine(s, a, true, &lines, &n, &healthy, NULL) && healthy;
}

/* What is found in the practice as it is now on the disk. */
static void look(const struct moment *m, uint64_t seed, struct count *c)
{
    const struct store_options o = {.vfs = "disk"};
    struct store *s;
    struct store_event *list;
    size_t n;
    struct arena *a = arena_new();
    if (!store_open_as(name, &o, schema, &s, NULL)) {
        c->corrupt++;
    } else if (!sound(s, a) || !store_event_list(s, a, STR("j1"), 0, &list, &n, NULL)) {
        c->corrupt++;
    } else {
        bool whole = (int)n == m->acknowledged || (int)n == m->next;
        for (size_t i = 0; i < n; i++)
            whole = whole && list[i].seq == (int64_t)i + 1 &&
                str_eq(list[i].value, text_of(a, seed, (int)i + 1));
        if ((int)n < m->acknowledged)
            c->lost++;
        else if (!whole)
            c->torn++;
    }
    store_close(s);
    arena_free(a);
}

/* The power goes a second time while the practice is opened after the first: once, at a moment by
 * chance. */
static void cut_again(const struct moment *m, uint64_t fate, uint64_t seed, struct count *c)
{
    const struct store_options o = {.vfs = "disk"};
    static struct evening second;
    struct store *s;
    second.n = 0;
    disk_cut(m->disk, fate);
    disk_watch(keep_moment, &second);
    if (store_open_as(name, &o, schema, &s, NULL))
        store_close(s);
    disk_watch(NULL, NULL);
    if (second.n) {
        c->again++;
        disk_cut(second.moments[fate % (uint64_t)second.n].disk, fate + 1);
        look(m, seed, c);
    }
    for (int i = 0; i < second.n; i++)
        disk_free(second.moments[i].disk);
}

/* Plays one evening and lets the power go at each of its moments. */
static void cut_everywhere(uint64_t seed, const char *pragmas, bool lies, int fates,
                           struct count *c)
{
    static struct evening v;
    memset(&v, 0, sizeof v);
    v.seed = seed;
    disk_clear();
    disk_lie(lies);
    play(&v, pragmas, keep_moment);
    assert(v.acknowledged >= CHANGES);
    uint64_t fate = seed << 32;
    for (int i = 0; i < v.n; i++) {
        for (int k = 0; k < fates; k++) {
            disk_cut(v.moments[i].disk, ++fate);
            c->cuts++;
            look(&v.moments[i], seed, c);
        }
        if (i % 2 == 0)
            cut_again(&v.moments[i], ++fate, seed, c);
        disk_free(v.moments[i].disk);
    }
}

/* A column more, then a table made anew. */
static const struct migration steps[] = {
    {"db/migrations/001_practice.sql", NULL, NULL},
    {NULL, "ALTER TABLE client ADD COLUMN phone BLOB NOT NULL DEFAULT x''", NULL},
    {NULL,
     "CREATE TABLE anew(hash TEXT NOT NULL PRIMARY KEY, text BLOB NOT NULL, sum INTEGER NOT NULL);"
     "INSERT INTO anew SELECT hash, text, sum FROM wording; DROP TABLE wording;"
     "ALTER TABLE anew RENAME TO wording;",
     NULL},
};
static const struct schema newer = {steps, 3};

/* A full practice is migrated, and the power goes at each moment of that. */
static void cut_migration(uint64_t seed, struct count *c)
{
    static struct evening v;
    const struct store_options o = {.vfs = "disk"};
    struct store *s;
    memset(&v, 0, sizeof v);
    v.seed = seed;
    disk_clear();
    play(&v, NULL, NULL);
    disk_watch(keep_moment, &v);
    schema = &newer;
    bool ok = store_open_as(name, &o, schema, &s, NULL);
    assert(ok);
    disk_watch(NULL, NULL);
    store_close(s);
    for (int i = 0; i < v.n; i++) {
        for (uint64_t fate = 0; fate < 2 * FATES; fate++, c->cuts++) {
            disk_cut(v.moments[i].disk, seed << 32 | (uint64_t)i << 8 | fate);
            look(&v.moments[i], seed, c);
        }
        cut_again(&v.moments[i], seed + (uint64_t)i, seed, c);
        disk_free(v.moments[i].disk);
    }
    schema = &schema_shipped;
}

/* The power goes, now, several times. */
static void cut_now(const struct evening *v, struct count *c)
{
    struct moment m = {disk_save(), v->acknowledged, v->next};
    for (uint64_t fate = 0; fate < 6; fate++) {
        disk_cut(m.disk, fate);
        c->cuts++;
        look(&m, v->seed, c);
    }
    disk_free(m.disk);
}

/* Opens the practice again and goes on from what is there: what is acknowledged now must hold, too.
 */
static bool go_on(struct evening *v)
{
    const struct store_options o = {.vfs = "disk"};
    struct store *s;
    struct store_event *list;
    size_t n;
    struct err e;
    uint64_t seed = v->seed;
    struct arena *a = arena_new();
    bool ok = store_open_as(name, &o, schema, &s, &e) &&
        store_event_list(s, a, STR("j1"), 0, &list, &n, &e);
    if (ok && n) {
        v->acknowledged = (int)n;
        ok = change(v, s, &seed, &e) && change(v, s, &seed, &e);
    }
    store_close(s);
    arena_free(a);
    return ok;
}

/* The k-th sync fails.  Then the power goes at once; or the program is started again, goes on, and
 * the power goes. */
static bool fail_each_sync(uint64_t seed, struct count *c)
{
    static struct evening v;
    for (int k = 1;; k++)
        for (int again = 0; again < 2; again++) {
            memset(&v, 0, sizeof v);
            v.seed = seed;
            disk_clear();
            disk_fail_sync(k);
            play(&v, NULL, NULL);
            if (disk_syncs() < k)
                return true;
            if (again && !go_on(&v))
                return false;
            cut_now(&v, c);
        }
}

static void print(const char *what, const struct count *c)
{
    (void)printf("%-36s %6ld cuts, %5ld in repair: lost %ld, torn %ld, corrupt %ld\n", what,
                 c->cuts, c->again, c->lost, c->torn, c->corrupt);
}

static void add(struct count *to, const struct count *c)
{
    to->cuts += c->cuts;
    to->again += c->again;
    to->lost += c->lost;
    to->torn += c->torn;
    to->corrupt += c->corrupt;
}

static const struct {
    const char *what, *pragmas;
    bool lies;
} controls[] = {
    {"control: no journal", "PRAGMA journal_mode=OFF", false},
    {"control: WAL, synchronous=NORMAL", "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
     false},
    {"control: DELETE, synchronous=FULL", "PRAGMA journal_mode=DELETE", false},
    {"control: the disk lies", NULL, true},
};

int main(int argc, char **argv)
{
    int evenings = argc > 1 ? (int)strtol(argv[1], NULL, 10) : getenv("SOAK") ? 400 : 10;
    struct count all = {0}, syncs = {0}, migrations = {0};
    bool ok = true;
    program = arena_new();
    empty_practice = new_practice(program);
    disk_register();
    for (int i = 1; i <= evenings; i++)
        cut_everywhere((uint64_t)i, NULL, false, FATES, &all);
    print("TRUNCATE, synchronous=FULL", &all);
    for (int i = 1; i <= (evenings + 1) / 2; i++)
        cut_migration((uint64_t)i, &migrations);
    print("a practice is migrated", &migrations);
    for (uint64_t i = 1; i <= 3; i++)
        ok = fail_each_sync(i, &syncs) && ok;
    print("a sync that fails", &syncs);
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        struct count c = {0};
        cut_everywhere(1, controls[i].pragmas, controls[i].lies, 3, &c);
        print(controls[i].what, &c);
        if (c.lost + c.torn + c.corrupt == 0)
            ok = false;
    }
    disk_clear();
    arena_free(program);
    add(&all, &migrations);
    add(&all, &syncs);
    ok = ok && all.lost + all.torn + all.corrupt == 0;
    (void)printf("%ld power cuts: %ld lost, %ld torn, %ld corrupt: %s\n", all.cuts + all.again,
                 all.lost, all.torn, all.corrupt, ok ? "ok" : "FAILED");
    return ok ? 0 : 1;
}
