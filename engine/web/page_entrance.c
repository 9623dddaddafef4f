/* Coming in and going out, and what is the same for everybody. */
#include "web/pages.h"

#include "web/assets.h"
#include "web/form.h"
#include "web/hub.h"
#include "web/reply.h"

#include <event2/http.h>

static void set_cookie(struct visit *v, const char *name, struct str value, long seconds)
{
    bool secret = str_is(str_of(name), "sid");
    (void)evhttp_add_header(evhttp_request_get_output_headers(v->request), "Set-Cookie",
                            str_format(v->a, "%s=%.*s; %sSameSite=Strict; Path=/; Max-Age=%ld",
                                       name, STR_ARG(value), secret ? "HttpOnly; " : "", seconds)
                                .p);
}

bool page_asset(struct visit *v, struct err *e)
{
    const struct asset *asset = asset_find(v->path);
    if (!asset)
        return err_set(e, ERR_NOT_FOUND, "There is no such file.");
    struct evkeyvalq *out = evhttp_request_get_output_headers(v->request);
    (void)evhttp_add_header(out, "Content-Encoding", "gzip");
    (void)evhttp_add_header(out, "ETag", asset->etag);
    reply_file(v, &(struct reply_file){.type = asset->type, .bytes = asset->content});
    return true;
}

bool page_enter(struct visit *v, struct err *e)
{
    char cookie[LOGIN_SECRET + 1];
    (void)e;
    if (!login_enter(v->web->logins, str_trim(form_get(v->form, "code")), cookie)) {
        reply_error(v, 401, STR(""));
        return true;
    }
    set_cookie(v, "sid", str_of(cookie), LOGIN_SECONDS);
    reply_go(v, STR("/"));
    return true;
}

bool page_leave(struct visit *v, struct err *e)
{
    (void)e;
    login_leave(v->web->logins, v->login);
    hub_tidy(v->web->hub);
    set_cookie(v, "sid", STR(""), 0);
    (void)evhttp_add_header(evhttp_request_get_output_headers(v->request), "Clear-Site-Data",
                            "\"cache\", \"storage\"");
    reply_go(v, STR("/"));
    return true;
}

/* A path of ours and nothing else: browsers read past control characters, so that "/", a tab and
 * "/elsewhere" would lead to another site. */
static bool is_own_path(struct str path)
{
    for (size_t i = 0; i < path.n; i++)
        if ((unsigned char)path.p[i] <= ' ' || path.p[i] == 0x7f || path.p[i] == '\\')
            return false;
    return str_starts(path, STR("/")) && !str_starts(path, STR("//"));
}

/* Where a form came from, so that one goes back there. */
struct str page_back(struct visit *v, struct str otherwise)
{
    struct str to = form_get(v->form, "back");
    return is_own_path(to) ? to : otherwise;
}

/* The address of this page, with what it was asked for. */
static struct str address_of(struct visit *v)
{
    struct str path = v->path.n > 0 ? v->path : STR("/");
    const char *query = evhttp_uri_get_query(evhttp_request_get_evhttp_uri(v->request));
    return query ? str_format(v->a, "%.*s?%s", STR_ARG(path), query) : path;
}

struct str page_here(struct visit *v)
{
    struct str parts[PARTS_MAX], ignored, whole = page_back(v, address_of(v));
    struct str path = str_part(whole, 0, str_find(whole, STR("?"), 0));
    if (route_find(STR("GET"), path, parts, v->a, &ignored))
        return whole;
    while (path.n > 1 && !route_find(STR("GET"), path, parts, v->a, &ignored)) {
        size_t end = path.n - 1;
        while (end > 0 && path.p[end] != '/')
            end--;
        path = str_part(path, 0, end > 0 ? end : 1);
    }
    return path;
}

bool page_language(struct visit *v, struct err *e)
{
    struct str to = form_get(v->form, "language");
    if (!str_is(to, "en") && !str_is(to, "fr"))
        return err_set(e, ERR_INPUT, "The pages speak English (en) and French (fr).");
    set_cookie(v, "language", to, 365L * 24 * 3600);
    reply_go(v, page_here(v));
    return true;
}

bool page_theme(struct visit *v, struct err *e)
{
    struct str theme = form_get(v->form, "theme");
    bool chosen = str_is(theme, "light") || str_is(theme, "dark");
    if (!chosen && !str_is(theme, "auto"))
        return err_set(e, ERR_INPUT, "The pages are light, dark, or as the device is (auto).");
    set_cookie(v, "theme", chosen ? theme : STR(""), chosen ? 365L * 24 * 3600 : 0);
    reply_go(v, page_here(v));
    return true;
}
