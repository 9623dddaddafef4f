/* The policy of the door (RELIABILITY 2.5, H1, H2, H4): which host was asked, from where, by
 * whom. */
#include "web/form.h"
#include "web/server.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

static struct str header(const struct visit *v, const char *name)
{
    return str_of(evhttp_find_header(evhttp_request_get_input_headers(v->request), name));
}

/* The names this machine calls itself by; anything else is another site's name for it. */
static const char *const hosts[] = {"espalier.localhost", "localhost", "127.0.0.1", "[::1]"};

bool gate_is_our_host(const struct visit *v)
{
    struct str host = header(v, "Host");
    char own[64];
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        (void)snprintf(own, sizeof own, "%s:%d", hosts[i], v->web->port);
        if (str_is(host, own))
            return true;
    }
    return false;
}

/* Is this the origin that the host belongs to? */
static bool is_our_origin(struct visit *v, struct str origin, struct str host)
{
    return str_eq(origin, str_format(v->a, "http://%.*s", STR_ARG(host)));
}

/* A request that may change something comes from a page of ours. */
static bool is_from_us(struct visit *v)
{
    struct str site = header(v, "Sec-Fetch-Site");
    /* Pages without referrers, such as ours, send "Origin: null" where the site is told. */
    return site.n > 0 ? str_is(site, "same-origin") || str_is(site, "none")
                      : is_our_origin(v, header(v, "Origin"), header(v, "Host"));
}

static bool has_token(const struct visit *v)
{
    struct str token = header(v, "X-Token");
    if (token.n == 0)
        token = form_get(v->form, "token");
    return token.n == LOGIN_SECRET && sodium_memcmp(token.p, v->login->token, LOGIN_SECRET) == 0;
}

struct str visit_cookie(const struct visit *v, const char *wanted)
{
    struct str rest = header(v, "Cookie");
    while (rest.n > 0) {
        struct str value, name = str_trim(str_split(str_split(rest, ';', &rest), '=', &value));
        if (str_is(name, wanted))
            return str_trim(value);
    }
    return STR("");
}

static int find_login(struct visit *v)
{
    if (v->route->need != NEED_SCREEN)
        v->login = login_find(v->web->logins, visit_cookie(v, "sid"));
    else
        v->login = login_find_screen(v->web->logins, v->parts[0]);
    if (v->login)
        return 0;
    return v->route->need == NEED_NOTHING ? 0 : v->route->need == NEED_SCREEN ? 404 : 401;
}

static bool is_form(const struct visit *v)
{
    struct str rest, type = str_trim(str_split(header(v, "Content-Type"), ';', &rest));
    return str_is(type, "application/x-www-form-urlencoded");
}

int gate_check(struct visit *v)
{
    bool safe = !str_is(str_of(v->route->method), "POST");
    if (!safe && !is_from_us(v))
        return 403;
    int status = find_login(v);
    if (status != 0)
        return status;
    if (!safe && !is_form(v))
        return 415;
    if (!safe && v->route->need != NEED_NOTHING && !has_token(v))
        return 403;
    return 0;
}
