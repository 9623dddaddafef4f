/* The practice: opening it, clients, beginning journeys. */
#include "practice/state.h"

#include "base/random.h"

#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_BYTES = 200, PAGE = 1000 };

bool practice_open(const struct practice_options *o, struct practice **out, struct err *e)
{
    struct store *store;
    struct store_options options = {.create = o->create};
    *out = NULL;
    if (!store_open(o->path, &options, &store, e))
        return false;
    struct practice *p = mem_new(sizeof *p);
    p->store = store;
    p->library = o->library;
    p->host = o->host;
    p->language = o->language;
    p->about = json_object();
    *out = p;
    return true;
}

void practice_close(struct practice *p)
{
    if (!p)
        return;
    store_close(p->store);
    json_decref(p->about);
    free(p);
}

struct store *practice_store(struct practice *p)
{
    return p->store;
}

bool practice_client_list(struct practice *p, struct arena *a, struct store_client **out, size_t *n,
                          struct err *e)
{
    struct store_client *all = NULL, *page;
    size_t total = 0, got = 0;
    struct str after = STR("");
    do {
        if (!store_client_list(p->store, a, after, PAGE, &page, &got, e))
            return false;
        struct store_client *grown = arena_alloc(a, (total + got) * sizeof *grown);
        if (total)
            memcpy(grown, all, total * sizeof *grown);
        if (got)
            memcpy(grown + total, page, got * sizeof *grown);
        all = grown;
        total += got;
        if (got)
            after = all[total - 1].id;
    } while (got == PAGE);
    *out = all;
    *n = total;
    return true;
}

bool practice_workflows(struct practice *p, struct arena *a, struct str **out, size_t *n,
                        struct err *e)
{
    return library_list(a, &p->library, out, n, e);
}

static bool same_name(struct str a, struct str b)
{
    return a.n == b.n && strncasecmp(a.p, b.p, a.n) == 0;
}

static bool check_line(const char *what, struct str line, struct err *e)
{
    if (line.n > NAME_MAX_BYTES)
        return err_set(e, ERR_INPUT, "A %s may have %d bytes; this one has %zu.", err_word(what),
                       NAME_MAX_BYTES, line.n);
    if (!utf8_valid(line))
        return err_set(e, ERR_INPUT, "The %s is not valid UTF-8 text.", err_word(what));
    for (size_t i = 0; i < line.n;) {
        uint32_t c = utf8_next(line, &i);
        if (c == '\n' || c == '\t' || text_is_control(c))
            return err_set(e, ERR_INPUT, "A %s is one line without control characters.",
                           err_word(what));
    }
    return true;
}

static bool check_client(const struct store_client *c, struct err *e)
{
    if (c->name.n == 0)
        return err_set(e, ERR_INPUT, "A client needs a name.");
    return check_line("name", c->name, e) && check_line("pseudonym", c->pseudonym, e) &&
        check_line("mail address", c->email, e);
}

bool practice_client_add(struct practice *p, struct store_client *c, struct err *e)
{
    static char id[37];
    c->name = str_trim(c->name);
    if (!check_client(c, e) || !store_begin(p->store, e))
        return false;
    struct arena *a = arena_new();
    struct store_client *all;
    size_t n;
    bool ok = practice_client_list(p, a, &all, &n, e);
    for (size_t i = 0; ok && i < n; i++)
        if (same_name(all[i].name, c->name))
            ok = err_set(e, ERR_REFUSED,
                         "There is a client \"%.*s\" already. Add something that tells them apart.",
                         STR_ARG(all[i].name));
    random_uuid(id);
    c->id = str_of(id);
    c->created = clock_now();
    if (c->language.n == 0)
        c->language = p->language;
    if (c->coach.n == 0)
        c->coach = STR("coach");
    ok = ok && store_client_add(p->store, c, e) &&
        store_audit_add(p->store, STR("client-added"), c->id, c->created, e) &&
        store_commit(p->store, e);
    if (!ok)
        store_rollback(p->store);
    arena_free(a);
    return ok;
}

static bool unknown_client(struct arena *a, struct str who, const struct store_client *all,
                           size_t n, struct err *e)
{
    if (n == 0)
        return err_set(e, ERR_NOT_FOUND,
                       "There is no client yet. Add one: espalier client add \"%.*s\"",
                       STR_ARG(who));
    struct str *names = arena_alloc(a, n * sizeof *names);
    for (size_t i = 0; i < n; i++)
        names[i] = all[i].name;
    struct str near = text_nearest(who, names, n);
    if (near.n)
        return err_set(e, ERR_NOT_FOUND, "There is no client \"%.*s\". Did you mean \"%.*s\"?",
                       STR_ARG(who), STR_ARG(near));
    return err_set(e, ERR_NOT_FOUND,
                   "There is no client \"%.*s\". `espalier client list` shows them all.",
                   STR_ARG(who));
}

bool practice_client_find(struct practice *p, struct arena *a, struct str who,
                          struct store_client *out, struct err *e)
{
    struct store_client *all;
    size_t n, found = 0;
    if (!practice_client_list(p, a, &all, &n, e))
        return false;
    struct buf names = {.a = a};
    struct str begin = text_fold(a, who);
    for (size_t i = 0; i < n; i++) {
        if (str_eq(all[i].id, who) || same_name(all[i].name, who)) {
            *out = all[i];
            return true;
        }
        if (begin.n == 0 || !str_starts(text_fold(a, all[i].name), begin))
            continue;
        *out = all[i];
        buf_format(&names, "%s%.*s", found++ ? ", " : "", STR_ARG(all[i].name));
    }
    if (found > 1)
        return err_set(e, ERR_NOT_FOUND,
                       "\"%.*s\" could be several clients: %.300s. Give more of the name.",
                       STR_ARG(who), names.p);
    return found == 1 || unknown_client(a, who, all, n, e);
}

bool practice_journeys(struct practice *p, struct arena *a, const struct store_client *c,
                       struct store_journey **out, size_t *n, struct err *e)
{
    return store_journey_list(p->store, a, c->id, out, n, e);
}
