/* The clock: UTC milliseconds since 1970 and civil dates.  Times are stored, never used for order.
 * ESPALIER_CLOCK ("2026-11-23T10:00:00Z") fixes it, for tests and examples. */
#ifndef ESPALIER_BASE_CLOCK_H
#define ESPALIER_BASE_CLOCK_H

#include "base/text.h"

#include <stdint.h>

/* Now, in UTC milliseconds. */
int64_t clock_now(void);

/* Fixes the clock from now on (0 sets it free again); what ESPALIER_CLOCK does. */
void clock_fix(int64_t ms);

/* "2026-11-23T10:00:00Z" or "2026-11-23" to milliseconds; false if it is neither. */
bool clock_parse(struct str text, int64_t *ms);

/* The day "2026-11-23" of a time, in the local time zone (TZ); `out` has room for 11 bytes. */
void clock_day(int64_t ms, char out[11]);

/* The time of the day "14:05" of a time, likewise; `out` has room for 6 bytes. */
void clock_time(int64_t ms, char out[6]);

/* "2026-11-23T10:00:00Z"; `out` has room for 21 bytes. */
void clock_stamp(int64_t ms, char out[21]);

/* Is it a day of the calendar, "YYYY-MM-DD", years 1900 to 9999? */
bool clock_is_day(struct str day);

/* The day `days` later (or earlier, negative); false outside the years above. */
bool clock_add_days(struct str day, int days, char out[11]);

/* Milliseconds of a steady clock that never jumps, for durations. */
int64_t clock_steady(void);

#endif
