/* why: which answers stand behind a line of a document. */
#include "cli/cli.h"

#include "practice/documents.h"

#include <stdio.h>
#include <string.h>

enum { CANDIDATES = 12, FAR = INT32_MAX };

/* What is looked into. */
struct why {
    struct cli *c;
    struct journey *j;
    struct document_wish wish;
    struct diags d;
};

/* A line without the signs of Markdown, as it is read on paper. */
static struct str plain_line(struct arena *a, struct str line)
{
    static const char signs[] = "#>-*+|";
    struct buf b = {.a = a};
    size_t i = 0;
    for (; i < line.n; i++) {
        char next = i + 1 < line.n ? line.p[i + 1] : ' ';
        if (line.p[i] != ' ' && !(strchr(signs, line.p[i]) && (next == ' ' || next == '#')))
            break;
    }
    if (str_starts(str_part(line, i, line.n), STR("[ ] ")))
        i += 4;
    for (; i < line.n; i++) {
        char c = line.p[i];
        bool space = b.n == 0 || b.p[b.n - 1] == ' ';
        if (c == '\\' && i + 1 < line.n && (unsigned char)line.p[i + 1] < 0x80)
            c = line.p[++i];
        else if (c == '*' || c == '|')
            c = c == '|' ? ' ' : '\0';
        if (c && !(c == ' ' && space))
            buf_add_char(&b, c);
    }
    return str_trim(buf_str(&b));
}

/* Without case and accents, and without signs that may be Markdown's or the person's own. */
static struct str searchable(struct arena *a, struct str line)
{
    struct str plain = text_fold(a, plain_line(a, line));
    struct buf b = {.a = a};
    for (size_t i = 0; i < plain.n; i++)
        if (!strchr("*_`\\", plain.p[i]))
            buf_add_char(&b, plain.p[i]);
    return buf_str(&b);
}

/* A whole number; FAR if it is none, or no line of any document. */
static long number_of(struct str text)
{
    long number = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || number > 100000000)
            return FAR;
        number = 10 * number + text.p[i] - '0';
    }
    return text.n ? number : FAR;
}

/* One line of the document that is printed by plan. */
struct found {
    long number; /* 0: none, or several */
    size_t n;    /* how many have the text */
    json_t *candidates;
};

static void add_found(struct found *f, long number, struct str line)
{
    f->n++;
    f->number = number;
    if (f->n <= CANDIDATES)
        json_array_append_new(
            f->candidates,
            json_pack("{s:I,s:o}", "line", (json_int_t)number, "text", json_new_text(line)));
}

/* The lines that have the text; a line that is nothing else is meant before all others, and the
 * first where they all read the same: what stands in the text stands on its canvas again. */
static void find_text(struct arena *a, struct str markdown, struct str text, struct found *f)
{
    struct str rest = markdown, wanted = searchable(a, text);
    long number = 0, whole = 0, first = 0;
    size_t wholes = 0, alike = 0;
    struct str words = STR("");
    while (rest.n > 0 && wanted.n > 0) {
        struct str line = str_split(rest, '\n', &rest), plain = searchable(a, line);
        number++;
        if (str_find(plain, wanted, 0) == plain.n)
            continue;
        add_found(f, number, line);
        if (f->n == 1) {
            first = number;
            words = plain;
        }
        alike += str_eq(plain, words);
        if (str_eq(plain, wanted)) {
            whole = number;
            wholes++;
        }
    }
    if (f->n > 1)
        f->number = alike == f->n ? first : wholes == 1 ? whole : 0;
}

static bool find_number(struct str markdown, long wanted, struct str *line)
{
    struct str rest = markdown;
    for (long number = 1; rest.n > 0; number++) {
        *line = str_split(rest, '\n', &rest);
        if (number == wanted)
            return true;
    }
    return false;
}

