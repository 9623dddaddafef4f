#include "base/json.h"

struct str json_text(const json_t *string)
{
    if (!json_is_string(string))
        return STR("");
    return (struct str){json_string_value(string), json_string_length(string)};
}

struct str json_member(const json_t *object, const char *name)
{
    return json_text(json_object_get(object, name));
}

bool json_flag(const json_t *object, const char *name, bool otherwise)
{
    const json_t *v = json_object_get(object, name);
    return json_is_boolean(v) ? json_is_true(v) : otherwise;
}

long long json_whole(const json_t *object, const char *name, long long otherwise)
{
    const json_t *v = json_object_get(object, name);
    return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

json_t *json_find(const json_t *list, const char *name, struct str text)
{
    for (size_t i = 0; text.n > 0 && i < json_array_size(list); i++)
        if (str_eq(json_member(json_array_get(list, i), name), text))
            return json_array_get(list, i);
    return NULL;
}

json_t *json_new_text(struct str s)
{
    return json_stringn(s.p, s.n);
}

static bool is_plain(struct str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] < 0x20 || s.p[i] == '"' || s.p[i] == '\\')
            return false;
    return true;
}

void json_add_text(struct buf *b, struct str s)
{
    if (is_plain(s)) {
        buf_add_char(b, '"');
        buf_add(b, s);
        buf_add_char(b, '"');
        return;
    }
    json_t *text = json_new_text(s);
    buf_add(b, text ? json_write_line(b->a, text) : STR("\"\""));
    json_decref(text);
}

bool json_read(struct str s, json_t **out, struct err *e)
{
    json_error_t fault;
    *out = json_loadb(s.p, s.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);
    if (!*out && json_error_code(&fault) == json_error_null_character)
        return err_set(e, ERR_DATA, "Not valid JSON here (line %d, column %d): a text with U+0000.",
                       fault.line, fault.column);
    if (!*out)
        return err_set(e, ERR_DATA, "Not valid JSON (line %d, column %d): %s.", fault.line,
                       fault.column, fault.text);
    return true;
}

static int add_part(const char *part, size_t n, void *user)
{
    buf_add(user, (struct str){part, n});
    return 0;
}

static struct str dump(struct arena *a, const json_t *value, size_t flags)
{
    struct buf b = {.a = a};
    (void)json_dump_callback(value, add_part, &b, flags);
    return buf_str(&b);
}

struct str json_write(struct arena *a, const json_t *value)
{
    return dump(a, value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
}

struct str json_write_pretty(struct arena *a, const json_t *value)
{
    return dump(a, value, JSON_INDENT(2) | JSON_ENCODE_ANY);
}

struct str json_write_line(struct arena *a, const json_t *value)
{
    return dump(a, value, JSON_COMPACT | JSON_ENCODE_ANY);
}
