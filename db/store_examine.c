/* What doctor asks: is the file whole, and does every row say what was written? */
#include "db/inner.h"

#include <string.h>

struct report {
    struct store *s;
    struct arena *a;
    struct list lines;
    bool healthy;
};

static void say(struct report *r, bool ok, struct str text)
{
    struct str *line = list_add(&r->lines, sizeof *line);
    *line = str_format(r->a, "%s %.*s", ok ? "ok" : "fault", STR_ARG(text_safe(r->a, text, false)));
    r->healthy = r->healthy && ok;
}

/* A fault of the data is a finding; anything else (memory, a lock) ends the examination. */
static bool finding(struct report *r, struct err *mine, struct err *e)
{
    if (mine->code != ERR_DATA && mine->code != ERR_DISK)
        return err_set(e, mine->code, "%s", mine->text);
    say(r, false, str_of(mine->text));
    return true;
}

/* A checking pragma: each row is a finding, but the single row "ok". */
static bool examine_pragma(struct report *r, enum statement id, const char *what, struct err *e)
{
    struct query q;
    struct err mine;
    bool row = false, ok = query_open(&q, r->s, id, "examine the practice", &mine), found = false;
    while (ok && (ok = query_row(&q, &row, &mine)) && row) {
        struct str text = take_text(&q, r->a);
        if (str_is(text, "ok"))
            continue;
        found = true;
        say(r, false, str_format(r->a, "%s: %.*s", what, STR_ARG(text)));
    }
    if (ok && !found)
        say(r, true, str_of(what));
    return ok || finding(r, &mine, e);
}

/* Reads every row of a list without keeping it. */
typedef bool read_all(struct store *s, struct arena *a, size_t *n, struct err *e);

static bool read_clients(struct store *s, struct arena *a, size_t *n, struct err *e)
{
    struct store_client *list;
    return store_client_list(s, a, STR(""), SIZE_MAX, &list, n, e);
}

static bool read_journeys(struct store *s, struct arena *a, size_t *n, struct err *e)
{
    struct store_journey *list;
    return store_journey_list(s, a, STR(""), &list, n, e);
}

static bool read_sessions(struct store *s, struct arena *a, struct str journey, size_t *n,
                          struct err *e)
{
    struct store_session *list;
    return store_session_list(s, a, journey, &list, n, e);
}

static bool read_events(struct store *s, struct arena *a, struct str journey, size_t *n,
                        struct err *e)
{
    struct store_event *list;
    return store_event_list(s, a, journey, 0, &list, n, e);
}

static bool read_notes(struct store *s, struct arena *a, struct str journey, size_t *n,
                       struct err *e)
{
    struct store_note *list;
    return store_note_list(s, a, journey, &list, n, e);
}

static bool read_drafts(struct store *s, struct arena *a, struct str journey, size_t *n,
                        struct err *e)
{
    struct store_draft *list;
    return store_draft_list(s, a, journey, &list, n, e);
}

static bool read_bundles(struct store *s, struct arena *a, size_t *n, struct err *e)
{
    struct query q;
    bool row;
    if (!query_open(&q, s, STMT_BUNDLE_ALL, "read the workflows", e))
        return false;
    for (*n = 0; query_row(&q, &row, e); ++*n) {
        if (!row)
            return true;
        struct str hash = take_text(&q, a);
        (void)take_view(&q);
        (void)take_view(&q);
        (void)take_int(&q);
        if (!take_sum(&q, "The workflow", hash, e))
            return false;
    }
    return false;
}

static bool read_wordings(struct store *s, struct arena *a, size_t *n, struct err *e)
{
    struct query q;
    bool row;
    if (!query_open(&q, s, STMT_WORDING_ALL, "read the wordings", e))
        return false;
    for (*n = 0; query_row(&q, &row, e); ++*n) {
        if (!row)
            return true;
        struct str hash = take_text(&q, a);
        (void)take_view(&q);
        if (!take_sum(&q, "The wording", hash, e))
            return false;
    }
    return false;
}