static bool refuse(struct why *w, struct found *f, struct str text, struct err *e)
{
    size_t i;
    json_t *line;
    struct str shown = text_safe(w->c->a, str_part(text, 0, utf8_cut(text, 200)), false);
    if (f->n == 0)
        return err_set(e, ERR_NOT_FOUND,
                       "No line of the document has \"%s\". All lines with their numbers: "
                       "espalier why \"%s\"",
                       shown.p, w->c->args[0]);
    json_array_foreach (f->candidates, i, line)
        cli_say(w->c, "%5lld  %s\n", json_whole(line, "line", 0),
                text_safe(w->c->a, plain_line(w->c->a, json_member(line, "text")), false).p);
    w->c->problems = json_incref(f->candidates);
    return err_set(e, ERR_NOT_FOUND, "%zu lines have \"%s\". Give more of the line, or its number.",
                   f->n, shown.p);
}

/* The number of the line that is meant. */
static bool choose(struct why *w, struct str text, long *number, struct err *e)
{
    struct str markdown, line;
    struct found f = {.candidates = json_array()};
    bool ok = journey_document(w->j, w->c->a, &w->wish, &w->d, &markdown, e);
    *number = number_of(text);
    if (ok && *number != FAR && find_number(markdown, *number, &line)) {
        ok = str_trim(line).n > 0 || err_set(e, ERR_NOT_FOUND, "Line %ld is empty.", *number);
    } else if (ok) {
        find_text(w->c->a, markdown, text, &f);
        *number = f.number;
        ok = f.number > 0 || refuse(w, &f, text, e);
    }
    json_decref(f.candidates);
    return ok;
}

static void print_part(void *user, struct str part)
{
    (void)printf("%s%.*s\n", (const char *)user, STR_ARG(part));
}

static void print_wrapped(struct cli *c, struct str text, const char *indent)
{
    text_wrap(text_safe(c->a, text, true), cli_width() - strlen(indent), print_part,
              (void *)(uintptr_t)indent);
}

static const char *how_words(const json_t *from)
{
    struct str how = json_member(from, "how");
    if (str_is(how, "field"))
        return "stands there as it was given";
    if (str_is(how, "section"))
        return "the line stands there because this is answered";
    return "the line changes when this answer does";
}

static void print_source(struct cli *c, const json_t *from)
{
    long long lines = json_whole(from, "lines", 1);
    print_wrapped(c, json_member(from, "ask"), "  ");
    print_wrapped(c, json_member(from, "shown"), "      ");
    (void)printf("      %s  answered %s; %s", json_member(from, "key").p,
                 json_member(from, "day").p, how_words(from));
    if (lines > 1)
        (void)printf(", and %lld other%s with it", lines - 1, lines > 2 ? "s do" : " does");
    (void)printf("\n\n");
}

static void print_line(struct cli *c, const json_t *line)
{
    const json_t *from = json_object_get(line, "from");
    size_t n = json_array_size(from), shown = (size_t)json_whole(line, "telling", 0);
    (void)printf("Line %lld\n", json_whole(line, "line", 0));
    print_wrapped(c, plain_line(c->a, json_member(line, "text")), "  ");
    (void)printf("\n");
    for (size_t i = 0; i < n && i < shown; i++)
        print_source(c, json_array_get(from, i));
    if (n > shown)
        cli_say(c, "And %zu more that move many lines; --json has them all.\n", n - shown);
    if (n == 0) {
        cli_say(c, "No answer stands behind this line: these are words of the document itself.\n");
        return;
    }
    const char *key = json_member(json_array_get(from, 0), "key").p;
    cli_say(c, "Its changes: espalier history \"%s\" %s\n", c->args[0], key);
    cli_say(c, "Answer it again: espalier back \"%s\" %s\n", c->args[0], key);
}

static bool has_letters(struct str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!strchr("-:| ", text.p[i]))
            return true;
    return false;
}

