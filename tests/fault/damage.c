/* Damaged files.  A practice of some clients and journeys is damaged at random, thousands of times:
 * bits, bytes, blocks, pages swapped, the end cut off.  Each damaged file is opened, everything in
 * it is read, doctor examines it. It never crashes (run it under the sanitizers, too), and it is
 * never silent: if the file opens, reads, and doctor is content, then every word is as it was
 * written.  The control reads the same files without doctor and checksums, where wrong words must
 * come through, else the damage would be none. usage: damage [FILES]     12000 is the default, or
 * 1000000 with SOAK=1 */
#include "disk.h"
#include "practice.h"

#include "base/random.h"

#include <sqlite3.h>
#include <string.h>

enum { PAGE = 4096, CLIENTS = 3, JOURNEYS = 4, ENTRIES = 40 };

static const char *const name = "/practice";
static const struct store_options in_memory = {.vfs = "disk"};

struct counts {
    long refused, unreadable, told, harmless, silent, control;
};

static struct str numbered(struct arena *a, const char *word, int i)
{
    return str_format(a, "%s%d", word, i);
}

static bool add_journey(struct store *s, struct arena *a, int i, struct err *e)
{
    struct str id = numbered(a, "j", i), sitting = numbered(a, "s", i);
    struct store_journey j = {.id = id,
                              .client = numbered(a, "c", i % CLIENTS),
                              .workflow = STR("talk"),
                              .bundle = STR("b1"),
                              .seed = numbered(a, "seed", i),
                              .language = STR("en"),
                              .cycle = 1,
                              .started = i};
    struct store_session x = {
        .id = sitting, .journey = id, .kind = STR("coaching"), .started = i, .minutes = i};
    struct store_note note = {.id = numbered(a, "n", i),
                              .journey = id,
                              .text = numbered(a, "A remark, number ", i),
                              .visibility = STR("private"),
                              .at = i};
    bool ok = store_journey_add(s, &j, e) && store_session_add(s, &x, e) &&
        store_note_add(s, &note, e),
         conflict;
    for (int k = 0; ok && k < ENTRIES; k++) {
        struct buf b = {.a = a};
        for (int word = 0; word <= k * k / 20; word++)
            buf_format(&b, "word %d of %d ", word, k);
        struct store_event v = {.kind = EVENT_ANSWERED,
                                .key = numbered(a, "define/q", k),
                                .value = buf_str(&b),
                                .wording = numbered(a, "w", k),
                                .language = STR("en"),
                                .session = sitting,
                                .actor = STR("coach"),
                                .role = STR("client"),
                                .at = k};
        ok = store_event_append(s, id, k, &v, 1, &conflict, e) &&
            store_wording_put(s, v.wording, numbered(a, "How is number ", k), e);
    }
    return ok && store_outcome_put(s, id, ENTRIES, STR("{\"done\":true}"), e) &&
        store_audit_add(s, STR("journey.add"), id, i, e);
}

static bool fill(struct store *s, struct arena *a, struct err *e)
{
    bool ok = store_begin(s, e) &&
        store_bundle_put(s, STR("b1"), STR("talk"), numbered(a, "archive ", 1), 1, e);
    for (int i = 0; ok && i < CLIENTS; i++) {
        struct store_client c = {.id = numbered(a, "c", i),
                                 .name = numbered(a, "Ada ", i),
                                 .email = STR("a@example.org"),
                                 .language = STR("en"),
                                 .coach = STR("coach"),
                                 .created = i};
        ok = store_client_add(s, &c, e);
    }
    for (int i = 0; ok && i < JOURNEYS; i++)
        ok = add_journey(s, a, i, e);
    return ok && store_commit(s, e);
}

static void mix(uint64_t *sum, struct str text)
{
    *sum = hash_short(*sum, text);
}

static void mix_number(uint64_t *sum, int64_t i)
{
    mix(sum, (struct str){(const char *)&i, sizeof i});
}

static bool read_journey(struct store *s, struct arena *a, const struct store_journey *j,
                         uint64_t *sum)
{
    struct store_session *x;
    struct store_event *v;
    struct store_note *notes;
    struct str text;
    size_t n;
    mix(sum, j->id), mix(sum, j->client), mix(sum, j->seed), mix(sum, j->language),
        mix_number(sum, j->started);
    mix_number(sum, j->closed), mix_number(sum, j->cycle), mix(sum, j->workflow),
        mix(sum, j->bundle);
    if (!store_session_list(s, a, j->id, &x, &n, NULL))
        return false;
    for (size_t i = 0; i < n; i++)
        mix(sum, x[i].id), mix(sum, x[i].kind), mix_number(sum, x[i].started),
            mix_number(sum, x[i].minutes);
    if (!store_note_list(s, a, j->id, &notes, &n, NULL))
        return false;
    for (size_t i = 0; i < n; i++)
        mix(sum, notes[i].id), mix(sum, notes[i].text), mix(sum, notes[i].visibility),
            mix_number(sum, notes[i].at);
    if (!store_event_list(s, a, j->id, 0, &v, &n, NULL))
        return false;
    for (size_t i = 0; i < n; i++) {
        mix_number(sum, v[i].seq), mix_number(sum, (int64_t)v[i].kind), mix(sum, v[i].key),
            mix(sum, v[i].value);
        mix(sum, v[i].session), mix(sum, v[i].actor), mix(sum, v[i].role), mix_number(sum, v[i].at),
            mix(sum, v[i].day);
        if (!store_wording_get(s, a, v[i].wording, &text, NULL))
            return false;
        mix(sum, text);
    }
    return true;
}

