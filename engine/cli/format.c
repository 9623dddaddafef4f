#include "cli/format.h"

#include "document/document.h"
#include "document/draw.h"
#include "document/page.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BOTH = FORMAT_PAGE | FORMAT_BOARD };

static const struct format formats[] = {
    {"md", BOTH, false, true},           {"txt", BOTH, false, true},
    {"html", BOTH, false, false},        {"pdf", BOTH, true, false},
    {"docx", FORMAT_PAGE, true, false},  {"odt", FORMAT_PAGE, true, false},
    {"svg", FORMAT_BOARD, false, false}, {"png", FORMAT_BOARD, true, false},
    {"json", BOTH, false, true},
};

enum { FORMATS = sizeof formats / sizeof formats[0] };

bool format_is(const struct format *f, const char *name)
{
    return strcmp(f->name, name) == 0;
}

static const struct format *find(struct str name)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (str_is(name, formats[i].name))
            return &formats[i];
    return NULL;
}

/* "md, txt, html or json" */
static struct str names_of(struct arena *a, unsigned of)
{
    struct buf b = {.a = a};
    for (size_t i = 0; i < FORMATS; i++)
        if (formats[i].of & of)
            buf_format(&b, "%s%s",
                       b.n == 0              ? ""
                           : i + 1 < FORMATS ? ", "
                                             : " or ",
                       formats[i].name);
    return buf_str(&b);
}

/* The ending of a file's name without its point; empty if it has none. */
static struct str ending_of(const char *file)
{
    const char *slash = file ? strrchr(file, '/') : NULL, *name = slash ? slash + 1 : file;
    const char *point = name ? strrchr(name, '.') : NULL;
    return point && point != name ? str_of(point + 1) : STR("");
}

/* The format that the ending of a file's name means; NULL if it means none. */
static const struct format *of_ending(const char *file)
{
    struct str given = ending_of(file);
    char ending[8] = "";
    for (size_t i = 0; i < given.n && i + 1 < sizeof ending; i++)
        ending[i] = (char)tolower((unsigned char)given.p[i]);
    return find(str_of(ending));
}

static bool wrong_format(struct cli *c, unsigned of, const char *given, struct err *e)
{
    const char *what = of == FORMAT_BOARD ? "A canvas" : "A document";
    return err_set(e, ERR_USAGE, "%s is written as %s, not \"%.100s\".", what, names_of(c->a, of).p,
                   given);
}

bool format_choose(struct cli *c, unsigned of, const char *otherwise, const struct format **out,
                   struct err *e)
{
    const char *given = cli_option(c, "format"), *file = cli_option(c, "output");
    const struct format *f = given ? find(str_of(given)) : of_ending(file);
    if (given && !f)
        return wrong_format(c, of, given, e);
    if (!f && ending_of(file).n > 0)
        return wrong_format(c, of, ending_of(file).p, e);
    if (!f)
        f = find(c->json ? STR("json") : file ? STR("md") : str_of(otherwise));
    if (!(f->of & of))
        return wrong_format(c, of, f->name, e);
    if (c->json && !file && !format_is(f, "json"))
        return err_set(e, ERR_USAGE,
                       "--json prints JSON, not %s. Leave one of the two out, or add -o FILE.",
                       f->name);
    if (f->binary && !file && isatty(STDOUT_FILENO))
        return err_set(e, ERR_USAGE,
                       "A terminal cannot show %s. Add -o FILE.%s, or send it to another program.",
                       f->name, f->name);
    *out = f;
    return !file || files_may_write(file, c->force, e);
}

static bool choose_paper(struct cli *c, const char **paper, struct err *e)
{
    static const char *const papers[] = {"A4", "A3", "Letter"};
    const char *given = cli_option(c, "paper");
    *paper = papers[0];
    if (!given)
        return true;
    for (size_t i = 0; i < sizeof papers / sizeof papers[0]; i++) {
        if (strcasecmp(given, papers[i]) == 0) {
            *paper = papers[i];
            return true;
        }
    }
    return err_set(e, ERR_USAGE, "--paper is A4, A3 or Letter, not \"%.100s\".", given);
}

