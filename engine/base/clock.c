#include "base/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t fixed;

int64_t clock_now(void)
{
    if (fixed)
        return fixed;
    const char *hook = getenv("ESPALIER_CLOCK");
    int64_t ms;
    if (hook && clock_parse(str_of(hook), &ms))
        return ms;
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void clock_fix(int64_t ms)
{
    fixed = ms;
}

int64_t clock_steady(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool digits(struct str s, int *out)
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        n = n * 10 + (s.p[i] - '0');
    }
    *out = n;
    return s.n > 0;
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool parse_day(struct str day, int *y, int *m, int *d)
{
    return day.n == 10 && day.p[4] == '-' && day.p[7] == '-' && digits(str_part(day, 0, 4), y) &&
        digits(str_part(day, 5, 7), m) && digits(str_part(day, 8, 10), d) && *y >= 1900 &&
        *m >= 1 && *m <= 12 && *d >= 1 && *d <= days_in_month(*y, *m);
}

/* Days since 1970-01-01 in the Gregorian calendar.  Years are counted from March,
 * so that the day of a leap year is the last one. */
static int64_t day_number(int y, int m, int d)
{
    int64_t year = y - (m <= 2), era = year / 400, of_era = year - era * 400;
    int64_t of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

bool clock_is_day(struct str day)
{
    int y, m, d;
    return parse_day(day, &y, &m, &d);
}

bool clock_add_days(struct str day, int days, char out[11])
{
    int y, m, d;
    if (!parse_day(day, &y, &m, &d))
        return false;
    int64_t n = day_number(y, m, d) + days;
    if (n < day_number(1900, 1, 1) || n > day_number(9999, 12, 31))
        return false;
    time_t seconds = (time_t)(n * 86400);
    struct tm tm;
    return gmtime_r(&seconds, &tm) && strftime(out, 11, "%Y-%m-%d", &tm) == 10;
}

bool clock_parse(struct str text, int64_t *ms)
{
    int y, m, d, hour = 0, minute = 0, second = 0;
    if (!parse_day(str_part(text, 0, 10), &y, &m, &d))
        return false;
    struct str t = str_part(text, 10, text.n);
    if (t.n != 0) {
        bool ok = t.n == 10 && t.p[0] == 'T' && t.p[3] == ':' && t.p[6] == ':' && t.p[9] == 'Z' &&
            digits(str_part(t, 1, 3), &hour) && digits(str_part(t, 4, 6), &minute) &&
            digits(str_part(t, 7, 9), &second) && hour < 24 && minute < 60 && second < 60;
        if (!ok)
            return false;
    }
    *ms = ((day_number(y, m, d) * 24 + hour) * 60 + minute) * 60000 + (int64_t)second * 1000;
    return true;
}

void clock_day(int64_t ms, char out[11])
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;
    if (!localtime_r(&seconds, &tm) || strftime(out, 11, "%Y-%m-%d", &tm) == 0)
        out[0] = '\0';
}

void clock_time(int64_t ms, char out[6])
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;
    if (!localtime_r(&seconds, &tm) || strftime(out, 6, "%H:%M", &tm) == 0)
        out[0] = '\0';
}

void clock_stamp(int64_t ms, char out[21])
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm tm;
    if (!gmtime_r(&seconds, &tm) || strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        out[0] = '\0';
}
