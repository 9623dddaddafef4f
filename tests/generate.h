/* Answers made up for any question, from what an open question of a view says of itself
 * (INTERFACES.md section 2): for property tests and for driving the program from outside.  The same
 * question id and number give the same answer. */
#ifndef ESPALIER_TESTS_GENERATE_H
#define ESPALIER_TESTS_GENERATE_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint64_t generate_mix(uint64_t x)
{
    x ^= x >> 31;
    x *= 0x9E3779B97F4A7C15u;
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    return x ^ (x >> 32);
}

static uint64_t generate_seed(const char *text, uint64_t number)
{
    uint64_t hash = 1469598103934665603u + number * 7919;
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * 1099511628211u;
    return generate_mix(hash);
}

static json_t *generate_value(const json_t *q, uint64_t seed);

static long long generate_whole(const json_t *q, const char *low, const char *high, long long from,
                                long long to, uint64_t seed)
{
    const json_t *l = json_object_get(q, low), *h = json_object_get(q, high);
    if (json_is_number(l))
        from = (long long)json_number_value(l);
    if (json_is_number(h))
        to = (long long)json_number_value(h);
    return from + (long long)(seed % (uint64_t)(to - from + 1));
}

static json_t *generate_text(uint64_t seed, long long max)
{
    static const char *const words[] = {"école",  "budget",   "équipe",    "neighbours",
                                        "日本",   "garden 🌱", "l'atelier", "a <b> & *c*",
                                        "Müller", "trust"};
    char text[256];
    int n = snprintf(text, sizeof text, "%s and %s, number %u", words[seed % 10],
                     words[seed / 10 % 10], (unsigned)(seed / 100 % 1000));
    if (max > 0 && n > max)
        return json_string("short");
    return json_string(text);
}

static json_t *generate_list(const json_t *q, uint64_t seed)
{
    json_t *list = json_array(), *field;
    const char *name;
    long long n = generate_whole(q, "min", "", 1, 3, seed);
    if (n > 4)
        n = generate_whole(q, "min", "min", 1, 3, seed);
    for (long long i = 0; i < n; i++) {
        json_t *item = json_object();
        json_object_foreach (json_object_get(q, "item"), name, field)
            json_object_set_new(item, name,
                                generate_value(field, generate_seed(name, seed + (uint64_t)i)));
        json_array_append_new(list, item);
    }
    return list;
}

static json_t *generate_rows(const json_t *q, uint64_t seed)
{
    json_t *answer = json_object(), *row, *scale;
    size_t i, k;
    json_array_foreach (json_object_get(q, "rows"), i, row) {
        json_t *columns = json_object_get(q, "columns"), *cell = json_object();
        seed = generate_mix(seed + i);
        if (columns) {
            json_t *column = json_array_get(columns, seed % json_array_size(columns));
            json_object_set(cell, "to", json_object_get(column, "id"));
            if (seed % 3 == 0)
                json_object_set_new(cell, "why", json_string("because"));
        }
        json_array_foreach (json_object_get(q, "scales"), k, scale)
            json_object_set_new(
                cell, json_string_value(json_object_get(scale, "id")),
                json_integer(generate_whole(scale, "from", "to", 0, 10, generate_mix(seed + k))));
        json_object_set_new(answer, json_string_value(json_object_get(row, "id")), cell);
    }
    return answer;
}

static json_t *generate_choices(const json_t *q, uint64_t seed)
{
    json_t *options = json_object_get(q, "options"), *chosen = json_array(), *option;
    size_t i;
    long long least = json_integer_value(json_object_get(q, "min")),
              most = json_integer_value(json_object_get(q, "max"));
    json_array_foreach (options, i, option) {
        size_t left = json_array_size(options) - i, have = json_array_size(chosen);
        bool needed = have + left <= (size_t)(least > 0 ? least : 1);
        bool room = most <= 0 || have < (size_t)most;
        if (room && (needed || generate_mix(seed + i) % 2 == 0))
            json_array_append(chosen, json_object_get(option, "id"));
    }
    return chosen;
}

static json_t *generate_rank(const json_t *q, uint64_t seed)
{
    json_t *rows = json_object_get(q, "rows"), *ids = json_array(), *row;
    size_t i;
    if (!rows)
        rows = json_object_get(q, "options");
    json_array_foreach (rows, i, row)
        json_array_insert(ids, generate_mix(seed + i) % (json_array_size(ids) + 1),
                          json_object_get(row, "id"));
    return ids;
}

static json_t *generate_value(const json_t *q, uint64_t seed)
{
    const char *type = json_string_value(json_object_get(q, "type"));
    json_t *options = json_object_get(q, "options");
    char money[32];
    if (!type || strcmp(type, "text") == 0)
        return generate_text(seed, json_integer_value(json_object_get(q, "max")));
    if (strcmp(type, "long_text") == 0)
        return json_string("A longer answer, long enough to say something of use: l'été, 日本.");
    if (strcmp(type, "yes_no") == 0)
        return json_boolean(seed % 2);
    if (strcmp(type, "choice") == 0)
        return json_incref(
            json_object_get(json_array_get(options, seed % json_array_size(options)), "id"));
    if (strcmp(type, "choices") == 0)
        return generate_choices(q, seed);
    if (strcmp(type, "scale") == 0)
        return json_integer(generate_whole(q, "from", "to", 0, 10, seed));
    if (strcmp(type, "integer") == 0 || strcmp(type, "number") == 0)
        return json_integer(generate_whole(q, "min", "max", 1, 9, seed));
    if (strcmp(type, "money") == 0) {
        (void)snprintf(money, sizeof money, "%u.50", (unsigned)(seed % 5000));
        return json_pack("{s:s,s:s,s:s}", "amount", money, "currency", "EUR", "period", "month");
    }
    if (strcmp(type, "date") == 0)
        return json_string(seed % 2 ? "2027-01-15" : "2027-02-28");
    if (strcmp(type, "duration") == 0)
        return json_integer(15 * (long long)(1 + seed % 8));
    if (strcmp(type, "list") == 0)
        return generate_list(q, seed);
    if (strcmp(type, "sort") == 0 || strcmp(type, "grid") == 0)
        return generate_rows(q, seed);
    if (strcmp(type, "rank") == 0)
        return generate_rank(q, seed);
    if (strcmp(type, "commitment") == 0)
        return json_pack("{s:s,s:s,s:s,s:s}", "what", "Call two neighbours", "by", "2027-01-10",
                         "know", "Two calls are made", "help", "Lea");
    return json_pack("{s:b,s:s,s:s}", "agreed", 1, "who", "Ada", "on", "2026-11-23");
}

/* An answer to an open question; `number` varies it. */
static json_t *generate_answer(const json_t *open, uint64_t number)
{
    return generate_value(open,
                          generate_seed(json_string_value(json_object_get(open, "id")), number));
}

#endif
