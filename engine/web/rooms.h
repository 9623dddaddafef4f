/* Journeys held open between requests, so that a sitting stays one session.  A journey that nobody
 * touched for half an hour is closed: its session ended when somebody was last there. */
#ifndef ESPALIER_WEB_ROOMS_H
#define ESPALIER_WEB_ROOMS_H

#include "practice/journey.h"

enum { ROOMS_MAX = 16, ROOM_SECONDS = 30 * 60 };

struct rooms;
struct rooms *rooms_new(struct practice *p);
void rooms_free(struct rooms *r);

/* The journey of that id, with what others wrote meanwhile; borrowed until the next call.  Fails as
 * journey_open. */
MUST_USE bool room_enter(struct rooms *r, struct str journey, struct journey **out, struct err *e);

/* The same for whoever only looks: a sitting that is open ends no later for it. */
MUST_USE bool room_look(struct rooms *r, struct str journey, struct journey **out, struct err *e);

/* The question that is talked about, as the coach's page shows it: so that a screen can follow.
 * False: it was that one already. */
bool room_show(struct rooms *r, struct str journey, struct str key);
/* The same question (empty: not known), and how often it was another one; lives as long as the
 * room. */
struct str room_shown(struct rooms *r, struct str journey, long long *moves);

/* Closes a journey, which ends the sitting; nothing if it is not open. */
void room_leave(struct rooms *r, struct str journey);

/* Closes what has been silent for long. */
void rooms_tidy(struct rooms *r);

#endif
