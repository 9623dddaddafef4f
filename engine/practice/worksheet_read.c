/* A file of answers that comes back, checked like a stranger's. */
#include "practice/worksheet.h"

#include "document/worksheet.h"
#include "workflow/value.h"

#include <string.h>

enum { ID_MAX = 64, KEY_MAX = 512, STAMP_MAX = 40 };

/* The members of the file: each is needed unless it may be left out. */
static const struct {
    struct str name;
    json_type type;
    bool needed;
    const char *what;
} members[] = {
    {{"espalier", 8}, JSON_STRING, true, "the text \"answers\""},
    {{"version", 7}, JSON_INTEGER, true, "the number 1"},
    {{"journey", 7}, JSON_STRING, true, "the id of a journey"},
    {{"revision", 8}, JSON_INTEGER, true, "a number"},
    {{"questions", 9}, JSON_OBJECT, false, "an object of texts"},
    {{"answers", 7}, JSON_OBJECT, false, "an object of answers"},
    {{"skip", 4}, JSON_OBJECT, false, "an object of texts"},
    {{"saved", 5}, JSON_STRING, false, "a time"},
};

enum { MEMBERS = sizeof members / sizeof members[0] };

static const char not_ours[] =
    "This is not a file of answers from a worksheet. It is the file whose name ends in "
    "-answers.json (in French -reponses.json), made by \"Give back\".";

static bool is_deep(const json_t *value, int left)
{
    const char *name;
    json_t *inner;
    size_t i;
    if (left < 0)
        return true;
    json_array_foreach ((json_t *)(uintptr_t)value, i, inner)
        if (is_deep(inner, left - 1))
            return true;
    json_object_foreach ((json_t *)(uintptr_t)value, name, inner)
        if (is_deep(inner, left - 1))
            return true;
    return false;
}

static bool unknown_member(const char *name, struct err *e)
{
    struct str known[MEMBERS];
    for (size_t i = 0; i < MEMBERS; i++)
        known[i] = members[i].name;
    struct str word = str_part(str_of(name), 0, utf8_cut(str_of(name), 60));
    struct str near = text_nearest(word, known, MEMBERS);
    return err_set(e, ERR_DATA,
                   "The file has a part \"%.*s\" that a file of answers does not have%s%s%s. "
                   "Nothing was taken from it.",
                   STR_ARG(word), near.n ? err_word("; did it mean \"") : "", near.n ? near.p : "",
                   near.n ? err_word("\"?") : "");
}

static bool check_members(const json_t *back, struct err *e)
{
    const char *name;
    json_t *value;
    json_object_foreach ((json_t *)(uintptr_t)back, name, value) {
        size_t i = 0;
        while (i < MEMBERS && !str_is(members[i].name, name))
            i++;
        if (i == MEMBERS)
            return unknown_member(name, e);
        if (json_typeof(value) != members[i].type)
            return err_set(e, ERR_DATA, "\"%s\" in the file should be %s. Nothing was taken.", name,
                           err_word(members[i].what));
    }
    for (size_t i = 0; i < MEMBERS; i++)
        if (members[i].needed && !json_object_get(back, members[i].name.p))
            return err_set(e, ERR_DATA, "The file has no \"%s\". %s", members[i].name.p,
                           err_word(not_ours));
    return true;
}

/* Keys within their limit, and texts where only texts may stand. */
static bool check_map(const json_t *back, const char *of, bool texts, struct err *e)
{
    const char *key;
    json_t *value;
    json_object_foreach (json_object_get(back, of), key, value) {
        size_t n = strlen(key);
        if (n == 0 || n > KEY_MAX)
            return err_set(e, ERR_LIMIT,
                           "The key of a question in \"%s\" has %zu bytes; 1 to %d are allowed.",
                           of, n, KEY_MAX);
        if (strcmp(of, "skip") == 0 && json_object_get(json_object_get(back, "answers"), key))
            return err_set(e, ERR_DATA,
                           "\"%.100s\" is both answered and left out in the file. Nothing was "
                           "taken; delete one of the two.",
                           key);
        if (texts && !json_is_string(value))
            return err_set(e, ERR_DATA, "\"%.100s\" in \"%s\" should be a text.", key, of);
        if (texts && json_string_length(value) > ANSWER_MAX)
            return err_set(e, ERR_LIMIT,
                           "The text of \"%.100s\" in \"%s\" is longer than %d bytes.", key, of,
                           ANSWER_MAX);
    }
    return true;
}

static bool check_numbers(const json_t *back, struct err *e)
{
    size_t n = json_object_size(json_object_get(back, "answers")) +
        json_object_size(json_object_get(back, "skip"));
    if (!str_is(json_member(back, "espalier"), "answers"))
        return err_set(e, ERR_DATA, "%s", err_word(not_ours));
    if (json_whole(back, "version", 0) != 1)
        return err_set(e, ERR_DATA,
                       "The file is of version %lld, and this program knows version 1. A newer "
                       "program may read it.",
                       json_whole(back, "version", 0));
    if (json_whole(back, "revision", -1) < 0)
        return err_set(e, ERR_DATA, "\"revision\" in the file is below 0.");
    if (json_member(back, "journey").n > ID_MAX || json_member(back, "saved").n > STAMP_MAX)
        return err_set(e, ERR_LIMIT, "\"journey\" or \"saved\" in the file is too long.");
    return n <= JOURNEY_KEYS_MAX ||
        err_set(e, ERR_LIMIT, "The file answers %zu questions; a journey has at most %d.", n,
                JOURNEY_KEYS_MAX);
}

/* A copy of the page that was saved half way has the answers in it, too. */
static bool find_answers(struct str text, struct str *json, struct err *e)
{
    static const char bom[] = "\xEF\xBB\xBF";
    if (str_starts(text, str_of(bom)))
        text = str_part(text, 3, text.n);
    *json = str_trim(text);
    if (!str_starts(*json, STR("<")))
        return true;
    size_t at = str_find(*json, STR(WORKSHEET_GIVEN), 0), from = at + sizeof WORKSHEET_GIVEN - 1;
    if (at == json->n)
        return err_set(e, ERR_DATA, "This is a page, not answers. %s", err_word(not_ours));
    *json = str_trim(str_part(*json, from, str_find(*json, STR("<"), from)));
    return json->n > 0 ||
        err_set(e, ERR_DATA, "This is the worksheet as it was sent out, without answers. %s",
                err_word(not_ours));
}

bool worksheet_read(struct str text, json_t **back, struct err *e)
{
    struct str json;
    json_t *tree;
    if (text.n > WORKSHEET_FILE_MAX)
        return err_set(e, ERR_LIMIT, "A file of answers may have %d MiB.",
                       WORKSHEET_FILE_MAX >> 20);
    if (!find_answers(text, &json, e))
        return false;
    if (json.n == 0)
        return err_set(e, ERR_DATA, "The file is empty. %s", err_word(not_ours));
    if (!json_read(json, &tree, e))
        return err_before(e, "The file cannot be read; was it cut off on its way? ");
    bool ok = json_is_object(tree) || err_set(e, ERR_DATA, "%s", err_word(not_ours));
    ok = ok && check_members(tree, e) && check_numbers(tree, e) &&
        check_map(tree, "questions", true, e) && check_map(tree, "skip", true, e) &&
        check_map(tree, "answers", false, e);
    if (ok && is_deep(tree, WORKSHEET_DEPTH_MAX))
        ok = err_set(e, ERR_LIMIT, "The file has lists in lists, deeper than %d.",
                     WORKSHEET_DEPTH_MAX);
    if (ok)
        *back = tree;
    else
        json_decref(tree);
    return ok;
}
