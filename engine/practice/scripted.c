#include "practice/scripted.h"

#include "document/document.h"
#include "practice/documents.h"
#include "practice/state.h"
#include "practice/worksheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char canary[] = "Kanarienvogel7Q";

struct test {
    struct arena *a;
    struct journey *j;
    const json_t *file;
    json_t *failures;
};

static void fail(struct test *t, const char *format, ...) PRINTF_LIKE(2, 3);

static void fail(struct test *t, const char *format, ...)
{
    char text[1024];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    text[utf8_cut(str_of(text), sizeof text - 1)] = '\0';
    json_array_append_new(t->failures, json_string(text));
}

/* Is `part` in one of the texts of an array of {"text"} or {"id"} messages of the outcome? */
static bool was_said(struct test *t, struct str part, const char *where)
{
    size_t i;
    json_t *message;
    const json_t *definition = workflow_in_language(t->j->w, t->j->language);
    json_array_foreach (json_object_get(t->j->outcome, where), i, message) {
        struct str text = json_member(message, "text"), id = json_member(message, "id");
        if (id.n > 0)
            text =
                json_member(json_object_get(json_object_get(definition, "messages"), id.p), "text");
        text = wording_fill(t->a, t->j, text, json_object_get(message, "vars"), t->j->language);
        if (str_find(text, part, 0) < text.n)
            return true;
    }
    return false;
}

static bool is_asked(struct test *t, struct str name)
{
    json_t *view = journey_view(t->j), *open;
    bool found = false;
    size_t i;
    json_array_foreach (json_object_get(view, "open"), i, open) {
        struct str key = json_member(open, "key");
        found = found || str_eq(json_member(open, "id"), name) ||
            (str_ends(key, name) && (key.n == name.n || key.p[key.n - name.n - 1] == '/'));
    }
    json_decref(view);
    return found;
}

static const char *open_list(struct test *t)
{
    struct buf b = {.a = t->a};
    json_t *view = journey_view(t->j), *open;
    size_t i;
    json_array_foreach (json_object_get(view, "open"), i, open)
        buf_format(&b, "%s%s", i ? ", " : "", json_member(open, "key").p);
    json_decref(view);
    return b.n ? buf_str(&b).p : "nothing";
}

static void expect_one(struct test *t, const char *what, struct str text)
{
    json_t *view = journey_view(t->j);
    const json_t *progress = json_object_get(view, "progress");
    if (strcmp(what, "says") == 0) {
        if (!was_said(t, text, "messages"))
            fail(t, "expected it to say \"%s\"", text.p);
    } else if (strcmp(what, "advises") == 0) {
        if (!was_said(t, text, "advice"))
            fail(t, "expected the advice \"%s\"", text.p);
    } else if (strcmp(what, "asks") == 0) {
        if (!is_asked(t, text))
            fail(t, "expected it to ask \"%s\"; open now: %s", text.p, open_list(t));
    } else if (strcmp(what, "asks_not") == 0) {
        if (is_asked(t, text))
            fail(t, "expected it not to ask \"%s\"", text.p);
    } else if (strcmp(what, "done") == 0) {
        bool done = json_flag(view, "done", false);
        if (done != str_is(text, "true"))
            fail(t,
                 done ? "expected the journey not to be finished"
                      : "expected it to be finished; open now: %s",
                 open_list(t));
    } else if (strcmp(what, "to_check") == 0 || strcmp(what, "set_aside") == 0) {
        struct str n = str_format(t->a, "%lld", json_whole(progress, what, 0));
        if (!str_eq(n, text))
            fail(t, "expected %s %s, there are %s", text.p, what, n.p);
    } else {
        fail(t,
             "there is no expectation \"%s\"; there is says, asks, asks_not, advises, done, "
             "to_check, set_aside",
             what);
    }
    json_decref(view);
}

