#include "web/rooms.h"

#include <stdlib.h>
#include <string.h>

struct room {
    struct journey *journey; /* NULL: free */
    int64_t touched;         /* by the steady clock, which stands still while the machine sleeps */
    int64_t at;              /* the same by the clock on the wall */
    char shown[512];         /* the key of the question that is talked about */
    long long moves;
};

struct rooms {
    struct practice *practice;
    struct room rooms[ROOMS_MAX];
};

struct rooms *rooms_new(struct practice *p)
{
    struct rooms *r = mem_new(sizeof *r);
    r->practice = p;
    return r;
}

/* Has nobody been here for so long that the sitting is over? */
static bool is_silent(const struct room *room)
{
    const int64_t most = (int64_t)ROOM_SECONDS * 1000;
    return clock_steady() - room->touched > most || clock_now() - room->at > most;
}

/* A sitting that was forgotten ended when somebody was last here; another ends now. */
static void empty(struct room *room)
{
    journey_close_at(room->journey, is_silent(room) ? room->at : clock_now());
    room->journey = NULL;
    room->shown[0] = '\0';
}

void rooms_free(struct rooms *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < ROOMS_MAX; i++)
        empty(&r->rooms[i]);
    free(r);
}

static struct room *find(struct rooms *r, struct str id)
{
    for (size_t i = 0; i < ROOMS_MAX; i++)
        if (r->rooms[i].journey && str_eq(journey_record(r->rooms[i].journey)->id, id))
            return &r->rooms[i];
    return NULL;
}

/* A free one, else the one that was left alone for longest. */
static struct room *take(struct rooms *r)
{
    struct room *room = &r->rooms[0];
    for (size_t i = 1; i < ROOMS_MAX && room->journey; i++)
        if (!r->rooms[i].journey || r->rooms[i].touched < room->touched)
            room = &r->rooms[i];
    empty(room);
    return room;
}

static bool go_in(struct rooms *r, struct str journey, bool touch, struct journey **out,
                  struct err *e)
{
    struct room *room = find(r, journey);
    int64_t revision;
    if (room && is_silent(room)) {
        empty(room);
        room = NULL;
    }
    if (!room) {
        room = take(r);
        if (!journey_open(r->practice, journey, STR(""), &room->journey, e)) {
            room->journey = NULL;
            return false;
        }
        touch = true;
    }
    if (touch) {
        room->touched = clock_steady();
        room->at = clock_now();
    }
    *out = room->journey;
    return journey_revision(room->journey, &revision, e);
}

bool room_look(struct rooms *r, struct str journey, struct journey **out, struct err *e)
{
    return go_in(r, journey, false, out, e);
}

bool room_enter(struct rooms *r, struct str journey, struct journey **out, struct err *e)
{
    return go_in(r, journey, true, out, e);
}

bool room_show(struct rooms *r, struct str journey, struct str key)
{
    struct room *room = find(r, journey);
    if (!room || key.n >= sizeof room->shown || str_is(key, room->shown))
        return false;
    memcpy(room->shown, key.p, key.n);
    room->shown[key.n] = '\0';
    room->moves++;
    return true;
}

struct str room_shown(struct rooms *r, struct str journey, long long *moves)
{
    const struct room *room = find(r, journey);
    *moves = room ? room->moves : 0;
    return room ? str_of(room->shown) : STR("");
}

void room_leave(struct rooms *r, struct str journey)
{
    struct room *room = find(r, journey);
    if (room)
        empty(room);
}

void rooms_tidy(struct rooms *r)
{
    for (size_t i = 0; i < ROOMS_MAX; i++)
        if (r->rooms[i].journey && is_silent(&r->rooms[i]))
            empty(&r->rooms[i]);
}
