#include "web/login.h"

#include "base/clock.h"
#include "base/random.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { TRIES = 5, LONGEST_WAIT = 15 * 60 };

struct place {
    struct login login;
    char hash[65]; /* of the secret; empty: the place is free */
    int64_t since, seen;
};

struct logins {
    struct place places[LOGINS_MAX];
    char launch[65];
    int64_t launched, locked_until;
    int wrong; /* codes since the last right one */
};

struct logins *logins_new(void)
{
    return mem_new(sizeof(struct logins));
}

void logins_free(struct logins *l)
{
    if (!l)
        return;
    sodium_memzero(l, sizeof *l);
    free(l);
}

/* In the same time whatever the secrets are. */
static bool is_secret(const char hash[65], struct str secret)
{
    char given[65];
    if (hash[0] == '\0' || secret.n != LOGIN_SECRET)
        return false;
    hash_sha256(secret, given);
    return sodium_memcmp(hash, given, 64) == 0;
}

static int64_t seconds_now(void)
{
    return clock_steady() / 1000;
}

void login_launch(struct logins *l, char out[LOGIN_SECRET + 1])
{
    random_secret(out);
    hash_sha256(str_of(out), l->launch);
    l->launched = seconds_now();
}

static void free_place(struct place *p)
{
    sodium_memzero(p, sizeof *p);
}

static bool is_over(const struct place *p, int64_t now)
{
    return now - p->since >= LOGIN_SECONDS ||
        (p->login.journey[0] == '\0' && now - p->seen >= LOGIN_IDLE_SECONDS);
}

/* A place that is free; else the one that was silent for longest. */
static struct place *take_place(struct logins *l)
{
    struct place *p = &l->places[0];
    int64_t now = seconds_now();
    for (size_t i = 0; i < LOGINS_MAX; i++) {
        if (l->places[i].hash[0] && is_over(&l->places[i], now))
            free_place(&l->places[i]);
        if (p->hash[0] && (!l->places[i].hash[0] || l->places[i].seen < p->seen))
            p = &l->places[i];
    }
    free_place(p);
    p->since = p->seen = now;
    return p;
}

static void fill_place(struct place *p, char secret[LOGIN_SECRET + 1])
{
    random_secret(secret);
    random_secret(p->login.token);
    hash_sha256(str_of(secret), p->hash);
}

static void count_wrong(struct logins *l, int64_t now)
{
    int64_t wait = 1;
    l->wrong++;
    for (int i = TRIES; i < l->wrong && wait < LONGEST_WAIT; i++)
        wait *= 2;
    if (l->wrong >= TRIES)
        l->locked_until = now + (wait < LONGEST_WAIT ? wait : LONGEST_WAIT);
}

bool login_enter(struct logins *l, struct str code, char cookie[LOGIN_SECRET + 1])
{
    int64_t now = seconds_now();
    if (now < l->locked_until)
        return false;
    if (now - l->launched >= LOGIN_LAUNCH_SECONDS || !is_secret(l->launch, code)) {
        count_wrong(l, now);
        return false;
    }
    l->launch[0] = '\0';
    l->wrong = 0;
    fill_place(take_place(l), cookie);
    return true;
}

static struct place *find(struct logins *l, struct str secret, bool screen)
{
    int64_t now = seconds_now();
    for (size_t i = 0; i < LOGINS_MAX; i++) {
        struct place *p = &l->places[i];
        if (!is_secret(p->hash, secret) || (p->login.journey[0] != '\0') != screen)
            continue;
        if (is_over(p, now)) {
            free_place(p);
            return NULL;
        }
        p->seen = now;
        return p;
    }
    return NULL;
}

struct login *login_find(struct logins *l, struct str cookie)
{
    struct place *p = find(l, cookie, false);
    return p ? &p->login : NULL;
}

void login_screen(struct logins *l, struct str journey, const struct login *maker,
                  char out[LOGIN_SECRET + 1])
{
    char token[LOGIN_SECRET + 1] = "";
    if (maker) /* whose own place may be the one that is taken */
        memcpy(token, maker->token, sizeof token);
    struct place *p = take_place(l);
    size_t n = journey.n < sizeof p->login.journey ? journey.n : sizeof p->login.journey - 1;
    fill_place(p, out);
    memcpy(p->login.journey, journey.p, n);
    memcpy(p->login.maker, token, sizeof token);
}

struct login *login_find_screen(struct logins *l, struct str secret)
{
    struct place *p = find(l, secret, true);
    return p ? &p->login : NULL;
}

bool login_has_screens(const struct logins *l, struct str journey)
{
    for (size_t i = 0; i < LOGINS_MAX; i++)
        if (l->places[i].hash[0] && str_is(journey, l->places[i].login.journey) &&
            !is_over(&l->places[i], seconds_now()))
            return journey.n > 0;
    return false;
}

void login_end_screens(struct logins *l, struct str journey)
{
    for (size_t i = 0; i < LOGINS_MAX; i++)
        if (str_is(journey, l->places[i].login.journey) && journey.n > 0)
            free_place(&l->places[i]);
}

bool login_lasts(const struct logins *l, const char token[LOGIN_SECRET + 1])
{
    for (size_t i = 0; i < LOGINS_MAX; i++)
        if (l->places[i].hash[0] && strcmp(l->places[i].login.token, token) == 0)
            return !is_over(&l->places[i], seconds_now());
    return false;
}

void login_leave(struct logins *l, struct login *login)
{
    char token[LOGIN_SECRET + 1];
    memcpy(token, login->token, sizeof token);
    for (size_t i = 0; i < LOGINS_MAX; i++)
        if (&l->places[i].login == login || strcmp(l->places[i].login.maker, token) == 0)
            free_place(&l->places[i]);
}
