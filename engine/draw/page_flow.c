#include "draw/page_flow.h"

/* Heights are sums of fractions of points. */
static const double slack = 0.01;

/* What is tried in turn: how firm a bond may be cut, and how much of the page must be filled. */
static const struct {
    enum keep cut;
    double filled;
} tries[] = {{KEEP_FREE, 0.55}, {KEEP_RATHER, 0.3}, {KEEP_RATHER, 0}, {KEEP_FIRM, 0}};

static double line_step(const struct flow_line *line, bool first)
{
    return (first ? line->again : line->gap) + line->height;
}

/* The first line that has no room any more on a page that begins with `from`. */
static size_t lines_that_fit(const struct flow_line *lines, size_t n, size_t from, double room)
{
    double y = line_step(&lines[from], true);
    size_t i = from + 1;
    for (; i < n && !lines[i].alone; i++) {
        y += line_step(&lines[i], false);
        if (y > room + slack)
            break;
    }
    return i;
}

/* The last place in (from, end] where a bond of at most `cut` is cut on a page filled to `least`;
 * `from` if there is none. */
static size_t cut_before(const struct flow_line *lines, size_t from, size_t end, enum keep cut,
                         double least)
{
    double filled = 0;
    size_t best = from;
    for (size_t i = from; i <= end; i++) {
        if (i > from && lines[i].keep <= cut && filled + slack >= least)
            best = i;
        if (i < end)
            filled += line_step(&lines[i], i == from);
    }
    return best;
}

static size_t page_end(const struct flow_line *lines, size_t n, size_t from, double room)
{
    if (lines[from].alone)
        return from + 1;
    size_t end = lines_that_fit(lines, n, from, room);
    if (end == n || lines[end].alone)
        return end;
    for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
        size_t cut = cut_before(lines, from, end, tries[i].cut, tries[i].filled * room);
        if (cut > from)
            return cut;
    }
    return end;
}

size_t flow_pages(struct arena *a, const struct flow_line *lines, size_t n, double room,
                  struct flow_page **pages)
{
    size_t count = 0;
    *pages = arena_alloc(a, n * sizeof **pages);
    for (size_t from = 0; from < n; count++) {
        size_t to = page_end(lines, n, from, room);
        (*pages)[count] = (struct flow_page){from, to};
        from = to;
    }
    return count;
}

static void keep_at_least(struct flow_line *line, enum keep keep)
{
    if (line->keep < keep)
        line->keep = keep;
}

void flow_keep_paragraph(struct flow_line *lines, size_t from, size_t to, size_t whole)
{
    if (to - from < 2)
        return;
    keep_at_least(&lines[from + 1], KEEP_FIRM);
    keep_at_least(&lines[to - 1], KEEP_FIRM);
    for (size_t i = from + 1; i < to && to - from <= whole; i++)
        keep_at_least(&lines[i], KEEP_RATHER);
}
