/* Going back is cutting off the later events and running the workflow again; afterwards the handle
 * is what it was. */
#include "practice/past.h"

#include "practice/audience.h"
#include "practice/boards.h"
#include "practice/documents.h"

#include <string.h>

/* What of a handle follows from its events. */
struct present {
    size_t events;
    json_t *outcome, *places, *states, *reasked;
};

static void go_back(struct journey *j, size_t events, struct present *now)
{
    *now = (struct present){j->fold.n, j->outcome, j->places, j->states, j->reasked};
    j->outcome = j->places = NULL;
    j->states = json_object();
    j->reasked = json_object();
    fold_cut(&j->fold, events);
    journey_run(j);
}

static void come_back(struct journey *j, const struct present *now)
{
    json_decref(j->outcome);
    json_decref(j->places);
    json_decref(j->states);
    json_decref(j->reasked);
    j->fold.n = now->events;
    fold_cut(&j->fold, now->events);
    j->outcome = now->outcome;
    j->places = now->places;
    j->states = now->states;
    j->reasked = now->reasked;
}

/* How many events there were at the end of a sitting; 0 if none is of it. */
static size_t events_until(const struct journey *j, struct str session)
{
    size_t n = j->fold.n;
    while (n > 0 && !str_eq(j->fold.events[n - 1].session, session))
        n--;
    return n;
}

/* The board as of that day, not of today; what its state is called says what it is now. */
static void set_date(struct journey *j, json_t *board, const char *day, size_t number)
{
    struct arena *a = arena_new();
    json_object_set_new(
        board, "subtitle",
        json_new_text(boards_subtitle(a, j, json_member(board, "client"), str_of(day))));
    json_object_set_new(board, "state_label", json_string(""));
    json_object_set_new(board, "date", json_string(day));
    json_object_set_new(board, "version", json_integer((json_int_t)number));
    arena_free(a);
}

/* The canvas as it is in the handle; NULL if the audience has nothing to see. */
static json_t *board_now(struct journey *j, struct str audience, const char *canvas)
{
    struct board_wish wish = {.canvas = str_of(canvas), .audience = audience, .agreed = true};
    json_t *board;
    struct err ignored;
    if (!journey_board(j, &wish, &board, &ignored))
        return NULL;
    if (!boards_empty(board))
        return board;
    json_decref(board);
    return NULL;
}

static bool sessions_of(struct journey *j, struct arena *a, struct store_session **list, size_t *n)
{
    struct err ignored;
    return store_session_list(j->p->store, a, j->record.id, list, n, &ignored);
}

/* "at-12-page": the sitting, and the canvas (the first one if none is named). */
static size_t read_name(struct str name, struct str *canvas)
{
    struct str rest, number;
    size_t n = 0;
    if (!str_starts(name, STR("at-")))
        return 0;
    number = str_split(str_part(name, 3, name.n), '-', &rest);
    for (size_t i = 0; i < number.n; i++) {
        if (number.p[i] < '0' || number.p[i] > '9' || n > 100000)
            return 0;
        n = 10 * n + (size_t)(number.p[i] - '0');
    }
    *canvas = rest;
    return n;
}

json_t *past_board(struct journey *j, struct str audience, struct str name)
{
    struct arena *a = arena_new();
    struct store_session *list;
    struct str canvas;
    struct present now;
    size_t n = 0, number = read_name(name, &canvas);
    json_t *board = NULL;
    size_t events = number > 0 && sessions_of(j, a, &list, &n) && number <= n
        ? events_until(j, list[number - 1].id)
        : 0;
    if (events > 0) {
        char day[11];
        clock_day(list[number - 1].started, day);
        go_back(j, events, &now);
        board = board_now(j, audience, str_copy(a, canvas).p);
        come_back(j, &now);
        if (board)
            set_date(j, board, day, number);
    }
    arena_free(a);
    return board;
}

/* A book while it is gathered, one sitting after the other. */
struct book {
    struct journey *j;
    struct arena *a;
    struct str audience;
    json_t *shown;    /* canvas -> its blocks when it was last seen */
    json_t *versions; /* key -> {ask, texts}, in the order of the path today */
    json_t *sittings;
};

static bool is_free_text(const json_t *question)
{
    struct str type = json_member(question, "type");
    return str_is(type, "text") || str_is(type, "long_text");
}

