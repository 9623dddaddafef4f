/* What libical makes of a calendar: prints how many events it has; fails at any error it finds.
 * Without an argument: the control, a calendar with an error in it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

static int events(const char *text)
{
    icalcomponent *calendar = icalparser_parse_string(text);
    if (!calendar)
        return -1;
    icalrestriction_check(calendar);
    int faults = icalcomponent_count_errors(calendar),
        n = icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT),
        all = icalcomponent_count_components(calendar, ICAL_ANY_COMPONENT);
    icalcomponent_free(calendar);
    return faults > 0 || n != all ? -1 : n;
}

static char *contents(const char *path)
{
    FILE *f = fopen(path, "rb");
    static char text[4 << 20];
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    text[n] = '\0';
    if (f)
        (void)fclose(f);
    return text;
}

int main(int argc, char **argv)
{
    static const char wrong[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n"
                                "DTSTART;VALUE=DATE:2026x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    icalerror_set_errors_are_fatal(0);
    if (argc < 2)
        return events(wrong) == -1 ? 0 : 1;
    int n = events(contents(argv[1]));
    (void)printf("%d\n", n);
    return n < 0;
}
