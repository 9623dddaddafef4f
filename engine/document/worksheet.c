/* The page of the worksheet: head, questions under their headings, giving back.  Controls are in
 * worksheet_controls.c and worksheet_rows.c, words in worksheet_words.c, what moves in
 * worksheet.js. */
#include "document/worksheet.h"
#include "document/worksheet_parts.h"

#include "base/files.h"
#include "base/random.h"
#include "document/language.h"

#include <assert.h>

#define PUT(b, literal) buf_add((b), STR(literal))

/* What the functions below write, and for which sheet. */
struct page {
    struct buf b;
    const json_t *sheet;
    struct str language;
    bool blank;
};

static void put_word(struct page *p, const char *name)
{
    sheet_put(&p->b, sheet_word(p->language, name));
}

/* A sentence of ours with one {place} in it. */
static void put_filled(struct page *p, const char *name, struct str value)
{
    struct str rest, text = sheet_word(p->language, name);
    sheet_put(&p->b, str_split(text, '{', &rest));
    (void)str_split(rest, '}', &text);
    PUT(&p->b, "<bdi>");
    sheet_put(&p->b, value);
    PUT(&p->b, "</bdi>");
    sheet_put(&p->b, text);
}

static struct str embedded(const char *name)
{
    struct str content;
    bool there = files_find(str_of(name), &content);
    assert(there);
    return content;
}

static void put_head(struct page *p, struct str style, struct str script)
{
    char of_style[45], of_script[45];
    hash_sha256_base64(style, of_style);
    hash_sha256_base64(script, of_script);
    PUT(&p->b, "<!DOCTYPE html>\n<html lang=\"");
    sheet_put(&p->b, p->language);
    buf_format(&p->b, "\"%s>\n<head>\n<meta charset=\"utf-8\">\n",
               text_language_is_rtl(p->language) ? " dir=\"rtl\"" : "");
    buf_format(&p->b,
               "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
               "style-src 'sha256-%s'; ",
               of_style);
    if (p->blank)
        PUT(&p->b, "script-src 'none'; ");
    else
        buf_format(&p->b, "script-src 'sha256-%s'; ", of_script);
    PUT(&p->b,
        "base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<meta name=\"robots\" content=\"noindex\">\n"
        "<meta name=\"format-detection\" content=\"telephone=no\">\n<title>");
    sheet_put(&p->b, json_member(p->sheet, "title"));
    PUT(&p->b, "</title>\n<style>");
    buf_add(&p->b, style);
    PUT(&p->b, "</style>\n</head>\n<body>\n<main>\n");
}

static void put_paragraph(struct page *p, const char *of_class, struct str text)
{
    if (text.n == 0)
        return;
    buf_format(&p->b, "<p class=\"%s\" dir=\"auto\">", of_class);
    sheet_put(&p->b, text);
    PUT(&p->b, "</p>\n");
}

static void put_opening(struct page *p)
{
    struct str client = json_member(p->sheet, "client"), day = json_member(p->sheet, "day"),
               due = json_member(p->sheet, "due");
    PUT(&p->b, "<header>\n<h1 dir=\"auto\">");
    sheet_put(&p->b, json_member(p->sheet, "title"));
    PUT(&p->b, "</h1>\n<p class=\"whose\">");
    if (client.n > 0)
        put_filled(p, "for", client);
    if (client.n > 0 && day.n > 0)
        PUT(&p->b, " \xC2\xB7 ");
    sheet_put(&p->b, language_date(p->b.a, p->language, day));
    PUT(&p->b, "</p>\n");
    if (due.n > 0) {
        PUT(&p->b, "<p class=\"due\">");
        put_filled(p, "due", language_date(p->b.a, p->language, due));
        PUT(&p->b, "</p>\n");
    }
    put_paragraph(p, "intro", json_member(p->sheet, "intro"));
    put_paragraph(p, "how", sheet_word(p->language, "how"));
    if (!p->blank) {
        put_paragraph(p, "how-back", sheet_word(p->language, "how_back"));
        put_paragraph(p, "without", sheet_word(p->language, "no_script"));
        PUT(&p->b, "<p class=\"kept\" id=\"kept\" role=\"status\"></p>\n");
    }
    PUT(&p->b, "</header>\n");
}

static bool is_earlier(const json_t *q)
{
    return json_flag(q, "earlier", false);
}

/* Phase and step, where they begin. */
static void put_headings(struct page *p, const json_t *q, const json_t *before)
{
    struct str phase = json_member(q, "phase_title"), step = json_member(q, "step_title");
    bool new_phase = !before || is_earlier(q) != is_earlier(before) ||
        !str_eq(phase, json_member(before, "phase_title"));
    if (new_phase) {
        PUT(&p->b, "<h2 dir=\"auto\">");
        sheet_put(&p->b, phase.n ? phase : json_member(p->sheet, "title"));
        PUT(&p->b, "</h2>\n");
    }
    if (step.n > 0 && (new_phase || !str_eq(step, json_member(before, "step_title")))) {
        PUT(&p->b, "<p class=\"step-title\" dir=\"auto\">");
        sheet_put(&p->b, step);
        PUT(&p->b, "</p>\n");
        put_paragraph(p, "step-intro", json_member(q, "step_intro"));
    }
}

