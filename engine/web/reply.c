#include "web/reply.h"

#include "base/files.h"
#include "document/document.h"
#include "web/assets.h"
#include "web/pages.h"

#include <event2/buffer.h>
#include <string.h>

/* RELIABILITY 3.4, for every answer. */
static const struct {
    const char *name, *value;
} headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
     "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
     "base-uri 'none'; object-src 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cache-Control", "no-store"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"Permissions-Policy", "camera=(), microphone=(), geolocation=(), usb=(), clipboard-read=()"},
};

static const struct {
    enum err_code code;
    int status;
} statuses[] = {
    {ERR_REFUSED, 409}, {ERR_NOT_FOUND, 404}, {ERR_CONFLICT, 409}, {ERR_USAGE, 400},
    {ERR_INPUT, 422},   {ERR_DATA, 400},      {ERR_LIMIT, 413},    {ERR_SCRIPT, 500},
    {ERR_DISK, 507},    {ERR_LOCKED, 503},    {ERR_MEMORY, 503},   {ERR_INTERRUPTED, 503},
};

int reply_status_of(enum err_code code)
{
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
        if (statuses[i].code == code)
            return statuses[i].status;
    return 500;
}

/* What is said of a status where nothing else is known; the reason phrase of the answer. */
static const char *reason_of(int status)
{
    static const struct {
        int status;
        const char *reason;
    } reasons[] = {
        {200, "OK"},
        {303, "See Other"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {409, "Conflict"},
        {411, "Length Required"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {421, "Misdirected Request"},
        {422, "Unprocessable Content"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Unsupported"},
        {503, "Service Unavailable"},
        {505, "HTTP Version Not Supported"},
        {507, "Insufficient Storage"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
        if (reasons[i].status == status)
            return reasons[i].reason;
    return "Error";
}

void reply_headers(struct evhttp_request *request)
{
    struct evkeyvalq *out = evhttp_request_get_output_headers(request);
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++)
        (void)evhttp_add_header(out, headers[i].name, headers[i].value);
}

static void set_header(struct visit *v, const char *name, const char *value)
{
    (void)evhttp_add_header(evhttp_request_get_output_headers(v->request), name, value);
}

/* HEAD gets the headers of GET and no body. */
static void send_bytes(struct visit *v, int status, const char *type, struct str bytes)
{
    struct evbuffer *body = evbuffer_new();
    reply_headers(v->request);
    if (type)
        set_header(v, "Content-Type", type);
    set_header(v, "Content-Length", str_format(v->a, "%zu", bytes.n).p);
    if (evhttp_request_get_command(v->request) != EVHTTP_REQ_HEAD)
        (void)evbuffer_add(body, bytes.p, bytes.n);
    evhttp_send_reply(v->request, status, reason_of(status), body);
    evbuffer_free(body);
    v->answered = true;
}

static bool find_part(void *user, struct str name, struct str *text)
{
    struct arena *a = arena_new();
    (void)user;
    bool found =
        files_find(str_format(a, "engine/web/pages/%.*s.html.mustache", STR_ARG(name)), text);
    arena_free(a);
    return found;
}

/* Light or dark, where somebody has chosen: the page comes in it, so that nothing flashes. */
static void add_theme(struct visit *v, json_t *tree)
{
    struct str theme = visit_cookie(v, "theme");
    bool light = str_is(theme, "light"), dark = str_is(theme, "dark");
    json_object_set_new(tree, "theme", light || dark ? json_new_text(theme) : json_null());
    json_object_set_new(tree, "theme_light", json_boolean(light));
    json_object_set_new(tree, "theme_dark", json_boolean(dark));
}

/* What every page has. */
static void add_surroundings(struct visit *v, json_t *tree)
{
    json_object_set_new(tree, "words", assets_words(v->language));
    json_object_set_new(tree, "language", json_new_text(v->language));
    json_object_set_new(tree, "assets", assets_paths());
    json_object_set_new(tree, "here", json_new_text(page_here(v)));
    json_object_set_new(tree, "token", json_string(v->login ? v->login->token : ""));
    if (!json_object_get(tree, "title"))
        json_object_set_new(tree, "title", json_string("espalier"));
    json_object_set_new(tree, "french", json_boolean(str_is(v->language, "fr")));
    bool screen = v->login && v->login->journey[0] != '\0';
    json_object_set_new(tree, "coach", json_boolean(v->login && !screen));
    json_object_set_new(tree, "screen", json_boolean(screen));
    add_theme(v, tree);
}

void reply_page(struct visit *v, int status, const char *name, json_t *tree)
{
    struct str text, html;
    struct diags d = {.a = v->a};
    if (!find_part(NULL, str_of(name), &text))
        text = STR("");
    struct template t = {.name = str_of(name),
                         .text = text,
                         .escape = ESCAPE_HTML,
                         .strict = true,
                         .language = v->language,
                         .partial = find_part};
    add_surroundings(v, tree);
    bool ok = mustache_render(v->a, &t, tree, &d, &html);
    json_decref(tree);
    if (!ok) { /* a mistake of ours: say where, show nothing */
        status = 500;
        html = str_format(v->a, "<!doctype html><title>espalier</title><p>%.*s line %d: %s",
                          d.n ? (int)d.list[0].file.n : 0, d.n ? d.list[0].file.p : "",
                          d.n ? d.list[0].line : 0, d.n ? d.list[0].code : "");
    }
    send_bytes(v, status, "text/html; charset=utf-8", slots_fill(v->a, &v->slots, html));
}

void reply_nothing(struct visit *v)
{
    reply_headers(v->request);
    evhttp_send_reply(v->request, 204, "No Content", NULL);
    v->answered = true;
}

void reply_go(struct visit *v, struct str path)
{
    set_header(v, "Location", str_copy(v->a, path).p);
    send_bytes(v, 303, NULL, STR(""));
}

/* RFC 6266 and 8187: what is no plain letter is encoded, so that nothing can end the header. */
static struct str disposition(struct arena *a, struct str name)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    struct buf b = {.a = a};
    buf_add(&b, STR("attachment; filename*=UTF-8''"));
    for (size_t i = 0; i < name.n; i++) {
        unsigned char c = (unsigned char)name.p[i];
        if (c && strchr(plain, c))
            buf_add_char(&b, (char)c);
        else
            buf_format(&b, "%%%02X", c);
    }
    return buf_str(&b);
}

void reply_file(struct visit *v, const struct reply_file *file)
{
    if (file->name.n > 0)
        set_header(v, "Content-Disposition", disposition(v->a, file->name).p);
    send_bytes(v, 200, file->type, file->bytes);
}

void reply_error(struct visit *v, int status, struct str sentence)
{
    char code[16];
    (void)snprintf(code, sizeof code, "%d", status);
    json_t *words = assets_words(v->language);
    struct str known = json_member(json_object_get(words, "statuses"), code);
    json_t *tree =
        json_pack("{s:i,s:o,s:b}", "status", status, "sentence",
                  json_new_text(sentence.n ? sentence : known), "entrance", status == 401);
    json_decref(words);
    if (status >= 400 && status != 401 && status != 404 && status != 409 && status != 422)
        set_header(v, "Connection", "close");
    if (status == 421 || status == 400) { /* nothing for a stranger to read */
        json_decref(tree);
        send_bytes(v, status, "text/plain; charset=utf-8", STR(""));
        return;
    }
    reply_page(v, status, "error", tree);
}
