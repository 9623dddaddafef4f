/* Ranking: the numbers in their new order, "3 1 2".  Those that are left out follow in the order
 * they had. */
#include "term/ask.h"

enum { RANKED_MAX = 512 };

struct ranking {
    struct talk *t;
    const json_t *rows;
    size_t n;
    size_t order[RANKED_MAX]; /* numbers of rows, best first */
};

static size_t position_of(const json_t *ids, const json_t *id)
{
    size_t n = json_array_size(ids), i = 0;
    while (i < n && !json_equal(json_array_get(ids, i), id))
        i++;
    return i;
}

/* Rows in the order of `before`, then the others. */
static void begin_with(struct ranking *r, const json_t *before)
{
    size_t at = 0;
    for (size_t k = 0; k < json_array_size(before); k++)
        for (size_t i = 0; i < r->n; i++)
            if (json_equal(json_array_get(before, k),
                           json_object_get(json_array_get(r->rows, i), "id")) &&
                at < r->n)
                r->order[at++] = i;
    for (size_t i = 0; i < r->n && at < r->n; i++)
        if (position_of(before, json_object_get(json_array_get(r->rows, i), "id")) ==
            json_array_size(before))
            r->order[at++] = i;
}

static void show_order(struct ranking *r)
{
    screen_gap(&r->t->screen);
    for (size_t k = 0; k < r->n; k++)
        screen_item(&r->t->screen, STYLE_PLAIN, 2 * SCREEN_MARGIN,
                    talk_number(r->t, (long long)k + 1),
                    ask_name(json_array_get(r->rows, r->order[k])));
}

/* The same as lines, to be shown again after a remark. */
static struct str order_text(struct ranking *r)
{
    struct buf b = {.a = r->t->a};
    for (size_t k = 0; k < r->n; k++)
        buf_format(&b, "%s%zu  %.*s", k ? "\n" : "", k + 1,
                   STR_ARG(ask_name(json_array_get(r->rows, r->order[k]))));
    return buf_str(&b);
}

/* Takes the numbers of a line, as shown, into a new order.  False: no such number, or one twice. */
static bool take_numbers(struct ranking *r, struct str text, size_t *given)
{
    size_t now[RANKED_MAX];
    bool used[RANKED_MAX] = {false};
    size_t n = 0;
    for (size_t i = 0; i < text.n;) {
        size_t number = 0, start = i;
        while (i < text.n && text.p[i] >= '0' && text.p[i] <= '9' && number <= RANKED_MAX)
            number = 10 * number + (size_t)(text.p[i++] - '0');
        if (i == start) {
            if (text.p[i] != ' ' && text.p[i] != ',' && text.p[i] != '>')
                return false;
            i++;
            continue;
        }
        if (number < 1 || number > r->n || used[number - 1])
            return false;
        used[number - 1] = true;
        now[n++] = r->order[number - 1];
    }
    *given = n;
    for (size_t k = 0; k < r->n; k++)
        if (!used[k])
            now[n++] = r->order[k];
    for (size_t k = 0; k < r->n; k++)
        r->order[k] = now[k];
    return true;
}

static json_t *ranked_value(const struct ranking *r)
{
    json_t *ids = json_array();
    for (size_t k = 0; k < r->n; k++)
        json_array_append(ids, json_object_get(json_array_get(r->rows, r->order[k]), "id"));
    return ids;
}

enum reply ask_rank(struct talk *t, struct asking *asked)
{
    struct ranking *r = arena_alloc(t->a, sizeof *r);
    struct prompt p = {.sign = "> "};
    struct str text;
    bool moved = false;
    r->t = t;
    r->rows = json_object_get(asked->question, "rows");
    if (!json_array_size(r->rows))
        r->rows = json_object_get(asked->question, "options");
    r->n = json_array_size(r->rows) < RANKED_MAX ? json_array_size(r->rows) : RANKED_MAX;
    begin_with(r, asked->before);
    show_order(r);
    talk_hint(t, talk_text(t, TEXT_HINT_RANK));
    for (;;) {
        size_t numbers = 0;
        p.again = order_text(r);
        enum given given = talk_prompt(t, asked, &p, &text);
        if (given == GIVEN_EMPTY && moved)
            break;
        if (given != GIVEN_TEXT)
            return talk_reply(given);
        if (!take_numbers(r, text, &numbers)) {
            talk_warn(t, talk_fill(t, TEXT_RANK_NUMBERS, talk_number(t, (long long)r->n), STR("")));
            continue;
        }
        show_order(r);
        moved = true;
        if (numbers == r->n)
            break;
        talk_hint(t, talk_text(t, TEXT_RANK_SO));
    }
    asked->value = ranked_value(r);
    return REPLY_VALUE;
}
