#include "web/pages.h"

#define ROUTE(method, path, need, body, function) {method, path, need, body, function},
const struct route routes[] = {
#include "web/routes.def"
    {0}};
#undef ROUTE

/* Does a path fit "/journey/:journey/answer"?  What stands for :name goes to `parts`. */
static bool fits(struct str pattern, struct str path, struct str parts[PARTS_MAX])
{
    size_t n = 0;
    while (pattern.n > 0 || path.n > 0) {
        struct str want = str_split(pattern, '/', &pattern), have = str_split(path, '/', &path);
        if (want.n > 0 && want.p[0] == ':') {
            if (have.n == 0 || n >= PARTS_MAX)
                return false;
            parts[n++] = have;
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