static void expect_all(struct test *t, const json_t *list)
{
    size_t i;
    json_t *entry, *value;
    const char *what;
    json_array_foreach (list, i, entry)
        json_object_foreach (entry, what, value)
            expect_one(t, what, json_text(value));
}

static bool apply(struct test *t, json_t *answers, const json_t *skip, struct err *e)
{
    json_t *report, *problem;
    size_t i;
    json_t *file = json_pack("{s:O?,s:O?}", "answers", answers, "skip", skip);
    bool ok = journey_apply(t->j, file, &report, e);
    json_decref(file);
    if (!ok)
        return false;
    json_array_foreach (json_object_get(report, "problems"), i, problem)
        fail(t, "%s: %s", json_member(problem, "entry").p, json_member(problem, "text").p);
    json_decref(report);
    const json_t *trouble = json_object_get(t->j->outcome, "error");
    if (json_is_object(trouble))
        fail(t, "%s %s:%lld  %s", json_member(trouble, "code").p, json_member(trouble, "file").p,
             json_whole(trouble, "line", 0), json_member(trouble, "text").p);
    return true;
}

static void expect_texts(struct test *t, struct str document, struct str text, const json_t *parts,
                         bool wanted)
{
    size_t i;
    json_t *part;
    json_array_foreach (parts, i, part) {
        struct str wish = json_text(part);
        bool found = str_find(text, wish, 0) < text.n;
        if (found != wanted)
            fail(t, wanted ? "the document %s does not have \"%s\"" : "the document %s has \"%s\"",
                 document.p, wish.p);
    }
}

static bool rendered(struct test *t, struct str document, struct str *text)
{
    struct diags d = {.a = t->a};
    struct err e;
    struct document_wish wish = {.name = document, .why = STR("a test")};
    if (journey_document(t->j, t->a, &wish, &d, text, &e)) {
        /* Markdown escapes are no part of what a reader sees. */
        *text = markdown_to_text(t->a, *text, 10000);
        return true;
    }
    fail(t, "the document %s: %s", document.p, e.text);
    return false;
}

static void expect_documents(struct test *t, const json_t *wishes)
{
    const char *name;
    json_t *parts;
    json_object_foreach ((json_t *)(uintptr_t)wishes, name, parts) {
        bool wanted = !str_ends(str_of(name), STR("_not"));
        struct str document = str_copy(
                       t->a, wanted ? str_of(name) : str_part(str_of(name), 0, strlen(name) - 4)),
                   text;
        if (rendered(t, document, &text))
            expect_texts(t, document, text, parts, wanted);
    }
}

static void expect_canvases(struct test *t, const json_t *wishes)
{
    const char *name;
    json_t *parts, *board;
    struct err e;
    json_object_foreach ((json_t *)(uintptr_t)wishes, name, parts) {
        if (!journey_board(t->j, &(struct board_wish){.canvas = str_of(name)}, &board, &e)) {
            fail(t, "%s", e.text);
            continue;
        }
        expect_texts(t, str_of(name), board_to_markdown(t->a, board), parts, true);
        json_decref(board);
    }
}

/* The request of this journey, its answers in the opposite order. */
static json_t *reversed_request(struct test *t, struct err *e)
{
    json_t *answers, *reversed = json_object(), *value;
    const char *key;
    if (!json_read(fold_request(t->a, &t->j->fold, NULL, NULL), &answers, e))
        return NULL;
    size_t i = json_object_size(answers);
    const char **keys = arena_alloc(t->a, (i + 1) * sizeof *keys);
    json_object_foreach (answers, key, value)
        keys[--i] = key;
    for (; i < json_object_size(answers); i++)
        json_object_set(reversed, keys[i], json_object_get(answers, keys[i]));
    json_decref(answers);
    return json_pack("{s:o,s:o}", "seed", json_new_text(t->j->record.seed), "answers", reversed);
}