/* The questions of today's path whose words may be told: what they were earlier is told, too. */
static void begin_versions(struct book *b)
{
    const json_t *definition = workflow_in_language(b->j->w, b->j->language);
    size_t i;
    json_t *entry;
    json_array_foreach (json_object_get(b->j->outcome, "path"), i, entry) {
        const json_t *question = workflow_question(definition, json_member(entry, "id"));
        if (str_is(json_member(entry, "state"), "answered") && is_free_text(question) &&
            audience_sees_answer(question, b->audience, false))
            json_object_set_new(b->versions, json_member(entry, "key").p,
                                json_pack("{s:o,s:[]}", "ask",
                                          wording_for(b->j, entry, question, b->audience, false),
                                          "texts"));
    }
}

static void add_version(json_t *version, struct str text, const char *day)
{
    json_t *texts = json_object_get(version, "texts");
    size_t n = json_array_size(texts);
    if (text.n > 0 && !str_eq(json_member(json_array_get(texts, n - 1), "text"), text))
        json_array_append_new(texts,
                              json_pack("{s:o,s:s,s:I}", "text", json_new_text(text), "date", day,
                                        "number", (json_int_t)n + 1));
}

static void add_versions(struct book *b, const char *day)
{
    const char *key;
    json_t *version;
    json_object_foreach (b->versions, key, version)
        add_version(version, json_text(fold_value(&b->j->fold, key)), day);
}

/* The canvases that are not what they were at the sitting before. */
static json_t *changed_boards(struct book *b, size_t number)
{
    const json_t *all = json_object_get(workflow_in_language(b->j->w, b->j->language), "canvases");
    json_t *boards = json_array(), *canvas;
    const char *name;
    json_object_foreach ((json_t *)(uintptr_t)all, name, canvas) {
        if (json_flag(canvas, "pages", false))
            continue;
        json_t *board = board_now(b->j, b->audience, name);
        const json_t *blocks = json_object_get(board, "blocks");
        if (board && !json_equal(blocks, json_object_get(b->shown, name))) {
            struct str reference = str_format(b->a, "at-%zu-%s", number, name);
            json_object_set(b->shown, name, (json_t *)(uintptr_t)blocks);
            json_array_append_new(boards,
                                  json_pack("{s:o,s:o}", "board", json_new_text(reference), "title",
                                            json_new_text(json_member(board, "title"))));
        }
        json_decref(board);
    }
    return boards;
}

/* The phases in which something was answered, in the order of the workflow. */
static json_t *themes_of(struct book *b, struct str session)
{
    const struct fold *fold = &b->j->fold;
    json_t *themes = json_array(), *phase;
    size_t i;
    json_array_foreach (json_object_get(workflow_in_language(b->j->w, b->j->language), "phases"), i,
                        phase) {
        bool found = false;
        for (size_t k = 0; k < fold->n && !found; k++) {
            struct str rest, first = str_split(fold->events[k].key, '/', &rest);
            found =
                str_eq(fold->events[k].session, session) && str_eq(first, json_member(phase, "id"));
        }
        if (found)
            json_array_append_new(themes,
                                  json_pack("{s:O?}", "text", json_object_get(phase, "title")));
    }
    return themes;
}

static void add_sitting(struct book *b, const struct store_session *session, size_t number)
{
    struct present now;
    char day[11];
    size_t events = events_until(b->j, session->id);
    json_t *boards = json_array();
    clock_day(session->started, day);
    if (events > 0) {
        json_decref(boards);
        go_back(b->j, events, &now);
        boards = changed_boards(b, number);
        add_versions(b, day);
        come_back(b->j, &now);
    }
    json_array_append_new(b->sittings,
                          json_pack("{s:I,s:s,s:o,s:o,s:b,s:o}", "number", (json_int_t)number,
                                    "date", day, "minutes",
                                    session->minutes ? json_integer(session->minutes) : json_null(),
                                    "themes", themes_of(b, session->id), "changed",
                                    json_array_size(boards) > 0, "boards", boards));
}

/* kind "purpose_version" with its text: the versions of the answer "purpose". */
static void add_recorded_versions(struct book *b, const json_t *tree, json_t *list)
{
    static const struct str ending = {"_version", 8};
    const json_t *definition = workflow_in_language(b->j->w, b->j->language);
    const char *kind;
    json_t *outputs, *output;
    size_t i;
    json_object_foreach (json_object_get(tree, "outputs"), kind, outputs) {
        struct str name = str_of(kind), id = str_part(name, 0, name.n - ending.n);
        if (!str_ends(name, ending) || json_array_size(outputs) < 2)
            continue;
        const json_t *question = workflow_question(definition, id);
        json_t *version = json_pack(
            "{s:o,s:[]}", "ask",
            json_new_text(question &&
                                  json_array_size(json_object_get(question, "placeholders")) == 0
                              ? json_member(question, "ask")
                              : STR("")),
            "texts");
        json_array_foreach (outputs, i, output)
            add_version(version, json_member(output, "text"), "");
        json_array_append_new(list, version);
    }
}

