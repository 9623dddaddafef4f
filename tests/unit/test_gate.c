/* Who may ask for what: by the host that was asked, where the request comes from, who is logged in,
 * and the token of the form. */
#include "web/form.h"
#include "web/server.h"

#include "unit.h"

#include <event2/http_struct.h>
#include <stdio.h>
#include <string.h>

enum { PORT = 4711 };

#define HERE "127.0.0.1:4711"
#define FORM "application/x-www-form-urlencoded"

/* What a request brings along.  `cookie`: 0 none, 1 that of the login, 2 another.  `token`: 0 none,
 * 1 in the form, 2 in the header, 3 a wrong one, 4 that of another login, 5 cut short. */
struct asking {
    const char *host, *site, *origin, *type;
    int cookie, token;
};

static const struct {
    const char *sentence;
    bool post;
    enum need need;
    struct asking with;
    int status;
} rows[] = {
    {"the desk needs nobody", false, NEED_NOTHING, {.host = HERE}, 0},
    {"a page of the coach's needs a login", false, NEED_COACH, {.host = HERE}, 401},
    {"and has one", false, NEED_COACH, {.host = HERE, .cookie = 1}, 0},
    {"a made-up cookie is none", false, NEED_COACH, {.host = HERE, .cookie = 2}, 401},
    {"the name for the browser is ours",
     false,
     NEED_NOTHING,
     {.host = "espalier.localhost:4711"},
     0},
    {"so is localhost", false, NEED_NOTHING, {.host = "localhost:4711"}, 0},
    {"and IPv6", false, NEED_NOTHING, {.host = "[::1]:4711"}, 0},
    {"another port is another program", false, NEED_NOTHING, {.host = "localhost:4712"}, 421},
    {"no port is another, too", false, NEED_NOTHING, {.host = "localhost"}, 421},
    {"a name that is turned on us is refused",
     false,
     NEED_NOTHING,
     {.host = "evil.example:4711"},
     421},
    {"a name that only begins like ours",
     false,
     NEED_NOTHING,
     {.host = "localhost.evil.example:4711"},
     421},
    {"a name below ours", false, NEED_NOTHING, {.host = "x.espalier.localhost:4711"}, 421},
    {"no host at all", false, NEED_NOTHING, {.host = NULL}, 421},
    {"an empty host", false, NEED_NOTHING, {.host = ""}, 421},
    {"capitals", false, NEED_NOTHING, {.host = "LOCALHOST:4711"}, 421},
    {"a form of ours", true, NEED_COACH, {HERE, "same-origin", NULL, FORM, 1, 1}, 0},
    {"what a person does", true, NEED_COACH, {HERE, "none", NULL, FORM, 1, 1}, 0},
    {"a script of ours", true, NEED_COACH, {HERE, "same-origin", NULL, FORM, 1, 2}, 0},
    {"another site's form", true, NEED_COACH, {HERE, "cross-site", NULL, FORM, 1, 1}, 403},
    {"that of another port", true, NEED_COACH, {HERE, "same-site", NULL, FORM, 1, 1}, 403},
    {"a word that is none", true, NEED_COACH, {HERE, "Same-Origin", NULL, FORM, 1, 1}, 403},
    {"the site counts before the origin",
     true,
     NEED_COACH,
     {HERE, "cross-site", "http://" HERE, FORM, 1, 1},
     403},
    {"an older browser's origin", true, NEED_COACH, {HERE, NULL, "http://" HERE, FORM, 1, 1}, 0},
    {"another name of ours is another origin",
     true,
     NEED_COACH,
     {HERE, NULL, "http://localhost:4711", FORM, 1, 1},
     403},
    {"another origin", true, NEED_COACH, {HERE, NULL, "http://evil.example", FORM, 1, 1}, 403},
    {"an origin that is none", true, NEED_COACH, {HERE, NULL, "null", FORM, 1, 1}, 403},
    {"neither site nor origin", true, NEED_COACH, {HERE, NULL, NULL, FORM, 1, 1}, 403},
    {"a form without its token", true, NEED_COACH, {HERE, "same-origin", NULL, FORM, 1, 0}, 403},
    {"with a wrong one", true, NEED_COACH, {HERE, "same-origin", NULL, FORM, 1, 3}, 403},
    {"with somebody else's", true, NEED_COACH, {HERE, "same-origin", NULL, FORM, 1, 4}, 403},
    {"with half of it", true, NEED_COACH, {HERE, "same-origin", NULL, FORM, 1, 5}, 403},
    {"a form of nobody's", true, NEED_COACH, {HERE, "same-origin", NULL, FORM, 0, 1}, 401},
    {"JSON is no form",
     true,
     NEED_COACH,
     {HERE, "same-origin", NULL, "application/json", 1, 2},
     415},
    {"nor is text", true, NEED_COACH, {HERE, "same-origin", NULL, "text/plain", 1, 1}, 415},
    {"nor are parts",
     true,
     NEED_COACH,
     {HERE, "same-origin", NULL, "multipart/form-data", 1, 1},
     415},
    {"nor is nothing", true, NEED_COACH, {HERE, "same-origin", NULL, NULL, 1, 1}, 415},
    {"a form says its letters",
     true,
     NEED_COACH,
     {HERE, "same-origin", NULL, FORM "; charset=utf-8", 1, 1},
     0},
    {"coming in needs no token", true, NEED_NOTHING, {HERE, "same-origin", NULL, FORM, 0, 0}, 0},
    {"but comes from us", true, NEED_NOTHING, {HERE, "cross-site", NULL, FORM, 0, 0}, 403},
    {"the host counts first",
     true,
     NEED_NOTHING,
     {"evil.example:4711", "same-origin", NULL, FORM, 0, 0},
     421},
};