/* The same answers, arrived in the opposite order, must give the same outcome. */
static bool check_order(struct test *t, struct err *e)
{
    json_t *outcome, *request = reversed_request(t, e);
    bool ok = request &&
        script_load(t->j->p->host, t->j->record.bundle, workflow_program(t->j->w), e) &&
        script_run(t->j->p->host, request, &outcome, e);
    json_decref(request);
    if (!ok)
        return false;
    if (!json_equal(outcome, t->j->outcome) && json_object_size(t->j->reasked) == 0)
        fail(t, "the outcome depends on the order in which answers arrive");
    json_decref(outcome);
    return true;
}

static bool has_words(const json_t *question)
{
    struct str type = json_member(question, "type");
    return str_is(type, "text") || str_is(type, "long_text");
}

/* The canary word in every field of the items that has words and room for it. */
static void mark_items(struct test *t, const json_t *fields, json_t *list)
{
    size_t i;
    json_t *item, *field;
    const char *name;
    json_array_foreach (list, i, item)
        json_object_foreach ((json_t *)(uintptr_t)fields, name, field)
            if (has_words(field) && json_whole(field, "max", 100) >= 20)
                json_object_set_new(item, name,
                                    json_new_text(str_format(t->a, "%s%zu", canary, i)));
}

/* A private answer with the canary word in it; NULL where the type has no words. */
static json_t *with_canary(struct test *t, const json_t *question, const json_t *value)
{
    struct str type = json_member(question, "type");
    const char *row;
    json_t *marked, *placed;
    if (has_words(question))
        return json_string(canary);
    marked = json_deep_copy(value);
    if (marked && str_is(type, "list")) {
        mark_items(t, json_object_get(question, "item"), marked);
    } else if (marked && str_is(type, "commitment")) {
        static const char *const parts[] = {"what", "know", "help"};
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
            json_object_set_new(marked, parts[i], json_string(canary));
    } else if (marked && str_is(type, "confirm")) {
        json_object_set_new(marked, "who", json_string(canary));
    } else if (marked && str_is(type, "sort")) {
        json_object_foreach (marked, row, placed)
            json_object_set_new(placed, "why", json_string(canary));
    } else {
        json_decref(marked);
        return NULL;
    }
    return marked;
}

static void release_canaries(struct test *t)
{
    size_t i;
    json_t *path = json_deep_copy(json_object_get(t->j->outcome, "path")), *entry;
    json_array_foreach (path, i, entry) {
        const json_t *q = workflow_question(workflow_definition(t->j->w), json_member(entry, "id"));
        bool hidden = json_flag(q, "private", false) || json_flag(q, "sensitive", false);
        struct str key = json_member(entry, "key");
        if (!hidden || str_is(json_member(entry, "state"), "skipped"))
            continue;
        json_t *value = with_canary(t, q, fold_value(&t->j->fold, key.p));
        struct change c = {.key = key, .value = value, .replaces = -1};
        struct err ignored; /* an answer that cannot carry the word cannot leak it */
        if (value)
            IGNORED(journey_answer(t->j, &c, &ignored));
        json_decref(value);
    }
    json_decref(path);
}

static bool has_canary(struct test *t, const json_t *tree)
{
    struct str text = json_write(t->a, tree);
    return str_find(text, str_of(canary), 0) < text.n;
}

/* The client sees documents and canvases; others see nothing but what the workflow names for them,
 * so that their whole tree must be free of private words. */
static void check_trees(struct test *t)
{
    static const char *const others[] = {"sponsor", "programme"};
    const char *name;
    json_t *canvas, *tree = journey_tree(t->j, STR("client"), false);
    json_object_foreach (json_object_get(tree, "canvas"), name, canvas)
        if (has_canary(t, canvas))
            fail(t, "the canvas %s shows a private answer", name);
    json_decref(tree);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        tree = journey_tree(t->j, str_of(others[i]), false);
        json_object_foreach (tree, name, canvas)
            if (has_canary(t, canvas))
                fail(t, "what the %s may see of the %s has a private answer in it", others[i],
                     name);
        json_decref(tree);
    }
}