/* Only what was said differently later is a version. */
static json_t *versions_of(struct book *b, const json_t *tree)
{
    json_t *list = json_array(), *version;
    const char *key;
    add_recorded_versions(b, tree, list);
    json_object_foreach (b->versions, key, version)
        if (json_array_size(json_object_get(version, "texts")) > 1)
            json_array_append(list, version);
    return list;
}

static void add_success(json_t *list, json_t *seen, struct str text, const json_t *day)
{
    if (text.n == 0 || json_object_getn(seen, text.p, text.n))
        return;
    json_object_setn_new(seen, text.p, text.n, json_true());
    json_array_append_new(list, json_pack("{s:o,s:O?}", "text", json_new_text(text), "date", day));
}

static void add_answered_successes(json_t *list, json_t *seen, const json_t *answers)
{
    static const char *const names[] = {"success", "successes"};
    const char *name;
    json_t *answer, *item;
    size_t i;
    json_object_foreach ((json_t *)(uintptr_t)answers, name, answer) {
        size_t n = strcspn(name, "@");
        bool named = false;
        for (i = 0; i < 2; i++)
            named = named || (strncmp(name, names[i], n) == 0 && strlen(names[i]) == n);
        if (!named)
            continue;
        add_success(list, seen, json_text(answer), NULL);
        json_array_foreach (answer, i, item)
            add_success(list, seen, json_member(item, "text"), NULL);
    }
}

static json_t *successes_of(const json_t *tree)
{
    json_t *list = json_array(), *seen = json_object(), *outputs, *output;
    const char *kind;
    size_t i;
    json_object_foreach (json_object_get(tree, "outputs"), kind, outputs)
        json_array_foreach (outputs, i, output)
            add_success(list, seen,
                        json_member(output, strcmp(kind, "success") == 0 ? "text" : "success"),
                        json_object_get(output, "due"));
    add_answered_successes(list, seen, json_object_get(tree, "answers"));
    json_decref(seen);
    return list;
}

json_t *past_plain(const json_t *list, const char *const *fields)
{
    json_t *plain = json_array(), *one;
    size_t i;
    json_array_foreach (list, i, one) {
        json_t *of = json_object();
        for (const char *const *field = fields; *field; field++) {
            json_t *value = json_object_get(one, *field);
            json_object_set_new(of, *field, value ? json_incref(value) : json_null());
        }
        json_array_append_new(plain, of);
    }
    return plain;
}

static json_t *heading_of(struct book *b, const json_t *tree)
{
    static const char *const text[] = {"text", NULL};
    const json_t *outputs = json_object_get(tree, "outputs");
    json_t *list = json_array(), *board = board_now(b->j, b->audience, ""),
           *destination = past_plain(json_object_get(outputs, "destination"), text);
    if (json_member(board, "purpose").n > 0)
        json_array_append_new(list, json_pack("{s:O}", "text", json_object_get(board, "purpose")));
    json_array_extend(list, destination);
    json_decref(destination);
    json_decref(board);
    return list;
}

static json_t *has_of(const json_t *book)
{
    json_t *has = json_object(), *list;
    const char *name;
    json_object_foreach ((json_t *)(uintptr_t)book, name, list)
        json_object_set_new(has, name, json_boolean(json_array_size(list) > 0));
    return has;
}

json_t *past_book(struct journey *j, struct str audience, const json_t *tree)
{
    static const char *const goal[] = {"text", "due", "because", "measure", NULL};
    static const char *const action[] = {"text", "due", "who", "know", "help", NULL};
    struct book b = {j, arena_new(), audience, json_object(), json_object(), json_array()};
    struct store_session *list;
    size_t n;
    begin_versions(&b);
    if (sessions_of(j, b.a, &list, &n))
        for (size_t i = 0; i < n; i++)
            add_sitting(&b, &list[i], i + 1);
    json_t *book =
        json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "sittings", b.sittings, "versions",
                  versions_of(&b, tree), "successes", successes_of(tree), "heading",
                  heading_of(&b, tree), "goals", past_plain(json_object_get(tree, "goals"), goal),
                  "actions", past_plain(json_object_get(tree, "actions"), action));
    json_object_set_new(book, "has", has_of(book));
    json_decref(b.shown);
    json_decref(b.versions);
    arena_free(b.a);
    return book;
}
