/* The items of a box: below each other, in a wide box in two or three lanes beside each other. */
#include "draw/board.h"

#include <math.h>

#define LANE_WIDE 15.5 /* sizes of text that a lane has at least */
#define LANE_GAP 1.6
#define MORE_HIGH 1.3

enum { LANES_MOST = 3, LANE_ITEMS = 3 };

static size_t lanes_of(const struct board *b, const struct box *box, double width)
{
    double room = (width + LANE_GAP * b->size) / ((LANE_WIDE + LANE_GAP) * b->size);
    size_t lanes = (size_t)fmin(fmax(room, 1), LANES_MOST);
    size_t needed = (box->n + LANE_ITEMS - 1) / LANE_ITEMS;
    return lanes < needed ? lanes : needed > 0 ? needed : 1;
}

static double lane_width(const struct board *b, size_t lanes, double width)
{
    return (width - LANE_GAP * b->size * (double)(lanes - 1)) / (double)lanes;
}

/* Do all items stand in lanes of this height? */
static bool lanes_hold(const struct board *b, const struct box *box, size_t lanes, double high)
{
    size_t lane = 1;
    double y = 0;
    for (size_t i = 0; i < box->n; i++) {
        double item = box->items[i].high;
        if (y > 0 && y + item > high) {
            lane++;
            y = 0;
        }
        if (item > high || lane > lanes)
            return false;
        y += item + board_gap(b);
    }
    return true;
}

double board_lanes_high(const struct board *b, struct box *box, double width, double limit)
{
    size_t lanes = lanes_of(b, box, width);
    double sum = 0, low = 0, high = limit, room = lane_width(b, lanes, width);
    for (size_t i = 0; i < box->n; i++) {
        box->items[i].high = board_item_high(b, &box->items[i], room, limit);
        sum += box->items[i].high + board_gap(b);
        if (sum - board_gap(b) > limit * (double)lanes || box->items[i].high > limit)
            return limit + b->size;
    }
    if (lanes == 1)
        return sum - board_gap(b);
    if (!lanes_hold(b, box, lanes, high))
        return limit + b->size;
    while (high - low > 0.25) {
        double middle = (low + high) / 2;
        if (lanes_hold(b, box, lanes, middle))
            high = middle;
        else
            low = middle;
    }
    return high;
}

/* "n more, see the plan" at the bottom of a box. */
static void draw_more(const struct board *b, size_t n, struct rect inside)
{
    struct style style = {FACE_NARROW, b->size, .ink = INK_TERRACOTTA, .italic = true};
    PangoLayout *layout = text_layout(b->s, &style, board_more(b, n), inside.w);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
    surface_tag(b->s, "P");
    text_draw(b->s, layout, inside.x, inside.y + inside.h - text_high(layout));
    surface_untag(b->s);
    g_object_unref(layout);
}

/* Where the next item goes. */
struct pen {
    struct rect inside; /* of the box, below its label */
    size_t lane, lanes;
    double width, y, high; /* of a lane */
    bool all, rtl;         /* everything is there; from right to left */
};

static double room_at(const struct board *b, const struct pen *pen)
{
    bool last = pen->lane + 1 == pen->lanes;
    double end = pen->all ? pen->high : pen->inside.h - (last ? MORE_HIGH * b->size : 0);
    return pen->inside.y + end - pen->y + 0.3;
}

/* The first lane stands where reading begins. */
static double lane_x(const struct board *b, const struct pen *pen, size_t lane)
{
    size_t before = pen->rtl ? pen->lanes - 1 - lane : lane;
    return pen->inside.x + (pen->width + LANE_GAP * b->size) * (double)before;
}

static void next_lane(struct pen *pen)
{
    pen->lane++;
    pen->y = pen->inside.y;
}

/* Draws an item where there is room for it; 1 if it had to be cut, 2 if there was none. */
static int place_item(const struct board *b, struct pen *pen, const struct item *item)
{
    /* Where not all is there, a long one leaves room for others. */
    double most = fmax(pen->inside.h / 2, b->size * 2.6);
    double high = pen->all ? item->high : fmin(item->high, most);
    if (high > room_at(b, pen) && pen->y > pen->inside.y && pen->lane + 1 < pen->lanes)
        next_lane(pen);
    high = fmin(high, room_at(b, pen));
    bool whole = high >= item->high;
    if (!whole && high < b->size * MORE_HIGH)
        return 2;
    double x = lane_x(b, pen, pen->lane);
    pen->y +=
        board_item_draw(b, item, (struct rect){x, pen->y, pen->width, high}, whole) + board_gap(b);
    return !whole;
}

void board_lanes_draw(const struct board *b, struct box *box, struct rect inside, bool all)
{
    struct pen pen = {.inside = inside, .lanes = lanes_of(b, box, inside.w), .y = inside.y};
    size_t hidden = 0, i = 0;
    pen.all = all;
    pen.rtl = box->n > 0 && box->items[0].rtl;
    pen.width = lane_width(b, pen.lanes, inside.w);
    pen.high = all ? board_lanes_high(b, box, inside.w, inside.h + 1) : inside.h;
    surface_tag(b->s, "L");
    for (; i < box->n; i++) {
        struct item *item = &box->items[i];
        item->high = board_item_high(b, item, pen.width, inside.h);
        int how = place_item(b, &pen, item);
        if (how == 2)
            break;
        hidden += how == 1;
    }
    surface_untag(b->s);
    hidden += box->n - i;
    double x = lane_x(b, &pen, pen.lanes - 1);
    if (hidden > 0)
        draw_more(b, hidden, (struct rect){x, inside.y, pen.width, inside.h});
}