/* A number that stands for everything that is in the practice. */
static bool read_all(struct store *s, struct arena *a, uint64_t *sum)
{
    struct store_client *c;
    struct store_journey *j;
    struct str text;
    int64_t seq;
    size_t n;
    *sum = 0;
    if (!store_client_list(s, a, STR(""), SIZE_MAX, &c, &n, NULL))
        return false;
    for (size_t i = 0; i < n; i++)
        mix(sum, c[i].id), mix(sum, c[i].name), mix(sum, c[i].email), mix(sum, c[i].coach),
            mix_number(sum, c[i].created);
    if (!store_journey_list(s, a, STR(""), &j, &n, NULL))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!store_outcome_get(s, a, j[i].id, &seq, &text, NULL) || !read_journey(s, a, &j[i], sum))
            return false;
    if (!store_bundle_get(s, a, STR("b1"), &text, NULL))
        return false;
    mix(sum, text);
    return true;
}

/* The values of all entries as any program would read them. */
static bool read_without_checks(uint64_t *sum)
{
    sqlite3 *db;
    sqlite3_stmt *st = NULL;
    int rc = SQLITE_ERROR;
    *sum = 0;
    if (sqlite3_open_v2(name, &db, SQLITE_OPEN_READONLY, "disk") == SQLITE_OK &&
        sqlite3_prepare_v2(db, "SELECT value FROM event", -1, &st, NULL) == SQLITE_OK)
        while ((rc = sqlite3_step(st)) == SQLITE_ROW) {
            const char *p = sqlite3_column_blob(st, 0);
            mix(sum, (struct str){p ? p : "", p ? (size_t)sqlite3_column_bytes(st, 0) : 0});
        }
    (void)sqlite3_finalize(st);
    (void)sqlite3_close(db);
    return rc == SQLITE_DONE;
}

static void overwrite(unsigned char *p, size_t from, size_t n, size_t all, uint64_t *seed)
{
    uint64_t kind = chance(seed) % 3;
    for (size_t i = from; i < from + n && i < all; i++)
        p[i] = kind == 0 ? 0 : (unsigned char)chance(seed);
}

/* Damages `n` bytes in one of several ways; gives the length that is left. */
static size_t damage(unsigned char *p, size_t n, uint64_t seed)
{
    size_t pages = n / PAGE, at = chance(&seed) % n;
    unsigned char page[PAGE];
    switch (chance(&seed) % 8) {
    case 0:
        p[at] ^= (unsigned char)(1 << chance(&seed) % 8);
        break;
    case 1:
        for (uint64_t k = chance(&seed) % 8 + 1; k; k--)
            p[chance(&seed) % n] = (unsigned char)chance(&seed);
        break;
    case 2:
        overwrite(p, at, 4, n, &seed);
        break;
    case 3:
        overwrite(p, at, 64, n, &seed);
        break;
    case 4:
        overwrite(p, at / PAGE * PAGE, PAGE, n, &seed);
        break;
    case 5:
        overwrite(p, chance(&seed) % pages * PAGE + chance(&seed) % 120, 2, n, &seed);
        break;
    case 6:
        memcpy(page, p + chance(&seed) % pages * PAGE, PAGE);
        memcpy(p + at / PAGE * PAGE, page, PAGE);
        break;
    default:
        return chance(&seed) % 4 ? at / PAGE * PAGE : at;
    }
    return n;
}

/* What happens with the file that is on the disk now. */
static void look(uint64_t want, uint64_t want_raw, struct counts *c)
{
    struct store *s;
    struct str *lines;
    size_t n;
    uint64_t sum;
    bool healthy = false;
    struct arena *a = arena_new();
    if (read_without_checks(&sum) && sum != want_raw)
        c->control++;
    if (!store_open(name, &in_memory, &s, NULL)) {
        c->refused++;
        arena_free(a);
        return;
    }
    bool readable = read_all(s, a, &sum);
    bool examined = store_examine(s, a, true, &lines, &n, &healthy, NULL);
    if (!readable || !examined)
        c->unreadable++;
    else if (!healthy)
        c->told++;
    else if (sum == want)
        c->harmless++;
    else
        c->silent++;
    store_close(s);
    arena_free(a);
}

int main(int argc, char **argv)
{
    long files = argc > 1 ? strtol(argv[1], NULL, 10) : getenv("SOAK") ? 1000000 : 12000;
    struct arena *program = arena_new();
    struct counts c = {0};
    struct store *s;
    struct err e = {0};
    const void *bytes = NULL;
    size_t n = 0;
    uint64_t want = 0, want_raw = 0;
    struct str fresh = new_practice(program);
    disk_register();
    disk_put(name, fresh.p, fresh.n);
    bool ok =
        store_open(name, &in_memory, &s, &e) && fill(s, program, &e) && read_all(s, program, &want);
    store_close(s);
    ok = ok && disk_get(name, &bytes, &n) && read_without_checks(&want_raw);
    if (!ok) {
        (void)printf("%s\n", e.text);
        return 1;
    }
    struct str whole = str_copy(program, (struct str){bytes, n});
    unsigned char *damaged = arena_alloc(program, n);
    for (long i = 0; i < files; i++) {
        memcpy(damaged, whole.p, n);
        size_t left = damage(damaged, n, (uint64_t)i);
        disk_clear();
        disk_put(name, damaged, left);
        look(want, want_raw, &c);
    }
    disk_clear();
    arena_free(program);
    ok = c.silent == 0 && c.control > 0;
    (void)printf("control: %ld files show wrong words to a program that does not check\n",
                 c.control);
    (void)printf("%ld damaged files: %ld refused, %ld stopped at the damage, %ld told by doctor "
                 "alone, %ld harmless, "
                 "%ld silent: %s\n",
                 files, c.refused, c.unreadable, c.told, c.harmless, c.silent,
                 ok ? "ok" : "FAILED");
    return ok ? 0 : 1;
}