static bool audit_row_check(struct query *q, struct arena *a, struct audit_row *r, int64_t want,
                            struct err *e)
{
    char chain[65];
    r->seq = take_int(q);
    r->at = take_int(q);
    r->verb = take_text(q, a);
    r->subject = take_text(q, a);
    struct str found = take_text(q, a);
    audit_chain(a, r, chain);
    r->before = found;
    if (r->seq == want && str_is(found, chain))
        return true;
    query_close(q);
    return err_set(e, ERR_DATA, "Row %lld of the audit log was changed, moved or removed.",
                   (long long)want);
}

/* The chain holds from the first row to the one that was counted last. */
static bool read_audit(struct store *s, struct arena *a, size_t *n, struct err *e)
{
    struct query q;
    bool row;
    struct audit_row r = {.before = STR("")};
    if (!query_open(&q, s, STMT_AUDIT_COUNTED, "read the audit log", e) || !query_row(&q, &row, e))
        return false;
    int64_t counted = row ? take_int(&q) : 0;
    query_close(&q);
    if (!query_open(&q, s, STMT_AUDIT_ALL, "read the audit log", e))
        return false;
    for (*n = 0; query_row(&q, &row, e); ++*n) {
        if (!row)
            return (int64_t)*n == counted ||
                err_set(e, ERR_DATA, "The audit log ends at row %zu, but %lld were written.", *n,
                        (long long)counted);
        if (!audit_row_check(&q, a, &r, (int64_t)*n + 1, e))
            return false;
    }
    return false;
}

static bool examine_list(struct report *r, read_all *read, const char *what, struct err *e)
{
    struct arena *step = arena_new();
    struct err mine;
    size_t n;
    bool ok = read(r->s, step, &n, &mine);
    arena_free(step);
    if (!ok)
        return finding(r, &mine, e);
    say(r, true, str_format(r->a, "%zu %s", n, what));
    return true;
}

typedef bool read_part(struct store *s, struct arena *a, struct str journey, size_t *n,
                       struct err *e);

/* The same for what belongs to journeys, one journey in memory at a time; a damaged one does not
 * hide the next. */
static bool examine_parts(struct report *r, read_part *read, const char *what, struct err *e)
{
    struct arena *list_arena = arena_new();
    struct store_journey *list;
    size_t n = 0, total = 0;
    struct err mine;
    bool ok = store_journey_list(r->s, list_arena, STR(""), &list, &n, &mine), all = ok;
    for (size_t i = 0; all && i < n; i++) {
        struct arena *step = arena_new();
        size_t some = 0;
        bool fine = read(r->s, step, list[i].id, &some, &mine);
        arena_free(step);
        total += some;
        ok = ok && fine;
        all = fine || finding(r, &mine, e);
    }
    if (ok)
        say(r, true, str_format(r->a, "%zu %s", total, what));
    arena_free(list_arena);
    return all || n == 0;
}

static bool examine_rows(struct report *r, struct err *e)
{
    return examine_list(r, read_clients, "clients", e) &&
        examine_list(r, read_bundles, "workflows", e) &&
        examine_list(r, read_journeys, "journeys", e) &&
        examine_parts(r, read_sessions, "sessions", e) &&
        examine_parts(r, read_events, "entries", e) &&
        examine_list(r, read_wordings, "wordings", e) && examine_parts(r, read_notes, "notes", e) &&
        examine_parts(r, read_drafts, "drafts", e) &&
        examine_list(r, read_audit, "rows of the audit log", e);
}

bool store_examine(struct store *s, struct arena *a, bool deep, struct str **lines, size_t *n,
                   bool *healthy, struct err *e)
{
    struct report r = {.s = s, .a = a, .lines = {.a = a}, .healthy = true};
    say(&r, true, str_format(a, "file %s", s->path));
    if (s->stopped)
        say(&r, false,
            STR("the disk failed while writing: nothing more is written until the program starts "
                "again"));
    bool ok = examine_pragma(&r, deep ? STMT_INTEGRITY_CHECK : STMT_QUICK_CHECK,
                             "structure of the file", e) &&
        examine_pragma(&r, STMT_FOREIGN_KEY_CHECK, "everything belongs to something", e) &&
        (!deep || examine_rows(&r, e));
    *lines = r.lines.items;
    *n = r.lines.n;
    *healthy = r.healthy;
    return ok;
}
