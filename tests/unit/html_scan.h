/* A strict reader of the HTML that the program writes: every tag and attribute must be one of a
 * short list, tags must nest, texts must be escaped.  Anything a person wrote that became markup
 * is found by it. */
#ifndef ESPALIER_TESTS_HTML_SCAN_H
#define ESPALIER_TESTS_HTML_SCAN_H

#include "document/page.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct scan {
    struct str html;
    size_t at;
    struct str open[64];
    size_t n_open;
    struct buf text;  /* what people read, entities decoded, breaks as line feeds */
    struct buf links; /* addresses, one a line */
    struct buf shape; /* the tags, for comparing: <p><b></b></p> */
    char fault[400];  /* empty: all is well */
};

static bool scan_fails(struct scan *s, const char *what)
{
    struct str near = str_part(s->html, s->at, s->at + 80);
    (void)snprintf(s->fault, sizeof s->fault, "%s at %zu: %.*s", what, s->at, STR_ARG(near));
    return false;
}

static bool scan_is_one_of(struct str s, const char *names)
{
    char key[40];
    (void)snprintf(key, sizeof key, " %.*s ", s.n < 30 ? (int)s.n : 30, s.p);
    return s.n > 0 && s.n < 30 && strstr(names, key);
}

/* One of the five entities at s->at: its sign; 0 if it is another. */
static char scan_entity(struct scan *s)
{
    static const struct {
        const char *name;
        char sign;
    } rows[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    struct str rest = str_part(s->html, s->at, s->html.n);
    for (size_t i = 0; i < 5; i++) {
        if (!str_starts(rest, str_of(rows[i].name)))
            continue;
        s->at += strlen(rows[i].name);
        return rows[i].sign;
    }
    return 0;
}

/* Text up to one of two signs. */
static bool scan_text(struct scan *s, char end, char other, struct buf *out)
{
    while (s->at < s->html.n && s->html.p[s->at] != end && s->html.p[s->at] != other) {
        size_t next = s->at;
        uint32_t c = utf8_next(s->html, &next);
        char sign = c == '&' ? scan_entity(s) : 0;
        if (c == '&' && !sign)
            return scan_fails(s, "an entity");
        if (c == '<' || c == '>' || text_is_control(c) || (c & 0xFFFE) == 0xFFFE ||
            (c == '"' && end == '<'))
            return scan_fails(s, "a sign that has to be escaped");
        if (sign)
            buf_add_char(out, sign);
        else
            buf_add(out, str_part(s->html, s->at, next));
        s->at = sign ? s->at : next;
    }
    return true;
}

static bool scan_link(struct scan *s, struct str href)
{
    buf_add(&s->links, href);
    buf_add_char(&s->links, '\n');
    for (size_t i = 0; i < href.n; i++)
        if (strchr(" \"'<>`{}|\\^[]\t\n", href.p[i]) && href.p[i] != '\'')
            return scan_fails(s, "a sign in an address");
    return str_starts(href, STR("https://")) || str_starts(href, STR("http://")) ||
        str_starts(href, STR("mailto:")) || str_starts(href, STR("#use-")) ||
        str_starts(href, STR("#from-")) || scan_fails(s, "an address");
}

static bool scan_attribute(struct scan *s, struct str tag)
{
    static const char names[] =
        " class dir href rel id aria-label aria-labelledby aria-hidden role tabindex scope start "
        "value lang charset http-equiv content name ";
    size_t start = ++s->at;
    while (s->at < s->html.n &&
           (islower((unsigned char)s->html.p[s->at]) || s->html.p[s->at] == '-'))
        s->at++;
    struct str name = str_part(s->html, start, s->at);
    struct buf value = {.a = s->text.a};
    bool meta = scan_is_one_of(name, " charset http-equiv content name ");
    if (!scan_is_one_of(name, names) || meta != str_is(tag, "meta"))
        return scan_fails(s, "an attribute");
    if (!str_starts(str_part(s->html, s->at, s->html.n), STR("=\"")))
        return scan_fails(s, "an attribute without a value");
    s->at += 2;
    /* The policy itself is ours and has quotes. */
    if (str_is(name, "content"))
        s->at = str_find(s->html, STR("\""), s->at);
    else if (!scan_text(s, '"', '"', &value))
        return false;
    s->at++;
    return !str_is(name, "href") || scan_link(s, buf_str(&value));
}

static bool scan_open(struct scan *s, struct str tag)
{
    bool empty = scan_is_one_of(tag, " br hr meta ");
    while (s->at < s->html.n && s->html.p[s->at] == ' ')
        if (!scan_attribute(s, tag))
            return false;
    if (s->at >= s->html.n || s->html.p[s->at] != '>')
        return scan_fails(s, "a tag that does not end");
    s->at++;
    if (str_is(tag, "br"))
        buf_add_char(&s->text, '\n');
    if (empty)
        return true;
    if (s->n_open == 64)
        return scan_fails(s, "too deep");
    s->open[s->n_open++] = tag;
    if (str_is(tag, "style")) {
        s->at += str_trim(page_style()).n;
        return str_starts(str_part(s->html, s->at, s->html.n), STR("</style>")) ||
            scan_fails(s, "another style");
    }
    return true;
}

static bool scan_tag(struct scan *s)
{
    static const char tags[] =
        " html head title meta style body div header main footer section h1 h2 h3 h4 h5 h6 p a "
        "strong em code pre ul ol li blockquote hr br table thead tbody tr th td sup span bdi "
        "figure figcaption ins del ";
    bool closing = str_starts(str_part(s->html, s->at, s->html.n), STR("</"));
    size_t start = s->at += closing ? 2 : 1;
    while (s->at < s->html.n && isalnum((unsigned char)s->html.p[s->at]))
        s->at++;
    struct str tag = str_part(s->html, start, s->at);
    if (!scan_is_one_of(tag, tags))
        return scan_fails(s, "a tag");
    buf_format(&s->shape, closing ? "</%.*s>" : "<%.*s>", STR_ARG(tag));
    if (!closing)
        return scan_open(s, tag);
    if (s->n_open == 0 || !str_eq(s->open[s->n_open - 1], tag))
        return scan_fails(s, "an end without a beginning");
    s->n_open--;
    s->at++;
    return true;
}

/* Reads all of it; false and s->fault says what is wrong. */
static bool scan_html(struct scan *s, struct arena *a, struct str html)
{
    *s = (struct scan){.html = html, .text = {.a = a}, .links = {.a = a}, .shape = {.a = a}};
    if (str_starts(html, STR("<!doctype html>\n")))
        s->at = 16;
    while (s->at < html.n)
        if (html.p[s->at] == '<' ? !scan_tag(s) : !scan_text(s, '<', '<', &s->text))
            return false;
    return s->n_open == 0 || scan_fails(s, "an element without an end");
}

#endif
