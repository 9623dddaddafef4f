/* A page as a self-contained HTML document. */
#include "document/html.h"

#include "base/files.h"
#include "base/random.h"
#include "document/escape.h"
#include "document/language.h"

#include <assert.h>
#include <ctype.h>

struct str page_style(void)
{
    struct str style = STR("");
    bool found = files_find(STR("engine/document/page.css"), &style);
    assert(found);
    return style;
}

/* "fr" or "pt-BR"; what cannot be a language is taken for English, as its words are. */
static struct str language_of(const json_t *page)
{
    struct str language = json_member(page, "language");
    bool good = language.n >= 2 && language.n <= 35;
    for (size_t i = 0; i < language.n; i++) {
        unsigned char c = (unsigned char)language.p[i];
        good = good && (c == '-' ? i > 1 && i + 1 < language.n : c < 0x80 && isalnum(c));
    }
    return good && isalpha((unsigned char)language.p[0]) ? language : STR("en");
}

/* The heading that the Markdown begins with, which is the title of the page then. */
static const json_t *own_title(const json_t *page)
{
    const json_t *first = json_array_get(json_object_get(page, "blocks"), 0);
    bool is = str_is(json_member(first, "is"), "heading") && json_whole(first, "level", 0) == 1;
    return is ? first : NULL;
}

static void add_title(struct html *h, const json_t *page)
{
    struct str title = str_trim(json_member(page, "title"));
    struct str subtitle = str_trim(json_member(page, "subtitle"));
    if (title.n == 0)
        title = html_plain(h->out->a, json_object_get(own_title(page), "text"));
    if (title.n == 0)
        title = json_member(h->words, "document");
    escape_html(h->out, title);
    if (subtitle.n > 0)
        HTML(h, " · ");
    escape_html(h->out, subtitle);
}

static void add_meta(struct html *h, const char *name, struct str content)
{
    if (content.n == 0)
        return;
    buf_format(h->out, "<meta name=\"%s\" content=\"", name);
    escape_html(h->out, content);
    HTML(h, "\">\n");
}

/* Nothing is fetched, nothing runs, and only this one style is used. */
static void add_head(struct html *h, const json_t *page)
{
    struct str language = language_of(page), style = str_trim(page_style());
    char hash[45];
    hash_sha256_base64(style, hash);
    HTML(h, "<!doctype html>\n<html lang=\"");
    escape_html(h->out, language);
    buf_format(h->out, "\" dir=\"%s\">\n<head>\n", text_language_is_rtl(language) ? "rtl" : "ltr");
    HTML(h,
         "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
         "content=\"default-src 'none'; style-src 'sha256-");
    buf_format(h->out, "%s", hash);
    HTML(h, "'; img-src data:; base-uri 'none'; form-action 'none'\">\n");
    add_meta(h, "viewport", STR("width=device-width, initial-scale=1"));
    add_meta(h, "color-scheme", STR("light dark"));
    add_meta(h, "referrer", STR("no-referrer"));
    add_meta(h, "author", json_member(page, "author"));
    HTML(h, "<title>");
    add_title(h, page);
    HTML(h, "</title>\n<style>");
    buf_add(h->out, style);
    HTML(h, "</style>\n</head>\n");
}

static void add_line(struct html *h, const char *name, struct str text)
{
    if (text.n == 0)
        return;
    buf_format(h->out, "<p class=\"%s\" dir=\"auto\">", name);
    escape_html(h->out, text);
    HTML(h, "</p>\n");
}

/* What the Markdown says itself at its top is not said twice: its title, and the line below it.
 * Returns how many blocks have been used. */
static size_t add_own_header(struct html *h, const json_t *blocks)
{
    const json_t *title = json_array_get(blocks, 0), *next = json_array_get(blocks, 1);
    html_heading_begin(h, 1, "");
    html_inlines(h, json_object_get(title, "text"));
    html_why(h, json_object_get(title, "why"));
    html_heading_end(h, 1);
    if (!str_is(json_member(next, "is"), "paragraph"))
        return 1;
    HTML(h, "<p class=\"byline\" dir=\"auto\">");
    html_inlines(h, json_object_get(next, "text"));
    html_why(h, json_object_get(next, "why"));
    HTML(h, "</p>\n");
    return 2;
}

static size_t add_header(struct html *h, const json_t *page)
{
    struct str date = json_member(page, "date"), title = str_trim(json_member(page, "title"));
    size_t used = 0;
    HTML(h, "<header>\n");
    if (own_title(page)) {
        used = add_own_header(h, json_object_get(page, "blocks"));
    } else {
        html_heading_begin(h, 1, "");
        escape_html(h->out, title.n > 0 ? title : json_member(h->words, "document"));
        html_heading_end(h, 1);
        add_line(h, "byline", json_member(page, "subtitle"));
        add_line(h, "byline", language_date(h->out->a, language_of(page), date));
    }
    HTML(h, "</header>\n");
    return used;
}

