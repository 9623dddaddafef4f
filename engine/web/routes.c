#include "web/pages.h"

#define ROUTE(method, path, need, body, function) {method, path, need, body, function},
const struct route routes[] = {
#include "web/routes.def"
    {0}};
#undef ROUTE

static size_t count_slashes(struct str path)
{
    size_t n = 0;
    for (size_t i = 0; i < path.n; i++)
        n += path.p[i] == '/';
    return n;
}

/* Does a path fit "/journey/:journey/plan.:format"?  What stands for :name, up to the next slash,
 * goes to `parts`. */
static bool fits(struct str pattern, struct str path, struct str parts[PARTS_MAX])
{
    size_t n = 0;
    if (count_slashes(pattern) != count_slashes(path))
        return false;
    while (pattern.n > 0 || path.n > 0) {
        struct str want = str_split(pattern, '/', &pattern), have = str_split(path, '/', &path);
        size_t at = str_find(want, STR(":"), 0);
        if (at < want.n) {
            if (!str_starts(have, str_part(want, 0, at)) || have.n == at || n >= PARTS_MAX)
                return false;
            parts[n++] = str_part(have, at, have.n);
        } else if (!str_eq(want, have)) {
            return false;
        }
    }
    return true;
}

static bool is_method(const struct route *route, struct str method)
{
    struct str own = str_of(route->method);
    return str_eq(own, method) || (str_is(own, "GET") && str_is(method, "HEAD"));
}

const struct route *route_find(struct str method, struct str path, struct str parts[PARTS_MAX],
                               struct arena *a, struct str *allowed)
{
    struct buf methods = {.a = a};
    for (const struct route *route = routes; route->path; route++) {
        if (!fits(str_of(route->path), path, parts))
            continue;
        if (is_method(route, method))
            return route;
        buf_format(&methods, "%s%s", methods.n ? ", " : "",
                   str_is(str_of(route->method), "GET") ? "GET, HEAD" : route->method);
    }
    *allowed = methods.n ? buf_str(&methods) : STR("");
    return NULL;
}