static void print_all(struct cli *c, const json_t *lines)
{
    size_t i;
    json_t *line;
    size_t width = cli_width() > 40 ? cli_width() : 40;
    json_array_foreach ((json_t *)(uintptr_t)lines, i, line) {
        struct str text = text_safe(c->a, plain_line(c->a, json_member(line, "text")), false);
        size_t cut = utf8_cut(text, width - 20), n = (size_t)json_whole(line, "telling", 0);
        if (!has_letters(text))
            continue; /* nothing but signs: the line of a table */
        (void)printf("%5lld  %3zu  %.*s%s\n", json_whole(line, "line", 0), n,
                     STR_ARG(str_part(text, 0, cut)), cut < text.n ? "..." : "");
    }
    cli_say(c,
            "The number of a line, and of the answers behind it. One line: espalier why \"%s\" "
            "NUMBER, or some of its words\n",
            c->args[0]);
}

static const json_t *line_of(const json_t *lines, long number)
{
    size_t i;
    json_t *line;
    json_array_foreach ((json_t *)(uintptr_t)lines, i, line)
        if (json_whole(line, "line", 0) == number)
            return line;
    return NULL;
}

/* The whole document as the tree that writers see, with the answers behind every block. */
static bool print_page(struct why *w, struct err *e)
{
    struct cli *c = w->c;
    struct cli_progress at = cli_progress_begin(c, "Changing one answer at a time");
    struct why_progress progress = {cli_progress_tick, &at};
    json_t *page;
    w->wish.progress = &progress;
    w->wish.sources = true;
    bool ok = journey_page(w->j, c->a, &w->wish, &w->d, &page, e);
    cli_progress_end(&at);
    w->wish.progress = NULL;
    if (ok)
        cli_print_json(c, page);
    return ok;
}

static bool look(struct why *w, struct err *e)
{
    struct cli *c = w->c;
    struct cli_progress at = cli_progress_begin(c, "Changing one answer at a time");
    struct why_progress progress = {cli_progress_tick, &at};
    json_t *lines;
    long number = 0;
    w->wish.progress = &progress;
    bool ok = (c->n_args < 2 || choose(w, cli_arg(c, 1), &number, e)) &&
        journey_why(w->j, c->a, &w->wish, &w->d, &lines, e);
    cli_progress_end(&at);
    w->wish.progress = NULL;
    if (!ok)
        return false;
    const json_t *line = number ? line_of(lines, number) : lines;
    if (c->json)
        cli_print_json(c, json_incref((json_t *)(uintptr_t)line));
    else if (number)
        print_line(c, line);
    else
        print_all(c, line);
    json_decref(lines);
    return true;
}

bool command_why(struct cli *c, struct err *e)
{
    const char *audience = cli_option(c, "for"), *document = cli_option(c, "document");
    struct why w = {.c = c, .d = {.a = c->a}};
    w.wish = (struct document_wish){.name = document ? str_of(document) : STR("plan"),
                                    .audience = audience ? str_of(audience) : STR("coach"),
                                    .sensitive = cli_option(c, "with-sensitive")};
    if (!str_is(w.wish.audience, "coach") && !str_is(w.wish.audience, "client"))
        return err_set(e, ERR_USAGE, "--for is client or coach, not \"%.100s\".", audience);
    bool whole = cli_option(c, "page") != NULL;
    if (whole && (!c->json || c->n_args > 1 || !str_is(w.wish.audience, "coach")))
        return err_set(e, ERR_USAGE,
                       "--page prints the coach's whole document as JSON: add --json, and leave "
                       "LINE and --for out.");
    if (!cli_journey(c, &w.j, e))
        return false;
    bool ok = whole ? print_page(&w, e) : look(&w, e);
    if (!ok && w.d.n > 0)
        cli_refuse_diags(c, &w.d);
    if (ok)
        cli_check_trouble(c, w.j);
    journey_close(w.j);
    return ok;
}