static void put_remark(struct page *p, const char *name, struct str text)
{
    if (text.n == 0)
        return;
    PUT(&p->b, "<p dir=\"auto\"><b>");
    put_word(p, name);
    PUT(&p->b, "</b> ");
    sheet_put(&p->b, text);
    PUT(&p->b, "</p>\n");
}

/* Examples, caution and comparison: there for whoever looks, out of the way of whoever writes. */
static void put_hints(struct page *p, const json_t *q)
{
    const json_t *examples = json_object_get(q, "examples");
    size_t i;
    json_t *example;
    struct str caution = json_member(q, "caution"), compare = json_member(q, "compare");
    if (json_array_size(examples) == 0 && caution.n == 0 && compare.n == 0)
        return;
    buf_format(&p->b, "<details class=\"hints\"%s><summary>", p->blank ? " open" : "");
    put_word(p, "more");
    PUT(&p->b, "</summary>\n");
    if (json_array_size(examples) > 0) {
        PUT(&p->b, "<p><b>");
        put_word(p, "examples");
        PUT(&p->b, "</b></p>\n<ul>\n");
        json_array_foreach ((json_t *)(uintptr_t)examples, i, example) {
            PUT(&p->b, "<li dir=\"auto\">");
            sheet_put(&p->b, json_text(example));
            PUT(&p->b, "</li>\n");
        }
        PUT(&p->b, "</ul>\n");
    }
    put_remark(p, "caution", caution);
    put_remark(p, "compare", compare);
    PUT(&p->b, "</details>\n");
}

/* The question itself, with its number, as the name of its control. */
static void put_ask(struct page *p, const json_t *q, const char *name, bool single)
{
    if (single)
        buf_format(&p->b, "<h3><label for=\"%s\" dir=\"auto\">", name);
    else
        PUT(&p->b, "<legend><h3 dir=\"auto\">");
    sheet_put(&p->b, json_member(q, "ask"));
    if (!json_flag(q, "required", true)) {
        PUT(&p->b, " <small>");
        put_word(p, "optional");
        PUT(&p->b, "</small>");
    }
    buf_add(&p->b, single ? STR("</label></h3>\n") : STR("</h3></legend>\n"));
}

static void put_tick(struct page *p, const char *name, const char *part, const char *word)
{
    buf_format(&p->b,
               "<label class=\"option\"><input type=\"checkbox\" name=\"%s.%s\" "
               "class=\"%s\"> <span>",
               name, part, part);
    put_word(p, word);
    PUT(&p->b, "</span></label>\n");
}

/* What may be done with a question instead of answering it. */
static void put_ways_out(struct page *p, const char *name, bool prefilled)
{
    if (p->blank)
        return;
    PUT(&p->b, "<p class=\"note\" role=\"status\"></p>\n<div class=\"ways\">\n");
    if (prefilled)
        put_tick(p, name, "keep", "keep");
    put_tick(p, name, "out", "leave_out");
    buf_format(&p->b, "<span class=\"why\"><label for=\"%s.why\">", name);
    put_word(p, "leave_why");
    buf_format(&p->b,
               "</label> <input type=\"text\" class=\"reason\" dir=\"auto\" autocomplete=\"off\" "
               "id=\"%s.why\" name=\"%s.why\"></span>\n",
               name, name);
    PUT(&p->b, "<button type=\"button\" class=\"tool clear\" data-act=\"clear\" hidden>");
    put_word(p, "clear");
    PUT(&p->b, "</button>\n</div>\n");
}

static void put_question(struct page *p, const json_t *q, size_t i)
{
    const char *name = str_format(p->b.a, "q%zu", i + 1).p;
    const json_t *previous = json_object_get(q, "previous"), *start = json_object_get(q, "start");
    bool single = control_is_single(q), prefilled = !p->blank && (previous || start);
    struct control c = {.b = &p->b, .language = p->language, .spec = q, .name = str_of(name)};
    c.blank = p->blank;
    c.value = p->blank ? NULL : previous ? previous : start;
    buf_format(&p->b, "<%s class=\"q\" id=\"%s.q\" data-required=\"%d\" data-key=\"",
               single ? "div" : "fieldset", name, json_flag(q, "required", true));
    sheet_put(&p->b, json_member(q, "key"));
    PUT(&p->b, "\">\n");
    put_ask(p, q, name, single);
    if (previous && !p->blank)
        put_remark(p, "asked_again", json_member(q, "why"));
    put_paragraph(p, "help", json_member(q, "help"));
    put_hints(p, q);
    control_write(&c);
    put_ways_out(p, name, prefilled);
    buf_format(&p->b, "</%s>\n", single ? "div" : "fieldset");
}

static void put_button(struct page *p, const char *id, const char *of_class, const char *word)
{
    buf_format(&p->b, "<button type=\"button\" id=\"%s\" class=\"%s\">", id, of_class);
    put_word(p, word);
    PUT(&p->b, "</button>\n");
}

