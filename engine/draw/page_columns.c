#include "draw/page_columns.h"

/* A table that would fill this much of the room fills it. */
static const double nearly = 0.6;

static double sum_most(const struct column *columns, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += columns[i].most;
    return sum;
}

double columns_least(const struct column *columns, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += columns[i].least;
    return sum;
}

/* What the columns have that have no width yet. */
struct rest {
    size_t n;
    double room, least, most;
};

static struct rest rest_of(const struct column *columns, size_t n, double room)
{
    struct rest rest = {.room = room};
    for (size_t i = 0; i < n; i++) {
        bool open = columns[i].width <= 0;
        rest.n += open;
        rest.room -= open ? 0 : columns[i].width;
        rest.least += open ? columns[i].least : 0;
        rest.most += open ? columns[i].most : 0;
    }
    return rest;
}

/* Gives a column its most if that is within its share and leaves the others their least; false if
 * there is none left. */
static bool settle_one(struct column *columns, size_t n, double room)
{
    struct rest rest = rest_of(columns, n, room);
    for (size_t i = 0; i < n; i++) {
        struct column *c = &columns[i];
        if (c->width > 0 || c->most > rest.room / (double)rest.n ||
            rest.least - c->least > rest.room - c->most)
            continue;
        c->width = c->most;
        return true;
    }
    return false;
}

static void share_wrapped(struct column *columns, size_t n, double room)
{
    while (settle_one(columns, n, room))
        continue;
    struct rest rest = rest_of(columns, n, room);
    double give = rest.most > rest.least ? (rest.room - rest.least) / (rest.most - rest.least) : 0;
    for (size_t i = 0; i < n; i++)
        if (columns[i].width <= 0)
            columns[i].width = columns[i].least + (columns[i].most - columns[i].least) * give;
}

/* Columns whose words are within their share keep them whole. */
static void share_broken(struct column *columns, size_t n, double room)
{
    for (bool again = true; again;) {
        struct rest rest = rest_of(columns, n, room);
        again = false;
        for (size_t i = 0; i < n && !again; i++) {
            if (columns[i].width > 0 || columns[i].least > rest.room / (double)rest.n)
                continue;
            columns[i].width = columns[i].least;
            again = true;
        }
    }
    struct rest rest = rest_of(columns, n, room);
    for (size_t i = 0; i < n; i++)
        if (columns[i].width <= 0)
            columns[i].width = rest.room / (double)rest.n;
}

void columns_share(struct column *columns, size_t n, double room)
{
    double most = sum_most(columns, n), least = columns_least(columns, n);
    for (size_t i = 0; i < n; i++)
        columns[i].width = 0;
    if (least > room) {
        share_broken(columns, n, room);
    } else if (most > room) {
        share_wrapped(columns, n, room);
    } else {
        double wider = most > nearly * room ? room / most : 1;
        for (size_t i = 0; i < n; i++)
            columns[i].width = columns[i].most * wider;
    }
}