/* What a person who waits reads, from the first second on. */
struct wait {
    int64_t since;
    bool shown, silent;
};

static void tick(void *user)
{
    struct wait *w = user;
    int64_t seconds = (clock_steady() - w->since) / 1000;
    if (w->silent || seconds < 1)
        return;
    (void)fprintf(stderr, "\rdrawing ... %lld s", (long long)seconds);
    (void)fflush(stderr);
    w->shown = true;
}

/* Draws, and writes the file.  Takes the reference to the tree. */
static bool draw(struct cli *c, json_t *tree, struct err *e)
{
    struct wait wait = {.since = clock_steady(), .silent = c->quiet || !isatty(STDERR_FILENO)};
    struct str bytes;
    bool ok = draw_all(c->a, tree, tick, &wait, &bytes, e);
    json_decref(tree);
    if (wait.shown)
        (void)fprintf(stderr, "\r\033[K");
    return ok && cli_deliver(c, bytes, e);
}

static bool write_html(struct arena *a, const json_t *page, struct str *bytes, struct err *e)
{
    (void)e;
    *bytes = page_to_html(a, page);
    return true;
}

/* What is written here; the rest is drawn. */
static const struct {
    const char *format;
    bool (*write)(struct arena *a, const json_t *page, struct str *bytes, struct err *e);
} writers[] = {{"html", write_html}, {"docx", page_to_docx}, {"odt", page_to_odt}};

bool format_page(struct cli *c, const struct format *f, json_t *page, struct err *e)
{
    const char *paper;
    struct str bytes;
    if (!choose_paper(c, &paper, e))
        return false;
    if (format_is(f, "pdf"))
        return draw(c,
                    json_pack("{s:s,s:s,s:s,s:O}", "draw", "page", "format", "pdf", "paper", paper,
                              "page", page),
                    e);
    json_object_set_new(page, "paper", json_string(paper));
    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++)
        if (format_is(f, writers[i].format))
            return writers[i].write(c->a, page, &bytes, e) && cli_deliver(c, bytes, e);
    return wrong_format(c, FORMAT_PAGE, f->name, e);
}

static void add_heading(json_t *blocks, int level, struct str text)
{
    json_array_append_new(blocks,
                          json_pack("{s:s,s:i,s:[{s:o}]}", "is", "heading", "level", level, "text",
                                    "text", json_new_text(text)));
}

/* Canvases as a page of their own, whose title they have in common; of several each has its state
 * above it. */
static json_t *page_of_boards(const json_t *boards)
{
    const json_t *first = json_array_get(boards, 0);
    bool several = json_array_size(boards) > 1;
    json_t *blocks = json_array(), *board;
    size_t i;
    add_heading(blocks, 1, json_member(first, "title"));
    json_array_foreach ((json_t *)(uintptr_t)boards, i, board) {
        json_t *own = json_copy(board);
        if (several)
            add_heading(blocks, 2, json_member(board, "state_label"));
        (void)json_object_del(own, "title");
        if (several)
            (void)json_object_del(own, "state_label");
        json_array_append_new(blocks,
                              json_pack("{s:s,s:[],s:o}", "is", "board", "caption", "board", own));
    }
    return json_pack(
        "{s:O?,s:O?,s:O?,s:O?,s:O?,s:o}", "language", json_object_get(first, "language"), "title",
        json_object_get(first, "title"), "subtitle", json_object_get(first, "client"), "date",
        json_object_get(first, "date"), "words", json_object_get(first, "words"), "blocks", blocks);
}

bool format_boards(struct cli *c, const struct format *f, json_t *boards, struct err *e)
{
    const char *paper;
    bool one = json_array_size(boards) == 1;
    if (format_is(f, "html")) {
        json_t *page = page_of_boards(boards);
        bool ok = format_page(c, f, page, e);
        json_decref(page);
        return ok;
    }
    if (!choose_paper(c, &paper, e))
        return false;
    return draw(c,
                json_pack("{s:s,s:s,s:s,s:O}", "draw", one ? "board" : "boards", "format", f->name,
                          "paper", paper, one ? "board" : "boards",
                          one ? json_array_get(boards, 0) : boards),
                e);
}