/* A worksheet asks what the client was asked: neither the wording nor the rows nor what it begins
 * with may have private words in it. */
static void check_worksheet(struct test *t)
{
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(t->j->outcome, "path"), i, entry) {
        const json_t *q = workflow_question(workflow_definition(t->j->w), json_member(entry, "id"));
        if (!q || str_is(json_member(q, "by"), "coach") || json_flag(q, "private", false) ||
            !worksheet_may_ask(t->j, entry))
            continue;
        struct str ask = worksheet_ask(t->a, t->j, entry, t->j->language);
        const json_t *start = json_object_get(entry, "start"),
                     *rows = json_object_get(entry, "rows");
        if (str_find(ask, str_of(canary), 0) < ask.n || (rows && has_canary(t, rows)) ||
            (start && !json_flag(q, "sensitive", false) && has_canary(t, start)))
            fail(t, "a worksheet with the question %s shows a private answer",
                 json_member(entry, "key").p);
    }
}

/* Private words must be in no document but the coach's, on no canvas and on no worksheet. */
static void check_privacy(struct test *t)
{
    const char *name;
    json_t *document;
    struct str text;
    release_canaries(t);
    json_object_foreach (json_object_get(workflow_definition(t->j->w), "documents"), name, document)
        if (!str_is(json_member(document, "for"), "coach") && rendered(t, str_of(name), &text) &&
            str_find(text, str_of(canary), 0) < text.n)
            fail(t, "the document %s for the %s shows a private answer", name,
                 json_member(document, "for").p);
    static const char *const given[] = {"sponsor", "programme", "book"};
    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++)
        if (rendered(t, str_of(given[i]), &text) && str_find(text, str_of(canary), 0) < text.n)
            fail(t, "the document %s shows a private answer", given[i]);
    check_trees(t);
    check_worksheet(t);
}

static bool hold(struct test *t, struct err *e)
{
    if (!apply(t, json_object_get(t->file, "answers"), json_object_get(t->file, "skip"), e))
        return false;
    expect_all(t, json_object_get(t->file, "expect"));
    json_t *then = json_object_get(t->file, "then");
    if (then && !apply(t, then, NULL, e))
        return false;
    expect_all(t, json_object_get(t->file, "expect_then"));
    expect_documents(t, json_object_get(t->file, "expect_document"));
    expect_canvases(t, json_object_get(t->file, "expect_canvas"));
    if (!check_order(t, e))
        return false;
    check_privacy(t);
    return true;
}

static bool begin(struct test *t, struct practice *p, struct str workflow, struct diags *d,
                  struct err *e)
{
    struct str language = json_member(t->file, "language");
    struct store_journey journey = {.workflow = workflow};
    struct store_client client = {.name = STR("Test"),
                                  .language = language.n ? language : STR("en")};
    return practice_client_add(p, &client, e) && practice_start(p, t->a, &client, &journey, d, e) &&
        journey_open(p, journey.id, STR(""), &t->j, e);
}

bool scripted_run(const struct scripted_setup *s, struct str workflow, const struct file *test,
                  json_t **failures, struct diags *d, struct err *e)
{
    struct test t = {.a = arena_new(), .failures = json_array()};
    struct practice *p;
    struct str folder;
    json_t *file = NULL;
    bool ok = answer_file_read(t.a, test->name, test->content, &file, d) &&
        scratch_open(s, t.a, &p, &folder, e);
    if (!ok && !file)
        (void)err_set(e, ERR_DATA, "%.*s has mistakes.", STR_ARG(test->name));
    t.file = file;
    if (ok) {
        ok = begin(&t, p, workflow, d, e) && hold(&t, e);
        journey_close(t.j);
        scratch_close(p, folder);
    }
    json_decref(file);
    arena_free(t.a);
    if (ok)
        *failures = t.failures;
    else
        json_decref(t.failures);
    return ok;
}