/* Giving back; the bar below shows how far one is. */
static void put_closing(struct page *p)
{
    PUT(&p->b,
        "<section class=\"give\" id=\"end\" aria-labelledby=\"end.title\">\n"
        "<h2 id=\"end.title\">");
    put_word(p, "give_title");
    PUT(&p->b, "</h2>\n<p id=\"give.how\"></p>\n<p class=\"buttons\">");
    put_button(p, "give", "main", "give");
    put_button(p, "print", "", "print");
    PUT(&p->b,
        "</p>\n<p id=\"said\" role=\"status\"></p>\n<details id=\"by.hand\" hidden>"
        "<summary>");
    put_word(p, "no_file");
    PUT(&p->b, "</summary>\n<label for=\"text\">");
    put_word(p, "text_given");
    PUT(&p->b, "</label>\n<textarea id=\"text\" rows=\"6\" readonly></textarea>\n<p>");
    put_button(p, "copy", "", "copy");
    PUT(&p->b, "<span id=\"copied\" role=\"status\"></span></p></details>\n<p class=\"later\">");
    put_button(p, "save", "", "save");
    PUT(&p->b, "<span>");
    put_word(p, "save_how");
    PUT(&p->b, "</span></p>\n<p class=\"later\">");
    put_button(p, "forget", "quiet", "forget");
    PUT(&p->b, "</p>\n</section>\n");
}

/* "<" cannot end the element that holds the data, and no override of direction turns the source
 * around, whatever the texts are. */
static void put_data(struct page *p, const char *id, const json_t *data)
{
    struct str text = json_write_line(p->b.a, data);
    buf_format(&p->b, "<script type=\"application/json\" id=\"%s\">", id);
    for (size_t i = 0, from = 0; i < text.n; from = i) {
        uint32_t c = utf8_next(text, &i);
        if (c == '<' || text_is_control(c))
            buf_format(&p->b, "\\u%04x", (unsigned)c);
        else
            buf_add(&p->b, str_part(text, from, i));
    }
    PUT(&p->b, "</script>\n");
}

static json_t *data_of(const struct page *p)
{
    size_t i;
    json_t *q, *asks = json_object();
    char hash[65];
    json_array_foreach (json_object_get(p->sheet, "open"), i, q)
        json_object_set(asks, json_member(q, "key").p, json_object_get(q, "ask"));
    hash_sha256(json_write(p->b.a, p->sheet), hash);
    hash[16] = '\0';
    return json_pack(
        "{s:s,s:O?,s:O?,s:O?,s:O?,s:o,s:o}", "id", hash, "journey",
        json_object_get(p->sheet, "journey"), "revision", json_object_get(p->sheet, "revision"),
        "client", json_object_get(p->sheet, "client"), "title", json_object_get(p->sheet, "title"),
        "asks", asks, "words", sheet_words(p->language));
}

static void put_script(struct page *p, struct str script)
{
    json_t *data = data_of(p);
    put_data(p, "sheet", data);
    json_decref(data);
    PUT(&p->b, WORKSHEET_GIVEN "</script>\n<script>");
    buf_add(&p->b, script);
    PUT(&p->b, "</script>\n");
}

/* Those that need no answer any more are folded away behind the others. */
static void put_questions(struct page *p, const json_t *open)
{
    size_t i = 0, n = json_array_size(open);
    for (; i < n; i++) {
        const json_t *q = json_array_get(open, i), *before = i ? json_array_get(open, i - 1) : NULL;
        if (is_earlier(q) && (!before || !is_earlier(before))) {
            PUT(&p->b, "<details class=\"earlier\"><summary>");
            put_filled(p, "earlier", str_format(p->b.a, "%zu", n - i));
            PUT(&p->b, "</summary>\n");
        }
        put_headings(p, q, before);
        put_question(p, q, i);
    }
    if (n > 0 && is_earlier(json_array_get(open, n - 1)))
        PUT(&p->b, "</details>\n");
}

struct str worksheet_html(struct arena *a, const json_t *sheet)
{
    struct str style = embedded("engine/document/worksheet.css"),
               script = embedded("engine/document/worksheet.js");
    struct page p = {.b = {.a = a}, .sheet = sheet, .language = json_member(sheet, "language")};
    const json_t *open = json_object_get(sheet, "open");
    p.blank = json_flag(sheet, "blank", false);
    p.language = p.language.n ? p.language : STR("en");
    put_head(&p, style, script);
    put_opening(&p);
    put_questions(&p, open);
    if (!p.blank)
        put_closing(&p);
    PUT(&p.b, "</main>\n");
    if (!p.blank) {
        PUT(&p.b, "<footer class=\"bar\"><span id=\"count\"></span> <a href=\"#end\">");
        put_word(&p, "give");
        PUT(&p.b, "</a></footer>\n");
        put_script(&p, script);
    }
    PUT(&p.b, "</body>\n</html>\n");
    return buf_str(&p.b);
}
