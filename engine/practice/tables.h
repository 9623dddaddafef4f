/* What the coach takes into other programs: the days of a journey for a calendar, tables for
 * spreadsheets, the hours log.  Tables are the coach's own: private answers are in them, sensitive
 * answers and the coach's notes are not. */
#ifndef ESPALIER_PRACTICE_TABLES_H
#define ESPALIER_PRACTICE_TABLES_H

#include "practice/journey.h"

/* The days of the journey as an audience may know them, as events for document/calendar.h (a new
 * reference to an array): whatever was recorded with a text and a day, and waits that end.  An
 * event is known by its journey, its kind and the item or round it came from, so that it can be
 * imported again after a change.  `whose` (a name, or empty) stands before every text. */
json_t *journey_dates(struct journey *j, struct str audience, struct str whose);

/* An empty table for document/csv.h by its name (a new reference), or NULL: "items" (what stands on
 * canvases), "actions", "goals", "hours". */
json_t *table_new(struct str name);

/* Adds the rows of a journey, the client's `number`-th, to a table of items, actions or goals. */
void table_add_journey(json_t *table, struct journey *j, struct str client, size_t number);

/* The tree that the coach's documents see, without notes that were not shared: what leaves the
 * practice in an export (a new reference). */
json_t *journey_tree_without_notes(struct journey *j);

/* The hours log (a new reference), sessions that began on the days `from` to `to` (empty: without
 * an end), the earliest first:
 *   sessions  [{client, journey: its number, workflow, date, minutes, hours, kind, open}]
 *   totals    [{client, sessions, first, last, minutes, hours}] by name
 *   total     {sessions, clients, minutes, hours}
 * hours are decimal text ("1.25"); a session that is still open counts, but has no minutes yet. */
MUST_USE bool practice_hours(struct practice *p, struct str from, struct str to, json_t **log,
                             struct err *e);

/* The sessions of an hours log as rows of the table "hours"; of one client, or all if empty. */
void table_add_hours(json_t *table, const json_t *log, struct str client);

#endif
