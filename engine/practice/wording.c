/* The question as it was worded and shown: placeholders filled, options listed.  Its hash is what
 * decides later whether an answer was given to this question or to another wording of it. */
#include "practice/state.h"

#include "base/random.h"
#include "workflow/value.h"

#include <string.h>

/* A number that the script worked out, as numbers are written in that language. */
static struct str fraction(struct arena *a, const json_t *value, struct str language)
{
    json_t *number = json_pack("{s:s}", "type", "number");
    struct str shown = value_show(a, number, value, language);
    json_decref(number);
    return shown;
}

/* A line of several sentences' length needs no comma behind it. */
static bool ends_by_itself(struct str line)
{
    static const char *const ends[] = {".", "!", "?", ";", ":", ",", "…"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (str_ends(line, str_of(ends[i])))
            return true;
    return false;
}

/* A value inside a sentence: one line, lists with commas. */
static struct str inline_value(struct arena *a, const json_t *question, const json_t *value,
                               struct str language)
{
    struct str shown;
    if (json_is_string(value) && !question)
        shown = json_text(value);
    else if (json_is_integer(value) && !question)
        shown = str_format(a, "%lld", (long long)json_integer_value(value));
    else if (json_is_real(value) && !question)
        shown = fraction(a, value, language);
    else if (question && value)
        shown = value_show(a, question, value, language);
    else
        return STR("…");
    struct buf b = {.a = a};
    struct str rest = str_trim(shown);
    while (rest.n > 0) {
        struct str line = str_trim(str_split(rest, '\n', &rest));
        buf_add(&b, line);
        if (rest.n > 0)
            buf_add(&b, ends_by_itself(line) ? STR(" ") : STR(", "));
    }
    return b.n ? buf_str(&b) : STR("…");
}

static struct str filled_in(struct arena *a, struct journey *j, struct str name, const json_t *vars,
                            struct str language)
{
    struct str key = str_copy(a, name);
    const json_t *var = json_object_get(vars, key.p);
    const json_t *definition = workflow_in_language(j->w, language);
    const json_t *question = NULL;
    struct str id = json_member(var, "q");
    if (id.n > 0)
        question = workflow_question(definition, id);
    struct str field = json_member(var, "field");
    if (question && field.n > 0)
        question = json_object_get(json_object_get(question, "item"), str_copy(a, field).p);
    return inline_value(a, question, json_object_get(var, "v"), language);
}

/* The values themselves instead of how they are shown: what makes a wording another one. */
static struct str value_itself(struct arena *a, struct str name, const json_t *vars)
{
    const json_t *value = json_object_get(json_object_get(vars, str_copy(a, name).p), "v");
    return value ? json_write(a, value) : STR("null");
}

static struct str fill(struct arena *a, struct journey *j, struct str text, const json_t *vars,
                       struct str language, bool shown)
{
    if (str_find(text, STR("{"), 0) == text.n)
        return text;
    struct buf b = {.a = a};
    for (size_t i = 0; i < text.n;) {
        size_t open = str_find(text, STR("{"), i), close = str_find(text, STR("}"), open);
        buf_add(&b, str_part(text, i, open));
        if (close == text.n) {
            buf_add(&b, str_part(text, open, text.n));
            break;
        }
        struct str name = str_part(text, open + 1, close);
        buf_add(&b, shown ? filled_in(a, j, name, vars, language) : value_itself(a, name, vars));
        i = close + 1;
    }
    return buf_str(&b);
}

struct str wording_fill(struct arena *a, struct journey *j, struct str text, const json_t *vars,
                        struct str language)
{
    return fill(a, j, text, vars, language, true);
}

static void add_labels(struct buf *b, const json_t *question, const char *member)
{
    size_t i;
    json_t *option;
    json_array_foreach (json_object_get(question, member), i, option) {
        buf_add(b, STR("\n- "));
        buf_add(b, json_member(option, "label"));
    }
}

/* The question as a person reads it, or (not `shown`) as it is told from other wordings of it:
 * there a value counts and not how this program writes numbers and dates. */
static struct str worded(struct arena *a, struct journey *j, const json_t *entry,
                         struct str language, bool shown)
{
    struct buf b = {.a = a};
    const json_t *definition = workflow_in_language(j->w, language);
    const json_t *question = workflow_question(definition, json_member(entry, "id"));
    const json_t *vars = json_object_get(entry, "vars");
    buf_add(&b, fill(a, j, json_member(question, "ask"), vars, language, shown));
    add_labels(&b, question, "options");
    add_labels(&b, question, "columns");
    add_labels(&b, question, "scales");
    size_t i;
    json_t *end;
    json_array_foreach (json_object_get(question, "ends"), i, end) {
        buf_add(&b, STR("\n- "));
        buf_add(&b, json_text(end));
    }
    return buf_str(&b);
}

void wording_of(struct arena *a, struct journey *j, const json_t *entry, struct str language,
                struct str *text, char hash[65])
{
    struct str id = json_member(entry, "id");
    struct str name = str_format(a, "%.*s/%.*s", STR_ARG(language), STR_ARG(id));
    const json_t *vars = json_object_get(entry, "vars");
    const json_t *known = json_object_get(j->wordings, name.p);
    if (known && json_object_size(vars) == 0) {
        *text = json_member(known, "text");
        memcpy(hash, json_member(known, "hash").p, 65);
        return;
    }
    *text = worded(a, j, entry, language, true);
    hash_sha256(worded(a, j, entry, language, false), hash);
    if (json_object_size(vars) == 0)
        json_object_set_new(j->wordings, name.p,
                            json_pack("{s:o,s:s}", "text", json_new_text(*text), "hash", hash));
}
