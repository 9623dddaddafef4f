/* Dates for other programs: a calendar of all-day events (RFC 5545), from one JSON tree:
 *
 *     {"name":"Amara Diallo","stamp":"2026-11-23T10:00:00Z","language":"en","events":[
 *       {"uid","day":"2026-12-01","text","note","kind","stamp","sequence":12}]}
 *
 * "uid" says which event it is: the same one later with a higher "sequence" takes the place of the
 * earlier one.  "stamp" is when the data behind it last changed (else that of the tree): the clock
 * is not asked, so the same tree gives the same bytes.  "note" and "kind" may be missing.  Texts
 * stay texts: nothing in them becomes a property, an alarm or an attachment.  An event without uid
 * or text, or whose day is none, is left out. */
#ifndef ESPALIER_DOCUMENT_CALENDAR_H
#define ESPALIER_DOCUMENT_CALENDAR_H

#include "base/json.h"

/* The calendar, with lines of at most 75 bytes that end with CR LF.  Lives in `a`. */
struct str calendar_write(struct arena *a, const json_t *calendar);

#endif