static void add_footer(struct html *h, const json_t *page)
{
    struct str parts[] = {json_member(page, "title"), json_member(page, "subtitle"),
                          json_member(page, "author"),
                          language_date(h->out->a, language_of(page), json_member(page, "date"))};
    bool any = false;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].n == 0)
            continue;
        if (any)
            HTML(h, " · ");
        else
            HTML(h, "<footer>\n<p>");
        HTML(h, "<bdi>");
        escape_html(h->out, parts[i]);
        HTML(h, "</bdi>");
        any = true;
    }
    if (any)
        HTML(h, "</p>\n</footer>\n");
}

/* The question, which in the web app leads to where it can be answered anew. */
static void add_ask(struct html *h, const json_t *source)
{
    struct str address = json_member(source, "address"), ask = json_member(source, "ask");
    if (address.n == 0 || address.p[0] != '/') {
        add_line(h, "ask", ask);
        return;
    }
    HTML(h, "<p class=\"ask\" dir=\"auto\"><a href=\"");
    escape_html(h->out, address);
    HTML(h, "\">");
    escape_html(h->out, ask.n > 0 ? ask : json_member(source, "key"));
    HTML(h, "</a></p>\n");
}

static void add_source(struct html *h, const json_t *source)
{
    long long n = json_whole(source, "n", 0);
    struct str number = str_format(h->out->a, "%lld", n), shown = json_member(source, "shown");
    buf_format(h->out, "<li id=\"from-%lld\" value=\"%lld\">", n, n);
    add_ask(h, source);
    HTML(h, "<p dir=\"auto\">");
    html_text(h, shown);
    if (json_object_get(h->cited, number.p)) {
        buf_format(h->out, " <a class=\"back\" href=\"#use-%lld\" aria-label=\"", n);
        html_word(h, "back");
        HTML(h, "\">↑</a>");
    }
    HTML(h, "</p></li>\n");
}

static void add_sources(struct html *h)
{
    size_t i;
    json_t *source;
    if (json_array_size(h->sources) == 0)
        return;
    HTML(h, "<section class=\"sources\" aria-labelledby=\"sources\">\n");
    html_heading_begin(h, 2, " id=\"sources\"");
    html_word(h, "sources");
    html_heading_end(h, 2);
    HTML(h, "<ol>\n");
    json_array_foreach (h->sources, i, source)
        add_source(h, source);
    HTML(h, "</ol>\n</section>\n");
}

static const json_t *words_of(const json_t *page)
{
    json_t *words = json_object_get(page, "words");
    return words ? json_incref(words) : page_words(json_member(page, "language"));
}

static void end(struct html *h)
{
    html_end_section(h);
    json_decref(h->cited);
    json_decref((json_t *)(uintptr_t)h->words);
}

/* All blocks but those the header has shown. */
static void add_rest(struct html *h, const json_t *page, size_t used)
{
    json_t *blocks = json_copy(json_object_get(page, "blocks"));
    for (; used > 0; used--)
        json_array_remove(blocks, 0);
    html_blocks(h, blocks);
    html_end_section(h);
    json_decref(blocks);
}

struct str page_to_html(struct arena *a, const json_t *page)
{
    struct buf out = {.a = a};
    struct html h = {.out = &out,
                     .words = words_of(page),
                     .sources = json_object_get(page, "sources"),
                     .level = 1,
                     .cited = json_object()};
    add_head(&h, page);
    HTML(&h, "<body class=\"document\">\n<div class=\"page\">\n");
    size_t used = add_header(&h, page);
    HTML(&h, "<main class=\"body\">\n");
    add_rest(&h, page, used);
    add_sources(&h);
    HTML(&h, "</main>\n");
    add_footer(&h, page);
    HTML(&h, "</div>\n</body>\n</html>\n");
    end(&h);
    return buf_str(&out);
}

void page_sheet_to_html(struct buf *out, const json_t *page)
{
    struct html h = {.out = out,
                     .words = words_of(page),
                     .sources = json_object_get(page, "sources"),
                     .level = 1,
                     .cited = json_object()};
    struct str language = language_of(page);
    HTML(&h, "<div class=\"page\" lang=\"");
    escape_html(out, language);
    buf_format(out, "\" dir=\"%s\">\n", text_language_is_rtl(language) ? "rtl" : "ltr");
    size_t used = add_header(&h, page);
    HTML(&h, "<div class=\"body\">\n");
    add_rest(&h, page, used);
    add_sources(&h);
    HTML(&h, "</div>\n");
    add_footer(&h, page);
    HTML(&h, "</div>\n");
    end(&h);
}

void page_blocks_to_html(struct buf *out, const json_t *page)
{
    struct html h = {.out = out, .words = words_of(page), .level = 1, .cited = json_object()};
    html_blocks(&h, json_object_get(page, "blocks"));
    end(&h);
}