struct scene {
    struct web web;
    char cookie[LOGIN_SECRET + 1], other[LOGIN_SECRET + 1];
};

static int set_up(void **state)
{
    static struct scene s;
    char code[LOGIN_SECRET + 1];
    s.web = (struct web){.port = PORT, .logins = logins_new()};
    login_launch(s.web.logins, code);
    assert_true(login_enter(s.web.logins, str_of(code), s.cookie));
    login_launch(s.web.logins, code);
    assert_true(login_enter(s.web.logins, str_of(code), s.other));
    *state = &s;
    return 0;
}

static int tear_down(void **state)
{
    struct scene *s = *state;
    logins_free(s->web.logins);
    return 0;
}

static void put(struct evhttp_request *request, const char *name, const char *value)
{
    if (value)
        assert_int_equal(evhttp_add_header(evhttp_request_get_input_headers(request), name, value),
                         0);
}

static const char *token_for(struct scene *s, struct arena *a, int kind)
{
    const char *own = login_find(s->web.logins, str_of(s->cookie))->token;
    switch (kind) {
    case 3:
        return str_format(a, "%064d", 0).p;
    case 4:
        return login_find(s->web.logins, str_of(s->other))->token;
    case 5:
        return str_format(a, "%.32s", own).p;
    default:
        return own;
    }
}

static int status_of(struct scene *s, struct arena *a, bool post, enum need need,
                     const struct asking *with)
{
    struct evhttp_request *request = evhttp_request_new(NULL, NULL);
    const struct route route = {.method = post ? "POST" : "GET", .path = "/x", .need = need};
    struct field field = {STR("token"), str_of(token_for(s, a, with->token))};
    struct form query = {0}, form = {&field, with->token == 0 || with->token == 2 ? 0 : 1};
    struct visit v = {.web = &s->web,
                      .a = a,
                      .request = request,
                      .route = &route,
                      .query = &query,
                      .form = &form};
    put(request, "Host", with->host);
    put(request, "Sec-Fetch-Site", with->site);
    put(request, "Origin", with->origin);
    put(request, "Content-Type", with->type);
    if (with->token == 2)
        put(request, "X-Token", token_for(s, a, 2));
    if (with->cookie)
        put(request, "Cookie",
            with->cookie == 1 ? str_format(a, "theme=dark; sid=%s; x", s->cookie).p
                              : str_format(a, "sid=%064d", 7).p);
    int status = gate_is_our_host(&v) ? gate_check(&v) : 421;
    if (status == 0 && need == NEED_COACH)
        assert_ptr_equal(v.login, login_find(s->web.logins, str_of(s->cookie)));
    evhttp_request_free(request);
    return status;
}

static void only_who_may_passes(void **state)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct arena *a = arena_new();
        int status = status_of(*state, a, rows[i].post, rows[i].need, &rows[i].with);
        if (status != rows[i].status)
            fail_msg("%s: %d instead of %d", rows[i].sentence, status, rows[i].status);
        arena_free(a);
    }
}

/* The secret of a screen is in its path; no cookie opens one, and it opens nothing else. */
static void a_screen_is_its_secret(void **state)
{
    struct scene *s = *state;
    struct arena *a = arena_new();
    char secret[LOGIN_SECRET + 1];
    struct evhttp_request *request = evhttp_request_new(NULL, NULL);
    struct form none = {0};
    struct route route = {.method = "GET", .path = "/screen/:secret", .need = NEED_SCREEN};
    struct visit v = {
        .web = &s->web, .a = a, .request = request, .route = &route, .query = &none, .form = &none};
    login_screen(s->web.logins, STR("j1"), NULL, secret);
    put(request, "Host", HERE);
    v.parts[0] = str_of(secret);
    assert_int_equal(gate_check(&v), 0);
    assert_string_equal(v.login->journey, "j1");
    v.parts[0] = str_of(s->cookie);
    assert_int_equal(gate_check(&v), 404);
    put(request, "Cookie", str_format(a, "sid=%s", secret).p);
    route.need = NEED_COACH;
    assert_int_equal(gate_check(&v), 401);
    evhttp_request_free(request);
    arena_free(a);
}

static void a_cookie_is_found_among_others(void **state)
{
    static const char *const cookies[][2] = {
        {"sid=a", "a"},
        {"x=1; sid=a; y=2", "a"},
        {"x=1;sid=a", "a"},
        {"sid = a ", "a"},
        {"xsid=a", ""},
        {"sid", ""},
        {"", ""},
        {"=a", ""},
        {"sid=a; sid=b", "a"},
        {";;sid=a", "a"},
        {"x=sid=a", ""},
        {"SID=a", ""},
        {"x=\"; sid=a\"", "a\""},
        {"sid=a=b", "a=b"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cookies / sizeof *cookies; i++) {
        struct arena *a = arena_new();
        struct evhttp_request *request = evhttp_request_new(NULL, NULL);
        struct visit v = {.request = request};
        put(request, "Cookie", cookies[i][0]);
        assert_string_equal(str_copy(a, visit_cookie(&v, "sid")).p, cookies[i][1]);
        evhttp_request_free(request);
        arena_free(a);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(only_who_may_passes),
        TEST(a_screen_is_its_secret),
        cmocka_unit_test(a_cookie_is_found_among_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
